"""The page of one call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.audio.mulaw import BYTES_PER_SECOND
from voicebot.audio.wav import HEADER_BYTES
from voicebot.city.telephone_numbers import readable
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.reviews import REVIEW_OUTCOMES, Correction, ReviewOfCall
from voicebot.transcripts.text_log import TextMessage
from voicebot.transcripts.tickets import Ticket
from voicebot.transcripts.turns import TurnRow, turns_of
from voicebot.transcripts.veil import Veil
from voicebot.tuning.nearest_choice import Chosen, nearest_choices
from voicebot.web.staff.calls.filters import Filters
from voicebot.web.staff.calls.listing import filters_of
from voicebot.web.staff.calls.story import Moment, Story, Stretch, story_of, stretches
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page, veil_of
from voicebot.web.staff.refusals import Refusal

STEREO_SECOND = 2 * 2 * BYTES_PER_SECOND
"""Bytes of a second of a call's recording: two channels of 16 bits."""


def router(office: Office) -> APIRouter:
    """`calls/{call_id}` and `calls/{call_id}/turns/{turn}`."""
    rooms, room = APIRouter(), Showing(office)
    rooms.get("/calls/{call_id}")(room.show)
    rooms.get("/calls/{call_id}/turns/{turn}")(room.turn)
    return rooms


@dataclass(frozen=True, slots=True)
class Case:
    """All that is shown of one call, as it may be seen."""

    call: Call
    veil: Veil
    number: str
    story: Story
    stretches: tuple[Stretch, ...]
    recording: str
    """The name of the sound, for who may hear it."""
    had_sound: bool
    chosen: Mapping[int, Chosen]
    review: ReviewOfCall
    history: tuple[Correction, ...]
    texts: tuple[TextMessage, ...]
    tickets: tuple[Ticket, ...]

    @property
    def corrections(self) -> Mapping[int, Correction]:
        """Those that stand, by turn."""
        return {each.turn: each for each in self.review.corrections}

    def words_of(self, moment: Moment) -> str:
        """What was said: corrected where somebody has."""
        correction = self.corrections.get(moment.turn) if moment.row else None
        return moment.text if correction is None or correction.judgement.text is None else correction.judgement.text

    def line(self) -> dict[str, object]:
        """What the picture of the line is drawn from."""
        spoken = [each for each in self.story.moments if each.kind in {"said", "heard"}]
        beside = [each for each in self.story.moments if each.kind in {"event", "key", "silent"} and each.tone]
        return {
            "seconds": max(self.story.seconds, self.call.seconds or 0.0, *(each.until for each in spoken), 1.0),
            "stretches": [[each.seconds, each.recorded, each.length] for each in self.stretches],
            "spoken": [
                {"who": each.kind, "from": each.seconds, "to": each.until, "text": self.words_of(each)}
                for each in spoken
            ],
            "nodes": [[at, node] for at, node in self.story.path],
            "marks": [[each.seconds, each.tone, each.seq] for each in beside],
        }


class Showing:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Viewer, call_id: str) -> Response:
        """The call."""
        office, veil, filters = self._office, veil_of(request, session), filters_of(request, session)
        case = await office.ask(lambda: case_of(office, call_id, veil))
        return self._page(request, session, case, "calls/call.html", filters, saved="saved" in request.query_params)

    async def turn(self, request: Request, session: Viewer, call_id: str, turn: int) -> Response:
        """One turn of it, after it was corrected: a piece of the page."""
        office, veil = self._office, veil_of(request, session)
        case = await office.ask(lambda: case_of(office, call_id, veil))
        moment = next((each for each in case.story.moments if each.turn == turn and each.row is not None), None)
        if moment is None:
            raise Refusal(404, "staff.missing")
        return self._page(request, session, case, "calls/turn.html", Filters(), moment)

    def _page(
        self,
        request: Request,
        session: Session,
        case: Case,
        template: str,
        filters: Filters,
        moment: Moment | None = None,
        *,
        saved: bool = False,
    ) -> Response:
        content = self._office.service.content
        known = {each.question for each in content.entries}
        return page(
            request, template, session,
            case=case, call=case.call, veil=case.veil, filters=filters, m=moment, saved=saved, near=near,
            zone=content.city.profile.zone, scenes=tuple(content.dialog.nodes),
            departments=[each.name for each in content.city.departments],
            judgements=[each for each in REVIEW_OUTCOMES if each],
            may_correct=session.user.may("edit") and case.veil.lifted and case.call.ended_at is not None,
            same_content=case.call.content == content.fingerprint,
            gone={each.judgement.entry for each in case.review.corrections} - known - {""},
        )  # fmt: skip


def case_of(office: Office, call_id: str, veil: Veil) -> Case:
    """All that is known of a call. Blocks.

    Raises:
        Refusal: there is no such call.
        TranscriptError: the store cannot be read.
    """
    service = office.service
    store = service.store
    call = store.call(call_id)
    if call is None:
        raise Refusal(404, "staff.missing")
    entries, said = store.records(call_id), store.reviews.of_call(call_id)
    rows = {row.turn: row for row in turns_of(entries)}
    corrections = tuple(_seen(each, rows.get(each.turn), veil) for each in said.corrections)
    length = _seconds_of(service.settings.calls / call.recording) if call.recording else 0.0
    return Case(
        call=call,
        veil=veil,
        number=readable(veil.number(call.caller)),
        story=story_of(entries, veil),
        stretches=stretches(entries, length),
        recording=(call.recording or "") if length and veil.lifted else "",
        had_sound=length > 0,
        chosen=_chosen(office, call, entries),
        review=replace(said, corrections=corrections),
        history=store.reviews.history(call_id) if veil.lifted else (),
        texts=store.text_log.of_call(call_id),
        tickets=store.tickets(call_id),
    )


def near(case: Case, moment: Moment) -> Moment | None:
    """What the search found for a turn that was heard."""
    later = (each for each in case.story.moments if each.kind in {"found", "heard"} and each.seq > moment.seq)
    following = next(later, None)
    return following if following is not None and following.kind == "found" else None


def _seen(correction: Correction, row: TurnRow | None, veil: Veil) -> Correction:
    """A correction as it may be seen: what was really said is as personal as what was heard."""
    judgement, node, asked = correction.judgement, row.node if row else "", row.asked if row else ""
    text = None if judgement.text is None else veil.reply(node, asked, judgement.text)
    heard = veil.reply(node, asked, correction.heard)
    return replace(correction, heard=heard, judgement=replace(judgement, text=text, intent=veil.text(judgement.intent)))


def _seconds_of(path: Path) -> float:
    try:
        return max(0, path.stat().st_size - HEADER_BYTES) / STEREO_SECOND
    except OSError:
        return 0.0


def _chosen(office: Office, call: Call, entries: tuple[Entry, ...]) -> Mapping[int, Chosen]:
    """Only where the content is still the same: loading another takes longer than a page may."""
    content = office.service.content
    if call.content != content.fingerprint:
        return {}
    return nearest_choices(content.dialog, [(entry.seq, entry.item) for entry in entries])
