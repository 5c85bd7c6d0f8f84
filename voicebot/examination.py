"""The whole check of a city's folder, as `voicebot check` prints it and as every load of a running service passes it.

Reads files. It must not know what is installed (it is given that), nor what is done with what it finds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from voicebot import content as contents
from voicebot.checking.findings import Finding, in_order, of_faults, warning
from voicebot.checking.survey import House, survey
from voicebot.city.desk import Desk
from voicebot.city.load import City
from voicebot.content import Content, Files
from voicebot.documents import suggestion
from voicebot.errors import ContentError, Fault
from voicebot.faq.search import FaqSearch
from voicebot.ports import Answers, Reader
from voicebot.tuning import golden

Facts = tuple[tuple[str, str], ...]
"""Pretended values by name."""
CONTENT, TALK = "content", "talk"
"""The rules that faults are found by: the content cannot be used, or a golden talk does not come true."""
DATES = "特別な日の開庁時間のため、会話の見本と違う進み方をします。わざと決めた時間なら、このまま公開できます。"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, and the content when it can be used."""

    findings: tuple[Finding, ...]
    content: Content | None = None
    answers: Answers | None = None
    """The search over its FAQ, when talks were held."""
    talks: int = 0

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the content is refused for."""
        return tuple(Fault(each.path, each.line, each.message) for each in self.findings if each.level == "fault")

    @property
    def warnings(self) -> int:
        """How many things staff should look at."""
        return sum(each.level == "warning" for each in self.findings)


Search = Callable[[Content, Reader], Answers]
"""Makes the search of a content's FAQ, as the service will use it."""


def plain_search(content: Content, reader: Reader) -> Answers:
    """By sound alone."""
    return FaqSearch(content.entries, content.city.reader or reader)


def examine(
    folder: Path,
    grammars: Path,
    reader: Reader,
    today: date,
    house: Callable[[], House] = House,
    search: Search = plain_search,
    *,
    hold_talks: bool = True,
) -> Examined:
    """Read a city's folder and look at it; as `examine_files`.

    Args:
        folder: The city's folder.
        grammars: Ways of saying what is said everywhere.
        reader: Gives readings.
        today: The day for which answers must be right.
        house: Gives what is installed; asked for when the content has been loaded.
        search: Makes the search of the FAQ.
        hold_talks: Whether to hold the golden talks.
    """
    try:
        files = contents.read_folder(folder, grammars)
    except ContentError as error:
        return Examined(of_faults(error.faults, CONTENT))
    return examine_files(files, reader, today, house, search, hold_talks=hold_talks)


def examine_files(
    files: Files,
    reader: Reader,
    today: date,
    house: Callable[[], House] = House,
    search: Search = plain_search,
    *,
    hold_talks: bool = True,
    loaded: Content | None = None,
) -> Examined:
    """Load a city's files, look at them from all sides, and hold their golden talks; the rest as `examine`.

    `loaded` is what these files say, where it is known already.
    """
    try:
        content = loaded or contents.load_files(files, reader)
    except ContentError as error:
        misshapen = _faults_of_talks(files, None) if hold_talks else ()
        return Examined(in_order((*of_faults(error.faults, CONTENT), *misshapen)))
    findings = survey(content, contents.documents_of(files), today, house())
    if not hold_talks:
        return Examined(findings, content)
    answers = search(content, reader)
    try:
        talks = golden.load(contents.talks_of(files), tuple(content.dialog.departments))
    except ContentError as error:
        return Examined(in_order((*of_faults(error.faults, CONTENT), *findings)), content, answers)

    def pretending(facts: Facts) -> Content:
        return contents.load_files(files, reader, dict(facts))

    untrue = held(talks, content, answers, reader, pretending)
    return Examined(in_order((*untrue, *findings)), content, answers, len(talks))


def held(
    talks: Sequence[golden.GoldenTalk],
    content: Content,
    answers: Answers,
    reader: Reader,
    pretending: Callable[[Facts], Content],
) -> Iterator[Finding]:
    """The first line of each talk that does not come true.

    A talk is held at a moment of its own. Where only the opening hours of single dates keep it from coming true, it is
    a warning: else nobody could close a counter for a day on which some talk is held.

    Args:
        talks: What is held.
        content: The content as it is.
        answers: The search of its FAQ.
        reader: Gives readings.
        pretending: Gives the content with other values; asked once for each set of values that talks pretend.
    """
    contents_by: dict[Facts, Content] = {(): content}
    for talk in talks:
        unknown = [name for name, _ in talk.facts if name not in content.city.facts]
        if unknown:
            near = suggestion(unknown[0], tuple(content.city.facts))
            message = f"「{unknown[0]}」は facts.yaml にありません。{near}"
            yield Finding("fault", TALK, talk.path, talk.lines[0].number, message)
            continue
        if talk.facts not in contents_by:
            contents_by[talk.facts] = pretending(talk.facts)
        then = contents_by[talk.facts]
        fault = _run(talk, then, then.city, answers, reader)
        if fault is None:
            continue
        if _run(talk, then, _on_usual_days(then.city), answers, reader) is None:
            yield warning(TALK, Fault(fault.path, fault.line, f"{DATES} {fault.message}"))
        else:
            yield Finding("fault", TALK, fault.path, fault.line, fault.message)


def _run(talk: golden.GoldenTalk, content: Content, city: City, answers: Answers, reader: Reader) -> Fault | None:
    return golden.run(talk, content.dialog, answers, Desk(city), city.reader or reader, city.profile.zone)


def _on_usual_days(city: City) -> City:
    """Without the hours of single dates; those of every year stay."""
    return replace(city, calendars={
        name: replace(calendar, specials=tuple(each for each in calendar.specials if each.period.yearly))
        for name, calendar in city.calendars.items()
    })  # fmt: skip


def _faults_of_talks(files: Files, departments: tuple[str, ...] | None) -> tuple[Finding, ...]:
    try:
        golden.load(contents.talks_of(files), departments)
    except ContentError as error:
        return of_faults(error.faults, CONTENT)
    return ()
