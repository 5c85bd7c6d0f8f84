"""Text messages through Twilio's REST door; the only thing this service ever asks of the carrier by itself.

Source: Twilio, Programmable Messaging, `POST /2010-04-01/Accounts/{sid}/Messages.json`.
"""

import logging

from twilio.base import values
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from voicebot.errors import CarrierError

COUNTRY = "+81"
SECONDS = 8.0
"""The carrier answers within this; a thread that waited longer would be missing elsewhere."""
NO_LOG = logging.Logger("twilio.http_client", logging.CRITICAL + 1)
"""The vendor's client writes requests and replies into its log, with the caller's number and the text."""
NONSENSE = (ValueError, TypeError, KeyError, AttributeError)
"""What the vendor's client makes of a reply that is not the carrier's (a proxy's page)."""


class TextMessages:
    """Sends text messages. May be used from several threads; every method blocks.

    Args:
        account_sid: Of the account at the carrier.
        auth_token: Its token.
        sender: Our number for text messages, E.164; "" when none is set up.
        http: How HTTP travels; the vendor's own by default.
    """

    def __init__(self, account_sid: str, auth_token: str, sender: str, http: HttpClient | None = None) -> None:
        self._sender = sender
        http = http or TwilioHttpClient(timeout=SECONDS, logger=NO_LOG)
        complete = account_sid and auth_token and sender
        self._client = Client(account_sid, auth_token, http_client=http) if complete else None

    def send(self, phone: str, text: str, status_url: str = "") -> str:
        """Send to a national number; the carrier's id of the message.

        Args:
            phone: National digits.
            text: What is sent.
            status_url: Told what becomes of it; nowhere if empty.

        Raises:
            CarrierError: `sms.not_configured`, `sms.refused_21610` (with the carrier's error number), or
                `sms.unreachable`.
        """
        if self._client is None:
            raise CarrierError(
                "sms.not_configured", "Set VOICEBOT_TWILIO_ACCOUNT_SID and VOICEBOT_SMS_SENDER to send text messages."
            )
        try:
            message = self._client.messages.create(
                to=COUNTRY + phone.removeprefix("0"),
                from_=self._sender,
                body=text,
                status_callback=status_url or values.unset,
            )
        except TwilioRestException as error:
            cure = f"The carrier refused a text message with error {error.code}; look it up in its debugger."
            raise CarrierError(f"sms.refused_{error.code}" if error.code else "sms.refused", cure) from error
        except (TwilioException, OSError, *NONSENSE) as error:
            raise _unreachable() from error
        if not message.sid:
            raise _unreachable()
        return str(message.sid)


def _unreachable() -> CarrierError:
    return CarrierError("sms.unreachable", "The carrier cannot be reached; check the network.")
