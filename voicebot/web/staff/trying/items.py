"""Events and orders as the page is told of them. Pure; data only, the page words it."""

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
from voicebot.tuning.nearness import near
from voicebot.web.staff.trying.wire import Item

MOST_GUESSES = 5
_PHRASES = 8
"""So many of the words that the recogniser is told to expect are shown."""


def happened(event: Event, dialog: Dialog, before: State) -> Item:
    """An event, while the conversation still stands where it did before."""
    match event:
        case SpeechStarted():
            return {"what": "speaking"}
        case Heard():
            return _heard(event, dialog, before)
        case DigitPressed(digit):
            return {"what": "key", "digit": digit}
        case TimedOut(_, clock):
            return {"what": "timed", "clock": clock}
        case FaqAnswered(_, hits, departments):
            named = [{"name": each.department, "confidence": each.confidence} for each in departments]
            offer = round(eased(dialog.limits, before.rung).offer_confidence, 3)
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


def ordered(order: Action) -> Item:
    """An order."""
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


def _heard(event: Heard, dialog: Dialog, before: State) -> Item:
    return {
        "what": "heard",
        "guesses": [_guess(each) for each in event.alternatives[:MOST_GUESSES]],
        "speech": event.speech_seconds,
        "decode": event.decode_seconds,
        "question": before.question.name if before.question else "",
        "counts": event.turn == before.turn and before.phase in {"asking", "hearing"},
        "near": [
            {
                "name": each.name,
                "words": each.words,
                "leads": each.leads_to,
                "everywhere": each.everywhere,
                "confidence": round(each.confidence, 3),
            }
            for each in near(dialog, before, event.alternatives)
        ],
    }  # fmt: skip


def _guess(guess: Alternative) -> Item:
    return {"text": guess.text, "reading": guess.reading, "confidence": guess.confidence}


def _hit(hit: FaqHit) -> Item:
    return {"entry": hit.entry, "department": hit.department, "confidence": hit.confidence}
