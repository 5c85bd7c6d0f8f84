"""Whether a call would find its way to us and be understood: each step looked at, with the cure."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import iter_unpack
from typing import Literal

import httpx

from voicebot.actions import Prompt
from voicebot.audio.mulaw import decode
from voicebot.errors import CarrierError, VoicebotError
from voicebot.service import Service
from voicebot.settings import DEVELOPMENT_TOKEN
from voicebot.telephony.account import ringing_numbers

Verdict = Literal["good", "bad", "unknown"]
SECONDS = 8.0
SENTENCE = "市役所の電話窓口です。"
_QUIET_PEAK = 1000
"""Of 32,767: speech is louder, noise of a broken voice is not."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was looked at."""

    name: str
    """Of its words: `test_…`."""
    verdict: Verdict
    detail: str = ""
    """What was found; no secret."""


def steps(service: Service) -> Iterator[Step]:
    """Look at everything, in the order in which a call meets it. Blocks for some seconds."""
    settings = service.settings
    token = settings.twilio_auth_token.get_secret_value()
    yield Step("test_token", "bad" if token == DEVELOPMENT_TOKEN else "good")
    yield _reachable(service)
    yield from _numbers(service, token)
    yield _texts(service)
    yield from _heard(service)


def _reachable(service: Service) -> Step:
    """The public address leads to this very service."""
    address = service.settings.public_url.rstrip("/")
    if not address.startswith("https://"):
        return Step("test_reachable", "bad", address)
    try:
        answer = httpx.get(f"{address}/health", timeout=SECONDS)
        ours = answer.json().get("content") == service.content.fingerprint
    except (httpx.HTTPError, ValueError, AttributeError):
        return Step("test_reachable", "bad", address)
    return Step("test_reachable", "good" if ours else "bad", address)


def _numbers(service: Service, token: str) -> Iterator[Step]:
    """The carrier's numbers know our doors."""
    base = service.settings.public_url.rstrip("/")
    try:
        numbers = ringing_numbers(service.settings.twilio_account_sid, token)
    except CarrierError as error:
        yield Step("test_account", "unknown" if error.code == "account.not_configured" else "bad", error.message)
        return
    yield Step("test_account", "good")
    ours = [each for each in numbers if each.voice_url.rstrip("/") == f"{base}/twilio/voice"]
    yield Step("test_number", "good" if ours else "bad", "、".join(each.number for each in ours))
    told = [each for each in ours if each.status_callback.rstrip("/") == f"{base}/twilio/status"]
    if ours:
        yield Step("test_status", "good" if len(told) == len(ours) else "bad")
        yield Step("test_fallback", "good" if all(each.voice_fallback_url for each in ours) else "bad")


def _texts(service: Service) -> Step:
    ready = bool(service.settings.twilio_account_sid and service.settings.sms_sender)
    return Step("test_texts", "good" if ready else "unknown", service.settings.sms_sender)


def _heard(service: Service) -> Iterator[Step]:
    """Our own voice, through the telephone's sound, is understood by our own recogniser's engine."""
    try:
        sound = service.voices.for_call().render(Prompt(SENTENCE))
    except VoicebotError as error:
        yield Step("test_voice", "bad", error.message)
        return
    loud = max((abs(each) for (each,) in iter_unpack("<h", decode(sound))), default=0)
    yield Step("test_voice", "good" if loud > _QUIET_PEAK else "bad", service.voices.name("ja"))
    for language in service.content.city.profile.languages:
        try:
            service.recognisers.open(language).close()
        except VoicebotError as error:
            yield Step("test_recogniser", "bad", f"{language}: {error.message}")
        else:
            yield Step("test_recogniser", "good", f"{language}: {service.recognisers.name(language)}")
