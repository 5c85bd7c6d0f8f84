"""What becomes of each single telephone of a transfer, however the others fare; for the record and the operators.

The carrier tells it beside the call, late, twice and in any order. It never decides how the call goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicebot.actions import Transfer
from voicebot.errors import TranscriptError
from voicebot.events import Dialled, LegResult, LegUpdated, OperatorAnswer, OperatorAnswered, Rang
from voicebot.service import Service
from voicebot.telephony.webhooks import LegChanged
from voicebot.transcripts.codec import Entry
from voicebot.web.record import Record

MOST_REMEMBERED = 2000
_ANSWERED: Mapping[OperatorAnswer | None, tuple[LegResult, str]] = {
    "accepted": ("connected", ""),
    "declined": ("declined", ""),
    "silent": ("no_answer", " no key"),
    None: ("declined", " hung up"),
}
"""What the end of a telephone that was picked up means, by what was answered there."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One telephone as the record of its call tells it."""

    number: str
    department: str
    taker: bool = False
    """Whether it is that of an operator who wanted the call: they are not asked."""
    answer: OperatorAnswer | None = None
    """What who picked up has answered."""
    told: tuple[LegResult, ...] = ()
    """What is known of it already."""


class Legs:
    """Enters what the carrier tells.

    Args:
        service: The whole house.
        record: The record of calls.
    """

    def __init__(self, service: Service, record: Record) -> None:
        self._service = service
        self._record = record
        self._entered: dict[tuple[str, LegUpdated], None] = {}

    async def told(self, call_id: str, place: Mapping[str, str], changed: LegChanged) -> None:
        """One report; what is known already is passed over.

        Args:
            call_id: The caller's call.
            place: `turn`, `round` and `leg`, the place among the telephones that were rung, from the address.
            changed: What the carrier tells.

        Raises:
            TranscriptError: the store is out of order.
        """
        numbers = [place.get(name, "") for name in ("turn", "round", "leg")]
        if changed.result is None or not all(number.isdecimal() and len(number) < 10 for number in numbers):
            return
        turn, which, at = (int(number) for number in numbers)
        found = leg(await self._record.ask(lambda: self._record.entries(call_id)), turn, which, at)
        if found is None:
            return
        asked = not found.taker and self._service.desk.destination(found.department).whisper
        event = LegUpdated(found.number, changed.result, changed.detail, turn, which)
        event = judged(found, event, asked=asked)
        news = event.result not in found.told and (event.result != "answered" or not found.told)
        if not news or (call_id, event) in self._entered:
            return
        # Here, where nothing waits in between: the carrier may tell the same twice at once.
        self._entered[call_id, event] = None
        if len(self._entered) > MOST_REMEMBERED:
            del self._entered[next(iter(self._entered))]
        if not await self._record.note(call_id, event):
            self._entered.pop((call_id, event), None)
            raise TranscriptError("transcript.not_entered", "The store took nothing; the carrier may tell it again.")


def leg(entries: Sequence[Entry], turn: int, which: int, at: int) -> Leg | None:
    """One telephone of a round of a transfer; None when the record knows of none.

    Args:
        entries: The record of the call.
        turn: Of the transfer.
        which: The round, from 0.
        at: The place among the telephones of the round, from 0.
    """
    found: Leg | None = None
    order: Transfer | None = None
    rounds, told = 0, []
    for entry in entries:
        match entry.item:
            case Transfer() as order:
                rounds = 0
            case Rang():
                rounds += 1
            case Dialled(numbers) if order and (order.turn, rounds) == (turn, which) and at < len(numbers):
                found = Leg(numbers[at], order.department, bool(order.number))
            case OperatorAnswered(number, answer) if found and order and (order.turn, rounds) == (turn, which):
                found = replace(found, answer=answer) if number == found.number else found
            case LegUpdated() as known if (known.turn, known.round) == (turn, which):
                told.append(known)
    results = tuple(each.result for each in told if found and each.number == found.number)
    return replace(found, told=results) if found else None


def judged(found: Leg, event: LegUpdated, *, asked: bool) -> LegUpdated:
    """What a report means: picked up is connected only where nobody is asked, or where they took the call.

    Args:
        found: What is known of the telephone.
        event: The carrier's word.
        asked: Whether who picks up is asked to take the call.
    """
    match event.result:
        case "answered" if not asked:
            return replace(event, result="connected")
        case "connected" if asked:
            result, more = _ANSWERED[found.answer]
            return replace(event, result=result, detail=f"{event.detail}{more}")
        case _:
            return event
