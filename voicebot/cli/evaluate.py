"""Measuring answers: on a public benchmark, on a city's own questions, on past calls; in writing and by telephone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.actions import Grammar
from voicebot.cli import measuring
from voicebot.cli.serve import settings_of
from voicebot.content import Content
from voicebot.dialog.limits import Limits
from voicebot.errors import VoicebotError
from voicebot.events import Alternative
from voicebot.faq.vocabulary import vocabulary
from voicebot.settings import Settings
from voicebot.tuning import evaluation_report as report
from voicebot.tuning.evaluation import Asked, Judged, figures, judge, worst
from voicebot.tuning.evaluation_finder import Finder
from voicebot.tuning.evaluation_sets import EvaluationSet
from voicebot.tuning.evaluation_talks import Journey, summary

app = typer.Typer(help="Measure how well questions are answered.", no_args_is_help=True)
WRITTEN, SPOKEN, CALLED = "文字", "電話", "通話"
City = Annotated[Path | None, typer.Option(help="Folder of the city's content.")]
Limit = Annotated[int, typer.Option(min=0, help="Only so many questions, evenly chosen; 0 for all.")]
Spoken = Annotated[
    bool, typer.Option("--spoken", help="Also by telephone: a resident's voice, 8 kHz mu-law, the recogniser.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Recognise again what an earlier run has recognised.")]
AsJson = Annotated[bool, typer.Option("--json", help="Everything as JSON, question by question.")]
Misses = Annotated[int, typer.Option(min=0, help="How many of the worst misses are shown.")]


@app.command("faq")
def faq(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A benchmark's folder (corpus.json, queries.json, qrels.json), or questions for the city's own FAQ as "
            "CSV, Excel or YAML."
        ),
    ] = None,
    city: City = None,
    calls: Annotated[bool, typer.Option("--from-calls", help="Questions of past calls with a proven answer.")] = False,
    spoken: Spoken = False,
    limit: Limit = 0,
    least_grade: Annotated[int, typer.Option(min=1, help="From which relevance on an entry is right.")] = 1,
    misses: Misses = 10,
    as_json: AsJson = False,
    fresh: Fresh = False,
) -> None:
    """Measure the search of the FAQ: right answers, right departments, and how often it is surely wrong."""
    settings = settings_of(city=city)
    questions, limits, words, content = _questions(settings, path, calls)
    asked = measuring.sampled(questions.asked, limit)
    if not asked:
        raise VoicebotError("evaluation.nothing", "There is no question to measure with; see --help for their forms.")
    search = measuring.finder(settings, questions, content, limits)
    columns: dict[str, list[Judged]] = {}
    cut = 0
    name = CALLED if calls else WRITTEN
    columns[name] = [_judged(search, one, least_grade) for one in measuring.progress(asked, name)]
    if spoken:
        heard, cut = _spoken(settings, asked, words, fresh)
        columns[SPOKEN] = [_judged(search, one, least_grade) for one in heard]
    if as_json:
        typer.echo(json.dumps(_data(questions, columns, cut), ensure_ascii=False, indent=1))
    else:
        _print(questions, columns, misses, cut)


def _questions(
    settings: Settings, path: Path | None, calls: bool
) -> tuple[EvaluationSet, Limits, tuple[str, ...], Content | None]:
    """The questions, the limits of what is answered at once, the words that the recogniser expects, and the city."""
    if path is not None and measuring.is_benchmark(path):
        found = measuring.read_benchmark(path)
        return found, Limits(), vocabulary(found.entries), None
    if path is None and not calls:
        raise typer.BadParameter("Give a benchmark's folder or a file with questions, or --from-calls.")
    content = contents.load(settings.city, settings.grammars, bootstrap.reader())
    found = measuring.read_questions(path, content) if path is not None else measuring.from_calls(settings, content)
    return found, content.dialog.limits, content.dialog.vocabulary, content


def _judged(search: Finder, asked: Asked, least_grade: int) -> Judged:
    guesses = asked.heard or (Alternative(asked.text, bootstrap.reader()(asked.text, "ja"), 1.0),)
    return judge(asked, search.find(guesses, "ja"), least_grade)


def _spoken(settings: Settings, asked: Sequence[Asked], words: tuple[str, ...], fresh: bool) -> tuple[list[Asked], int]:
    """The questions as the bot hears them, and how many of them fell into several turns."""
    grammar = Grammar("ja", "open", words)
    heard: list[Asked] = []
    cut = 0
    with measuring.telephone(settings, fresh=fresh) as telephone:
        for one in measuring.progress(asked, SPOKEN):
            made = telephone.hear(one.text, grammar)
            heard.append(replace(one, heard=made.alternatives or (Alternative("", "", 0.0),)))
            cut += made.utterances > 1
    return heard, cut


def _data(questions: EvaluationSet, columns: Mapping[str, Sequence[Judged]], cut: int) -> dict[str, object]:
    keys = {WRITTEN: "text", SPOKEN: "spoken", CALLED: "calls"}
    return {
        "set": questions.name,
        "entries": len(questions.entries),
        "problems": list(questions.problems),
        "cut_into_several_turns": cut,
        **{keys[name]: report.as_data(figures(judged)) for name, judged in columns.items()},
        "rows": {keys[name]: report.rows(judged) for name, judged in columns.items()},
    }


def _print(questions: EvaluationSet, columns: Mapping[str, Sequence[Judged]], misses: int, cut: int) -> None:
    typer.echo(f"{questions.name}: FAQ {len(questions.entries)}件")
    for problem in questions.problems:
        typer.echo(f"  {problem}")
    measured = {name: figures(judged) for name, judged in columns.items()}
    typer.echo("\n".join(["", *report.table(measured)]))
    for name, judged in columns.items():
        typer.echo("\n".join(["", f"答える割合と間違い ({name})", *report.curve_table(measured[name])]))
        found = worst(judged, misses)
        if found:
            typer.echo("\n".join(["", f"うまくいかなかったもの ({name})", *report.misses(found)]))
    if SPOKEN in columns:
        lost = measured[WRITTEN].hits[3] - measured[SPOKEN].hits[3] if WRITTEN in measured else 0.0
        typer.echo(f"\n電話で失ったもの: hit@3 で{100 * lost:.1f}ポイント。途中で話し終わりと取られた質問: {cut}")


@app.command("talks")
def talks(
    path: Annotated[Path, typer.Argument(help="Questions for the city's FAQ with their answers: CSV, Excel or YAML.")],
    city: City = None,
    spoken: Spoken = False,
    limit: Limit = 0,
    misses: Misses = 10,
    as_json: AsJson = False,
    fresh: Fresh = False,
    at: Annotated[str, typer.Option(help="When the calls take place.")] = "2026-11-25T10:00",
) -> None:
    """Hold whole talks, from the question to the right answer or department, and count how many get there."""
    settings = settings_of(city=city)
    content = contents.load(settings.city, settings.grammars, bootstrap.reader())
    questions = measuring.read_questions(path, content)
    asked = measuring.sampled(questions.asked, limit)
    office = measuring.Office.of(settings, content, at)
    columns = {WRITTEN: [office.travel(one, measuring.written) for one in measuring.progress(asked, WRITTEN)]}
    if spoken:
        with measuring.telephone(settings, fresh=fresh) as telephone:

            def hear(words: str, grammar: Grammar | None) -> tuple[Alternative, ...]:
                return telephone.hear(words, grammar or Grammar("ja", "open")).alternatives

            columns[SPOKEN] = [office.travel(one, hear) for one in measuring.progress(asked, SPOKEN)]
    if as_json:
        typer.echo(json.dumps(_talks_data(columns), ensure_ascii=False, indent=1))
        return
    for problem in questions.problems:
        typer.echo(f"  {problem}")
    typer.echo("\n".join(report.endings_table(columns)))
    for name, journeys in columns.items():
        lost = [journey for journey in journeys if not journey.reached][:misses]
        for journey in lost:
            wanted = "、".join((*journey.asked.entries, *sorted(journey.asked.departments)))
            typer.echo(f"\n× {name}: {journey.asked.text} → {wanted}")
            typer.echo("\n".join(f"    {line}" for line in journey.lines[1:]))


def _talks_data(columns: Mapping[str, Sequence[Journey]]) -> dict[str, object]:
    keys = {WRITTEN: "text", SPOKEN: "spoken"}
    return {
        keys[name]: {
            "talks": len(journeys),
            "reached": sum(journey.reached for journey in journeys),
            "endings": summary(journeys),
            "rows": [
                {"question": one.asked.text, "ending": one.ending, "reached": one.reached, "lines": one.lines}
                for one in journeys
            ],
        }
        for name, journeys in columns.items()
    }
