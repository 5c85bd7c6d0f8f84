"""TwiML as the carrier reads it: text in, verbs out, with the faults that Twilio's debugger would show.

Knows the verbs and attributes of Twilio's TwiML pages that a call can meet here; carries nothing out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

PARSE_FAILURE = 12100
SCHEMA_WARNING = 12200

_CALLBACK = {"statusCallback", "statusCallbackMethod", "statusCallbackEvent"}
_RECORDING = {
    "recordingStatusCallback",
    "recordingStatusCallbackMethod",
    "recordingStatusCallbackEvent",
    "recordingTrack",
}
_ACTION = {"action", "method"}
_NOUN = {"url", "method", "sendDigits", "machineDetection"} | _CALLBACK
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    name: frozenset(attributes)
    for name, attributes in {
        "Response": set[str](),
        "Connect": _ACTION,
        "Stream": {"url", "name", "track"} | _CALLBACK - {"statusCallbackEvent"},
        "Parameter": {"name", "value"},
        "Say": {"voice", "language", "loop"},
        "Play": {"loop", "digits"},
        "Pause": {"length"},
        "Gather": {"input", "timeout", "numDigits", "finishOnKey", "actionOnEmptyResult", "language", "speechTimeout"}
        | {"hints", "speechModel", "profanityFilter", "bargeIn", "partialResultCallback"}
        | _ACTION,
        "Record": {"timeout", "finishOnKey", "maxLength", "playBeep", "trim", "transcribe", "transcribeCallback"}
        | _ACTION
        | _RECORDING,
        "Dial": {"timeout", "answerOnBridge", "callerId", "record", "trim", "ringTone", "timeLimit", "hangupOnStar"}
        | {"sequential", "referUrl", "referMethod"}
        | _ACTION
        | _RECORDING,
        "Number": _NOUN | {"byoc", "startConferenceOnEnter"},
        "Sip": _NOUN | {"username", "password"},
        "Client": _NOUN,
        "Identity": set[str](),
        "Redirect": {"method"},
        "Hangup": set[str](),
        "Reject": {"reason"},
    }.items()
}
"""What may stand at each verb and noun; other verbs are not carried out by the simulator."""


class TwimlError(Exception):
    """The document cannot be used.

    Args:
        error: Twilio's error number.
        message: What is wrong.
    """

    def __init__(self, error: int, message: str) -> None:
        super().__init__(message)
        self.error = error


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb or a noun with what stands in it."""

    name: str
    attributes: Mapping[str, str]
    text: str
    children: tuple["Verb", ...] = ()

    def number(self, name: str, default: int) -> int:
        """An attribute that is a whole number; anything else counts as left out."""
        value = self.attributes.get(name, "")
        return int(value) if value.isdecimal() else default

    def flag(self, name: str, default: bool) -> bool:
        """An attribute that is `true` or `false`."""
        return {"true": True, "false": False}.get(self.attributes.get(name, "").lower(), default)


@dataclass(frozen=True, slots=True)
class Document:
    """The verbs of one answer of the service, in order."""

    url: str
    """The public address it came from; relative addresses in it are resolved against this."""
    verbs: tuple[Verb, ...]
    warnings: tuple[str, ...] = ()
    """What Twilio's schema check would complain of (12200)."""


def parse(text: str, url: str) -> Document:
    """Read a TwiML document.

    Raises:
        TwimlError: it is not XML, declares a document type, or is not a `<Response>`.
    """
    # TwiML has no document type; declaring one is the only way to expand entities or to reach other files.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise TwimlError(PARSE_FAILURE, "the document declares a document type or entities")
    try:
        root = ElementTree.fromstring(text.strip())  # noqa: S314  nothing to expand: see above
    except (ElementTree.ParseError, ValueError) as error:
        raise TwimlError(PARSE_FAILURE, "the document is not well-formed XML") from error
    if root.tag != "Response":
        raise TwimlError(PARSE_FAILURE, "the document is not a <Response>")
    warnings: list[str] = []
    response = _verb(root, warnings)
    return Document(url, response.children, tuple(warnings))


def _verb(element: ElementTree.Element, warnings: list[str]) -> Verb:
    allowed = ATTRIBUTES.get(element.tag)
    if allowed is None:
        warnings.append(f"<{element.tag}> is not known here")
    else:
        warnings += [f"<{element.tag}> has no attribute '{name}'" for name in element.attrib if name not in allowed]
    # <Say> may hold SSML: its words are all the text below it.
    children = () if element.tag == "Say" else tuple(_verb(child, warnings) for child in element)
    text = "".join(element.itertext()) if element.tag == "Say" else element.text or ""
    return Verb(element.tag, dict(element.attrib), text.strip(), children)
