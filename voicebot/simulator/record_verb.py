"""`<Record>`: the carrier takes a message itself."""

from voicebot.simulator.carrier_recording import keep_recording
from voicebot.simulator.hearing import BYTES_PER_SECOND, FRAME_SECONDS, SILENCE, frames_of, tone
from voicebot.simulator.leg import HungUp
from voicebot.simulator.live_call import LiveCall
from voicebot.simulator.twiml_document import Document, Verb

_ANY_KEY = "1234567890*#"


async def record(call: LiveCall, verb: Verb, document: Document) -> Document | None:
    """Record until silence, a key, the longest length or the end of the call.

    An empty recording leads to the next verb; anything else to `action`, by default the current document again.
    """
    call.answer()
    call.note_verb("<Record>", {"maxLength": verb.number("maxLength", 3600)})
    if verb.flag("playBeep", default=True):
        for frame in frames_of(tone(1000, 0.4)):
            await call.tick(frame)
    taken = bytearray()
    verb_with_action = Verb(verb.name, {"action": document.url, **verb.attributes}, "")
    try:
        key = await _take(call, verb, taken)
    except HungUp:
        if taken:
            fields = keep_recording(call, bytes(taken), verb, document, "RecordVerb")
            call.action_after_hangup(verb_with_action, document, {**fields, "Digits": "hangup"})
        raise
    if not taken:
        return None
    fields = keep_recording(call, bytes(taken), verb, document, "RecordVerb")
    return await call.action(verb_with_action, document, {**fields, "Digits": key})


async def _take(call: LiveCall, verb: Verb, taken: bytearray) -> str:
    """Record into `taken`, which stays empty when nothing is said; gives the key that ended it."""
    finish = verb.attributes.get("finishOnKey", _ANY_KEY)
    quiet_seconds, spoken = 0.0, False
    try:
        while len(taken) < verb.number("maxLength", 3600) * BYTES_PER_SECOND:
            emission = await call.tick(SILENCE)
            if emission.key and emission.key in finish:
                return emission.key
            taken += emission.sound
            spoken = spoken or emission.voiced
            quiet_seconds = 0.0 if emission.voiced else quiet_seconds + FRAME_SECONDS
            if quiet_seconds >= verb.number("timeout", 5):
                return ""
        return ""
    finally:
        if not spoken:
            taken.clear()
