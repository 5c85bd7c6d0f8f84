"""Recording prompts in the browser: what can be recorded, one prompt's page, and the sound that it sends."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from voicebot.audio import wav
from voicebot.errors import ContentError, VoiceError
from voicebot.web.staff.content.paging import place
from voicebot.web.staff.content.prompts import STATES, Recordable, chosen, recordables
from voicebot.web.staff.forms import body_of, form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

ROWS = 50
LONGEST_SECONDS = 120.0
SHORTEST_SECONDS = 0.3


def router(office: Office) -> APIRouter:
    """`content/words/recordings`, `content/words/recording` and what is sent from them."""
    rooms, room = APIRouter(), Recording(office)
    rooms.get("/content/words/recordings")(room.show)
    rooms.get("/content/words/recording")(room.open)
    rooms.post("/content/words/recording")(room.keep)
    rooms.post("/content/words/recording/delete")(room.delete)
    return rooms


class Recording:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Viewer) -> Response:
        """The sentences, those without a recording first to be found."""
        query = request.query_params
        words, language = query.get("words", "").strip()[:80], query.get("language", "")[:8]
        state = query.get("state", "") if query.get("state", "") in STATES else ""
        found, faults = await self._all()
        picked = chosen(found, words, language, state)
        at, pages = place(query.get("page", ""), len(picked), ROWS)
        choice = {"words": words, "language": language, "state": state}
        return page(
            request, "content/recordings.html", session, found=picked[(at - 1) * ROWS : at * ROWS], count=len(picked),
            counts={each: sum(one.state == each for one in found) for each in STATES}, all=len(found), faults=faults,
            languages=list(dict.fromkeys(each.language for each in found)), choice=choice, at=at, pages=pages,
            query=urlencode(choice), told=query.get("told", ""),
        )  # fmt: skip

    async def open(self, request: Request, session: Viewer) -> Response:
        """One sentence, to be heard and recorded."""
        found = await self._one(request)
        everything, _ = await self._all()
        missing = [each for each in everything if each.state != "good" and each.language == found.language]
        after = next((each for each in missing if each.name != found.name), None)
        told = request.query_params.get("told", "")
        return page(
            request, "content/recording.html", session, one=found, after=after, told=told, left=len(missing),
            may_edit=session.user.may("edit"),
        )  # fmt: skip

    async def keep(self, request: Request, session: Editor) -> Response:
        """The sound that the page has recorded; calls hear it from their next sentence on."""
        found, who = await self._one(request), author(request, session)
        data = await body_of(request)
        try:
            seconds = wav.read(data).seconds
            if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
                raise Refusal(422, "recording.length")
            await self._office.ask(lambda: self._office.service.voices.recordings.keep(found.prompt, data))
        except ValueError as error:
            raise Refusal(422, "recording.broken") from error
        except VoiceError as error:
            raise Refusal(503, "recording.unwritable") from error
        now = self._office.accounts.now()
        subject = f"{found.name} ({found.language})"
        await self._office.ask(lambda: self._office.accounts.log.add(who, "content.record", subject, now))
        return JSONResponse({"seconds": round(seconds, 1)})

    async def delete(self, request: Request, session: Editor) -> Response:
        """The synthesised voice speaks again."""
        await form_of(request)
        found, who = await self._one(request), author(request, session)
        try:
            await self._office.ask(lambda: self._office.service.voices.recordings.drop(found.prompt))
        except VoiceError as error:
            raise Refusal(503, "recording.unwritable") from error
        now = self._office.accounts.now()
        subject = f"{found.name} ({found.language})"
        await self._office.ask(lambda: self._office.accounts.log.add(who, "content.unrecord", subject, now))
        query = urlencode({"name": found.name, "language": found.language, "told": "deleted"})
        return RedirectResponse(f"../recording?{query}", 303)

    async def _one(self, request: Request) -> Recordable:
        name, language = request.query_params.get("name", ""), request.query_params.get("language", "ja")
        found, _ = await self._all()
        one = next((each for each in found if (each.name, each.language) == (name, language)), None)
        if one is None:
            raise Refusal(404, "staff.missing")
        return one

    async def _all(self) -> tuple[list[Recordable], tuple[object, ...]]:
        """The draft's sentences; what is published while the draft has faults, with these."""
        office = self._office

        def look() -> tuple[list[Recordable], tuple[object, ...]]:
            content, faults = office.service.content, ()
            try:
                content = office.publishing.edition(office.library.draft().files).content
            except ContentError as error:
                return list(recordables(content, office.service.voices.recordings.words())), error.faults
            return list(recordables(content, office.service.voices.recordings.words())), faults

        return await office.ask(look)
