"""みなと市's service for tests of 今日: its own content, a clock that the test sets, no vectors, scripted callers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from house import OFFICE, ROOT, House, open_house, service

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.content import Content
from voicebot.faq.search import FaqSearch

MINATO = ROOT / "dialogs" / "minato"


@dataclass
class Clock:
    """What time it is for calls and for the switch."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def set(self, text: str) -> None:
        """Another moment, the city's local time."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=self.now.tzinfo)


@contextmanager
def minato(folder: Path) -> Iterator[tuple[House, Clock]]:
    """The running service and its clock."""
    content, answers = _content()
    made = service(folder, city=MINATO)
    made.publish(content, answers)
    clock = Clock(OFFICE.replace(tzinfo=content.city.profile.zone))
    made.office_time = clock
    with open_house(made) as house:
        yield house, clock


@cache
def _content() -> tuple[Content, FaqSearch]:
    read = bootstrap.reader()
    content = contents.load(MINATO, ROOT / "grammars", read)
    return content, FaqSearch(content.entries, read)
