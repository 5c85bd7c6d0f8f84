"""Text messages through the carrier's own client, against a carrier on this machine."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from rest_door import Carrier, Rerouted
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

from voicebot.errors import CarrierError
from voicebot.telephony.sms import TextMessages

ACCOUNT, TOKEN, SENDER = "AC" + "0" * 32, "token", "+815000001000"
TAKEN = {"sid": "SM" + "1" * 32, "status": "queued", "to": "+819000000001"}


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """A carrier on this machine."""
    made = Carrier(201, TAKEN)
    yield made
    made.close()


@pytest.fixture
def messages(carrier: Carrier) -> TextMessages:
    """Text messages that go there."""
    return TextMessages(ACCOUNT, TOKEN, SENDER, Rerouted(carrier.server.server_port))


def test_a_text_message_is_handed_to_the_carrier(carrier: Carrier, messages: TextMessages) -> None:
    """In the form of its REST interface: a national number becomes an international one."""
    assert messages.send("09000000001", "みなと市役所の地図です。") == TAKEN["sid"]
    ((path, authorization, fields),) = carrier.asked
    assert path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert (authorization or "").startswith("Basic ")
    assert fields == {"To": ["+819000000001"], "From": [SENDER], "Body": ["みなと市役所の地図です。"]}


def test_the_carrier_is_told_where_to_report(carrier: Carrier, messages: TextMessages) -> None:
    """What becomes of the message comes back later."""
    messages.send("09000000001", "文", "https://voicebot.example.jp/twilio/sms-status?message=1")
    assert carrier.asked[0][2]["StatusCallback"] == ["https://voicebot.example.jp/twilio/sms-status?message=1"]


def test_a_refusal_names_the_carriers_error_and_nothing_else(carrier: Carrier, messages: TextMessages) -> None:
    """21614: not a mobile number. The number and the text stay out of the error."""
    carrier.status = 400
    carrier.answer = json.dumps({"code": 21614, "message": "+819000000001 is not a mobile number", "status": 400})
    with pytest.raises(CarrierError, match="21614") as caught:
        messages.send("09000000001", "秘密の文")
    assert caught.value.code == "sms.refused_21614"
    assert "0000" not in caught.value.message
    assert "秘密" not in caught.value.message


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (502, "<html>Bad gateway</html>"),
        (200, "<html>"),
        (201, "[]"),
        (201, ""),
        (503, ""),
        (201, '{"status": "queued"}'),
    ],
)
def test_an_answer_that_makes_no_sense_is_a_carriers_error(
    carrier: Carrier, messages: TextMessages, status: int, answer: str
) -> None:
    """Whatever a proxy in between says; the call goes on."""
    carrier.status, carrier.answer = status, answer
    with pytest.raises(CarrierError) as caught:
        messages.send("09000000001", "文")
    assert caught.value.code.startswith(("sms.refused", "sms.unreachable"))


def test_a_carrier_that_cannot_be_reached_is_a_carriers_error() -> None:
    """Nobody listens there."""
    carrier = Carrier(201, TAKEN)
    port = carrier.server.server_port
    carrier.close()
    with pytest.raises(CarrierError) as caught:
        TextMessages(ACCOUNT, TOKEN, SENDER, Rerouted(port)).send("09000000001", "文")
    assert caught.value.code == "sms.unreachable"


@pytest.mark.parametrize(
    ("account", "token", "sender"), [("", TOKEN, SENDER), (ACCOUNT, "", SENDER), (ACCOUNT, TOKEN, ""), ("", "", "")]
)
def test_without_an_account_or_a_sender_nothing_is_sent(account: str, token: str, sender: str) -> None:
    """The error says which settings are missing."""
    with pytest.raises(CarrierError, match="VOICEBOT_TWILIO_ACCOUNT_SID and VOICEBOT_SMS_SENDER") as caught:
        TextMessages(account, token, sender).send("09000000001", "文")
    assert caught.value.code == "sms.not_configured"


def test_the_vendors_client_writes_nothing_into_the_log(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its own client logs requests with the caller's number; ours must not."""
    plain = TwilioHttpClient.request

    def rerouted(self: TwilioHttpClient, method: str, url: str, *args: Any, **options: Any) -> Response:
        here = url.replace("https://api.twilio.com", f"http://127.0.0.1:{carrier.server.server_port}")
        return plain(self, method, here, *args, **options)

    monkeypatch.setattr(TwilioHttpClient, "request", rerouted)
    with caplog.at_level(logging.DEBUG):
        TextMessages(ACCOUNT, TOKEN, SENDER).send("09000000001", "秘密の文")
    assert len(carrier.asked) == 1
    assert not [record for record in caplog.records if record.name.startswith("twilio")]
