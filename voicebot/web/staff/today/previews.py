"""Previews of the disaster switch that wait for a confirmation. In memory, bounded, thread-safe."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Literal

from voicebot.checking.findings import Finding
from voicebot.editing.emergency import Changes
from voicebot.web.staff.today.rehearsal import Scene

What = Literal["begin", "change", "end"]
MOST_PREVIEWS = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be put in force, and what callers would hear."""

    id: str
    what: What
    changes: Changes
    release: int
    """What was in force when it was made."""
    until: datetime | None
    scenes: tuple[Scene, ...]
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Why it cannot be put in force."""
        return tuple(each for each in self.findings if each.level == "fault")


class Previews:
    """The last few."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Preview] = OrderedDict()
        self._lock = Lock()
        self.unended = 0
        """The release in which a disaster that is over could not be put away; nobody is told twice."""

    def keep(self, preview: Preview) -> None:
        """One more; the oldest ones are forgotten."""
        with self._lock:
            self._kept[preview.id] = preview
            while len(self._kept) > MOST_PREVIEWS:
                self._kept.popitem(last=False)

    def find(self, preview_id: str) -> Preview | None:
        """The preview of this id; None when it is not known any more."""
        with self._lock:
            return self._kept.get(preview_id)

    def clear(self) -> None:
        """None of them counts any more."""
        with self._lock:
            self._kept.clear()
