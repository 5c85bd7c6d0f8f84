"""A transfer as the record of its call tells it: whom we have rung, who picked up, and whether they took the call.

Pure: the record in, a value out. It is all that is needed to go on after a restart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicebot.actions import Transfer
from voicebot.events import OperatorAnswered, Rang, TransferEnded, Whispered
from voicebot.telephony.rounds import Round
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.codec import Entry

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""`CallStatus` of a caller who is not there any more."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """The last transfer of a call."""

    order: Transfer
    began_seconds: float
    """When it was ordered, from the start of the call."""
    past: tuple[Round, ...] = ()
    """The rounds that are over."""
    whispered: Whispered | None = None
    """In the round under way: what who picked up was told."""
    answer: OperatorAnswered | None = None
    """In the round under way: what they answered."""
    ended: TransferEnded | None = None

    @property
    def taken(self) -> bool:
        """Whether somebody has taken the call."""
        return self.answer is not None and self.answer.answer == "accepted"


def ringing(entries: Sequence[Entry]) -> Ringing | None:
    """The last transfer in a record; None when there was none."""
    found: Ringing | None = None
    for entry in entries:
        match entry.item:
            case Transfer() as order:
                found = Ringing(order, entry.seconds)
            case Rang(numbers, outcome, detail) if found:
                past = (*found.past, Round(numbers, outcome, _refused(found), detail))
                found = replace(found, past=past, whispered=None, answer=None)
            case Whispered() as whispered if found:
                found = replace(found, whispered=whispered)
            case OperatorAnswered() as answer if found:
                found = replace(found, answer=answer)
            case TransferEnded() as ended if found and ended.turn == found.order.turn:
                found = replace(found, ended=ended)
            case _:
                pass
    return found


def judged(found: Ringing, dialled: DialEnded, *, asked: bool) -> DialEnded:
    """What really came of a `<Dial>`: connected is only who was connected by the carrier *and* took the call.

    Args:
        found: What is known of the transfer.
        dialled: What the carrier tells.
        asked: Whether who picks up is asked to take the call.
    """
    talked = dialled.outcome == "connected"
    if talked and (not asked or found.taken):
        return dialled
    if dialled.status in OVER:
        return replace(dialled, outcome="caller_gone")
    match found.answer.answer if asked and found.answer else None:
        case "declined":
            return replace(dialled, outcome="declined")
        case "accepted":
            return replace(dialled, outcome="failed", detail=f"{dialled.detail} not bridged")
        case "silent":
            return replace(dialled, outcome="no_answer", detail=f"{dialled.detail} no key")
        case None if talked:
            return replace(dialled, outcome="no_answer", detail=f"{dialled.detail} no key")
    return dialled


def _refused(found: Ringing) -> str:
    """The telephone that was picked up in this round: who is asked and hangs up has refused as well."""
    if found.answer is not None:
        return found.answer.number
    return found.whispered.number if found.whispered else ""
