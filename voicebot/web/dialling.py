"""A transfer while the call is with the carrier: round after round of telephones, until somebody takes the call.

All that must be known between two rounds is in the call's record, so a restart of the service in between changes
nothing. How it ends is either a document for the carrier, or a decision with which the caller comes back to the bot.
"""

import logging
from collections.abc import Mapping

from voicebot.city.desk import Destination
from voicebot.errors import CarrierError, TranscriptError, VoicebotError
from voicebot.events import Dialled, Rang
from voicebot.service import Service
from voicebot.telephony import rounds, twiml
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.decision import Decision
from voicebot.web.record import Record
from voicebot.web.ringing import Ringing, judged, ringing
from voicebot.web.sounds import NEXT, Sounds
from voicebot.web.whispering import Whispering, address

log = logging.getLogger(__name__)
TAKER_SECONDS = 25
"""How long the telephone of an operator who wants the call rings."""


class Dialling:
    """Rings departments.

    Args:
        service: The whole house.
        record: The record of calls.
        sounds: Where the carrier fetches our words.
        whispering: Knows what operators have answered.
    """

    def __init__(self, service: Service, record: Record, sounds: Sounds, whispering: Whispering) -> None:
        self._service = service
        self._record = record
        self._sounds = sounds
        self._whispering = whispering

    async def begin(self, call_id: str, decision: Decision) -> str | Decision:
        """The first round. A document, or what to tell the bot when nobody can be rung."""
        place = {"turn": str(decision.turn), "round": "0"}
        try:
            if decision.number:
                return await self._taker(call_id, decision, place)
            found = self._service.desk.destination(decision.department)
            numbers = rounds.next_numbers(found.numbers, (), in_order=found.sequential, absent=await self._absent())
            if not numbers:
                return Decision("resume", outcome="no_answer", detail="absent")
            return await self._round(call_id, found, numbers, place, decision.say)
        except CarrierError as error:
            log.error("a department cannot be dialled", extra={"code": error.code})
            return Decision("resume", outcome="failed", detail=error.code)

    async def judge(self, call_id: str, place: Mapping[str, str], dialled: DialEnded) -> DialEnded:
        """What really came of a round.

        Raises:
            TranscriptError: the store cannot be read, and it is not known whether anybody took the call.
        """
        try:
            found = ringing(await self._record.ask(lambda: self._record.entries(call_id)))
        except TranscriptError:
            known = self._whispering.answers.get((call_id, _number(place, "turn"), _number(place, "round")))
            if known and known.answer == "accepted" and dialled.outcome == "connected":
                return dialled
            raise
        if found is None:
            return dialled
        asked = not found.order.number and self._service.desk.destination(found.order.department).whisper
        return judged(found, dialled, asked=asked)

    async def go_on(self, call_id: str, place: Mapping[str, str], dialled: DialEnded) -> str | Decision:
        """A round is over and nobody took the call: the next one, or back to the bot.

        Told twice it answers the same and enters nothing twice.

        Raises:
            VoicebotError: the store is out of order, or the next round cannot be dialled.
        """
        found = ringing(await self._record.ask(lambda: self._record.entries(call_id)))
        back = Decision("resume", outcome=dialled.outcome, detail=dialled.detail)
        if found is None or found.ended or _number(place, "turn") != found.order.turn or found.order.number:
            return back
        department = self._service.desk.destination(found.order.department)
        if _number(place, "round") == len(found.past):
            numbers = tuple(department.numbers[at] for at in _rung(place) if at < len(department.numbers))
            await self._record.note(call_id, Rang(numbers, dialled.outcome, dialled.detail))
            found = ringing(await self._record.ask(lambda: self._record.entries(call_id))) or found
        numbers = () if await self._too_long(call_id, found, department) else await self._numbers(department, found)
        if not numbers:
            outcome, detail = rounds.verdict(found.past)
            return Decision("resume", outcome=outcome, detail=detail)
        following = {"turn": str(found.order.turn), "round": str(len(found.past))}
        return await self._round(call_id, department, numbers, following, play=await self._words(call_id))

    async def _numbers(self, department: Destination, found: Ringing) -> tuple[str, ...]:
        absent = await self._absent()
        return rounds.next_numbers(department.numbers, found.past, in_order=department.sequential, absent=absent)

    async def _too_long(self, call_id: str, found: Ringing, department: Destination) -> bool:
        """Whether the caller has waited for this department for as long as anybody should."""
        call = await self._record.ask(lambda: self._service.store.call(call_id))
        if call is None:
            return True
        waited = (self._service.now() - call.started_at).total_seconds() - found.began_seconds
        return waited >= department.wait_seconds

    async def _words(self, call_id: str) -> str:
        """Where the carrier fetches our words to the caller; "" when there are none: then it just goes on ringing."""
        try:
            return await self._sounds.address(call_id, NEXT)
        except VoicebotError as error:
            log.error("a caller is not told that somebody else is rung", extra={"code": error.code})
            return ""

    async def _absent(self) -> frozenset[str]:
        """Nobody is absent when we cannot know: rather a telephone that nobody picks up than none at all."""
        try:
            return await self._record.ask(self._service.presence.absent)
        except VoicebotError as error:
            log.error("it is not known who is absent", extra={"code": error.code})
            return frozenset()

    async def _taker(self, call_id: str, decision: Decision, place: Mapping[str, str]) -> str:
        """Ring an operator who has asked for this call."""
        destination = twiml.Destination(
            (decision.number,),
            timeout_seconds=TAKER_SECONDS,
            caller_id=self._service.settings.caller_id,
            status_urls=self._reports(call_id, place, 1),
        )
        document = twiml.dial(destination, self._action(call_id, place), decision.say)
        await self._record.note(call_id, Dialled(destination.numbers))
        return document

    async def _round(
        self,
        call_id: str,
        found: Destination,
        numbers: tuple[str, ...],
        place: Mapping[str, str],
        say: str = "",
        play: str = "",
    ) -> str:
        at = [str(found.numbers.index(number)) for number in numbers]
        urls = tuple(address(self._service, "whisper", call_id, {**place, "n": n}) for n in at) if found.whisper else ()
        destination = twiml.Destination(
            numbers,
            timeout_seconds=found.timeout_seconds,
            caller_id=self._service.settings.caller_id,
            extension=found.extension,
            whisper_urls=urls,
            talk_seconds=found.talk_minutes * 60,
            status_urls=self._reports(call_id, place, len(numbers)),
        )
        action = self._action(call_id, {**place, "of": ".".join(at)})
        document = twiml.dial(destination, action, say, play_url=play)
        await self._record.note(call_id, Dialled(numbers))
        if found.whisper:
            self._whispering.prepare(call_id, place)
        return document

    def _reports(self, call_id: str, place: Mapping[str, str], count: int) -> tuple[str, ...]:
        """For each telephone, where the carrier tells what becomes of it."""
        return tuple(address(self._service, "leg", call_id, {**place, "leg": str(at)}) for at in range(count))

    def _action(self, call_id: str, place: Mapping[str, str]) -> str:
        return address(self._service, "after-dial", "", place)


def _rung(place: Mapping[str, str]) -> tuple[int, ...]:
    """Which of the department's telephones were rung in a round; the address says it, because presence changes."""
    return tuple(int(at) for at in place.get("of", "").split(".") if at.isdecimal())


def _number(place: Mapping[str, str], name: str) -> int:
    given = place.get(name, "")
    return int(given) if given.isdecimal() else -1
