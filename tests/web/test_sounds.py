"""Sound that the carrier fetches: once, soon, and only with our seal."""

from datetime import timedelta

import pytest
from house import PUBLIC, House
from test_dialling import A, B, rung
from transferring import ring, transferring

from voicebot.audio import wav


def address(house: House, sid: str = "CA1") -> str:
    """The address of a whisper, without the host."""
    rung(house, A)
    transferring(house, sid, "水道課")
    (play,) = ring(house, sid).pick_up(A).verbs[0].children
    return play.text.removeprefix(PUBLIC)


def test_a_sound_can_be_fetched_once(house: House) -> None:
    """As a WAV file that nobody keeps; then it is gone."""
    path = address(house)
    first = house.get(path)
    assert (first.status_code, first.headers["content-type"], first.headers["cache-control"]) == (
        200, "audio/wav", "no-store",
    )  # fmt: skip
    assert wav.read(first.content).rate == 8000
    assert house.get(path).status_code == 410


def test_a_sound_is_gone_after_a_minute(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds the address in a log later hears nothing."""
    path = address(house)
    later = house.service.now() + timedelta(seconds=61)
    monkeypatch.setattr(type(house.service), "now", lambda self: later)
    assert house.get(path).status_code == 410


def test_an_address_that_was_changed_is_refused(house: House) -> None:
    """The seal covers what is fetched and the token; it is refused without a look into the store."""
    path = address(house)
    token, seal = path.rsplit("/", 1)[1].split(".")
    wrong = (
        f"/twilio/sound/next/{token}.{seal}", f"/twilio/sound/whisper/{token}.{seal[:-1]}0x",
        f"/twilio/sound/whisper/{token}",
        f"/twilio/sound/whisper/x{token}.{seal}", "/twilio/sound/whisper/あ.い", f"/twilio/sound/calls/{token}.{seal}",
    )  # fmt: skip
    assert {house.get(each).status_code for each in wrong} == {403}
    assert house.get(path).status_code == 200


def test_a_token_for_a_sound_opens_no_stream(house: House) -> None:
    """Nor does what was decided for the call get lost by fetching it."""
    path = address(house)
    token = path.rsplit("/", 1)[1].split(".")[0]
    media = house.media("CA1", token)
    assert media.wait_closed() == 1008
    house.get(path)
    assert house.service.store.decision(house.service.store.find("CA1") or "") is not None


def test_the_caller_hears_in_our_voice_that_somebody_else_is_rung(house: House) -> None:
    """Between two rounds."""
    rung(house, A, B, in_order=True)
    transferring(house, "CA1", "水道課")
    play, _ = ring(house, "CA1").ends("busy").verbs
    sound = house.get(play.text.removeprefix(PUBLIC))
    assert sound.status_code == 200
    assert wav.read(sound.content).seconds > 0.5
