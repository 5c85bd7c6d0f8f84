"""What the carrier shall do with a call, as TwiML documents. Every document ends with a deliberate verb.

Source: Twilio's pages on `<Connect>`, `<Stream>`, `<Dial>`, `<Number>`, `<Sip>`, `<Record>`, `<Say>`, `<Reject>`.
Pure: it builds text from values and reads no request. This module must not know dialogs, web frameworks or settings.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from twilio.twiml.voice_response import Dial, VoiceResponse

from voicebot.errors import CarrierError
from voicebot.events import Outcome

MOST_NUMBERS = 10
LONGEST_DOCUMENT = 64_000
"""Bytes: Twilio takes no longer answer (error 11750 names 64 KB)."""
LONGEST_WORDS = 4000
"""Characters of one sentence of the carrier's; `<Say>` takes little more."""
LEG_EVENTS = "answered completed"
"""What is told of each telephone: that it was picked up, and its own result."""
LONGEST_PARAMETER = 500
"""`<Parameter>`: name and value together stay below this."""
LONGEST_SIP_ADDRESS = 255
RING_TONE = "jp"
JAPANESE = "ja-JP"
_EMERGENCY = re.compile(r"(?:18[46])?0*(?:81)?0*11[089]", re.ASCII)
"""110, 118 and 119, also after 184 or 186 (caller id off or on), an outside line's 0, or the country code."""
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SIP = re.compile(r"sips?:([^\s@<>\"]+)@[^\s@<>\"]+")
_EXTENSION = re.compile(r"[0-9*#wW]{1,32}", re.ASCII)
_CALLER_ID = re.compile(r"[^\s<>\"&]{1,254}")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, 2.2: characters that no document may hold, not even escaped."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Whom to connect the caller with."""

    numbers: tuple[str, ...]
    """Telephone numbers (E.164, `+81...`) or SIP addresses (`sip:...`), at most ten."""
    sequential: bool = False
    """One after the other; else all ring at once and the first to answer wins."""
    timeout_seconds: int = 30
    """How long each may ring: 5 to 600."""
    caller_id: str | None = None
    """The number shown to the called party: one of ours at the carrier; None shows the caller's if that is allowed."""
    extension: str = ""
    """Keys sent when the called party answers: 0-9, *, #, `w` waits half a second, `W` one. Telephone numbers only."""
    whisper_urls: tuple[str, ...] = ()
    """For each of `numbers`, whose document the called party hears before the caller is connected; empty for none."""
    talk_seconds: int = 0
    """How long the two may talk; 0 is the carrier's own limit of four hours."""
    status_urls: tuple[str, ...] = ()
    """For each of `numbers`, where the carrier tells what becomes of it (`webhooks.leg_changed`); empty for nowhere."""


def connect_stream(
    media_url: str,
    action_url: str,
    token: str,
    apology: str,
    fallback_number: str | None,
    caller_id: str | None,
    status_url: str = "",
    language: str = JAPANESE,
) -> str:
    """Give the call's sound to the bot; what to do after that is asked at `action_url`.

    When the carrier goes on in this document instead, the bot is out of order: the caller hears the apology and is
    connected with a person if there is one.

    Args:
        media_url: `wss://` (`ws://` on loopback) without query: Twilio drops it.
        action_url: Asked when the stream has ended.
        token: One-time secret that comes back in `StreamStarted.parameters["token"]`.
        apology: Spoken by the carrier.
        fallback_number: E.164 or SIP; None hangs up after the apology.
        caller_id: Shown to that person.
        status_url: Told when the stream starts, stops or fails; nowhere if empty.
        language: Of the apology.

    Raises:
        CarrierError: an address, the token or the fallback cannot be used.
    """
    _check_url(media_url, {"wss", "ws"})
    if urlsplit(media_url).query:
        raise _unusable("media_url", "remove its query string, <Stream> does not carry one")
    if not token or _NOT_IN_XML.search(token) or len("token") + len(token) >= LONGEST_PARAMETER:
        raise _unusable("token", f"use printable text shorter than {LONGEST_PARAMETER - len('token')} characters")
    response = VoiceResponse()
    connect = response.connect(action=_checked_url(action_url))
    stream = connect.stream(url=media_url, status_callback=_checked_url(status_url) if status_url else None)
    stream.parameter(name="token", value=token)
    _say(response, apology, language)
    if fallback_number is not None:
        _dial(response, Destination((fallback_number,), caller_id=caller_id), None)
    response.hangup()
    return _document(response)


def dial(
    destination: Destination, action_url: str, say: str = "", language: str = JAPANESE, *, play_url: str = ""
) -> str:
    """Connect the caller with a person; how it went is told to `action_url` (see `outcome`).

    The caller first hears the sound at `play_url`, if there is one, or what the carrier is told to say.

    Raises:
        CarrierError: the destination or the address cannot be used.
    """
    response = VoiceResponse()
    if play_url:
        response.play(_checked_url(play_url))
    _say(response, say, language)
    _dial(response, destination, _checked_url(action_url))
    return _document(response)


def whisper(action_url: str, sound_url: str = "", say: str = "", seconds: int = 5, language: str = JAPANESE) -> str:
    """What the called party hears before the caller is connected; the key that they press goes to `action_url`.

    No key within `seconds` after the last word is told there too, so that an answering machine is nobody.

    Args:
        action_url: Answered with `nothing` to connect the two, with `hang_up` to leave the caller unconnected.
        sound_url: Sound to be played; none if empty.
        say: Spoken by the carrier, when there is no sound of ours.
        seconds: For the key.
        language: Of `say`.

    Raises:
        CarrierError: an address cannot be used.
    """
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf",
        num_digits=1,
        timeout=seconds,
        finish_on_key="",
        action_on_empty_result=True,
        action=_checked_url(action_url),
    )
    if sound_url:
        gather.play(_checked_url(sound_url))
    words = _legal(say).strip()
    if words:
        gather.say(words, language=language)
    response.hangup()
    return _document(response)


def check_destination(destination: Destination) -> None:
    """Find out before a call that a destination can be dialled.

    Raises:
        CarrierError: it cannot; the message says what to change, without the number.
    """
    if not 1 <= len(destination.numbers) <= MOST_NUMBERS:
        raise _unusable("numbers", f"give 1 to {MOST_NUMBERS} numbers, the carrier dials no more at once")
    for number in destination.numbers:
        _check_number(number)
    if not 5 <= destination.timeout_seconds <= 600:
        raise _unusable("timeout_seconds", "let it ring for 5 to 600 seconds")
    if destination.caller_id is not None and not _CALLER_ID.fullmatch(destination.caller_id):
        raise _unusable("caller_id", "give a number of ours at the carrier, such as +815000000000")
    if destination.extension and not _EXTENSION.fullmatch(destination.extension):
        raise _unusable("extension", "use only 0-9, *, # and w or W for pauses")
    if destination.extension and any(_is_sip(number) for number in destination.numbers):
        raise _unusable("extension", "a SIP address takes none; put the extension into the address")


def hang_up(say: str = "", language: str = JAPANESE) -> str:
    """End the call, after a sentence if there is one."""
    response = VoiceResponse()
    _say(response, say, language)
    response.hangup()
    return _document(response)


def take_message(
    action_url: str, say: str, max_seconds: int = 120, status_url: str = "", language: str = JAPANESE
) -> str:
    """Let the carrier itself record a message: the last rung, when our own bot is broken and nobody can be dialled.

    Args:
        action_url: Asked when the message is complete; answer with `hang_up`, or the recording begins again.
        say: What the caller is asked to do; the tone follows.
        max_seconds: Longest message.
        status_url: Told when the recording can be fetched; nowhere if empty.
        language: Of `say`.

    Raises:
        CarrierError: an address cannot be used.
    """
    response = VoiceResponse()
    _say(response, say, language)
    response.record(
        action=_checked_url(action_url),
        max_length=max_seconds,
        timeout=5,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=_checked_url(status_url) if status_url else None,
    )
    # Reached when nothing was said.
    response.hangup()
    return _document(response)


def nothing() -> str:
    """The answer to a request that only informs."""
    return _document(VoiceResponse())


def outcome(dial_call_status: str, bridged: str | None, sip_code: str | None) -> tuple[Outcome, str]:
    """What became of a `<Dial>`, and the carrier's own words for the transcript.

    Args:
        dial_call_status: `DialCallStatus`.
        bridged: `DialBridged`; `false` with `completed` means that the called party answered and did not take the call.
        sip_code: `DialSipResponseCode`; 603, 607 and 608 are refusals (RFC 3261, RFC 8197, RFC 8688).
    """
    status = dial_call_status.strip().lower()
    code = (sip_code or "").strip()
    detail = _legal(" ".join(word for word in (dial_call_status.strip(), code) if word))[:40]
    if status == "completed" and (bridged or "").strip().lower() == "false":
        return "declined", detail
    if status not in {"completed", "answered"} and code in {"603", "607", "608"}:
        return "declined", detail
    return _OUTCOMES.get(status, "failed"), detail


_OUTCOMES: dict[str, Outcome] = {
    "completed": "connected",
    "answered": "connected",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "cancelled",
}


def _say(response: VoiceResponse, text: str, language: str) -> None:
    words = _legal(text).strip()
    if len(words) > LONGEST_WORDS:
        raise _too_long(f"what is said is longer than {LONGEST_WORDS} characters")
    if words:
        response.say(words, language=language)


def _dial(response: VoiceResponse, destination: Destination, action_url: str | None) -> None:
    check_destination(destination)
    verb: Dial = response.dial(
        action=action_url,
        timeout=destination.timeout_seconds,
        caller_id=destination.caller_id,
        answer_on_bridge=True,
        ring_tone=RING_TONE,
        sequential=True if destination.sequential and len(destination.numbers) > 1 else None,
        time_limit=destination.talk_seconds or None,
    )
    nowhere = ("",) * len(destination.numbers)
    whispers, told = destination.whisper_urls or nowhere, destination.status_urls or nowhere
    for number, url, status in zip(destination.numbers, whispers, told, strict=True):
        before = _checked_url(url) if url else None
        after = _checked_url(status) if status else None
        events = LEG_EVENTS if status else None
        if _is_sip(number):
            verb.sip(number, url=before, status_callback=after, status_callback_event=events)
        else:
            digits = destination.extension or None
            verb.number(number, send_digits=digits, url=before, status_callback=after, status_callback_event=events)


def _check_number(number: str) -> None:
    if _is_emergency(number):
        raise CarrierError(
            "carrier.emergency_number",
            "110, 118 and 119 cannot be reached through the carrier; tell the caller to hang up and dial them.",
        )
    if _is_sip(number):
        if not _SIP.fullmatch(number) or _NOT_IN_XML.search(number) or len(number) >= LONGEST_SIP_ADDRESS:
            raise _unusable("numbers", f"write SIP addresses as sip:name@host, below {LONGEST_SIP_ADDRESS} characters")
    elif not _E164.fullmatch(number):
        raise _unusable("numbers", "write telephone numbers with + and country code, such as +815000000000")


def _is_sip(number: str) -> bool:
    return number.startswith(("sip:", "sips:"))


def _is_emergency(number: str) -> bool:
    """Also written wide, with hyphens, or as the user of a SIP address."""
    plain = unicodedata.normalize("NFKC", number)
    address = _SIP.match(plain)
    user = address[1].partition(";")[0] if address else plain
    return bool(_EMERGENCY.fullmatch(re.sub(r"[\s()+.-]", "", user)))


def _checked_url(url: str) -> str:
    _check_url(url, {"https", "http"})
    return url


def _check_url(url: str, schemes: set[str]) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in schemes and bool(parts.hostname) and not parts.fragment
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise _unusable("url", f"give an absolute address that begins with {' or '.join(sorted(schemes))}://")


def _legal(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _document(response: VoiceResponse) -> str:
    text = str(response)
    if len(text.encode()) > LONGEST_DOCUMENT:
        raise _too_long(f"the TwiML is longer than {LONGEST_DOCUMENT} bytes")
    return text


def _too_long(what: str) -> CarrierError:
    return CarrierError("carrier.twiml_too_long", f"The carrier would not take this, {what}; shorten what is said.")


def _unusable(what: str, cure: str) -> CarrierError:
    return CarrierError("carrier.unusable_twiml", f"TwiML cannot be made with this {what}: {cure}.")
