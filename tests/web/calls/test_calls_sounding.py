"""The shape of a call's sound, and its sound in parts."""

import pytest
from house import House
from recorded_calls import place, refused
from staff_browser import Staff


@pytest.fixture(scope="module")
def call(house: House) -> str:
    """A call with twelve seconds of sound."""
    return place(house, 20)


def test_both_channels_are_drawn_where_there_is_sound(editor: Staff, call: str) -> None:
    """The bot in the first three seconds, the caller in the fifth and sixth."""
    shape = editor.get(f"calls/{call}/peaks", headers={"accept": "application/json"}).json()
    assert shape["seconds"] == pytest.approx(12.0)
    second = round(1 / shape["step"])
    loud = {
        name: [max(shape[name][at * second : (at + 1) * second]) > 20 for at in range(12)] for name in ("bot", "caller")
    }
    assert [at for at, each in enumerate(loud["bot"]) if each] == [0, 1, 2]
    assert [at for at, each in enumerate(loud["caller"]) if each] == [4, 5]


def test_a_player_may_ask_for_parts(editor: Staff, call: str, house: House) -> None:
    """That it was played is noted once, not for each part."""
    part = editor.get(f"recordings/{call}.wav", headers={"range": "bytes=44-1043"})
    assert part.status_code == 206
    assert len(part.content) == 1000
    whole = editor.get(f"recordings/{call}.wav", headers={"range": "bytes=0-"})
    assert whole.content[44:1044] == part.content
    rows = house.service.accounts.log.rows(words=f"{call}.wav")
    assert [row.what for row in rows] == ["recording.play"]


def test_a_call_without_sound_has_no_shape(editor: Staff, house: House) -> None:
    """Also where the file has been deleted, or is something else."""
    assert editor.get(f"calls/{refused(house, 21)}/peaks").status_code == 404
    assert editor.get("calls/nobody/peaks").status_code == 404
    gone = place(house, 22)
    path = house.service.settings.calls / f"{gone}.wav"
    path.write_bytes(b"no sound")
    assert editor.get(f"calls/{gone}/peaks").status_code == 404
    path.unlink()
    assert editor.get(f"calls/{gone}/peaks").status_code == 404
    assert editor.get(f"calls/{gone}").status_code == 200
