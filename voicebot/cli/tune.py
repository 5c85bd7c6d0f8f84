"""Learning from questions whose answers are known: what the evidence of the FAQ's search is worth."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.actions import Grammar
from voicebot.cli import measuring
from voicebot.cli.serve import settings_of
from voicebot.documents import read
from voicebot.errors import VoicebotError
from voicebot.events import Alternative
from voicebot.faq.learn import Case
from voicebot.faq.learned import NAME, dumps, loads
from voicebot.faq.load import Entry
from voicebot.faq.search import FaqSearch
from voicebot.faq.vocabulary import vocabulary
from voicebot.retrieval.assembling import improved
from voicebot.settings import Settings
from voicebot.tuning import learning
from voicebot.tuning.evaluation import Asked

app = typer.Typer(help="Learn from questions whose answers are known.", no_args_is_help=True)
TYPED, SPOKEN = "typed", "spoken"


@app.callback()
def tune() -> None:
    """Learn from questions whose answers are known."""


@app.command("faq")
def faq(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Questions with their right entries, as for `evaluate faq`: a benchmark's folder, or those for the "
            "city's own FAQ as CSV, Excel or YAML."
        ),
    ],
    city: Annotated[Path | None, typer.Option(help="Folder of the city's content.")] = None,
    outside: Annotated[
        Path | None, typer.Option(help="Questions that the city's FAQ does not answer: a YAML file with lists of them.")
    ] = None,
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Learn from the questions as the recogniser hears them, too.")
    ] = False,
    output: Annotated[Path | None, typer.Option(help=f"Where to write; else {NAME} in the city's folder.")] = None,
) -> None:
    """Learn what each kind of evidence is worth, how sure one may be, and from when on an answer may be given."""
    settings = settings_of(city=city)
    taught: dict[str, list[Case]] = {}
    for path in paths:
        for search, found in _taught(settings, path, outside, spoken):
            for name, cases in learning.sets_of(found, search):
                taught.setdefault(name, []).extend(cases)
    usable = {name: cases for name, cases in taught.items() if any(case.right for case in cases)}
    if not usable:
        raise VoicebotError("tune.nothing", "There is no question with a right entry; see --help for their forms.")
    for name, cases in usable.items():
        typer.echo("\n".join([name, *(f"  {_line(each)}" for each in learning.reached(name, cases))]))
    target = output or settings.city / NAME
    kept = loads(target.read_text(encoding="utf-8"), target.name) if target.is_file() else {}
    new = {name: learning.learned(name, cases) for name, cases in usable.items()}
    target.write_text(dumps({**kept, **new}.values()), encoding="utf-8")
    typer.echo(f"Written to {target}")


def _taught(settings: Settings, path: Path, outside: Path | None, spoken: bool) -> list[tuple[FaqSearch, list[Case]]]:
    """The questions of a path in its FAQ, and in the same FAQ made bare, each with the search they were asked of."""
    reader = bootstrap.reader()
    if measuring.is_benchmark(path):
        found = measuring.read_benchmark(path)
        asked, entries, duties, words = found.asked, found.entries, {}, vocabulary(found.entries)
    else:
        content = contents.load(settings.city, settings.grammars, reader)
        found = measuring.read_questions(path, content)
        asked = (*found.asked, *(_outside(outside) if outside else ()))
        entries, duties, words = content.entries, dict(content.duties), content.dialog.vocabulary
    searches = _searches(settings, entries, duties, found.name if measuring.is_benchmark(path) else settings.city.name)
    heard: dict[str, list[tuple[Alternative, ...]]] = {
        f"{path.name} {TYPED}": [(Alternative(one.text, reader(one.text, "ja"), 1.0),) for one in asked]
    }
    if spoken:
        heard[f"{path.name} {SPOKEN}"] = _heard(settings, asked, words)
    return [
        (
            search,
            [case for series, one in heard.items() for case in learning.cases(search, asked, one, weight, series)],
        )
        for search, weight in searches
    ]


def _searches(
    settings: Settings, entries: Sequence[Entry], duties: dict[str, tuple[str, ...]], whose: str
) -> list[tuple[FaqSearch, float]]:
    """The search of this FAQ and, where it has other ways of asking, of the same FAQ made bare; what each counts."""
    vectors = bootstrap.vectors(settings, whose)
    plain = FaqSearch(entries, bootstrap.reader(), bootstrap.words(), None, duties)
    whole = improved(plain, vectors, partial(typer.echo, err=True), wait=True)
    found = [(whole if isinstance(whole, FaqSearch) else plain, 1.0)]
    if learning.is_worked(entries):
        stripped = FaqSearch(learning.bare(entries), bootstrap.reader(), bootstrap.words(), None, duties)
        # Its texts are among those of the whole FAQ, so all vectors are there.
        found.append((stripped.with_meaning(vectors) if vectors else stripped, learning.STRIPPED))
    return found


def _heard(settings: Settings, asked: Sequence[Asked], words: tuple[str, ...]) -> list[tuple[Alternative, ...]]:
    with measuring.telephone(settings) as telephone:
        grammar = Grammar("ja", "open", words)
        return [telephone.hear(one.text, grammar).alternatives for one in measuring.progress(asked, "電話")]


def _outside(path: Path) -> list[Asked]:
    """Every text in the file, whatever its lists are called.

    Raises:
        ContentError: it is no YAML.
    """
    data = read(path.read_text(encoding="utf-8-sig"), path.name).data
    lists = data.values() if isinstance(data, dict) else [data]
    texts = [text for each in lists if isinstance(each, list) for text in each if isinstance(text, str)]
    return [Asked(text, text, {}) for text in texts]


def _line(reached: learning.Reached) -> str:
    outside = f"; outside the FAQ {reached.outside}: at once {reached.outside_answered:.3f}" if reached.outside else ""
    return (
        f"{reached.series}: {reached.questions} questions held back: first {reached.first:.3f}, "
        f"among three {reached.among_three:.3f}, among five {reached.among_five:.3f}, "
        f"MRR {reached.reciprocal_rank:.3f}, "
        f"department {reached.routed:.3f}, among three {reached.routed_among_three:.3f}; "
        f"answered at once {reached.answered:.3f} (wrongly {reached.answered_wrongly:.3f}), "
        f"confirmed {reached.confirmed:.3f}, offered {reached.offered:.3f}{outside}"
    )
