"""What the machine has decided, in one word for people: read from what it orders and where it then stands. Pure."""

from collections.abc import Mapping

from voicebot.actions import Action, AskFaq, HangUp, LookUp, Play, Record, RequestCallback, SendSms, Transfer
from voicebot.dialog.phrases import ABSENT, ANYTHING_ELSE, CANDIDATES, CHANGE, CONFIRM, CONFIRM_SLOT, EMERGENCY, REVIEW
from voicebot.dialog.phrases import SUMMARY as READ_ALL
from voicebot.dialog.state import State

_QUESTIONS = {
    CONFIRM: "confirm",
    CANDIDATES: "offer",
    ABSENT: "absent",
    EMERGENCY: "emergency",
    CONFIRM_SLOT: "read_back",
    READ_ALL: "read_back",
    CHANGE: "change",
    REVIEW: "review",
    ANYTHING_ELSE: "anything_else",
}
_ON_THE_WAY: Mapping[str, str] = {"handing_over": "hand_over", "inviting": "invite", "closing": "goodbye"}
"""What is said in phases that ask nothing."""
VERDICTS = (
    "search", "person", "look_up", "transfer", "record", "callback", "sms", "hang_up", "answer", "emergency",
    "misheard", "hand_over", "invite", "goodbye", "confirm", "offer", "absent", "read_back", "change", "review",
    "anything_else", "again", "ask", "say",
)  # fmt: skip
"""Every word that `verdict` gives."""


def verdict(before: State, after: State, order: Action) -> str:
    """What this order means for the caller; "" for orders that only serve others.

    Args:
        before: Where the conversation stood when something happened.
        after: Where it stands since.
        order: One of the orders that followed.
    """
    match order:
        case AskFaq():
            return "search"
        case LookUp():
            return "person" if after.purpose == "hand_over" else "look_up"
        case Transfer():
            return "transfer"
        case Record():
            return "record"
        case RequestCallback():
            return "callback"
        case SendSms():
            return "sms"
        case HangUp():
            return "hang_up"
        case Play():
            return _said(before, after, order)
    return ""


def _said(before: State, after: State, order: Play) -> str:
    if after.phase in _ON_THE_WAY:
        return _ON_THE_WAY[after.phase]
    name = after.question.name if after.question else ""
    if name == EMERGENCY and (before.question is None or before.question.name != EMERGENCY):
        return "emergency"
    if after.rung > before.rung:
        return "misheard"
    if order.answers:
        return "answer"
    if name in _QUESTIONS and (before.question is None or after.question != before.question):
        return _QUESTIONS[name]
    # Announcements on the way to a question have it in mind already: only at the same place it is said once more.
    if before.question is not None and after.question == before.question and after.node == before.node:
        return "again"
    return "ask" if after.phase == "asking" else "say"
