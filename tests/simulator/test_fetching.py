"""How the carrier asks: time limits, redirects, cookies, addresses, and what it makes of the answers."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from small_bot import PUBLIC, SmallBot, carrier_to
from virtual_time import run

from voicebot.simulator.call_report import CallReport
from voicebot.simulator.fetching import FetchFailed, Limits, Service
from voicebot.simulator.resident import Resident, Silence

OK = "<Response><Say>x</Say></Response>"
SERVICE = Service("http://127.0.0.1:8080", PUBLIC)


def call(answers: dict, **options: object) -> tuple[SmallBot, CallReport]:
    """Place a call at a bot with these answers."""
    bot = SmallBot(answers)
    return bot, run(carrier_to(bot, **options).call(Resident((Silence(60),))))


def after(seconds: float, answer: str) -> Callable[[Request], Awaitable[str]]:
    """An answer that takes its time."""

    async def slow(request: Request) -> str:
        await asyncio.sleep(seconds)
        return answer

    return slow


@pytest.mark.parametrize(("seconds", "fallback"), [(14.9, 0), (15.1, 1)])
def test_an_answer_may_take_fifteen_seconds(seconds: float, fallback: int) -> None:
    """Then the fallback is asked, and told why."""
    bot, report = call({"/twilio/voice": after(seconds, OK), "/twilio/fallback": OK})
    forms = bot.forms("/twilio/fallback")
    assert len(forms) == fallback
    assert report.status == "completed"
    if forms:
        assert forms[0]["ErrorCode"] == "11205"
        assert forms[0]["ErrorUrl"] == f"{PUBLIC}/twilio/voice"
        assert report.answered_seconds == pytest.approx(15, abs=0.05)


def test_the_time_limit_can_be_shortened() -> None:
    """For tests and demonstrations."""
    bot, _ = call({"/twilio/voice": after(2, OK), "/twilio/fallback": OK}, limits=Limits(answer_seconds=1))
    assert len(bot.forms("/twilio/fallback")) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Response(status_code=500), "11200"),
        (Response(status_code=404), "11200"),
        (Response("<Response", media_type="text/xml"), "12100"),
        (Response("{}", media_type="application/json"), "12300"),
    ],
)
def test_unusable_answers_lead_to_the_fallback(answer: Response, error: str) -> None:
    """With Twilio's error number."""
    bot, _ = call({"/twilio/voice": answer, "/twilio/fallback": OK})
    assert [form["ErrorCode"] for form in bot.forms("/twilio/fallback")] == [error]


def test_when_the_fallback_fails_too_the_caller_hears_an_apology() -> None:
    """Never silence."""
    broken = Response(status_code=500)
    _, report = call({"/twilio/voice": broken, "/twilio/fallback": broken})
    assert any(entry.text.startswith("<Say> We are sorry") for entry in report.entries)
    assert report.status == "completed"


def test_an_unreachable_service_is_an_apology_too() -> None:
    """Nobody listens at all."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    carrier = carrier_to(SmallBot({}))
    carrier._transport = httpx.MockTransport(refuse)
    report = run(carrier.call(Resident((Silence(60),))))
    assert report.errors[0].startswith("11200")
    assert any(entry.kind == "carrier" for entry in report.entries)


def test_plain_text_is_read_aloud_unless_it_is_twiml() -> None:
    """As Twilio's page says."""
    _, report = call({"/twilio/voice": PlainTextResponse("こんにちは")})
    assert [entry.text for entry in report.entries if entry.kind == "verb"] == ["<Say> こんにちは", "<Hangup>"]
    _, report = call({"/twilio/voice": PlainTextResponse(OK)})
    assert [entry.text for entry in report.entries if entry.kind == "verb"] == ["<Say> x"]


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (307, "POST")])
def test_redirects_are_followed_and_signed_anew(status: int, method: str) -> None:
    """307 keeps the form."""
    bot, _ = call({"/twilio/voice": RedirectResponse("/twilio/other?a=1", status), "/twilio/other": OK})
    asked = bot.asked[1]
    assert (asked.path, asked.method, asked.valid) == ("/twilio/other", method, True)
    assert ("CallSid" in asked.form) == (method == "POST")


def test_ten_redirects_are_followed_and_no_more() -> None:
    """11215."""
    bot, _ = call({"/twilio/voice": RedirectResponse("/twilio/voice", 307), "/twilio/fallback": OK})
    assert sum(asked.path == "/twilio/voice" for asked in bot.asked) == 11
    assert [form["ErrorCode"] for form in bot.forms("/twilio/fallback")] == ["11215"]


def test_cookies_are_kept_for_the_call_and_not_for_the_next() -> None:
    """A new caller is a new browser."""

    async def answer(request: Request) -> Response:
        response = Response("<Response><Redirect>/twilio/next</Redirect></Response>", media_type="text/xml")
        response.set_cookie("visit", "7")
        return response

    bot = SmallBot({"/twilio/voice": answer, "/twilio/next": OK})
    carrier = carrier_to(bot)
    for _ in range(2):
        run(carrier.call(Resident((Silence(9),))))
    seen = [asked.cookies for asked in bot.asked if asked.path in {"/twilio/voice", "/twilio/next"}]
    assert seen == [{}, {"visit": "7"}] * 2


def test_a_status_callback_that_is_answered_badly_is_an_error_in_the_debugger() -> None:
    """204 or XML are right."""
    _, report = call({"/twilio/voice": OK, "/twilio/status": PlainTextResponse("ok")})
    assert any("Twilio wants 204" in error for error in report.errors)
    _, report = call({"/twilio/voice": OK, "/twilio/status": "<Response/>"})
    assert report.errors == ()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        (f"{PUBLIC}/twilio/voice?a=b%20c", "http://127.0.0.1:8080/twilio/voice?a=b%20c"),
        (PUBLIC, "http://127.0.0.1:8080"),
        ("wss://bot.example.jp/twilio/media", "ws://127.0.0.1:8080/twilio/media"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
    ],
)
def test_public_addresses_lead_to_the_loopback(url: str, local: str) -> None:
    """For http and for websockets."""
    assert SERVICE.local(url) == local


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example.com/x", "https://bot.example.jp.evil.example.com/", "ftp://x"]
)
def test_other_peoples_addresses_are_refused(url: str) -> None:
    """A simulated call never leaves the machine."""
    with pytest.raises(FetchFailed):
        SERVICE.local(url)


def test_a_public_address_may_have_a_path() -> None:
    """Behind a proxy that gives the service a folder."""
    service = Service("http://127.0.0.1:8080", "https://city.example.jp/voice")
    assert service.local("https://city.example.jp/voice/twilio/x") == "http://127.0.0.1:8080/twilio/x"
    assert service.resolve("/other", "https://city.example.jp/voice/twilio/x") == "https://city.example.jp/other"
