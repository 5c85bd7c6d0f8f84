"""Our account at the carrier, as its REST door tells it: which numbers ring here, and whether they know the way.

Source: Twilio, `GET /2010-04-01/Accounts/{sid}/IncomingPhoneNumbers.json`.
"""

from dataclasses import dataclass

from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from voicebot.errors import CarrierError
from voicebot.telephony.sms import NO_LOG, NONSENSE, SECONDS

_MOST = 50
_REFUSED = (401, 403, 404)


@dataclass(frozen=True, slots=True)
class RingingNumber:
    """A number of ours, and where the carrier goes when it rings."""

    number: str
    """E.164."""
    voice_url: str
    voice_fallback_url: str
    status_callback: str
    can_text: bool


def ringing_numbers(account_sid: str, auth_token: str, http: HttpClient | None = None) -> tuple[RingingNumber, ...]:
    """The numbers of the account. Blocks.

    Raises:
        CarrierError: `account.not_configured`, `account.refused` (the token is wrong), or `account.unreachable`.
    """
    if not account_sid:
        raise CarrierError("account.not_configured", "Set VOICEBOT_TWILIO_ACCOUNT_SID to ask the carrier.")
    client = Client(account_sid, auth_token, http_client=http or TwilioHttpClient(timeout=SECONDS, logger=NO_LOG))
    try:
        found = client.incoming_phone_numbers.list(limit=_MOST)
        return tuple(
            RingingNumber(
                str(each.phone_number),
                str(each.voice_url or ""),
                str(each.voice_fallback_url or ""),
                str(each.status_callback or ""),
                bool((each.capabilities or {}).get("sms")),
            )
            for each in found
        )
    except (TwilioException, OSError, *NONSENSE) as error:
        # The vendor's list gives the carrier's answer as the second part of its error.
        if any(getattr(part, "status_code", 0) in _REFUSED for part in error.args):
            raise CarrierError("account.refused", "The carrier refuses our account or token; check both.") from error
        raise CarrierError("account.unreachable", "The carrier cannot be reached from this machine.") from error
