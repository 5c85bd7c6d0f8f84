"""The pages of replays: run the draft or a release over stored calls, and see every call whose path would change."""

from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import ContentError, VoicebotError
from voicebot.transcripts.replays import ReplayRun
from voicebot.transcripts.veil import Veil
from voicebot.tuning.replaying import Replayed, Shown
from voicebot.tuning.verdicts import VERDICTS
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.improving.bench import Bench, bench_of
from voicebot.web.staff.improving.replaying import DAYS, DRAFT, story
from voicebot.web.staff.improving.showing import page_of
from voicebot.web.staff.office import Office, author, page, veil_of
from voicebot.web.staff.refusals import Refusal

ROWS = 20
_RELEASES = 20


def router(office: Office) -> APIRouter:
    """`improve/replay` and what is below it."""
    rooms, room = APIRouter(), Rehearsing(office)
    rooms.get("/improve/replay")(room.show)
    rooms.post("/improve/replay/begin")(room.begin)
    rooms.get("/improve/replay/{number}")(room.run)
    rooms.get("/improve/replay/{number}/progress")(room.progress)
    rooms.post("/improve/replay/{number}/cancel")(room.cancel)
    rooms.get("/improve/replay/{number}/{call_id}")(room.call)
    return rooms


class Rehearsing:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def _bench(self) -> Bench:
        return bench_of(self._office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """What was run, and a form for running more."""
        return await self._page(request, session)

    async def begin(self, request: Request, session: Editor) -> Response:
        """Run the calls of some days."""
        form, office = await form_of(request), self._office
        against, days = form.get("against", DRAFT), form.get("days", "")
        if (against != DRAFT and not against.isdecimal()) or not days.isdecimal() or int(days) not in DAYS:
            raise Refusal(400, "staff.form")
        who = author(request, session)
        try:
            number = await office.ask(lambda: self._bench.rehearsals.begin(against, int(days), who.name))
        except ContentError as error:
            return await self._page(
                request, session, code="improve.faults", messages=[str(fault) for fault in error.faults[:3]]
            )
        except VoicebotError as error:
            raise Refusal(404, "staff.missing") from error
        await office.ask(lambda: office.accounts.log.add(who, "improve.replay", against, office.accounts.now()))
        return RedirectResponse(str(number), 303)

    async def run(self, request: Request, session: Viewer, number: int) -> Response:
        """What came of a run: the calls of one verdict."""
        run, replays = await self._run(number), self._bench.rehearsals.replays
        counts = await self._office.ask(lambda: replays.verdicts(number))
        chosen = request.query_params.get("verdict", "") or next((each for each in VERDICTS if each in counts), "")
        place = page_of(request)
        found = await self._office.ask(lambda: replays.changed(number, chosen, ROWS + 1, place * ROWS))
        veil = veil_of(request, session)
        current = await self._office.ask(lambda: self._bench.rehearsals.digest(DRAFT))
        return page(
            request, "improve/run.html", session,
            run=run, counts=counts, verdicts=VERDICTS, verdict=chosen, number=place, more=len(found) > ROWS,
            rows=[(each, _veiled(story(each), veil)) for each in found[:ROWS]],
            zone=self._office.service.content.city.profile.zone, changed=sum(counts.values()),
            stale=run.against == DRAFT and run.digest != current, may_edit=session.user.may("edit"),
            done=request.query_params.get("done", ""),
        )  # fmt: skip

    async def progress(self, number: int, session: Viewer) -> Response:
        """How far it is, for the page's script."""
        run = await self._run(number)
        return JSONResponse({"over": run.state != "running", "done": run.done, "of": run.calls, "step": ""})

    async def cancel(self, request: Request, number: int, session: Editor) -> Response:
        """It need not go on."""
        await self._run(number)
        await self._office.ask(lambda: self._bench.rehearsals.cancel(number))
        return RedirectResponse(f"../{number}?done=cancelled", 303)

    async def call(self, request: Request, session: Viewer, number: int, call_id: str) -> Response:
        """One call, as it went then and as it would go now."""
        run, replays = await self._run(number), self._bench.rehearsals.replays
        found = await self._office.ask(lambda: replays.call(number, call_id))
        if found is None:
            raise Refusal(404, "staff.missing")
        call = await self._office.ask(lambda: self._office.service.store.call(call_id))
        return page(
            request, "improve/story.html", session,
            run=run, call=call, story=_veiled(story(found), veil_of(request, session)),
            zone=self._office.service.content.city.profile.zone,
        )  # fmt: skip

    async def _run(self, number: int) -> ReplayRun:
        run = await self._office.ask(lambda: self._bench.rehearsals.replays.run(number))
        if run is None:
            raise Refusal(404, "staff.missing")
        return run

    async def _page(
        self, request: Request, session: Session, *, code: str = "", messages: list[str] | None = None
    ) -> Response:
        bench, library = self._bench, self._office.library
        runs = await self._office.ask(bench.rehearsals.replays.runs)
        draft = await self._office.ask(lambda: bench.rehearsals.digest(DRAFT))
        releases = await self._office.ask(lambda: library.releases(_RELEASES))
        counts = {run.id: await self._office.ask(partial(bench.rehearsals.replays.verdicts, run.id)) for run in runs}
        names = await self._office.ask(self._office.display_names)
        return page(
            request, "improve/replay.html", session, status=400 if code else 200,
            runs=runs, counts=counts, draft=draft, releases=releases, days=DAYS, code=code, messages=messages or [],
            names=names, zone=self._office.service.content.city.profile.zone, may_edit=session.user.may("edit"),
        )  # fmt: skip


def _veiled(found: Replayed, veil: Veil) -> Replayed:
    """The story as somebody may see it."""
    if veil.lifted:
        return found

    def hidden(rows: tuple[Shown, ...]) -> tuple[Shown, ...]:
        nodes = ["", *(row.node for row in rows)]
        return tuple(
            Shown(veil.reply(node, "", row.caller), veil.said(row.node, row.bot), row.node)
            for node, row in zip(nodes, rows, strict=False)
        )

    changes = tuple(
        type(each)(veil.text(each.said), each.before, each.after, each.right, each.verdict) for each in found.changes
    )
    return Replayed(
        found.call, found.verdict, changes, hidden(found.same), hidden(found.before), hidden(found.after), found.assumed
    )
