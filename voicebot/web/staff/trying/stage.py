"""What a trial is held on: one content, with what is pretended. Blocks: for the office's threads."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from voicebot import bootstrap
from voicebot.dialog.tree import Dialog
from voicebot.edition import Edition
from voicebot.tuning.golden import in_disaster
from voicebot.tuning.session import Session
from voicebot.tuning.talk import Talk
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.trying.wanted import DRAFT, Wanted


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a trial needs of the city."""

    wanted: Wanted
    edition: Edition
    dialog: Dialog
    """With the disaster as it is pretended."""
    moment: datetime
    """At which the trial begins."""
    language: str

    @property
    def session(self) -> Session:
        """The head of a golden talk of this trial."""
        return Session(self.moment, self.language, disaster=self.wanted.disaster == "on")

    def talk(self, session: Session) -> Talk:
        """A conversation without a telephone on the same stage."""
        edition, read = self.edition, bootstrap.reader()
        return Talk(self.dialog, edition.answers, edition.city_desk, read, session.at, session.transfers)


def set_stage(office: Office, wanted: Wanted) -> Stage:
    """Make everything ready.

    Raises:
        ContentError: the content has faults.
        LibraryError: there is no such release.
        Refusal: the content has no pack for disasters, or does not speak this language.
    """
    edition = _edition(office, wanted.content)
    profile = edition.content.city.profile
    moment = wanted.at.replace(tzinfo=profile.zone) if wanted.at else _now(office)
    language = wanted.language or profile.languages[0]
    if language not in profile.languages:
        raise Refusal(422, "try.language")
    return Stage(wanted, edition, _dialog(edition.content.dialog, wanted, moment), moment, language)


def _edition(office: Office, content: str) -> Edition:
    if not content:
        return office.service.edition()
    library = office.library
    return office.publishing.edition(library.draft().files if content == DRAFT else library.files(int(content)))


def _now(office: Office) -> datetime:
    """What time it is for callers, as exact as a golden talk's `at`."""
    service = office.service
    return (service.office_time or service.now)().replace(second=0, microsecond=0)


def _dialog(dialog: Dialog, wanted: Wanted, moment: datetime) -> Dialog:
    match wanted.disaster:
        case "on" if dialog.disaster is None:
            raise Refusal(422, "try.no_pack")
        case "on":
            return in_disaster(dialog, moment)
        case "off" if dialog.disaster is not None:
            return replace(dialog, disaster=replace(dialog.disaster, until=moment - timedelta(minutes=1)))
    return dialog
