"""What the page is told of a trial: what was heard, why it went where it did, and what would have happened.

Data; the page words it. Fed with every event before it is stepped and with every order after that, as a transcript is.
"""

from collections.abc import Callable
from datetime import datetime

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    Expect,
    HangUp,
    LookUp,
    Play,
    Record,
    RequestCallback,
    SendSms,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.dialog.saying import as_written
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.dialog.weighing import eased
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallEnded,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    LookedUp,
    MessageRecorded,
    PartFailed,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.faq.reasons import Reason
from voicebot.tuning.nearness import near
from voicebot.web.staff.trying.verdicts import verdict
from voicebot.web.staff.trying.wire import Item

MOST_GUESSES = 5
_PHRASES = 8
"""So many of the words that the recogniser is told to expect are shown."""


class Showing:
    """One trial's side of the page.

    Args:
        dialog: The dialog of the trial.
        show: Sends an item to the page.
        state: Where the conversation stands.
    """

    def __init__(self, dialog: Dialog, show: Callable[[Item], None], state: Callable[[], State]) -> None:
        self._dialog = dialog
        self._show = show
        self._state = state
        self._before = State()
        self._judged = False
        self._place: Item = {}
        self.asked: tuple[Alternative, ...] = ()
        """What the FAQ was asked last."""

    def began(self, moment: datetime, trial_id: str) -> None:
        """The trial begins."""
        limits = self._dialog.limits
        self._show({
            "what": "began",
            "id": trial_id,
            "moment": f"{moment:%Y-%m-%dT%H:%M}",
            "limits": {
                "choice": limits.choice_confidence,
                "choice_confirm": limits.choice_confirm_confidence,
                "answer": limits.answer_confidence,
                "confirm": limits.confirm_confidence,
            },
        })  # fmt: skip

    def told(self, seconds: float, record: Event | Action) -> None:
        """Take one record in."""
        if isinstance(record, Event):
            self._before, self._judged = self._state(), False
            item = self._happened(record)
        else:
            item = self._ordered(record)
            self._judge(record)
        self._show({"at": seconds, "record": type(record).__name__, "turn": getattr(record, "turn", None), **item})
        self._stand()

    def believed(self, words: str) -> None:
        """The caller's words so far, while they speak."""
        self._show({"what": "believed", "words": words})

    def waited(self, seconds: float) -> None:
        """From the end of what the caller did to the first sound of the reply."""
        self._show({"what": "waited", "seconds": seconds})

    def held(self) -> None:
        """What was typed waits until it is listened to."""
        self._show({"what": "held"})

    def reasons(self, turn: int, found: tuple[Reason, ...]) -> None:
        """What speaks for the entries that the FAQ found."""
        rows = [
            {"entry": each.entry, "sound": each.sound, "words": each.words, "meaning": each.meaning} for each in found
        ]
        self._show({"what": "reasons", "turn": turn, "rows": rows})

    def _happened(self, event: Event) -> Item:
        match event:
            case SpeechStarted():
                return {"what": "speaking"}
            case Heard():
                return self._heard(event)
            case DigitPressed(digit):
                return {"what": "key", "digit": digit}
            case TimedOut(_, clock):
                return {"what": "timed", "clock": clock}
            case FaqAnswered(_, hits, departments):
                named = [{"name": each.department, "confidence": each.confidence} for each in departments]
                offer = round(eased(self._dialog.limits, self._before.rung).offer_confidence, 3)
                return {"what": "found", "hits": [_hit(hit) for hit in hits], "departments": named, "offer": offer}
            case LookedUp(_, what, facts):
                return {"what": "looked", "about": what, "facts": dict(facts)}
            case TransferEnded(_, outcome):
                return {"what": "transferred", "outcome": outcome}
            case MessageRecorded(_, recording, seconds):
                return {"what": "message", "kept": bool(recording), "seconds": seconds}
            case CallbackBooked(_, ticket):
                return {"what": "booked", "ticket": ticket}
            case PartFailed(part, code):
                return {"what": "failed", "part": part, "code": code}
            case CallEnded(reason):
                return {"what": "ended", "reason": reason}
        return {"what": "event"}

    def _heard(self, event: Heard) -> Item:
        state = self._before
        return {
            "what": "heard",
            "guesses": [_guess(each) for each in event.alternatives[:MOST_GUESSES]],
            "speech": event.speech_seconds,
            "decode": event.decode_seconds,
            "question": state.question.name if state.question else "",
            "counts": event.turn == state.turn and state.phase in {"asking", "hearing"},
            "near": [
                {
                    "name": each.name,
                    "words": each.words,
                    "leads": each.leads_to,
                    "everywhere": each.everywhere,
                    "confidence": round(each.confidence, 3),
                }
                for each in near(self._dialog, state, event.alternatives)
            ],
        }  # fmt: skip

    def _ordered(self, order: Action) -> Item:
        match order:
            case Play():
                texts = [as_written(prompt.text) if prompt.text else "" for prompt in order.prompts]
                language = order.prompts[0].language if order.prompts else "ja"
                played = any(prompt.message for prompt in order.prompts)
                return {
                    "what": "said", "texts": texts, "node": order.node, "answers": order.answers,
                    "language": language, "message": played,
                }  # fmt: skip
            case StopPlaying():
                return {"what": "stopped"}
            case Expect(_, grammar, bargein):
                words = list(grammar.phrases[:_PHRASES])
                return {"what": "listening", "kind": grammar.kind, "words": words, "bargein": bargein}
            case Wait(_, seconds, clock):
                return {"what": "waiting", "seconds": seconds, "clock": clock}
            case AskFaq():
                self.asked = order.alternatives
                return {"what": "asked"}
            case LookUp(_, what, arguments):
                return {"what": "look", "about": what, "arguments": dict(arguments)}
            case Transfer(_, department):
                return {"what": "transfer", "department": department}
            case Record(_, department):
                return {"what": "record", "department": department}
            case RequestCallback():
                return {
                    "what": "callback", "department": order.department, "phone": order.phone, "name": order.name,
                    "matter": order.matter, "when": order.when,
                }  # fmt: skip
            case SendSms(_, phone, text):
                return {"what": "sms", "phone": phone, "text": text}
            case DiscardCallRecording():
                return {"what": "unrecorded"}
            case HangUp(reason):
                return {"what": "hung_up", "reason": reason}
        return {"what": "order"}

    def _judge(self, order: Action) -> None:
        """The first order that means something for the caller is what was decided."""
        if self._judged:
            return
        after = self._state()
        code = verdict(self._before, after, order)
        if not code:
            return
        self._judged = True
        self._show({
            "what": "verdict", "code": code, "rung": after.rung, "department": after.goal or after.department,
            "question": after.question.name if after.question else "", "node": after.node,
            "answers": getattr(order, "answers", ""),
        })  # fmt: skip

    def _stand(self) -> None:
        """Where the conversation stands, when that has changed."""
        state = self._state()
        place: Item = {
            "what": "place", "phase": state.phase, "node": state.node, "rung": state.rung, "slow": state.slow,
            "question": state.question.name if state.question else "", "department": state.goal or state.department,
            "keys": len(state.keys),
        }  # fmt: skip
        if place != self._place:
            self._place = place
            self._show(place)


def _guess(guess: Alternative) -> Item:
    return {"text": guess.text, "reading": guess.reading, "confidence": guess.confidence}


def _hit(hit: FaqHit) -> Item:
    return {"entry": hit.entry, "department": hit.department, "confidence": hit.confidence}
