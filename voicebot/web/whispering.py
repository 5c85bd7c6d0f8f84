"""What who picks up at a department hears before the caller is connected, and what their key means.

1 takes the call, 2 declines it, no key (an answering machine, a telephone that was picked up and laid aside) is
nobody. What they answer is entered before the carrier is told, so that it also counts after a restart.
"""

import asyncio
import logging
from collections.abc import Mapping

from voicebot.actions import Prompt
from voicebot.audio.mulaw import BYTES_PER_SECOND
from voicebot.dialog.briefing import briefing, whispers
from voicebot.dialog.state import State
from voicebot.errors import TranscriptError, VoicebotError
from voicebot.events import OperatorAnswer, OperatorAnswered, Whispered
from voicebot.service import Service
from voicebot.telephony import twiml
from voicebot.web.record import Record
from voicebot.web.ringing import Ringing, ringing
from voicebot.web.sounds import WHISPER, Sounds

log = logging.getLogger(__name__)
MOST_SECONDS = 8.0
"""The caller waits meanwhile."""
KEY_SECONDS = 5
"""For the key, after the last word."""
SCREENING = "つなぐときは1、出られないときは2を押してください。"
SHORT_SCREENING = "受けるなら1、断るなら2。"
"""The same, where there is much to tell."""
SPOKEN = "市役所の転送電話です。" + SCREENING
"""Said by the carrier when our own voice cannot be heard."""
MOST_REMEMBERED = 1000


class Whispering:
    """Makes the documents.

    Args:
        service: The whole house.
        record: The record of calls.
        sounds: Where the whisper is fetched.
    """

    def __init__(self, service: Service, record: Record, sounds: Sounds) -> None:
        self._service = service
        self._record = record
        self._sounds = sounds
        self.answers: dict[tuple[str, int, int], OperatorAnswered] = {}
        """By call, turn and round: what was answered last, should the store not take it."""
        self._making: dict[tuple[str, str, str], asyncio.Task[str]] = {}

    def prepare(self, call_id: str, place: Mapping[str, str]) -> None:
        """It rings: what will be told is put into sound meanwhile, so that who picks up hears it at once.

        Args:
            call_id: The caller's call.
            place: `turn` and `round`.
        """
        key = call_id, place.get("turn", ""), place.get("round", "")
        if key not in self._making:
            task = self._making[key] = asyncio.create_task(self._made(call_id))
            task.add_done_callback(_looked_at)
        if len(self._making) > MOST_REMEMBERED:
            self._making.pop(next(iter(self._making))).cancel()

    async def begin(self, call_id: str, place: Mapping[str, str]) -> str:
        """Somebody has picked up.

        Args:
            call_id: The caller's call.
            place: `turn`, `round` and `n`, the number of the telephone, from the address.
        """
        try:
            found = ringing(await self._record.ask(lambda: self._record.entries(call_id)))
            if not _current(found, place) or found is None or found.taken:
                return twiml.hang_up()
            text = await self._text(call_id, place, found)
            await self._record.note(call_id, Whispered(self._number(found, place), text))
            sound = await self._sounds.address(call_id, WHISPER)
        except VoicebotError as error:
            log.error("an operator hears the carrier's words only", extra={"call_id": call_id, "code": error.code})
            return twiml.whisper(self._key_address(call_id, place), say=SPOKEN, seconds=KEY_SECONDS)
        return twiml.whisper(self._key_address(call_id, place), sound, seconds=KEY_SECONDS)

    async def key(self, call_id: str, place: Mapping[str, str], digits: str) -> str:
        """A key was pressed, or none. Another key than 1 and 2 is asked about once more."""
        if digits not in {"", "1", "2"} and place.get("again") != "1":
            address = self._key_address(call_id, {**place, "again": "1"})
            return twiml.whisper(address, say=SCREENING, seconds=KEY_SECONDS)
        meaning: Mapping[str, OperatorAnswer] = {"1": "accepted", "2": "declined"}
        answer = meaning.get(digits, "silent")
        try:
            found = ringing(await self._record.ask(lambda: self._record.entries(call_id)))
            if not _current(found, place) or found is None:
                return twiml.hang_up()  # the caller did not wait, or somebody else was quicker
            said = OperatorAnswered(self._number(found, place), answer)
            if found.answer is None:
                await self._record.note(call_id, said)
                await self._record.ask(self._service.store.flush)
        except TranscriptError as error:
            log.error("an operator's answer could not be entered", extra={"call_id": call_id, "code": error.code})
            said = OperatorAnswered("", answer)
        self._remember(call_id, place, said)
        return twiml.nothing() if answer == "accepted" else twiml.hang_up()

    async def _made(self, call_id: str) -> str:
        found = ringing(await self._record.ask(lambda: self._record.entries(call_id)))
        return await self._told(call_id, found) if found else ""

    async def _text(self, call_id: str, place: Mapping[str, str], found: Ringing) -> str:
        """What was prepared while it rang, or what is made now. Raises as `_told`."""
        task = self._making.pop((call_id, place.get("turn", ""), place.get("round", "")), None)
        made = await task if task and not task.cancelled() else ""
        return made or await self._told(call_id, found)

    async def _told(self, call_id: str, found: Ringing) -> str:
        """What is whispered: as much as fits.

        Raises:
            VoiceError: our voice is broken.
            TranscriptError: the store is out of order.
        """
        entries = await self._record.ask(lambda: self._record.entries(call_id))
        state = await self._record.ask(lambda: self._record.state(call_id)) or State()
        about = briefing(state, found.order.department, (entry.item for entry in entries))
        own = self._service.desk.destination(found.order.department).screening
        question = own or SCREENING
        for text in whispers(about, question, "" if own else SHORT_SCREENING):
            if len(await self._sounds.rendered(Prompt(text))) <= MOST_SECONDS * BYTES_PER_SECOND:
                return text
        return question

    def _number(self, found: Ringing, place: Mapping[str, str]) -> str:
        numbers = self._service.desk.destination(found.order.department).numbers
        at = int(place.get("n", "0")) if place.get("n", "").isdecimal() else 0
        return numbers[at] if at < len(numbers) else ""

    def _remember(self, call_id: str, place: Mapping[str, str], said: OperatorAnswered) -> None:
        turn, number = place.get("turn", ""), place.get("round", "")
        if turn.isdecimal() and number.isdecimal():
            self.answers[call_id, int(turn), int(number)] = said
        if len(self.answers) > MOST_REMEMBERED:
            del self.answers[next(iter(self.answers))]

    def _key_address(self, call_id: str, place: Mapping[str, str]) -> str:
        return address(self._service, "whisper-key", call_id, place)


def address(service: Service, door: str, call_id: str, place: Mapping[str, str]) -> str:
    """A door's address with the place in the transfer to which its answer belongs."""
    query = "&".join(f"{name}={value}" for name, value in {"call": call_id, **place}.items() if value)
    return f"{service.settings.public_url.rstrip('/')}/twilio/{door}?{query}"


def _looked_at(task: "asyncio.Task[str]") -> None:
    """What went wrong is told to who waits for it; if nobody does, nobody needs to know."""
    if not task.cancelled():
        task.exception()


def _current(found: Ringing | None, place: Mapping[str, str]) -> bool:
    """Whether this round of this transfer is the one under way."""
    if found is None or found.ended is not None:
        return False
    return (str(found.order.turn), str(len(found.past))) == (place.get("turn"), place.get("round"))
