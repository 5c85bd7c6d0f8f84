"""Messages that were being left when the service was killed: the sound is on the disk, the record does not know it.

What was recorded so far is a message like any other: somebody has said it, and somebody must hear it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicebot.actions import Record
from voicebot.audio import wav
from voicebot.events import MessageRecorded, PartFailed
from voicebot.transcripts.codec import Entry

LOUD = 300.0
"""Root mean square of 16-bit samples from which 20 ms of a telephone count as sound."""
FRAME_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A message that the record lacks."""

    turn: int
    recording: str
    """File name."""
    seconds: float
    """How much of it is loud enough to be speech."""


def lost_message(call_id: str, entries: Sequence[Entry], folder: Path) -> Salvaged | None:
    """The message that was ordered last and never reported, if its sound is there; None when nothing is missing."""
    order: Record | None = None
    known: set[str] = set()
    for entry in entries:
        match entry.item:
            case Record() as ordered:
                order = ordered
            case MessageRecorded(turn, recording):
                known.add(recording)
                order = None if order and order.turn == turn else order
            case PartFailed("recorder", _, turn) if order and order.turn == turn:
                order = None
            case _:
                pass
    if order is None:
        return None
    found = [path for path in _messages(call_id, folder) if path.name not in known]
    seconds = _loud_seconds(found[-1]) if found else 0.0
    return Salvaged(order.turn, found[-1].name, seconds) if seconds else None


def _messages(call_id: str, folder: Path) -> Iterable[Path]:
    """The files of a call's messages, in the order in which they were made."""
    prefix = f"{call_id}-message-"
    numbered = [path for path in folder.glob(f"{prefix}*.wav") if path.stem.removeprefix(prefix).isdecimal()]
    return sorted(numbered, key=lambda path: int(path.stem.removeprefix(prefix)))


def _loud_seconds(path: Path) -> float:
    """The header of a file that was cut off may be some seconds short of its sound: its length counts."""
    try:
        pcm = path.read_bytes()[wav.HEADER_BYTES :]
    except OSError:
        return 0.0
    size = round(8000 * FRAME_SECONDS)
    samples = np.frombuffer(pcm[: len(pcm) // (2 * size) * (2 * size)], dtype="<i2").astype(np.float64)
    loud = np.sqrt((samples.reshape(-1, size) ** 2).mean(axis=1)) >= LOUD if len(samples) else np.array([])
    return round(float(loud.sum()) * FRAME_SECONDS, 2)
