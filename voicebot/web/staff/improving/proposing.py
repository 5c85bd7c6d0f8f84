"""The pages of proposals: what to change, why, and what becomes of it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.tuning.proposals import Proposal
from voicebot.web.staff.content.saving import Crossed, Refused, Saved
from voicebot.web.staff.forms import form_of, number_in
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.improving.bench import Bench, bench_of
from voicebot.web.staff.improving.deciding import accept, chosen_words, decide
from voicebot.web.staff.improving.gathering import PERIODS, Gathered, Score, as_edited, is_decided, work_name
from voicebot.web.staff.improving.showing import card, case_row, days_of, listened, page_of
from voicebot.web.staff.office import Office, author, page, veil_of
from voicebot.web.staff.refusals import Refusal

ROWS = 10
CASES = 20
LONGEST = 200


def router(office: Office) -> APIRouter:
    """`improve`, `improve/proposal`, and what is sent from them."""
    rooms, room = APIRouter(), Proposing(office)
    rooms.get("/improve")(room.show)
    rooms.get("/improve/progress")(room.progress)
    rooms.get("/improve/proposal")(room.one)
    rooms.post("/improve/accept")(room.accept)
    rooms.post("/improve/dismiss")(room.dismiss)
    rooms.post("/improve/reconsider")(room.reconsider)
    return rooms


class Proposing:
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
        """Proposals, what helps the most calls first."""
        days, number = days_of(request), page_of(request)
        gathered, work = await self._office.ask(lambda: self._bench.gatherer.now(days))
        open_ones = await self._office.ask(lambda: self._open(gathered))
        zone, veil = self._office.service.content.city.profile.zone, veil_of(request, session)
        here = open_ones[number * ROWS : (number + 1) * ROWS]
        cards = (
            [card(each, gathered.looked, gathered.scores.get(each.key), veil, zone) for each in here]
            if gathered
            else []
        )
        return page(
            request, "improve/list.html", session,
            days=days, periods=PERIODS, number=number, gathered=gathered, work=work, cards=cards, zone=zone,
            count=len(open_ones), more=len(open_ones) > (number + 1) * ROWS,
            done=request.query_params.get("done", ""),
        )  # fmt: skip

    async def progress(self, request: Request, session: Viewer) -> Response:
        """How far the gathering is, for the page's script."""
        work = self._bench.works.of(work_name(days_of(request)))
        if work is None or work.over:
            return JSONResponse({"over": True})
        return JSONResponse({"over": False, "done": work.done, "of": work.of, "step": work.step})

    async def one(self, request: Request, session: Viewer) -> Response:
        """A proposal with everything it rests on, as a form."""
        days, number = days_of(request), page_of(request)
        gathered, proposal = await self._found(days, request.query_params.get("key", ""))
        return await self._page(request, session, days, gathered, proposal, number=number)

    async def accept(self, request: Request, session: Editor) -> Response:
        """Into the draft, as it was edited on the page."""
        form = await form_of(request)
        days = _days(form)
        gathered, proposal = await self._found(days, form.get("key", ""))
        edited = as_edited(
            proposal,
            kind=form.get("kind", proposal.kind),
            target=form.get("target", "") or proposal.target,
            text=form.get("text", "").strip()[:LONGEST],
            more=chosen_words(form),
            department=form.get("department", "") or proposal.department,
        )
        answer, code = form.get("answer", "").strip(), ""
        if not edited.text:
            code = "improve.text"
        elif edited.kind == "new" and len(answer) < 2:
            code = "improve.answer"
        if code:
            return await self._page(
                request, session, days, gathered, edited, key=proposal.key, code=code, answer=answer
            )
        who, talk = author(request, session), form.get("talk") == "1"
        found = await self._office.ask(
            lambda: accept(self._office, self._bench, who, edited, proposal.key, answer, talk=talk)
        )
        match found.outcome:
            case Saved():
                done = "accepted" if found.talk or not talk or edited.kind == "word" else "accepted_no_talk"
                return RedirectResponse(f"../improve?{urlencode({'days': days, 'done': done})}", 303)
            case Refused(faults=faults):
                messages = [fault.message for fault in faults[:3]]
            case Crossed(by=by):
                messages = [by]
        return await self._page(
            request, session, days, gathered, edited, key=proposal.key, code="improve.refused", answer=answer,
            messages=messages,
        )  # fmt: skip

    async def dismiss(self, request: Request, session: Editor) -> Response:
        """Not proposed any more; the reason is kept."""
        form, who = await form_of(request), author(request, session)
        days = _days(form)
        gathered, proposal = await self._found(days, form.get("key", ""))
        reason = form.get("reason", "").strip()[:LONGEST]
        if not reason:
            return await self._page(request, session, days, gathered, proposal, code="improve.reason")
        await self._office.ask(
            lambda: decide(self._office, self._bench, who, proposal, proposal.key, "dismissed", reason)
        )
        return RedirectResponse(f"../improve?{urlencode({'days': days, 'done': 'dismissed'})}", 303)

    async def reconsider(self, request: Request, session: Editor) -> Response:
        """Propose it again."""
        form, office, who = await form_of(request), self._office, author(request, session)
        key = form.get("key", "")
        if await office.ask(lambda: office.service.store.improvements.reconsider(key)):
            await office.ask(lambda: office.accounts.log.add(who, "improve.reconsidered", key, office.accounts.now()))
        return RedirectResponse("decided?done=reconsidered", 303)

    def _open(self, gathered: Gathered | None) -> list[Proposal]:
        if gathered is None:
            return []
        decisions = {each.key: each for each in self._office.service.store.improvements.decisions()}
        open_ones = [each for each in gathered.proposals if not is_decided(each, decisions)]
        # What would change nothing yet comes last: staff may still find other words for it.
        return sorted(open_ones, key=lambda each: _is_idle(gathered.scores.get(each.key)))

    async def _found(self, days: int, key: str) -> tuple[Gathered, Proposal]:
        gathered, _ = await self._office.ask(lambda: self._bench.gatherer.now(days))
        proposal = gathered.proposal(key) if gathered else None
        if gathered is None or proposal is None:
            raise Refusal(404, "improve.gone")
        return gathered, proposal

    async def _page(
        self, request: Request, session: Session, days: int, gathered: Gathered, proposal: Proposal, *,
        number: int = 0, key: str = "", code: str = "", answer: str = "", messages: list[str] | None = None,
    ) -> Response:  # fmt: skip
        city, veil = self._office.service.content.city, veil_of(request, session)
        zone = city.profile.zone
        rows = [case_row(case, gathered.looked, veil, zone) for case in proposal.cases[number * CASES :][:CASES]]
        named = tuple(dict.fromkeys((proposal.target, *proposal.others)))
        entries = [entry.question for entry in self._office.service.content.entries]
        return page(
            request, "improve/proposal.html", session, status=400 if code else 200,
            days=days, proposal=proposal, key=key or proposal.key, rows=rows, zone=zone, number=number, code=code,
            more=len(proposal.cases) > (number + 1) * CASES, score=gathered.scores.get(key or proposal.key),
            text=veil.text(proposal.text), departments=[each.name for each in city.departments], entries=entries,
            likely=[name for name in named if name], heard_only=not listened(proposal, proposal.text), answer=answer,
            further=[(veil.text(text), listened(proposal, text)) for text in proposal.more], messages=messages or [],
            may_edit=session.user.may("edit"), draft=not gathered.scores.get(key or proposal.key),
        )  # fmt: skip


def _days(form: Mapping[str, str]) -> int:
    """The period that the page was about."""
    days = number_in(form.get("days", ""))
    return 30 if days is None else days


def _is_idle(score: Score | None) -> bool:
    """Whether a proposal was tried and helps nobody."""
    return score is not None and score.after <= score.before and score.sure_after <= score.sure_before
