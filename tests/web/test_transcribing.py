"""Messages are written down after they have been left."""

from pathlib import Path

import numpy as np
import pytest
from house import House, open_house, service, until
from transferring import transferring

from voicebot.actions import Record
from voicebot.audio import wav
from voicebot.events import MessageRecorded
from voicebot.transcripts.tickets import Ticket
from voicebot.web.transcribing import LONGEST_SECONDS, pieces

SECOND = 16000


def tone(seconds: float) -> bytes:
    """Something loud."""
    return (np.sin(np.arange(round(8000 * seconds)) * 0.3) * 8000).astype("<i2").tobytes()


def silence(seconds: float) -> bytes:
    """Nothing."""
    return bytes(2 * round(8000 * seconds))


def left(house: House, pcm: bytes | None) -> str:
    """A message of this sound in the record of a call; the call's id."""
    call_id = transferring(house, "CA1", "水道課")
    name = f"{call_id}-message-1.wav"
    if pcm is not None:
        house.service.settings.calls.mkdir(parents=True, exist_ok=True)
        (house.service.settings.calls / name).write_bytes(wav.write(wav.Sound(pcm, 8000)))
    transcript = house.service.store.transcript(call_id)
    transcript.append(2.0, Record(9, "水道課", 90, 3))
    transcript.append(9.0, MessageRecorded(9, name, 5.0))
    return call_id


def written(house: House) -> Ticket:
    """The ticket when the message has been written down."""
    until(lambda: [ticket for ticket in house.service.store.ticket_desk.listed() if ticket.transcribed], 30)
    return house.service.store.ticket_desk.listed()[0]


def test_a_message_is_written_down_breath_by_breath(tmp_path: Path) -> None:
    """In one text; the department sees it with the ticket."""
    with open_house(service(tmp_path, ["水が出ません。", "すぐ来てください。"])) as house:
        left(house, tone(2) + silence(1.5) + tone(1) + silence(1))
        assert written(house).matter == "水が出ません。すぐ来てください。"


@pytest.mark.parametrize("pcm", [None, b"", silence(4)])
def test_a_message_that_cannot_be_written_down_is_not_tried_for_ever(tmp_path: Path, pcm: bytes | None) -> None:
    """No file, no sound, no words: the ticket stands."""
    with open_house(service(tmp_path)) as house:
        left(house, pcm)
        assert (written(house).matter, written(house).state) == ("", "open")


def test_a_message_that_waited_for_a_restart_is_written_down_then(tmp_path: Path) -> None:
    """Nothing is forgotten while the service is away."""
    away = service(tmp_path)
    with open_house(away) as house:
        call_id = transferring(house, "CA1", "水道課")
    again = service(tmp_path, ["戻りました。"])
    again.settings.calls.mkdir(parents=True, exist_ok=True)
    (again.settings.calls / f"{call_id}-message-1.wav").write_bytes(wav.write(wav.Sound(tone(1), 8000)))
    transcript = again.store.transcript(call_id)
    transcript.append(9.0, MessageRecorded(9, f"{call_id}-message-1.wav", 5.0))
    with open_house(again) as house:
        assert written(house).matter == "戻りました。"


def test_pieces_end_in_pauses_and_are_never_too_long() -> None:
    """Nothing loud is left out; a pause within a sentence does not cut it."""
    one, other = pieces(silence(1) + tone(2) + silence(0.4) + tone(1) + silence(1) + tone(1))
    assert len(one) / SECOND == pytest.approx(3.4 + 0.2 + 0.3, abs=0.1)
    assert len(other) / SECOND == pytest.approx(1.2, abs=0.1)
    long = list(pieces(tone(50)))
    assert len(long) == 3
    assert max(len(piece) for piece in long) / SECOND <= LONGEST_SECONDS + 0.6
    assert list(pieces(silence(5))) == []
    assert list(pieces(b"")) == []
