"""What staff say about calls: corrections of turns, and the review of a whole call. Both are in the audit log."""

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from voicebot.transcripts.reviews import REVIEW_OUTCOMES, Judgement, Review
from voicebot.transcripts.wrong_transfers import WrongTransfer
from voicebot.web.staff.calls.listing import filters_of
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor
from voicebot.web.staff.office import Office, author
from voicebot.web.staff.refusals import Refusal

LONGEST_WORDS, LONGEST_INTENT, LONGEST_NOTES = 2000, 100, 4000
MOST_ENTRIES = 12


def router(office: Office) -> APIRouter:
    """`calls/entries`, and what is sent from the page of a call."""
    rooms, room = APIRouter(), Correcting(office)
    rooms.get("/calls/entries")(room.entries)
    rooms.post("/calls/{call_id}/turns/{turn}")(room.correct)
    rooms.post("/calls/{call_id}/review")(room.review)
    return rooms


class Correcting:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def entries(self, request: Request, session: Editor) -> Response:
        """Entries of the FAQ that have the words typed, for the field of the right answer."""
        words = request.query_params.get("q", "")[:100].casefold().split()
        entries = self._office.service.content.entries

        def found() -> list[dict[str, str]]:
            texts = ((entry, "\n".join((entry.question, *entry.also, *entry.keywords)).casefold()) for entry in entries)
            fitting = [entry for entry, text in texts if all(word in text for word in words)]
            # Those whose own question has the words come first.
            fitting.sort(key=lambda entry: not all(word in entry.question.casefold() for word in words))
            return [{"entry": each.question, "department": each.department} for each in fitting[:MOST_ENTRIES]]

        return JSONResponse(await self._office.ask(found))

    async def correct(self, request: Request, session: Editor, call_id: str, turn: int) -> Response:
        """What was really said in a turn, and what would have been right."""
        form, office, who = await form_of(request), self._office, author(request, session)
        judgement = self._judgement(form)
        reviews, now = office.service.store.reviews, office.service.now()
        changed = await office.ask(lambda: reviews.correct(call_id, turn, judgement, session.user.name, now))
        if changed:
            log, at = office.accounts.log, office.accounts.now()
            await office.ask(lambda: log.add(who, "call.correct", call_id, at, turn=turn))
        if "text/html" not in request.headers.get("accept", ""):
            return Response(status_code=204)
        return RedirectResponse(f"../../{call_id}?{filters_of(request, session).query()}#turn-{turn}", 303)

    async def review(self, request: Request, session: Editor, call_id: str) -> Response:
        """How the call went; then perhaps on to the next one."""
        form, office, who = await form_of(request), self._office, author(request, session)
        onward = form.get("then") == "next"
        review = Review(
            call_id=call_id,
            status="done" if onward or form.get("then") == "done" else "begun",
            outcome=next((each for each in REVIEW_OUTCOMES if each == form.get("outcome", "")), ""),
            right_department=self._department(form.get("department", "")),
            notes=form.get("notes", "").strip()[:LONGEST_NOTES],
            all_heard=form.get("all_heard") == "1",
            reviewer=session.user.name,
            at=office.service.now(),
        )
        if not await office.ask(lambda: self._keep(review)):
            raise Refusal(404, "staff.missing")
        log, now = office.accounts.log, office.accounts.now()
        told = partial(log.add, who, "call.review", call_id, now, status=review.status, outcome=review.outcome)
        await office.ask(told)
        filters = filters_of(request, session)
        if onward:
            return RedirectResponse(f"../next?{filters.query(after=call_id)}", 303)
        return RedirectResponse(f"../{call_id}?{filters.query(saved=1)}", 303)

    def _keep(self, review: Review) -> bool:
        """The review; a wrong transfer is reported as operators report it, so that both count alike. Blocks."""
        store = self._office.service.store
        kept = store.reviews.save(review)
        if kept and review.outcome == "wrong_transfer" and review.right_department:
            transfers = store.transfers(review.call_id, limit=-1)
            if transfers and transfers[0].department != review.right_department:
                store.wrong_transfers.report(
                    WrongTransfer(
                        review.call_id,
                        len(transfers),
                        transfers[0].department,
                        review.right_department,
                        review.reviewer,
                        review.at.isoformat(),
                    )
                )
        return kept

    def _judgement(self, form: Mapping[str, str]) -> Judgement:
        """As the form says it.

        Raises:
            Refusal: an entry or a department that is not there.
        """
        verdict, entry = form.get("verdict", ""), form.get("entry", "").strip()
        text = form.get("heard" if verdict == "right" else "text", "").strip()[:LONGEST_WORDS]
        if entry and all(each.question != entry for each in self._office.service.content.entries):
            raise Refusal(400, "calls.no_entry")
        match verdict:
            case "noise":
                words: str | None = ""
            case "changed" | "right" if text:
                words = text
            case _:
                words = None
        return Judgement(
            words, form.get("intent", "").strip()[:LONGEST_INTENT], entry, self._department(form.get("department", ""))
        )

    def _department(self, name: str) -> str:
        if name and self._office.service.content.city.departments.named(name) is None:
            raise Refusal(400, "staff.no_department")
        return name
