"""The carrier's text messages: what is taken, what is refused, and what is reported."""

from collections.abc import Awaitable, Callable

import pytest
from small_bot import PUBLIC, SmallBot, carrier_to
from test_rest import _ToTheDoor
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from virtual_time import run

from voicebot.simulator.carrier import Carrier
from voicebot.simulator.texts import Fate, Texts

MOBILE, SENDER, CALLBACK = "+819000000001", "+815000000000", f"{PUBLIC}/sms-status?message=1"
Order = Callable[[Client], Awaitable[object]]


def texting(order: Order, *fates: Fate, token: str | None = None, **options: object) -> tuple[SmallBot, Carrier]:
    """Do `order` with Twilio's own client, and wait for the last report."""
    bot = SmallBot({"/sms-status": "<Response/>"})
    carrier = carrier_to(bot)
    carrier.texts = Texts(carrier.account_sid, fates=fates, **options)  # type: ignore[arg-type]

    async def talk() -> None:
        client = Client(carrier.account_sid, token or carrier.auth_token, http_client=_ToTheDoor(carrier))
        await order(client)
        await carrier.texts.settle()

    run(talk())
    return bot, carrier


def send(client: Client, to: str = MOBILE, body: str = "地図です。", sender: str = SENDER) -> Awaitable[object]:
    """A message."""
    sent: Awaitable[object] = client.messages.create_async(to=to, from_=sender, body=body, status_callback=CALLBACK)
    return sent


def reported(bot: SmallBot) -> list[tuple[str, str]]:
    """Status and error of every report, all of them signed."""
    assert all(asked.valid for asked in bot.asked)
    return [(asked.form["MessageStatus"], asked.form.get("ErrorCode", "")) for asked in bot.asked]


def test_a_message_is_taken_and_reported_on() -> None:
    """Sent, then delivered, with the ids of the answer."""
    bot, carrier = texting(send)
    (text,) = carrier.texts.taken
    assert (text.to, text.body) == (MOBILE, "地図です。")
    assert reported(bot) == [("sent", ""), ("delivered", "")]
    assert {asked.form["MessageSid"] for asked in bot.asked} == {text.sid}


def test_a_message_may_fail_later_and_be_told_twice_and_in_disorder() -> None:
    """As a bad network tells it."""
    bot, _ = texting(send, Fate(("sent", "undelivered"), 30005, doubled=True, reversed=True))
    assert reported(bot) == [("undelivered", "30005")] * 2 + [("sent", "")] * 2


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (lambda client: send(client, body=""), 21602),
        (lambda client: send(client, body="あ" * 1601), 21617),
        (lambda client: send(client, to="090-0000-0001"), 21211),
        (lambda client: send(client, to="+815000000001"), 21614),
        (lambda client: send(client, sender=""), 21603),
        (lambda client: send(client, to=""), 21604),
        (lambda client: send(client, sender="+815000000009"), 21606),
    ],
)
def test_what_twilio_would_refuse_is_refused_with_its_number(order: Order, error: int) -> None:
    """And is not sent."""

    async def refused(client: Client) -> None:
        with pytest.raises(TwilioRestException) as caught:
            await order(client)
        assert (caught.value.status, caught.value.code) == (400, error)

    bot, carrier = texting(refused, senders=[SENDER])
    assert (carrier.texts.taken, bot.asked) == ([], [])


def test_a_number_that_wants_no_messages_is_refused_at_once() -> None:
    """21610: the recipient has said stop."""

    async def refused(client: Client) -> None:
        with pytest.raises(TwilioRestException) as caught:
            await send(client)
        assert caught.value.code == 21610

    texting(refused, Fate(error=21610, refused=True))


def test_too_many_at_once_are_asked_to_wait() -> None:
    """429, as Twilio says it."""

    async def many(client: Client) -> None:
        for _ in range(2):
            await send(client)
        with pytest.raises(TwilioRestException) as caught:
            await send(client)
        assert (caught.value.status, caught.value.code) == (429, 20429)

    texting(many, most_at_once=2)


def test_only_the_account_sends() -> None:
    """Basic authentication."""

    async def strangers(client: Client) -> None:
        with pytest.raises(TwilioRestException) as caught:
            await send(client)
        assert (caught.value.status, caught.value.code) == (401, 20003)

    texting(strangers, token="wrong")
