"""The verbs that need nothing but a voice and keys: Say, Play, Pause, Gather, Redirect, Hangup.

They work on any leg, so a whisper to the person who was called is carried out by the same code.
"""

from voicebot.simulator.hearing import FRAME_SECONDS, SILENCE, frames_of, silence
from voicebot.simulator.leg import Leg
from voicebot.simulator.twiml_document import Document, Verb

_MAX_LOOPS = 1000


async def say(leg: Leg, verb: Verb, document: Document) -> Document | None:
    """Speak with the carrier's voice."""
    leg.answer()
    leg.note_verb(f"<Say> {verb.text}", {"language": verb.attributes.get("language", "en-US")})
    await _sound_out(leg, await sound_of(leg, verb, document))
    return None


async def play(leg: Leg, verb: Verb, document: Document) -> Document | None:
    """Play a file of the service."""
    leg.answer()
    leg.note_verb(f"<Play> {verb.text}", {})
    await _sound_out(leg, await sound_of(leg, verb, document))
    return None


async def pause(leg: Leg, verb: Verb, document: Document) -> Document | None:
    """Let time pass. As the first verb it does not pick up."""
    leg.note_verb("<Pause>", {"length": verb.number("length", 1)})
    await _sound_out(leg, await sound_of(leg, verb, document))
    return None


async def redirect(leg: Leg, verb: Verb, document: Document) -> Document | None:
    """Go on with another document; keeps ringing."""
    leg.note_verb(f"<Redirect> {verb.text}", {})
    url = leg.resolve(verb.text, document) if verb.text else document.url
    return await leg.document(url, verb.attributes.get("method", "POST"), {})


async def hangup(leg: Leg, verb: Verb, document: Document) -> Document | None:
    """End the leg."""
    leg.answer()
    leg.note_verb("<Hangup>", {})
    raise leg.hang_up()


async def gather(leg: Leg, verb: Verb, document: Document) -> Document | None:
    """Take keys; a key cuts the prompt short. Speech is not recognised by the simulator."""
    leg.answer()
    wanted = verb.attributes.get("input", "dtmf")
    leg.note_verb("<Gather>", {"input": wanted})
    digits = await _take_digits(leg, verb, document) if "dtmf" in wanted else ""
    leg.note_verb("</Gather>", {"digits": len(digits)})
    if not digits and not verb.flag("actionOnEmptyResult", default=False):
        return None
    url = leg.resolve(verb.attributes.get("action", document.url), document)
    return await leg.document(url, verb.attributes.get("method", "POST"), {"Digits": digits})


async def sound_of(leg: Leg, verb: Verb, document: Document) -> bytes:
    """The mu-law sound of Say, Play or Pause, loops included."""
    match verb.name:
        case "Say":
            sound = await leg.voice_of(verb.text)
        case "Play":
            sound = await leg.fetch_sound(leg.resolve(verb.text, document))
        case _:
            return silence(verb.number("length", 1))
    # loop="0" means without end, which at Twilio is a thousand times.
    return sound * (verb.number("loop", 1) or _MAX_LOOPS)


async def _sound_out(leg: Leg, sound: bytes) -> None:
    for frame in frames_of(sound):
        await leg.tick(frame)


async def _take_digits(leg: Leg, verb: Verb, document: Document) -> str:
    prompt = b"".join([await sound_of(leg, child, document) for child in verb.children])
    most = verb.number("numDigits", 10**6)
    finish = verb.attributes.get("finishOnKey", "#")
    digits, waited = "", 0.0
    frames = frames_of(prompt)
    while waited < verb.number("timeout", 5):
        frame = next(frames, None) if not digits else None
        key = (await leg.tick(frame or SILENCE)).key
        if key and key in finish:
            break
        digits += key
        if len(digits) >= most:
            break
        # The clock starts when the prompt has been spoken, and anew with each key.
        waited = 0.0 if key or frame else waited + FRAME_SECONDS
    return digits
