"""Who has which node open just now, so that two people who edit the same one know of each other before they save."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

LASTS = timedelta(seconds=45)
"""A page tells that it is open every fifteen seconds; after this it has been closed, or its machine sleeps."""


@dataclass(slots=True)
class Company:
    """Names of people by node; forgotten when they do not tell again."""

    _seen: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def here(self, node: str, user: str, display: str, now: datetime) -> tuple[str, ...]:
        """Somebody has the node open; the names of the others who have."""
        with self._lock:
            self._seen = {key: value for key, value in self._seen.items() if now - value[1] < LASTS}
            self._seen[node, user] = (display, now)
            return tuple(sorted(name for (at, who), (name, _) in self._seen.items() if at == node and who != user))
