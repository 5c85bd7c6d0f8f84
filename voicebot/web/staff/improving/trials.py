"""Content as the work behind the calls looks at it: loaded, with a search that tells how likely each entry is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.desk import Desk
from voicebot.content import Content, Files
from voicebot.faq.bm25 import Numbers
from voicebot.faq.meaning import Embed, wanted
from voicebot.faq.search import FaqSearch
from voicebot.ports import Reader
from voicebot.service import Service
from voicebot.tuning.golden import A_WEEKDAY
from voicebot.tuning.likeness import Meanings, meanings_over
from voicebot.tuning.reactions import Line
from voicebot.tuning.stage import World

_WITHOUT = 400
"""So many vectors of meaning are not made on the way: the service makes them when it begins to use the content."""


class Vectors(Protocol):
    """Vectors of meaning, of which some are there already."""

    def __call__(self, texts: Sequence[str]) -> Numbers:
        """One row for each text."""

    def missing(self, texts: Sequence[str]) -> int:
        """How many of these are not there yet."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One content, ready to be asked."""

    content: Content
    search: FaqSearch
    line: Line
    reader: Reader

    @property
    def world(self) -> World:
        """For holding stored calls again."""
        return World(self.content.dialog, self.search, self.line.desk)

    @property
    def owners(self) -> Mapping[str, str]:
        """The department of each entry and answer node."""
        nodes = {name: getattr(node, "department", "") for name, node in self.content.dialog.nodes.items()}
        return {**nodes, **{entry.question: entry.department for entry in self.content.entries}}


class Trials:
    """Makes trials; the last one is kept.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._vectors: Vectors | None = None
        self._last: tuple[str, Trial] | None = None
        self._lock = Lock()

    def of(self, files: Files, *, keep: bool = True) -> Trial:
        """This content.

        Raises:
            ContentError: it has faults.
        """
        fingerprint = contents.fingerprint_of(files)
        with self._lock:
            if self._last is not None and self._last[0] == fingerprint:
                return self._last[1]
            content = contents.load_files(files, bootstrap.reader())
            reader = content.city.reader or bootstrap.reader()
            embed = self._embed(content)
            search = FaqSearch(content.entries, reader, bootstrap.words(), embed, content.duties, content.learned)
            line = Line(content.dialog, search, Desk(content.city), reader, _moment(content))
            trial = Trial(content, search, line, reader)
            if keep:
                self._last = fingerprint, trial
            return trial

    def meanings(self, trial: Trial) -> Meanings | None:
        """Vectors of meaning, seen against the city's own ways of asking; None where there are none."""
        embed = self._embed(trial.content)
        ways = [text for entry in trial.content.entries for text in (entry.question, *entry.also)]
        return meanings_over(embed, ways) if embed and ways else None

    def _embed(self, content: Content) -> Embed | None:
        if self._vectors is None:
            self._vectors = bootstrap.vectors(self._service.settings, self._service.settings.city.name)
        if self._vectors is None or self._vectors.missing(wanted(content.entries)) > _WITHOUT:
            self._vectors = None  # the service may have made them by the next time
            return None
        return self._vectors


def _moment(content: Content) -> datetime:
    """Office hours: else every wish for a person would end at a closed door."""
    return A_WEEKDAY.replace(tzinfo=content.city.profile.zone)
