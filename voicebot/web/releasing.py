"""From content to what callers hear: checked, kept in the library, and used from the next call on.

Everything is checked before it is kept, and kept before it is used: when the service is killed in between, the next
start uses what was kept. Calls under way go on with what they began with. All methods block: not for the event loop.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

from voicebot.checking.findings import Finding
from voicebot.checking.survey import House
from voicebot.content import Content, Files
from voicebot.ports import Answers, Reader
from voicebot.releases.history import Why
from voicebot.releases.library import Library
from voicebot.releases.shelf import NewRelease, Release, Source
from voicebot.releases.texts import digest_of_files
from voicebot.service import Service
from voicebot.web.examining import Examining

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Published:
    """What became of an order to publish."""

    release: Release | None
    """None when the content was refused."""
    findings: tuple[Finding, ...] = ()
    left: tuple[str, ...] = ()
    """Files in which the draft kept its own words, since they were changed in both."""


class Releasing(Examining):
    """Makes releases of one service's content; for any thread, one order after the other.

    Args:
        service: The whole house.
        reader: Gives readings.
        house: What is installed, for the check.
    """

    def __init__(self, service: Service, reader: Reader, house: Callable[[], House] = House) -> None:
        super().__init__(service, reader, house)
        self.library: Library = service.library
        self._one = RLock()
        self.on_change: Callable[[Content], None] = lambda content: None
        """Told of new content, once it is in force."""

    def _release(
        self,
        files: Files,
        title: str,
        by: str,
        source: Source,
        why: Why,
        reviewer: str = "",
        *,
        hold_talks: bool = True,
    ) -> Published:
        found = self.examined(files) if hold_talks else self.loaded(files)
        if found.faults or found.content is None:
            log.error("content was refused", extra={"code": f"content.{len(found.faults)}_faults"})
            return Published(None, found.findings)
        current = self.library.in_force()
        if current and self.library.release(current.release).digest == digest_of_files(files):
            return Published(self.library.release(current.release), found.findings)
        answers = found.answers or self.edition(files).answers
        new = NewRelease(files, found.content.fingerprint, title, by, source, reviewer)
        release, left = self.library.publish(new, why, self._service.now())
        self._use(found.content, answers, release.number)
        return Published(release, found.findings, left)

    def _again(self, number: int, by: str, why: Why) -> Published:
        files = self.library.files(number)
        found = self.loaded(files)
        if found.faults:
            return Published(None, found.findings)
        edition = self.edition(files)
        self.library.put_in_force(number, by, why, self._service.now())
        self._use(edition.content, edition.answers, number)
        return Published(self.library.release(number), found.findings)

    def _use(self, content: Content, answers: Answers, release: int) -> None:
        self._service.publish(content, answers, release)
        log.info("the content has changed", extra={"code": content.fingerprint})
        self.on_change(content)
