"""What happened in a call, in order, told to a listener as it happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from voicebot.events import Json

Kind = Literal[
    "webhook",
    "callback",
    "verb",
    "stream",
    "resident",
    "bot",
    "carrier",
    "person",
    "key",
    "mark",
    "clear",
    "dial",
    "recording",
    "violation",
    "error",
    "note",
    "hangup",
]
NO_DETAIL: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    seconds: float
    """From the start of the call, which is the first webhook."""
    kind: Kind
    text: str
    until: float | None = None
    """The end of speech; None for what has no length."""
    detail: Mapping[str, Json] = field(default_factory=dict)


class Timeline:
    """The entries of one call.

    Args:
        now: Seconds of a clock that never goes back.
        listener: Told of every entry at once; speech is told when it has ended.
    """

    def __init__(self, now: Callable[[], float], listener: Callable[[Entry], None] | None = None) -> None:
        self._now = now
        self._start = now()
        self._listener = listener
        self._entries: list[Entry] = []

    @property
    def seconds(self) -> float:
        """How long the call has lasted."""
        return self._now() - self._start

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything so far, by the time at which it began."""
        return tuple(sorted(self._entries, key=lambda entry: entry.seconds))

    def note(self, kind: Kind, text: str, detail: Mapping[str, Json] = NO_DETAIL, at: float | None = None) -> None:
        """Something happens: now, or `at` this second of the line's sound."""
        self._add(Entry(round(self.seconds if at is None else at, 4), kind, text, None, detail))

    def spoken(self, kind: Kind, text: str, start: float, end: float) -> None:
        """Somebody has spoken."""
        self._add(Entry(round(start, 4), kind, text, round(end, 4)))

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        if self._listener:
            self._listener(entry)
