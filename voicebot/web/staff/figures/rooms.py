"""The room 統計: the page of a period, its sheets, and the report of a month for the council."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.content import Content
from voicebot.dialog.tree import AnswerNode, LookupNode
from voicebot.transcripts.kpis import KPIS, NEEDED, Kpi, Sums
from voicebot.web.staff.figures import charts, tables
from voicebot.web.staff.figures.periods import Period, month_of, of_query, usual
from voicebot.web.staff.figures.tables import OUTCOMES, Known, Table
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, author, page, words_for
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.words import Words

COUNTED_AT_ONCE = 3
"""So many stale days are counted before a page is shown: those that changed in the last seconds."""
MOST_ROWS = 12
"""Rows of a long table on the page; its sheet holds all of them."""
RELEASES = 60


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outcomes", ("calls", "contained", "solved", "transferred", "message", "callback", "abandoned", "abandoned_all",
                  "helpless", "again")),
    ("hearing", ("no_match", "no_input", "keys", "reading_errors", "word_errors", "understood")),
    ("people", ("connected", "asa", "service_level", "wrong", "seconds")),
    ("speed", ("delay", "delay_95", "decode")),
)  # fmt: skip
"""The key figures as the page shows them."""
SMALLEST_CHANGE = {"share": 0.01, "seconds": 0.05, "number": 1.0}
"""Of each unit; a smaller difference is none: numbers of calls are never quite the same."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure on the page."""

    kpi: Kpi
    now: float | None
    before: float | None

    @property
    def change(self) -> float | None:
        """The difference; None where there is nothing to compare."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def verdict(self) -> str:
        """`better`, `worse`, or nothing where neither can be said."""
        if self.change is None or abs(self.change) < SMALLEST_CHANGE[self.kpi.unit] or not self.kpi.better:
            return ""
        return "better" if (self.change > 0) is (self.kpi.better == "more") else "worse"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period's page shows."""

    period: Period
    sums: Sums
    before: Sums
    tables: Mapping[str, Table]
    stale: int
    """Days of the period that are not counted yet."""


def router(office: Office) -> APIRouter:
    """`figures`, `figures/table/{name}.csv` and `figures/report`."""
    rooms, room = APIRouter(), FigureRooms(office)
    rooms.get("/figures")(room.show)
    rooms.get("/figures/table/{name}.csv")(room.sheet)
    rooms.get("/figures/report")(room.report)
    return rooms


class FigureRooms:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Viewer) -> Response:
        """The page."""
        today = self._office.service.now().date()
        period = of_query(request.query_params, today)
        found = await self._office.ask(lambda: self._figures(period, words_for(request, session).language))
        return self._page(request, session, "figures/figures.html", found, today)

    async def report(self, request: Request, session: Viewer) -> Response:
        """A month to be printed; the last whole one unless told."""
        today = self._office.service.now().date()
        month = _month(request.query_params.get("month", ""), month_of(today).before)
        found = await self._office.ask(lambda: self._figures(month, words_for(request, session).language))
        return self._page(request, session, "figures/report.html", found, today)

    async def sheet(self, request: Request, session: Viewer, name: str) -> Response:
        """One table as CSV, which Excel opens as it is."""
        office, words = self._office, words_for(request, session)
        period = of_query(request.query_params, office.service.now().date())
        found = await office.ask(lambda: self._figures(period, words.language))
        table = found.tables.get(name)
        if table is None:
            raise Refusal(404, "staff.missing")
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(tables.written(table, lambda column: heading(words, column)))
        who, now = author(request, session), office.accounts.now()
        await office.ask(lambda: office.accounts.log.add(who, "figures.export", name, now, period=period.query))
        file = quote(f"{words['figures_' + name]}_{period.first}_{period.last}.csv")
        return Response(
            text.getvalue().encode("utf-8-sig"),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f"attachment; filename*=UTF-8''{file}"},
        )

    def _figures(self, period: Period, language: str) -> Figures:
        """All that is shown. Blocks."""
        office = self._office
        figures = office.service.store.figures
        for day in figures.stale(COUNTED_AT_ONCE):
            if period.first.isoformat() <= day <= period.last.isoformat():
                figures.count(day)
        sums = figures.sums(period.first, period.last, tables.WANTED)
        before = figures.sums(period.before.first, period.before.last, NEEDED)
        by_day = figures.by_part(period.first, period.last, "calls.hour", 0, "day")
        by_weekday = figures.by_part(period.first, period.last, "calls.hour", 1, "weekday")
        titles = {release.number: release.title for release in office.library.releases(RELEASES)}
        known = Known(departments_of(office.service.content), titles)
        found = [*tables.tables(sums, by_day, by_weekday, period, known), tables.key_figures(sums, before, language)]
        stale = figures.stale_between(period.first, period.last)
        return Figures(period, sums, before, {table.name: table for table in found}, stale)

    def _page(self, request: Request, session: Session, template: str, found: Figures, today: date) -> Response:
        words = words_for(request, session)
        time, releases = found.tables["time"], found.tables["releases"]
        shown = [name for name, _ in time.columns[1:]]
        bars = charts.stacked(
            shown, [(day_label(str(row[0])), [float(cell or 0) for cell in row[1:]]) for row in time.rows]
        )
        trend = [
            (name, [row[at] if isinstance(row[at], float) else None for row in releases.rows])
            for name, at in (("contained_share", 3), ("no_match_share", 5), ("reading_errors", 7))
        ]
        delays = found.tables["delays"]
        waits = charts.stacked(
            ("wait",), [(f"{row[0]:g}", [float(row[1] or 0)]) for row in delays.rows if isinstance(row[0], float)]
        )
        hours = found.tables["hours"]
        most = max((float(cell or 0) for row in hours.rows for cell in row[1:] if not isinstance(cell, str)), default=0)
        return page(
            request, template, session, figures=found, groups=grouped(found.sums, found.before), bars=bars,
            waits=waits, outcomes=OUTCOMES, most=most,
            trend=charts.lines(trend, [str(row[0]) for row in releases.rows]),  # type: ignore[arg-type]
            shade=charts.shade, rows_shown=MOST_ROWS, heading=lambda column: heading(words, column),
            shown=lambda value, unit: shown_as(words, value, unit), known=found.tables, today=today,
            choices=usual(today),
        )  # fmt: skip


def grouped(sums: Sums, before: Sums) -> list[tuple[str, list[Tile]]]:
    """The key figures by what they are about."""
    tiles = {each.name: Tile(each, each.of(sums).figure, each.of(before).figure) for each in KPIS}
    return [(group, [tiles[name] for name in names]) for group, names in GROUPS]


def departments_of(content: Content) -> dict[str, str]:
    """The department of every answer that callers can be given now."""
    nodes = {
        name: node.department
        for name, node in content.dialog.nodes.items()
        if isinstance(node, AnswerNode | LookupNode)
    }
    return {**nodes, **{entry.question: entry.department for entry in content.entries}}


def heading(words: Words, column: str) -> str:
    """The words over a column."""
    if column.isdecimal():
        return column
    return words[f"figures_outcome_{column}"] if column in OUTCOMES else words[f"figures_col_{column}"]


def shown_as(words: Words, value: object, unit: str) -> str:
    """A cell as people read it."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return words.language_name(value) if unit == "language" else value
    assert isinstance(value, float | int)  # noqa: S101  cells hold nothing else
    match unit:
        case "points":
            return words["figures_points"].format(n=f"{100 * value:+.1f}")
        case "share":
            return f"{value:.1%}"
        case "seconds":
            return words["figures_seconds"].format(n=f"{value:.2f}" if value < 10 else f"{value:,.0f}")
    return f"{value:,.1f}" if isinstance(value, float) and value != int(value) else f"{value:,.0f}"


def day_label(day: str) -> str:
    """A day as it stands below a bar."""
    found = date.fromisoformat(day)
    return f"{found.month}/{found.day}"


def _month(text: str, otherwise: Period) -> Period:
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return otherwise
