"""The REST door, used by Twilio's own client library."""

import asyncio
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from small_bot import TOKEN, SmallBot, Talker, carrier_to, streaming
from twilio.base.exceptions import TwilioRestException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from virtual_time import run

from voicebot.simulator.call_report import CallReport
from voicebot.simulator.carrier import Carrier
from voicebot.simulator.resident import Resident, Silence
from voicebot.simulator.rest import rest_door

BYE = "<Response><Say>担当者に代わります。</Say></Response>"


class _ToTheDoor(AsyncHttpClient):  # type: ignore[misc]
    """Twilio's library over the simulator's door instead of the network."""

    def __init__(self, carrier: Carrier) -> None:
        super().__init__(None, is_async=True, timeout=None)
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app=rest_door(carrier)), base_url="http://door")

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  the library's own signature
        allow_redirects: bool = False,
    ) -> Response:
        answer = await self._client.request(method, urlsplit(url).path, data=data, headers=headers, auth=auth)
        return Response(answer.status_code, answer.text)


def during_a_call(order: Any, **answers: str) -> tuple[SmallBot, CallReport, Talker]:
    """Place a call, and two seconds into its stream do `order(carrier, call_sid)`."""
    holder: list[Carrier] = []

    async def talk(talker: Talker) -> None:
        start = await talker.until("start")
        assert start is not None
        await talker.say(1.0, "end")
        await talker.until("mark", "end")
        await order(holder[0], start["start"]["callSid"])

    bot = SmallBot({"/twilio/voice": streaming(), **{f"/{name}": text for name, text in answers.items()}}, talk)
    holder.append(carrier_to(bot))
    report = run(holder[0].call(Resident((Silence(30),))))
    return bot, report, bot.talkers[0]


def twilio(carrier: Carrier, token: str = TOKEN) -> Client:
    """Twilio's library, pointed at the carrier."""
    return Client(carrier.account_sid, token, http_client=_ToTheDoor(carrier))


def test_new_twiml_stops_the_stream_and_is_carried_out() -> None:
    """The service sees `stop`; the action of the stream is not asked."""

    async def order(carrier: Carrier, call_sid: str) -> None:
        call = await twilio(carrier).calls(call_sid).update_async(twiml=BYE)
        assert call.status == "in-progress"

    bot, report, talker = during_a_call(order)
    assert len(talker.events("stop")) == 1
    assert bot.forms("/twilio/after-stream") == []
    assert [entry.text for entry in report.entries if entry.kind == "verb"][-1] == "<Say> 担当者に代わります。"
    assert report.ended_by == "bot"


def test_a_new_address_is_asked() -> None:
    """With the fields of the call."""

    async def order(carrier: Carrier, call_sid: str) -> None:
        await twilio(carrier).calls(call_sid).update_async(url="https://bot.example.jp/other", twiml="ignored")

    bot, report, _ = during_a_call(order, other=BYE)
    (form,) = bot.forms("/other")
    assert form["CallSid"] == report.call_sid
    assert report.status == "completed"


def test_a_call_is_ended_by_its_status() -> None:
    """At once."""

    async def order(carrier: Carrier, call_sid: str) -> None:
        await twilio(carrier).calls(call_sid).update_async(status="completed")

    _, report, talker = during_a_call(order)
    assert report.ended_by == "rest"
    assert report.seconds == pytest.approx(1.0, abs=0.1)
    assert talker.disconnect_code == 1000


@pytest.mark.parametrize(
    ("update", "status", "code"),
    [
        ({"twiml": f"<Response><Say>{'x' * 4000}</Say></Response>"}, 400, 20001),
        ({"twiml": "<Response>"}, 400, 12100),
        ({}, 400, 20001),
    ],
)
def test_orders_that_cannot_be_carried_out_are_refused(update: dict, status: int, code: int) -> None:
    """TwiML over REST has at most 4,000 characters."""
    refused: list[TwilioRestException] = []

    async def order(carrier: Carrier, call_sid: str) -> None:
        with pytest.raises(TwilioRestException) as caught:
            await twilio(carrier).calls(call_sid).update_async(**update)
        refused.append(caught.value)
        await twilio(carrier).calls(call_sid).update_async(status="completed")

    during_a_call(order)
    assert (refused[0].status, refused[0].code) == (status, code)


def test_a_call_that_is_over_is_not_found() -> None:
    """20404, which a service must expect."""

    async def update() -> None:
        await twilio(carrier).calls("CA" + "0" * 32).update_async(status="completed")

    carrier = carrier_to(SmallBot({}))
    with pytest.raises(TwilioRestException) as caught:
        asyncio.run(update())
    assert (caught.value.status, caught.value.code) == (404, 20404)


@pytest.mark.parametrize("header", [None, "Basic !!", "Bearer x", "Basic " + b64encode(b"AC1:wrong").decode(), "Basic"])
def test_strangers_are_turned_away(header: str | None) -> None:
    """401."""
    carrier = carrier_to(SmallBot({}))

    async def post() -> int:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=rest_door(carrier)), base_url="http://d"
        ) as door:
            answer = await door.post(
                f"/2010-04-01/Accounts/{carrier.account_sid}/Calls/CA1.json",
                content=urlencode({"Status": "completed"}),
                headers={"authorization": header} if header else {},
            )
        return answer.status_code

    assert asyncio.run(post()) == 401
