"""Sending a text message once: the same words to the same number in the same call are one message.

A line that breaks while the message is on its way asks again; the answer is what has become of it, and never a guess.
Only a message of which nobody knows whether the carrier took it, because the service itself ended, is sent again: twice
is better than not at all.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from voicebot.actions import SendSms
from voicebot.errors import CarrierError


class Noted(Protocol):
    """A message as the log has it."""

    @property
    def id(self) -> int:
        """For the carrier's reports."""

    @property
    def sid(self) -> str:
        """The carrier's id; "" until it has one."""


class Log(Protocol):
    """Where text messages are noted. Every method may raise `TranscriptError`."""

    def enter(self, call_id: str, phone: str, text: str, now: datetime) -> Noted:
        """Note that this shall be sent, or find what is known of it."""

    def update(self, message_id: int, status: str, now: datetime, *, sid: str = "", error: str = "") -> object:
        """Note what became of it."""


class Texting:
    """Sends text messages; every method blocks, and may be used from several threads.

    Args:
        log: Where they are noted.
        send: `send(phone, text, reference)` hands a message to the carrier and gives its id there; raises
            `CarrierError`. The carrier's reports bear the reference.
        now: The city's local time.
    """

    def __init__(self, log: Log, send: Callable[[str, str, str], str], now: Callable[[], datetime]) -> None:
        self._log = log
        self._send = send
        self._now = now
        self._lock = threading.Lock()
        self._busy: dict[tuple[str, str, str], threading.Lock] = {}

    def text(self, call_id: str, order: SendSms) -> None:
        """Send, or find out that it has been sent.

        Raises:
            CarrierError: the carrier did not take it.
            TranscriptError: it could not be noted; nothing was sent.
        """
        key = (call_id, order.phone, order.text)
        with self._lock:
            turn = self._busy.setdefault(key, threading.Lock())
        with turn:
            noted = self._log.enter(*key, self._now())
            try:
                if not noted.sid:
                    sid = self._send(order.phone, order.text, str(noted.id))
                    self._log.update(noted.id, "queued", self._now(), sid=sid)
            except CarrierError as error:
                self._log.update(noted.id, "failed", self._now(), error=error.code)
                raise
            finally:
                with self._lock:
                    self._busy.pop(key, None)
