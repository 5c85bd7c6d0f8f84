"""The carrier's text messages: taken, refused or limited as Twilio does, and reported on afterwards.

Source: Twilio, `POST /2010-04-01/Accounts/{sid}/Messages.json` and its error dictionary.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voicebot.simulator.fetching import Fetcher
from voicebot.simulator.sids import new_sid

LONGEST_BODY = 1600
_SEGMENT, _SEGMENT_UCS2 = 160, 70
Status = Literal["queued", "sending", "sent", "delivered", "undelivered", "failed"]
_USUAL: tuple[Status, ...] = ("sent", "delivered")


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a text message."""

    statuses: tuple[Status, ...] = _USUAL
    """Reported one after the other."""
    error: int = 0
    """Twilio's error number: reported with the last status, or, when `refused`, answered at once."""
    refused: bool = False
    """Whether the carrier does not take it at all."""
    seconds: float = 0.1
    """Between two reports."""
    doubled: bool = False
    """Each report comes twice."""
    reversed: bool = False
    """The reports come in the wrong order."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text message that the carrier has taken."""

    sid: str
    to: str
    sender: str
    body: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it has not."""

    http: int
    error: int
    message: str


class Texts:
    """The text messages of an account. They live on one event loop.

    Args:
        account_sid: The account.
        senders: Its numbers; empty takes any.
        fates: What becomes of the messages, in order; then all arrive.
        most_at_once: How many are taken before the carrier asks to wait (429).
    """

    def __init__(
        self, account_sid: str, senders: Sequence[str] = (), fates: Sequence[Fate] = (), most_at_once: int = 100
    ) -> None:
        self._account_sid = account_sid
        self._senders = frozenset(senders)
        self.fates = deque(fates)
        self._most_at_once = most_at_once
        self._reporting: set[asyncio.Task[None]] = set()
        self.taken: list[Text] = []

    def take(self, form: Mapping[str, str], reporter: Callable[[], Fetcher]) -> Text | Refusal:
        """Take a message, and begin to report on it; `reporter` gives what asks the service."""
        refusal = self._refusal(form)
        if refusal:
            return refusal
        fate = self.fates.popleft() if self.fates else Fate()
        if fate.refused:
            return Refusal(400, fate.error, "The message cannot be sent")
        text = Text(new_sid("SM"), form["To"], form["From"], form["Body"])
        self.taken.append(text)
        if url := form.get("StatusCallback"):
            task = asyncio.ensure_future(self._report(text, fate, url, reporter()))
            self._reporting.add(task)
            task.add_done_callback(self._reporting.discard)
        return text

    async def settle(self) -> None:
        """Wait until everything has been reported."""
        while self._reporting:
            await asyncio.gather(*self._reporting)

    def resource(self, text: Text) -> dict[str, str | None]:
        """The message as the REST door gives it."""
        longest = _SEGMENT if text.body.isascii() else _SEGMENT_UCS2
        return {
            "sid": text.sid,
            "account_sid": self._account_sid,
            "to": text.to,
            "from": text.sender,
            "body": text.body,
            "status": "queued",
            "num_segments": str(max(1, -(-len(text.body) // longest))),
            "error_code": None,
            "direction": "outbound-api",
            "api_version": "2010-04-01",
        }

    def _refusal(self, form: Mapping[str, str]) -> Refusal | None:
        to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
        if not to:
            return Refusal(400, 21604, "A 'To' phone number is required.")
        if not sender:
            return Refusal(400, 21603, "A 'From' phone number is required.")
        if not body:
            return Refusal(400, 21602, "Message body is required.")
        if len(body) > LONGEST_BODY:
            return Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
        if not (to.startswith("+") and to[1:].isdecimal() and 8 <= len(to) <= 16):
            return Refusal(400, 21211, "The 'To' number is not a valid phone number.")
        if to.startswith("+81") and not to.startswith(("+8170", "+8180", "+8190")):
            return Refusal(400, 21614, "'To' number is not a valid mobile number.")
        if self._senders and sender not in self._senders:
            return Refusal(400, 21606, "The 'From' phone number is not a valid message-capable number.")
        if len(self._reporting) >= self._most_at_once:
            return Refusal(429, 20429, "Too Many Requests")
        return None

    async def _report(self, text: Text, fate: Fate, url: str, fetcher: Fetcher) -> None:
        last = fate.statuses[-1] if fate.statuses else None
        for status in reversed(fate.statuses) if fate.reversed else fate.statuses:
            await asyncio.sleep(fate.seconds)
            params = {
                "AccountSid": self._account_sid,
                "ApiVersion": "2010-04-01",
                "From": text.sender,
                "MessageSid": text.sid,
                "MessageStatus": status,
                "SmsSid": text.sid,
                "SmsStatus": status,
                "To": text.to,
                **({"ErrorCode": str(fate.error)} if fate.error and status == last else {}),
            }
            for _ in range(2 if fate.doubled else 1):
                await fetcher.notify(url, params, "POST")
        await fetcher.aclose()
