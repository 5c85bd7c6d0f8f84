"""The room 試す: the page, the line to it, and trials that are kept as talks."""

import asyncio
import json
from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

from voicebot.accounts.sessions import Session
from voicebot.errors import ConflictError, ContentError, LibraryError
from voicebot.telephony.line import SocketClosed
from voicebot.tuning.retelling import Retold
from voicebot.web.socket import StarletteSocket
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page, words_for
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.trying import words as words_of_trying
from voicebot.web.staff.trying.keeping import FILE, keep, path_of, preview
from voicebot.web.staff.trying.places import MOST
from voicebot.web.staff.trying.trials import Trials
from voicebot.web.staff.trying.wanted import OUTCOMES, wanted_of
from voicebot.web.staff.trying.wire import Wire

RELEASES = 20
"""So many releases can be chosen, the newest ones."""
NORMAL_CLOSURE = 1000


def router(office: Office) -> APIRouter:
    """`try`, `try/line` and `try/talks/{trial_id}`."""
    rooms, room = APIRouter(), Trying(office)
    rooms.get("/try")(room.show)
    rooms.websocket("/try/line")(room.line)
    rooms.get("/try/talks/{trial_id}")(room.preview)
    rooms.post("/try/talks/{trial_id}")(room.keep)
    return rooms


class Trying:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._trials = Trials(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The page; its address holds the conditions."""
        office, words = self._office, words_for(request, session)
        wanted, profile = wanted_of(request.query_params), office.service.content.city.profile
        editor = session.user.may("edit")
        releases = await office.ask(lambda: office.library.releases(RELEASES)) if editor else ()
        in_force = await office.ask(office.library.in_force)
        languages = [
            (language, words.language_name(language), bool(office.service.recognisers.name(language)))
            for language in profile.languages
        ]
        return page(
            request, "try/try.html", session,
            wanted=wanted, releases=releases, in_force=in_force.release if in_force else None, languages=languages,
            editor=editor, outcomes=OUTCOMES, most=MOST, file=FILE,
            has_pack=office.service.content.dialog.disaster is not None,
            page_words=json.dumps(
                {name.removeprefix("try_"): words[name] for name in words_of_trying.WORDS}, ensure_ascii=False
            ),
        )  # fmt: skip

    async def line(self, socket: WebSocket, session: Viewer) -> None:
        """One trial, from the first message to the last."""
        await socket.accept()
        wire = Wire(StarletteSocket(socket))
        showing = asyncio.ensure_future(wire.showing())
        try:
            wire.show(await self._trials.hold(socket, session, wanted_of(socket.query_params), wire))
            await wire.shown()
        finally:
            showing.cancel()
            with suppress(SocketClosed):
                await StarletteSocket(socket).close(NORMAL_CLOSURE, "")

    async def preview(self, request: Request, trial_id: str, session: Editor) -> Response:
        """The trial as a talk, as it would be written."""
        retold = await self._retold(trial_id, session)
        name = request.query_params.get("name", "")
        text = await self._office.ask(lambda: preview(retold, name))
        return JSONResponse({"text": text, "same": retold.same, "deeds": len(retold.session.lines)})

    async def keep(self, request: Request, trial_id: str, session: Editor) -> Response:
        """Write the trial into the draft as a talk."""
        office, form, who = self._office, await form_of(request), author(request, session)
        path, name = path_of(form.get("file", "")), form.get("name", "").strip()
        if path is None or not name:
            raise Refusal(422, "try.name")
        retold = await self._retold(trial_id, session)
        try:
            kept = await office.ask(lambda: keep(office, retold, name, path, session.user.name))
        except ConflictError as error:
            raise Refusal(409, "try.conflict") from error
        except (ContentError, LibraryError) as error:
            raise Refusal(422, "try.not_kept") from error
        await office.ask(lambda: office.accounts.log.add(who, "talk.keep", kept.path, office.accounts.now()))
        return JSONResponse({"path": kept.path, "text": kept.text, "same": kept.same, "fault": kept.fault})

    async def _retold(self, trial_id: str, session: Session) -> Retold:
        """One's own trial, told again.

        Raises:
            Refusal: it is not remembered any more.
        """
        trial = self._office.trials.trial(trial_id, session.user.name)
        if trial is None:
            raise Refusal(404, "try.forgotten")
        return await self._office.ask(trial.retell)
