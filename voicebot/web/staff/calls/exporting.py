"""The list as a table for Excel: a line a call or a turn, with what its reader may see. It is in the audit log."""

from collections.abc import Iterator
from datetime import tzinfo
from functools import cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.city.telephone_numbers import readable
from voicebot.sheets.writing import csv_bytes, workbook_bytes
from voicebot.transcripts.call_choice import Choice
from voicebot.transcripts.call_list import Listed
from voicebot.transcripts.calls import Call
from voicebot.transcripts.reviews import Correction, Judgement
from voicebot.transcripts.store import Store
from voicebot.transcripts.turns import TurnRow
from voicebot.transcripts.veil import Veil
from voicebot.web.staff.calls.listing import filters_of
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, author, veil_of, words_for
from voicebot.web.staff.words import Words

MOST = 5_000
"""Calls in one file; who needs more chooses a shorter time."""
MOST_BY_TURN = 1_000
"""Calls in a file with a line a turn."""
PAGE = 500
CALL_COLUMNS = (
    "id", "started", "seconds", "number", "language", "outcome", "departments", "opening", "lost", "lowest", "release",
    "reviewed", "judged", "right_department", "notes",
)  # fmt: skip
TURN_COLUMNS = (
    "id", "started", "turn", "at", "node", "asked", "heard", "confidence", "keys", "answered", "score", "missed",
    "corrected", "intent", "entry", "department",
)  # fmt: skip
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def router(office: Office) -> APIRouter:
    """`calls/export`."""
    rooms, room = APIRouter(), Exporting(office)
    rooms.get("/calls/export")(room.export)
    return rooms


class Exporting:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def export(self, request: Request, session: Viewer) -> Response:
        """A file with the calls of the list, newest first."""
        office, who, words = self._office, author(request, session), words_for(request, session)
        veil, zone = veil_of(request, session), office.service.content.city.profile.zone
        kind = "xlsx" if request.query_params.get("as") == "xlsx" else "csv"
        by_turn = request.query_params.get("per") == "turn"
        choice, table = filters_of(request, session).choice(zone), Table(office.service.store, words, veil, zone)

        def made() -> tuple[bytes, int]:
            columns = TURN_COLUMNS if by_turn else CALL_COLUMNS
            rows = list((table.turns if by_turn else table.calls)(choice))
            header = [words[f"calls_x_{column}"] for column in columns]
            return (workbook_bytes(words.room_calls, header, rows) if kind == "xlsx" else csv_bytes(header, rows)), len(
                rows
            )

        data, count = await office.ask(made)
        await office.ask(
            lambda: office.accounts.log.add(
                who, "calls.export", kind, office.accounts.now(), rows=count, personal=veil.lifted
            )
        )
        name = f"calls-{office.service.now().astimezone(zone):%Y%m%d-%H%M}.{kind}"
        return Response(data, media_type=KINDS[kind], headers={"content-disposition": f'attachment; filename="{name}"'})


class Table:
    """Rows of cells.

    Args:
        store: Of the calls.
        words: Of the page.
        veil: What may be seen.
        zone: The city's.
    """

    def __init__(self, store: Store, words: Words, veil: Veil, zone: tzinfo) -> None:
        self._store = store
        self._words = words
        self._veil = veil
        self._zone = zone
        self._number = cache(readable)  # who has called often stands often in the file

    def calls(self, choice: Choice) -> Iterator[list[str]]:
        """A row a call. Blocks."""
        for page in self._store.listing.pages(choice, self._veil, PAGE, MOST):
            yield from map(self._call, page)

    def _call(self, listed: Listed) -> list[str]:
        call, review = listed.call, listed.review
        return [
            call.id,
            self._moment(call),
            _figure(call.seconds, 0),
            self._number(listed.number) or self._words.calls_withheld,
            call.language,
            self._words[f"outcome_{call.outcome or 'open'}"],
            "、".join(listed.departments),
            listed.opening,
            str(listed.not_understood),
            _figure(listed.lowest, 2),
            str(call.release or ""),
            self._words[f"calls_review_{review.status if review else 'no'}"],
            self._words[f"calls_judged_{review.outcome}"] if review and review.outcome else "",
            review.right_department if review else "",
            self._veil.text(review.notes) if review else "",
        ]

    def turns(self, choice: Choice) -> Iterator[list[str]]:
        """A row a turn. Blocks."""
        for page in self._store.listing.pages(choice, self._veil, PAGE, MOST_BY_TURN):
            ids = [listed.call.id for listed in page]
            corrections = {(each.call_id, each.turn): each for each in self._store.reviews.corrections_of(ids)}
            turns: dict[str, list[TurnRow]] = {}
            for call_id, turn in self._store.kept_turns(ids):
                turns.setdefault(call_id, []).append(turn)
            for listed in page:
                for turn in turns.get(listed.call.id, ()):
                    yield [
                        listed.call.id,
                        self._moment(listed.call),
                        *self._turn(turn, corrections.get((listed.call.id, turn.turn))),
                    ]

    def _turn(self, turn: TurnRow, correction: Correction | None) -> list[str]:
        row, judged = self._veil.turn(turn), correction.judgement if correction else Judgement()
        return [
            str(row.turn),
            _figure(row.started_seconds, 1),
            row.node,
            row.asked,
            row.heard_text,
            _figure(row.confidence, 2),
            row.keys,
            row.answered_entry,
            _figure(row.score, 2),
            self._words[f"calls_missed_{row.missed}"] if row.missed else "",
            self._veil.reply(turn.node, turn.asked, judged.text or ""),
            self._veil.text(judged.intent),
            judged.entry,
            judged.department,
        ]

    def _moment(self, call: Call) -> str:
        return f"{call.started_at.astimezone(self._zone):%Y-%m-%d %H:%M:%S}"


def _figure(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
