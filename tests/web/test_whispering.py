"""What who picks up hears, and what their key means."""

import pytest
from house import PUBLIC, House, until
from test_dialling import A, rung
from transferring import TURN, Ring, door_of, ring, transferring

from voicebot.actions import Prompt
from voicebot.audio import wav
from voicebot.dialog.state import State
from voicebot.errors import VoiceError
from voicebot.events import Alternative, FaqAnswered, FaqHit, Heard, OperatorAnswered, Whispered
from voicebot.simulator.twiml_document import Document
from voicebot.web.sounds import Sounds
from voicebot.web.whispering import MOST_SECONDS, SCREENING, SHORT_SCREENING, SPOKEN

LONG = "固定資産税と都市計画税と国民健康保険税の納期と納付書の再発行と口座振替の手続きの場所"


def sound_of(house: House, heard: Document) -> bytes:
    """What is played in a whisper."""
    (gather,) = (verb for verb in heard.verbs if verb.name == "Gather")
    (play,) = gather.children
    assert play.name == "Play"
    return house.get(play.text.removeprefix(PUBLIC)).content


def test_a_key_is_waited_for_and_no_key_is_told_as_well(house: House) -> None:
    """One digit; without it the leg ends in any case."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    heard = ring(house, "CA1").pick_up(A)
    assert [verb.name for verb in heard.verbs] == ["Gather", "Hangup"]
    gather = heard.verbs[0].attributes
    assert (gather["input"], gather["numDigits"], gather["actionOnEmptyResult"]) == ("dtmf", "1", "true")


def test_a_whisper_is_never_longer_than_eight_seconds(house: House) -> None:
    """However long the matter: what matters least is left out, and the question never."""
    rung(house, A)
    hit = FaqHit("e", LONG, "", "水道課", 0.9)
    state = State(phase="transferring", turn=TURN, goal="水道課", rung=4, tried=("総合案内", "環境課"), unrecorded=True)
    call_id = transferring(house, "CA1", "水道課", state=state)
    transcript = house.service.store.transcript(call_id)
    transcript.append(0.5, Heard(1, (Alternative(LONG, "", 0.9),)))
    transcript.append(0.6, FaqAnswered(2, (hit,)))
    sound = wav.read(sound_of(house, ring(house, "CA1").pick_up(A)))
    assert 3.0 < sound.seconds <= MOST_SECONDS
    (whispered,) = house.of("CA1", Whispered)
    assert whispered.text.endswith(SHORT_SCREENING)
    assert LONG[:12] in whispered.text
    assert "水道課" in whispered.text


def test_what_is_told_is_made_while_it_rings(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who picks up hears it at once: their own request renders nothing."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    rendered: list[str] = []
    usual = Sounds.rendered

    async def noted(sounds: Sounds, prompt: Prompt) -> bytes:
        sound = await usual(sounds, prompt)
        rendered.append(prompt.text)
        return sound

    monkeypatch.setattr(Sounds, "rendered", noted)
    called = ring(house, "CA1")
    until(lambda: rendered)
    made = len(rendered)
    heard = called.pick_up(A)
    assert len(rendered) == made
    assert sound_of(house, heard)
    (whispered,) = house.of("CA1", Whispered)
    assert rendered[-1] == rendered[made - 1] == whispered.text


def test_another_key_is_asked_about_once_more(house: House) -> None:
    """Then it is nobody."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    again = called.press(called.pick_up(A), "7")
    assert [child.text for child in again.verbs[0].children] == [SCREENING]
    assert [verb.name for verb in called.press(again, "7").verbs] == ["Hangup"]
    assert [event.answer for event in house.of("CA1", OperatorAnswered)] == ["silent"]


def test_the_key_counts_after_the_second_question_too(house: House) -> None:
    """Who mistyped can still take the call."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    assert called.press(called.press(called.pick_up(A), "7"), "1").verbs == ()


def test_an_answer_is_entered_once(house: House) -> None:
    """The carrier repeats the request; the first answer stands."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    heard = called.pick_up(A)
    for digits in ("2", "2", "1"):
        called.press(heard, digits)
    assert [event.answer for event in house.of("CA1", OperatorAnswered)] == ["declined"]


def test_who_picks_up_too_late_is_sent_away(house: House) -> None:
    """The caller has not waited, or another round rings."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    heard = called.pick_up(A)
    called.ends("no-answer")
    assert [verb.name for verb in called.press(heard, "1").verbs] == ["Hangup"]
    assert [verb.name for verb in called.pick_up(A).verbs] == ["Hangup"]
    assert house.of("CA1", OperatorAnswered) == []


def test_without_our_voice_the_carrier_asks(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who picks up can still take the call."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")

    def broken(*args: object) -> bytes:
        raise VoiceError("voice.none", "no voice")

    monkeypatch.setattr("voicebot.voice.chain.CallVoice.render", broken)
    heard = called.pick_up(A)
    assert [(child.name, child.text) for child in heard.verbs[0].children] == [("Say", SPOKEN)]
    assert called.press(heard, "1").verbs == ()
    called.ends(bridged=True)
    assert [event.answer for event in house.of("CA1", OperatorAnswered)] == ["accepted"]


def test_a_department_may_ask_in_its_own_words(house: House) -> None:
    """At the end of the whisper."""
    rung(house, A)
    found = house.service.desk.destination("水道課")
    object.__setattr__(found, "screening", "漏水の当番の方は1を押してください。")
    transferring(house, "CA1", "水道課")
    ring(house, "CA1").pick_up(A)
    (whispered,) = house.of("CA1", Whispered)
    assert whispered.text.endswith("漏水の当番の方は1を押してください。")


def test_a_stranger_cannot_take_a_call(house: House) -> None:
    """Without the carrier's signature nothing is answered."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = Ring(house, "CA1", house.twiml("after-stream", "CA1"))
    url = called.verb.children[0].attributes["url"]
    for door in (door_of(url), door_of(url).replace("whisper?", "whisper-key?")):
        assert house.post(door, "CAchild", headers={}, Digits="1").status_code == 403
    assert house.of("CA1", Whispered, OperatorAnswered) == []


@pytest.mark.parametrize("place", ["call=nobody&turn=7&round=0", "turn=7&round=0", "call=../x&turn=x&round=y"])
def test_an_address_that_leads_nowhere_ends_the_leg(house: House, place: str) -> None:
    """Nobody is connected by guessing."""
    assert [verb.name for verb in house.twiml(f"whisper?{place}").verbs] == ["Hangup"]
    assert [verb.name for verb in house.twiml(f"whisper-key?{place}", Digits="1").verbs] == ["Hangup"]
