"""Files that a person has sent and is still looking at; in memory, for an hour, a few at a time."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from voicebot.web.staff.forms import Upload

KEPT = timedelta(hours=1)
MOST = 8


@dataclass(slots=True)
class Uploads:
    """By a name that nobody can guess, for the person who sent them; safe in threads."""

    _kept: OrderedDict[str, tuple[str, datetime, Upload]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, upload: Upload, whose: str, now: datetime) -> str:
        """Remember a file; its name."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[name] = (whose, now, upload)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return name

    def of(self, name: str, whose: str, now: datetime) -> Upload | None:
        """The file of this name; None when it is another's, or has been forgotten."""
        with self._lock:
            found = self._kept.get(name)
        if found is None or found[0] != whose or now - found[1] > KEPT:
            return None
        return found[2]

    def drop(self, name: str) -> None:
        """It is not needed any more."""
        with self._lock:
            self._kept.pop(name, None)
