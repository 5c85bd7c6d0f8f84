"""A message that was being left when the service was killed is found."""

from pathlib import Path

import numpy as np
import pytest

from voicebot.actions import Record
from voicebot.audio import wav
from voicebot.audio.mulaw import encode
from voicebot.events import MessageRecorded, PartFailed
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.salvage import Salvaged, lost_message
from voicebot.transcripts.sound import MessageSound

TONE = (np.sin(np.arange(8000 * 3) * 0.3) * 8000).astype("<i2").tobytes()
"""Three seconds."""


def record(*items: Item) -> list[Entry]:
    """A record."""
    return [Entry(number, float(number), item) for number, item in enumerate(items, start=1)]


def cut_off(folder: Path, number: int = 1, pcm: bytes = TONE) -> str:
    """A file as a killed service leaves it: its header tells of no sound yet."""
    path = folder / f"c1-message-{number}.wav"
    path.write_bytes(wav.header(0, 8000, 1) + pcm)
    return path.name


def test_a_message_without_its_end_is_found(tmp_path: Path) -> None:
    """By the order that was never answered; its length is that of its sound."""
    name = cut_off(tmp_path)
    assert lost_message("c1", record(Record(5, "水道課", 90, 3)), tmp_path) == Salvaged(5, name, 3.0)


@pytest.mark.parametrize(
    "answer", [MessageRecorded(5, "c1-message-1.wav", 3.0), MessageRecorded(5, "", 0.0), PartFailed("recorder", "x", 5)]
)
def test_a_message_that_was_reported_is_not_lost(tmp_path: Path, answer: Item) -> None:
    """Kept, empty, or failed."""
    cut_off(tmp_path)
    assert lost_message("c1", record(Record(5, "水道課", 90, 3), answer), tmp_path) is None


def test_only_what_the_record_does_not_know_is_lost(tmp_path: Path) -> None:
    """The second message of a call, whose first one was kept; the tenth comes after the ninth."""
    for number in (1, 9, 10):
        cut_off(tmp_path, number)
    entries = record(
        Record(5, "水道課", 90, 3), MessageRecorded(5, "c1-message-1.wav", 3.0), Record(9, "水道課", 90, 3)
    )
    assert lost_message("c1", entries, tmp_path) == Salvaged(9, "c1-message-10.wav", 3.0)


@pytest.mark.parametrize("pcm", [b"", b"\0" * 48000, b"\1"])
def test_silence_is_no_message(tmp_path: Path, pcm: bytes) -> None:
    """Nobody has to listen to it; nor to a file that is not there."""
    cut_off(tmp_path, pcm=pcm)
    assert lost_message("c1", record(Record(5, "水道課", 90, 3)), tmp_path) is None
    assert lost_message("c2", record(Record(5, "水道課", 90, 3)), tmp_path) is None


def test_files_are_as_our_recorder_leaves_them(tmp_path: Path) -> None:
    """While it is being written, before anybody closed it."""
    sound = MessageSound(tmp_path, "c1")
    sound.write(encode(TONE))
    try:
        found = lost_message("c1", record(Record(5, "水道課", 90, 3)), tmp_path)
        for _ in range(500):  # another thread writes
            if found:
                break
            found = lost_message("c1", record(Record(5, "水道課", 90, 3)), tmp_path)
    finally:
        sound.close()
    assert lost_message("c1", record(Record(5, "水道課", 90, 3)), tmp_path) is not None
