"""One version of the city's content with what was built from it; a call keeps the one that it began with.

It must not know where content comes from, nor who calls.
"""

from dataclasses import dataclass, field
from threading import Lock

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.ports import Answers, CityDesk

MOST_EARLIER = 8
"""So many earlier editions are kept for calls under way; a call lasts minutes, and staff publish by the hour."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The content in force at one time."""

    content: Content
    answers: Answers
    desk: Desk
    city_desk: CityDesk
    """The desk as calls see it."""
    release: int | None = None
    """Its number in the library; None for content that is only tried."""


@dataclass(slots=True)
class Earlier:
    """Editions that calls under way may have begun with, by the fingerprint of their content. For any thread."""

    kept: dict[str, Edition] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def keep(self, edition: Edition) -> None:
        """Remember an edition that is no longer in force; the oldest ones are forgotten."""
        with self.lock:
            self.kept.pop(edition.content.fingerprint, None)
            self.kept[edition.content.fingerprint] = edition
            for fingerprint in list(self.kept)[:-MOST_EARLIER]:
                del self.kept[fingerprint]

    def of(self, fingerprint: str) -> Edition | None:
        """The edition of that content; None when it was forgotten, or is the one in force."""
        with self.lock:
            return self.kept.get(fingerprint)
