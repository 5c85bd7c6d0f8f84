"""A text message is sent once, and is never said to be sent when it is not."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from voicebot.actions import SendSms
from voicebot.call.texting import Texting
from voicebot.errors import CarrierError

ORDER = SendSms(3, "09000000001", "地図です。")


@dataclass
class Message:
    """A row."""

    id: int
    sid: str = ""
    status: str = "sending"
    error: str = ""


@dataclass
class Memory:
    """A log in memory."""

    rows: dict[tuple[str, str, str], Message] = field(default_factory=dict)

    def enter(self, call_id: str, phone: str, text: str, now: datetime) -> Message:
        """A row, made if needed."""
        return self.rows.setdefault((call_id, phone, text), Message(len(self.rows) + 1))

    def update(self, message_id: int, status: str, now: datetime, *, sid: str = "", error: str = "") -> None:
        """Note it."""
        row = next(row for row in self.rows.values() if row.id == message_id)
        row.status, row.sid, row.error = status, sid or row.sid, error


class Carrier:
    """Takes messages, slowly."""

    def __init__(self, error: CarrierError | None = None) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self.error = error
        self.go = threading.Event()
        self.go.set()

    def send(self, phone: str, text: str, reference: str) -> str:
        """Its id."""
        self.go.wait(5)
        self.taken.append((phone, text, reference))
        if self.error:
            raise self.error
        return f"SM{len(self.taken)}"


def texting(memory: Memory, carrier: Carrier) -> Texting:
    """Between the two."""
    return Texting(memory, carrier.send, lambda: datetime(2027, 4, 1, tzinfo=UTC))


def test_ordered_again_in_another_turn_it_is_not_sent_again() -> None:
    """The line broke before the caller heard that it is on its way."""
    memory, carrier = Memory(), Carrier()
    ours = texting(memory, carrier)
    ours.text("c1", ORDER)
    ours.text("c1", SendSms(9, ORDER.phone, ORDER.text))
    assert carrier.taken == [(ORDER.phone, ORDER.text, "1")]
    ours.text("c2", ORDER)
    assert len(carrier.taken) == 2


def test_ordered_again_while_it_is_on_its_way_it_waits_for_what_becomes_of_it() -> None:
    """Two threads, one message."""
    memory, carrier = Memory(), Carrier()
    ours = texting(memory, carrier)
    carrier.go.clear()
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(ours.text, "c1", ORDER) for _ in range(2)]
        carrier.go.set()
        for each in both:
            each.result(5)
    assert len(carrier.taken) == 1


def test_what_the_carrier_did_not_take_counts_as_failed_and_may_be_tried_again() -> None:
    """Never as sent."""
    memory, carrier = Memory(), Carrier(CarrierError("sms.refused_21610", "no"))
    ours = texting(memory, carrier)
    with pytest.raises(CarrierError):
        ours.text("c1", ORDER)
    (row,) = memory.rows.values()
    assert (row.status, row.error) == ("failed", "sms.refused_21610")
    carrier.error = None
    ours.text("c1", ORDER)
    assert row.status == "queued"


def test_a_message_of_which_nobody_knows_after_a_restart_is_sent_again() -> None:
    """Twice is better than not at all."""
    memory, carrier = Memory(), Carrier()
    memory.enter("c1", ORDER.phone, ORDER.text, datetime(2027, 4, 1, tzinfo=UTC))
    texting(memory, carrier).text("c1", ORDER)
    assert len(carrier.taken) == 1
