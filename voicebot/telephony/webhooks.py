"""What the carrier tells in its requests, as values: form parameters in, frozen values out.

Source: Twilio's pages "TwiML for Programmable Voice", `<Stream>`, `<Dial>` and `<Record>`. Unknown parameters are
passed over, because the set grows. The signature is checked elsewhere, over all parameters, and first.
This module must not know web frameworks, calls or dialogs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voicebot.errors import CarrierProtocolError
from voicebot.events import LegResult, Outcome
from voicebot.telephony.twilio import IDENTIFIER
from voicebot.telephony.twiml import outcome

Pairs = Sequence[tuple[str, str]]
_WITHHELD = (
    "anonymous", "unknown", "restricted", "private", "unavailable", "blocked", "withheld",
    "非通知", "表示圏外", "公衆電話",
)  # fmt: skip
_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_WITHHELD_NUMBERS = frozenset(f"+{word.translate(_KEYPAD)}" for word in _WITHHELD if word.isascii())
"""Exchanges that can only send digits spell the word on the keypad: ANONYMOUS is +266696687."""
_LEG_ENDED = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
_WORD = re.compile(r"[a-z_]{1,32}", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """A call asks what to do: it just rings, or a verb of its document has ended."""

    call_sid: str
    """Safe as a part of a file name."""
    account_sid: str
    caller: str | None
    """As the carrier gave it: usually E.164, a raw number or SIP address at times; None when withheld."""
    called: str
    status: str
    """`CallStatus`: `ringing` for a new call."""
    direction: str = ""
    forwarded_from: str | None = None
    """The number that was dialled first, if the carrier told."""
    error_code: str = ""
    """Twilio's error when this is the fallback address: the first one could not answer."""


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The call has come to this state; may arrive late, twice and out of order."""

    call_sid: str
    status: str
    duration_seconds: int | None
    sequence: int | None
    """Counts a leg's messages from 0, where the carrier numbers them."""


@dataclass(frozen=True, slots=True)
class StreamStatusChanged:
    """The media stream has started, stopped or failed."""

    call_sid: str
    stream_sid: str
    event: str
    """`stream-started`, `stream-stopped` or `stream-error`."""
    error: str


@dataclass(frozen=True, slots=True)
class DialEnded:
    """A `<Dial>` is over; the caller may still be there."""

    call_sid: str
    outcome: Outcome
    detail: str
    """The carrier's own word and SIP code."""
    seconds: int | None
    """How long the two talked."""
    status: str
    """`CallStatus` of the caller's leg: `completed` when the caller has hung up."""


@dataclass(frozen=True, slots=True)
class LegChanged:
    """One of the telephones of a `<Dial>` was picked up, or is done; may arrive late, twice and out of order."""

    leg_sid: str
    result: LegResult | None
    """`connected` is the carrier's word: picked up, be it by a machine. None for what does not matter here."""
    detail: str
    """The carrier's own word and SIP code."""


@dataclass(frozen=True, slots=True)
class TextMessageChanged:
    """A text message has come to this state; may arrive late, twice and out of order."""

    sid: str
    status: str
    """`MessageStatus`: `queued`, `sent`, `delivered`, `undelivered`, `failed` ..."""
    error: str
    """Twilio's error number; "" when there is none."""


@dataclass(frozen=True, slots=True)
class MessageTaken:
    """The carrier has recorded a message (`take_message`)."""

    call_sid: str
    recording_sid: str
    recording_url: str
    """Empty when nothing was recorded; the file may not be ready yet."""
    seconds: int | None


def incoming_call(params: Pairs) -> IncomingCall:
    """Read a request for instructions.

    Raises:
        CarrierProtocolError: it names no call.
    """
    fields = _fields(params)
    return IncomingCall(
        call_sid=_identifier(fields, "CallSid"),
        account_sid=fields.get("AccountSid", ""),
        caller=_number(fields.get("From") or fields.get("Caller") or ""),
        called=fields.get("To") or fields.get("Called") or "",
        status=fields.get("CallStatus", ""),
        direction=fields.get("Direction", ""),
        forwarded_from=_number(fields.get("ForwardedFrom", "")),
        error_code=fields.get("ErrorCode", ""),
    )


def status_changed(params: Pairs) -> StatusChanged:
    """Read a status callback of the call.

    Raises:
        CarrierProtocolError: it names no call.
    """
    fields = _fields(params)
    return StatusChanged(
        _identifier(fields, "CallSid"),
        fields.get("CallStatus", ""),
        _count(fields.get("CallDuration", "")),
        _count(fields.get("SequenceNumber", "")),
    )


def stream_status_changed(params: Pairs) -> StreamStatusChanged:
    """Read a status callback of a media stream.

    Raises:
        CarrierProtocolError: it names no call.
    """
    fields = _fields(params)
    return StreamStatusChanged(
        _identifier(fields, "CallSid"),
        fields.get("StreamSid", ""),
        fields.get("StreamEvent", ""),
        fields.get("StreamError", ""),
    )


def dial_ended(params: Pairs) -> DialEnded:
    """Read the request that follows a `<Dial>`.

    Raises:
        CarrierProtocolError: it names no call, or is not about a `<Dial>`.
    """
    fields = _fields(params)
    if "DialCallStatus" not in fields:
        raise _lacking("DialCallStatus")
    result, detail = outcome(fields["DialCallStatus"], fields.get("DialBridged"), fields.get("DialSipResponseCode"))
    return DialEnded(
        _identifier(fields, "CallSid"),
        result,
        detail,
        _count(fields.get("DialCallDuration", "")),
        fields.get("CallStatus", ""),
    )


def leg_changed(params: Pairs) -> LegChanged:
    """Read a status callback of a telephone that a `<Dial>` rings.

    Raises:
        CarrierProtocolError: it names no call.
    """
    fields = _fields(params)
    status = fields.get("CallStatus", "").strip().lower()
    ended, detail = outcome(status, None, fields.get("SipResponseCode"))
    result: LegResult | None = "answered" if status == "in-progress" else None
    if status in _LEG_ENDED and ended != "caller_gone":  # which is only ever said of the caller
        result = ended
    return LegChanged(_identifier(fields, "CallSid"), result, detail)


def text_message_changed(params: Pairs) -> TextMessageChanged:
    """Read a status callback of a text message.

    Raises:
        CarrierProtocolError: it names no message, or no status.
    """
    fields = _fields(params)
    status = fields.get("MessageStatus") or fields.get("SmsStatus") or ""
    if not _WORD.fullmatch(status):
        raise _lacking("MessageStatus")
    error = fields.get("ErrorCode", "")
    return TextMessageChanged(_identifier(fields, "MessageSid"), status, error if _COUNT.fullmatch(error) else "")


def message_taken(params: Pairs) -> MessageTaken:
    """Read the request that follows a `<Record>`, or the callback that says that the file is ready.

    Raises:
        CarrierProtocolError: it names no call.
    """
    fields = _fields(params)
    return MessageTaken(
        _identifier(fields, "CallSid"),
        fields.get("RecordingSid", ""),
        fields.get("RecordingUrl", ""),
        _count(fields.get("RecordingDuration", "")),
    )


def _fields(params: Pairs) -> dict[str, str]:
    """The first value of each name: Twilio sends none twice, so a second one is not Twilio's idea."""
    return dict(reversed(params))


def _identifier(fields: dict[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not IDENTIFIER.fullmatch(value):
        raise _lacking(name)
    return value


def _number(raw: str) -> str | None:
    """The number as it came, or None for one of the ways to say that it is withheld."""
    plain = raw.strip().casefold()
    user, _, host = plain.removeprefix("sips:").removeprefix("sip:").partition("@")
    if not any(letter.isalnum() for letter in plain) or user in _WITHHELD_NUMBERS or host.startswith("anonymous."):
        return None
    said = user in _WITHHELD if host else any(word in plain for word in _WITHHELD)
    return None if said else raw


def _count(raw: str) -> int | None:
    return int(raw) if _COUNT.fullmatch(raw.strip()) else None


def _lacking(name: str) -> CarrierProtocolError:
    return CarrierProtocolError(
        "carrier.bad_request",
        f"The request has no usable {name}; point only Twilio's voice webhooks at this address.",
    )
