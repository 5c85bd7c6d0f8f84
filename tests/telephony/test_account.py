"""Our account at the carrier, asked by the vendor's own client at a carrier on this machine."""

import json
from collections.abc import Iterator

import pytest
from rest_door import Carrier, Rerouted

from voicebot.errors import CarrierError
from voicebot.telephony.account import RingingNumber, ringing_numbers

ACCOUNT, TOKEN = "AC" + "0" * 32, "token"
NUMBER = {
    "sid": "PN" + "1" * 32, "phone_number": "+815000001000", "voice_url": "https://voicebot.example.jp/twilio/voice",
    "voice_fallback_url": None, "status_callback": "https://voicebot.example.jp/twilio/status",
    "capabilities": {"voice": True, "sms": False},
}  # fmt: skip


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """A carrier on this machine."""
    made = Carrier(200, {"incoming_phone_numbers": [NUMBER], "page": 0, "page_size": 50, "next_page_uri": None})
    yield made
    made.close()


def asked(carrier: Carrier) -> tuple[RingingNumber, ...]:
    """Asked by the vendor's client."""
    return ringing_numbers(ACCOUNT, TOKEN, Rerouted(carrier.server.server_port))


def test_the_numbers_are_told_with_the_doors_they_know(carrier: Carrier) -> None:
    """As the carrier's REST interface gives them."""
    (found,) = asked(carrier)
    assert found == RingingNumber(
        "+815000001000",
        "https://voicebot.example.jp/twilio/voice",
        "",
        "https://voicebot.example.jp/twilio/status",
        can_text=False,
    )
    assert carrier.asked[0][0].startswith(f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json")


def test_a_wrong_token_a_strange_answer_and_no_answer_are_told_apart(carrier: Carrier) -> None:
    """Each with its cure."""
    carrier.status, carrier.answer = 401, json.dumps({"code": 20003, "message": "Authenticate", "status": 401})
    with pytest.raises(CarrierError, match="token") as raised:
        asked(carrier)
    assert raised.value.code == "account.refused"
    carrier.status, carrier.answer = 200, "<html>a proxy</html>"
    with pytest.raises(CarrierError) as raised:
        asked(carrier)
    assert raised.value.code == "account.unreachable"


def test_without_an_account_nothing_is_asked() -> None:
    """Without an account nothing is asked."""
    with pytest.raises(CarrierError) as raised:
        ringing_numbers("", TOKEN)
    assert raised.value.code == "account.not_configured"
