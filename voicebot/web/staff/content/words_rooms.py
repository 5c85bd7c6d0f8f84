"""Words and readings: how the city's words are said, and which words the recogniser is told."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.editing.namings import READINGS
from voicebot.errors import ContentError
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.faq_table import flat
from voicebot.web.staff.content.keyed import Keyed, Kind, Returned
from voicebot.web.staff.content.paging import place
from voicebot.web.staff.content.readings_form import FILE, ReadingForm, lines_with, rows_of
from voicebot.web.staff.content.saving import Saving
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page

EXAMPLES = 10
ROWS = 200


def router(office: Office) -> APIRouter:
    """`content/words` and what is sent from it."""
    rooms, room, keyed = APIRouter(), Words(office), Keyed(office, KIND, _page)
    rooms.get("/content/words")(room.show)
    rooms.post("/content/words/save")(keyed.save)
    rooms.post("/content/words/delete")(keyed.delete)
    rooms.get("/content/words/vocabulary")(room.vocabulary)
    return rooms


class Words:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The readings, with the form of one of them."""
        draft, word = await self._office.ask(self._saving.draft), request.query_params.get("word", "")[:40]
        seen = digest_of(draft.files.get(FILE))
        form = _now(draft.files, word, seen) or ReadingForm("", seen, {"word": word})
        return _page(request, session, draft.files, Returned(form, {}))

    async def vocabulary(self, request: Request, session: Viewer) -> Response:
        """The words that the recogniser is told, most important first."""
        sought = request.query_params.get("words", "").strip()[:40]
        draft = await self._office.ask(self._saving.draft)
        words: tuple[str, ...] = ()
        faults: tuple[object, ...] = ()
        try:
            edition = await self._office.ask(lambda: self._office.publishing.edition(draft.files))
            words = edition.content.dialog.vocabulary
        except ContentError as error:
            faults = error.faults
        found = [word for word in words if not sought or flat(sought) in flat(word)]
        at, pages = place(request.query_params.get("page", ""), len(found), ROWS)
        return page(
            request, "content/vocabulary.html", session, found=found[(at - 1) * ROWS : at * ROWS], count=len(found),
            first=(at - 1) * ROWS + 1, all=len(words), sought=sought, faults=faults, at=at, pages=pages,
        )  # fmt: skip


def _now(files: Files, word: str, seen: str) -> ReadingForm | None:
    row = rows_of(files).get(word)
    return ReadingForm.of(word, row, seen) if row else None


def _page(request: Request, session: Session, files: Files, shown: Returned[ReadingForm]) -> Response:
    word = shown.form.values.get("word", "")
    found = lines_with(files, word) if word else ()
    return page(
        request, "content/words.html", session, status=shown.status, form=shown.form, wrong=shown.wrong,
        crossed=shown.crossed, theirs=shown.theirs or {}, rows=rows_of(files), examples=found[:EXAMPLES],
        uses=len(found), told=request.query_params.get("told", ""), may_edit=session.user.may("edit"),
    )  # fmt: skip


KIND = Kind(FILE, "readings", "../words", "読み「{}」", "word", ReadingForm.sent, _now, READINGS)
