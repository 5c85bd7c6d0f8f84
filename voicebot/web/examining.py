"""Content that is not in force: checked, and made ready to be talked to. All methods block: not for the event loop."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import TypeVar

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.checking.findings import of_faults
from voicebot.checking.survey import House
from voicebot.city.desk import Desk
from voicebot.content import Files
from voicebot.edition import Edition
from voicebot.errors import ContentError
from voicebot.examination import CONTENT, Examined, examine_files
from voicebot.ports import Reader
from voicebot.releases.texts import digest_of_files
from voicebot.service import Service

Key = TypeVar("Key")
Value = TypeVar("Value")
_KEPT = 4
"""So many checks and editions are remembered."""


class Examining:
    """Looks at content; for any thread, one after the other.

    Args:
        service: The whole house.
        reader: Gives readings.
        house: What is installed, for the check.
    """

    def __init__(self, service: Service, reader: Reader, house: Callable[[], House] = House) -> None:
        self._service = service
        self._reader = reader
        self._house = house
        self._making = Lock()  # going back does not wait for somebody's check
        self._checking = {True: Lock(), False: Lock()}  # nor does a quick look for the golden talks
        self._checks: OrderedDict[tuple[str, date, bool], Examined] = OrderedDict()
        self._editions: OrderedDict[str, Edition] = OrderedDict()

    def examined(self, files: Files, day: date | None = None, *, hold_talks: bool = True) -> Examined:
        """What `voicebot check` finds in these files, on a day (today unless told); remembered."""
        day = day or self._service.now().date()
        key = (digest_of_files(files), day, hold_talks)
        with self._checking[hold_talks]:
            found = self._checks.get(key)
            if found is None:
                ready = self._ready(files)
                search = (lambda *_: ready.answers) if ready else bootstrap.searching(self._service.settings)
                found = examine_files(
                    files, self._reader, day, self._house, search,
                    hold_talks=hold_talks, loaded=ready.content if ready else None,
                )  # fmt: skip
                _remember(self._checks, key, found)
            return found

    def loaded(self, files: Files) -> Examined:
        """Whether these files can be used at all, without looking at them from all sides: for what is urgent."""
        try:
            edition = self.edition(files)
        except ContentError as error:
            return Examined(of_faults(error.faults, CONTENT))
        return Examined((), edition.content, edition.answers)

    def edition(self, files: Files) -> Edition:
        """This content, ready to be talked to; remembered.

        Raises:
            ContentError: it has faults.
        """
        ready = self._ready(files)
        if ready is not None:
            return ready
        fingerprint = contents.fingerprint_of(files)
        with self._making:
            if fingerprint not in self._editions:
                content = contents.load_files(files, self._reader)
                answers = bootstrap.searching(self._service.settings)(content, self._reader)
                desk = Desk(content.city)
                _remember(self._editions, fingerprint, Edition(content, answers, desk, desk))
            return self._editions[fingerprint]

    def _ready(self, files: Files) -> Edition | None:
        """This content, when it is in force or somebody has talked to it."""
        fingerprint = contents.fingerprint_of(files)
        if fingerprint == self._service.content.fingerprint:
            return self._service.edition()
        return self._editions.get(fingerprint)


def _remember(kept: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    kept[key] = value
    while len(kept) > _KEPT:
        kept.popitem(last=False)
