"""Which choices a caller's words were near to, in calls that met other content than what is in force now."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.dialog.tree import Dialog
from voicebot.errors import ContentError
from voicebot.transcripts.calls import Call
from voicebot.tuning.nearest_choice import nearest_choices
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, words_for
from voicebot.web.staff.refusals import Refusal

MOST_KEPT = 4
"""Releases whose dialogs are remembered: loading one takes about a second."""


def router(office: Office) -> APIRouter:
    """`calls/{call_id}/choices`."""
    rooms, room = APIRouter(), Choosing(office)
    rooms.get("/calls/{call_id}/choices")(room.choices)
    return rooms


class Choosing:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._dialogs: dict[str, Dialog | None] = {}

    async def choices(self, request: Request, call_id: str, session: Viewer) -> Response:
        """By the number of what was heard, the nearest choice in words; the page is complete without it."""
        office, words = self._office, words_for(request, session)

        def found() -> Mapping[str, str]:
            call = office.service.store.call(call_id)
            if call is None:
                raise Refusal(404, "staff.missing")
            dialog = self._dialog(call)
            if dialog is None:
                return {}
            items = [(entry.seq, entry.item) for entry in office.service.store.records(call_id)]
            return {
                str(seq): f"{words.calls_nearest_choice.format(label=each.label)} {round(each.confidence * 100)}%"
                for seq, each in nearest_choices(dialog, items).items()
            }

        return JSONResponse(await office.ask(found))

    def _dialog(self, call: Call) -> Dialog | None:
        """What the call met; None when the library does not have it, or it can no longer be loaded. Blocks."""
        content, library = self._office.service.content, self._office.publishing.library
        if call.content == content.fingerprint:
            return content.dialog
        if call.content not in self._dialogs:
            release = library.of_content(call.content) if call.content else None
            dialog = None
            if release is not None:
                try:
                    dialog = contents.load_files(library.files(release.number), bootstrap.reader()).dialog
                except ContentError:
                    dialog = None  # written for an older version
            if len(self._dialogs) >= MOST_KEPT:
                del self._dialogs[next(iter(self._dialogs))]
            self._dialogs[call.content] = dialog
        return self._dialogs[call.content]
