"""The tables of the figures, from sums: what a page draws, a sheet holds and a report prints. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from voicebot.transcripts import kpis
from voicebot.transcripts.kpis import BRIEF, Rows, Sums, by, parts
from voicebot.transcripts.measures import BUCKETS_A_SECOND, LAST_BUCKET, MEASURES
from voicebot.transcripts.outcome import CALL_OUTCOMES
from voicebot.web.staff.figures.periods import Period

Unit = Literal["text", "number", "share", "seconds", "outcome", "language"]
Cell = str | float | None
Groups = Mapping[str, Mapping[str, int]]
OUTCOMES = (*CALL_OUTCOMES, BRIEF)
WANTED = (*(name for name in MEASURES if not name.startswith("ways")), "hearing", "hearing.release")
"""The measures that the tables are made from."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns."""

    name: str
    columns: tuple[tuple[str, Unit], ...]
    """Names of words (`figures_col_<name>`), and what stands under each."""
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What today's content and library know about names that stand in the figures."""

    departments: Mapping[str, str]
    """Of answers: FAQ entries and answers of the tree."""
    titles: Mapping[int, str]
    """Of releases."""


def tables(sums: Sums, by_day: Groups, by_weekday: Groups, period: Period, known: Known) -> tuple[Table, ...]:
    """All of them, in the order of the page.

    Args:
        sums: Of the measures `WANTED`.
        by_day: Calls by day and outcome.
        by_weekday: Calls by weekday, from Monday, and hour.
        period: Which days.
        known: Names.
    """
    return (
        over_time(by_day, period),
        hours(by_weekday, period),
        departments(sums, known),
        subjects(sums, known),
        scenes(sums),
        wrong(sums),
        delays(sums),
        languages(sums),
        releases(sums, known),
    )


def over_time(by_day: Groups, period: Period) -> Table:
    """Calls by outcome, for each day, week or month."""
    found = {bucket: dict.fromkeys(OUTCOMES, 0) for bucket in period.buckets()}
    for day, outcomes in by_day.items():
        row = found[period.bucket(date.fromisoformat(day))]
        for outcome, number in outcomes.items():
            row[outcome] += number
    columns: tuple[tuple[str, Unit], ...] = (("day", "text"), *((name, "number") for name in OUTCOMES))
    return Table("time", columns, tuple((each.isoformat(), *row.values()) for each, row in found.items()))


def hours(by_weekday: Groups, period: Period) -> Table:
    """Calls an hour, as a mean over the weekdays of the period; a row for each weekday, from Monday."""
    found = [[0] * 24 for _ in range(7)]
    for weekday, by_hour in by_weekday.items():
        for hour, number in by_hour.items():
            found[int(weekday)][int(hour)] += number
    often = period.weekdays()
    rows_of = (
        (str(day), *(round(number / often[day], 1) if often[day] else None for number in row))
        for day, row in enumerate(found)
    )
    columns: tuple[tuple[str, Unit], ...] = (("weekday", "text"), *((f"{hour:02d}", "number") for hour in range(24)))
    return Table("hours", columns, tuple(rows_of))


def departments(sums: Sums, known: Known) -> Table:
    """What was answered for each department, transferred to it, promised for it, and sent to it by mistake."""
    found: dict[str, dict[str, float]] = {}

    def add(name: str, column: str, number: float) -> None:
        row = found.setdefault(
            name, dict.fromkeys(("answers", "tried", "connected", "message", "callback", "wrong"), 0)
        )
        row[column] += number

    for entry, (number, _) in sums["answers"].items():
        add(known.departments.get(entry, ""), "answers", number)
    for key, (number, _) in sums["transfers"].items():
        name, outcome = parts(key)
        add(name, "tried", number)
        if outcome == "connected":
            add(name, "connected", number)
    for key, (number, _) in sums["owed"].items():
        kind, name = parts(key)
        add(name, kind, number)
    for name, (number, _) in by(sums["wrong"], 0).items():
        add(name, "wrong", number)
    rows = [
        (name, row["answers"], row["tried"], row["connected"], _share(row["connected"], row["tried"]),
         *_answered(sums, name), row["message"], row["callback"], row["wrong"])
        for name, row in sorted(found.items(), key=lambda item: -item[1]["answers"] - item[1]["tried"])
    ]  # fmt: skip
    columns: tuple[tuple[str, Unit], ...] = (
        ("department", "text"), ("answers", "number"), ("tried", "number"), ("connected", "number"),
        ("connected_share", "share"), ("asa", "seconds"), ("soon_share", "share"),
        ("message", "number"), ("callback", "number"), ("wrong", "number"),
    )  # fmt: skip
    return Table("departments", columns, tuple(rows))


def _answered(sums: Sums, name: str) -> tuple[float | None, float | None]:
    """How soon a department takes the calls that are put through to it: the mean seconds, and the share in time."""
    own = {
        measure: {key: row for key, row in sums[measure].items() if parts(key)[place] == name}
        for measure, place in (("waits", 1), ("transfers", 0))
    }
    return kpis.speed_of_answer(own).figure, kpis.service_level(own).figure


def subjects(sums: Sums, known: Known) -> Table:
    """Answers by how often they were given."""
    rows = sorted(sums["answers"].items(), key=lambda item: (-item[1][0], item[0]))
    columns: tuple[tuple[str, Unit], ...] = (("entry", "text"), ("department", "text"), ("times", "number"))
    return Table("subjects", columns, tuple((key, known.departments.get(key, ""), row[0]) for key, row in rows))


def scenes(sums: Sums) -> Table:
    """Questions of the bot by how often the reply was missed."""
    nodes: dict[str, dict[str, int]] = {}
    for key, (number, _) in sums["turns.scene"].items():
        node, missed = parts(key)
        row = nodes.setdefault(node, {})
        row[missed] = row.get(missed, 0) + number

    def lost(node: str) -> int:
        return sum(nodes[node].get(name, 0) for name in kpis.ASKED_AGAIN)

    def silent(node: str) -> int:
        return nodes[node].get("no_input", 0)

    rows = []
    for node in sorted(nodes, key=lambda each: (-lost(each) - silent(each), each)):
        whole = sum(nodes[node].values())
        rows.append((node, whole, lost(node), _share(lost(node), whole), silent(node), _share(silent(node), whole)))
    columns: tuple[tuple[str, Unit], ...] = (
        ("node", "text"), ("replies", "number"), ("no_match", "number"), ("no_match_share", "share"),
        ("no_input", "number"), ("no_input_share", "share"),
    )  # fmt: skip
    return Table("scenes", columns, tuple(rows))


def wrong(sums: Sums) -> Table:
    """Transfers that were reported as wrong, by where they went and where they belonged."""
    rows = sorted(sums["wrong"].items(), key=lambda item: (-item[1][0], item[0]))
    columns: tuple[tuple[str, Unit], ...] = (("sent", "text"), ("belonged", "text"), ("times", "number"))
    return Table("wrong", columns, tuple((*parts(key), row[0]) for key, row in rows))


def delays(sums: Sums) -> Table:
    """How long callers waited for a reply, by tenths of a second up to three, then together."""
    most = 3 * BUCKETS_A_SECOND
    found = dict.fromkeys(range(most + 1), 0)
    for key, (number, _) in sums["delay"].items():
        found[min(int(key), most)] += number
    rows = tuple((bucket / BUCKETS_A_SECOND, number) for bucket, number in found.items())
    assert most < LAST_BUCKET  # noqa: S101  else the last row would hold only a part
    return Table("delays", (("from_seconds", "seconds"), ("times", "number")), rows)


def languages(sums: Sums) -> Table:
    """Calls by language, and what became of them."""
    rows = _by_group(sums["calls.language"], 1)
    columns: tuple[tuple[str, Unit], ...] = (
        ("language", "language"), ("calls", "number"), ("contained_share", "share"), ("transferred_share", "share"),
    )  # fmt: skip
    return Table("languages", columns, tuple((name, *_fates(row)) for name, row in rows))


def releases(sums: Sums, known: Known) -> Table:
    """Releases in their order: what became of the calls that met them, and how well they were heard."""
    numbers: dict[str, int] = {}
    for key in sums["calls.release"]:
        _, content, number = parts(key)
        numbers[content] = max(numbers.get(content, 0), int(number or 0))
    missed = _by_group(sums["turns.release"], 0, kind=1)
    lost = {name: _share(sum(row.get(kind, 0) for kind in kpis.ASKED_AGAIN), sum(row.values())) for name, row in missed}
    waits = {name: _share(total, number) for name, (number, total) in sums["delay.release"].items()}
    heard = sums["hearing.release"]
    rows = [
        (str(numbers[content] or content[:8]), known.titles.get(numbers[content], ""), *_fates(row), lost.get(content),
         waits.get(content), _share(heard[content][1], heard[content][0]) if content in heard else None)
        for content, row in sorted(_by_group(sums["calls.release"], 1), key=lambda item: (numbers[item[0]], item[0]))
    ]  # fmt: skip
    columns: tuple[tuple[str, Unit], ...] = (
        ("release", "text"), ("title", "text"), ("calls", "number"), ("contained_share", "share"),
        ("transferred_share", "share"), ("no_match_share", "share"), ("wait", "seconds"), ("reading_errors", "share"),
    )  # fmt: skip
    return Table("releases", columns, tuple(rows))


def key_figures(sums: Sums, before: Sums, language: str) -> Table:
    """The key figures, beside those of the period before, with their definitions."""
    rows = [
        (
            each.title(language),
            each.unit,
            each.of(sums).figure,
            each.of(before).figure,
            each.means(language),
            each.after(language),
        )
        for each in kpis.KPIS
    ]
    columns: tuple[tuple[str, Unit], ...] = (
        ("name", "text"), ("unit", "text"), ("now", "number"), ("before", "number"), ("means", "text"),
        ("source", "text"),
    )  # fmt: skip
    return Table("kpis", columns, tuple(rows))


def _fates(row: Mapping[str, int]) -> tuple[Cell, ...]:
    tried = sum(number for name, number in row.items() if name != BRIEF)
    return tried, _share(row.get("contained", 0), tried), _share(row.get("transferred", 0), tried)


def _by_group(rows: Rows, place: int, kind: int = 0) -> Sequence[tuple[str, dict[str, int]]]:
    """Numbers by one part of the key, each by another part; the largest first."""
    found: dict[str, dict[str, int]] = {}
    for key, (number, _) in rows.items():
        names = parts(key)
        row = found.setdefault(names[place], {})
        row[names[kind]] = row.get(names[kind], 0) + number
    return sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0]))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def written(table: Table, say: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    """The table as rows of texts for a sheet, headings first; shares and seconds as plain numbers."""
    yield tuple(say(name) for name, _ in table.columns)
    for row in table.rows:
        yield tuple("" if cell is None else f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in row)
