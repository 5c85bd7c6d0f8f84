"""What became of a call, by definitions that contact centres use, computed from its record. Pure.

transferred   a person answered (`TransferEnded` with `connected`).
message       the caller left a message that was kept.
callback      a department has promised to call back (and no message was left).
error         the call broke off because of a fault of ours.
contained     an answer was given and the caller did not ask for a person afterwards. An upper bound: who hangs up
              after an answer need not be content (opsdog counts only met wishes), so ask a sample of callers.
abandoned     the caller hung up, or the line broke, before any answer. Reports leave out those under ten seconds
              (`BRIEF_SECONDS`) and show both figures, as contact centres do.
unanswered    the bot ended the call, or its time was up, without any answer.
"""

from collections.abc import Iterable
from typing import Literal, get_args

from voicebot.actions import Play, Transfer
from voicebot.events import CallbackBooked, CallEnded, EndReason, FaqAnswered, FaqHit, MessageRecorded, TransferEnded
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.turns import answer_in

CallOutcome = Literal["transferred", "message", "callback", "error", "contained", "abandoned", "unanswered"]
CALL_OUTCOMES: tuple[CallOutcome, ...] = get_args(CallOutcome)
BRIEF_SECONDS = 10.0
"""Who hangs up earlier has not tried (a wrong number, a child, a fax)."""


def outcome_of(entries: Iterable[Entry], end_reason: EndReason | None = None) -> CallOutcome | None:
    """What became of the call; None while it is going on.

    Args:
        entries: The call's record.
        end_reason: Why it ended, when the record does not say (the service was killed).
    """
    reason = end_reason
    hits: tuple[FaqHit, ...] = ()
    answered = message = booked = connected = dialled = False
    for entry in entries:
        match entry.item:
            case FaqAnswered(_, found):
                hits = found
            case Play() as play:
                answered = answered or bool(answer_in(play, hits))
            case Transfer():
                # Who asks for a person has not been served by the answers so far.
                answered = False
            case TransferEnded(_, outcome):
                dialled = True
                connected = connected or outcome == "connected"
            case MessageRecorded(_, recording):
                message = message or bool(recording)
            case CallbackBooked():
                booked = True
            case CallEnded(ended):
                reason = ended
            case _:
                pass
    if reason is None:
        return None
    if connected or (reason == "transferred" and not dialled):
        return "transferred"
    if message:
        return "message"
    return "callback" if booked else _unconnected(reason, answered)


def _unconnected(reason: EndReason, answered: bool) -> CallOutcome:
    if reason == "error":
        return "error"
    if answered:
        return "contained"
    return "abandoned" if reason in {"caller", "line"} else "unanswered"
