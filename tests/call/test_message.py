"""A caller's message: until silence, a key, or the limit; and what can go wrong."""

import asyncio

from stage import FakeMessage
from still_time import NEVER, StillPool, now, run

from voicebot.actions import Record
from voicebot.audio.mulaw import decode
from voicebot.call.message import CLOSE_SECONDS, MessageTaking
from voicebot.call.tasks import Tasks
from voicebot.call.windows import Window
from voicebot.errors import TranscriptError
from voicebot.events import Event, MessageRecorded, PartFailed

SECONDS = 0.032
LOUD, QUIET = decode(b"\x10\x90" * 128), bytes(512)
ORDER = Record(9, "環境課", 20.0, 2.0)


class Rig:
    """A message, and what is reported of it."""

    def __init__(self, *, error: Exception | None = None, slow: dict[str, float] | None = None) -> None:
        self.recorder = FakeMessage(error)
        self.reported: list[tuple[float, Event]] = []
        self.tasks = Tasks()
        self.slow = slow

    def begin(self) -> MessageTaking:
        return MessageTaking(
            ORDER, self.recorder, StillPool(self.slow), lambda event: self.reported.append((round(now(), 2), event))
        )

    async def hear(self, message: MessageTaking, seconds: float, *, loud: bool) -> None:
        for _ in range(round(seconds / SECONDS)):
            await asyncio.sleep(SECONDS)
            message.push(Window(LOUD if loud else QUIET, SECONDS, 0.9 if loud else 0.1), self.tasks.spawn)

    def run(self, *parts: tuple[float, bool], key: bool = False, wait: float = 0.1) -> list[tuple[float, Event]]:
        async def take() -> None:
            async with self.tasks:
                message = self.begin()
                for seconds, loud in parts:
                    await self.hear(message, seconds, loud=loud)
                if key:
                    await message.finish()
                await asyncio.sleep(wait)

        run(take())
        return self.reported


def test_silence_ends_a_message() -> None:
    """Two seconds of it; the file is closed once, and speech is counted."""
    rig = Rig()
    rig.run((0.32, False), (3.2, True), (5.0, False))
    ((at, event),) = rig.reported
    assert 5.5 <= at <= 5.6
    assert event == MessageRecorded(9, "message-1.wav", 3.2)
    assert rig.recorder.closed == 1


def test_silence_between_sentences_does_not_end_it() -> None:
    """Patience begins anew with each word."""
    rig = Rig()
    rig.run((1.0, True), (1.8, False), (1.0, True), (1.8, False), (1.0, True))
    assert rig.reported == []


def test_a_key_ends_a_message_at_once() -> None:
    """What was said is kept to the last window."""
    rig = Rig()
    assert rig.run((1.6, True), key=True) == [(1.6, MessageRecorded(9, "message-1.wav", 1.6))]
    assert len(rig.recorder.sound) == round(1.6 / SECONDS) * 256


def test_the_limit_ends_a_message() -> None:
    """Twenty seconds, however much there still is to say."""
    rig = Rig()
    ((at, event),) = rig.run((30.0, True))
    assert at == 20.0
    assert isinstance(event, MessageRecorded)


def test_a_message_without_words_is_none() -> None:
    """The caller waited for something else; no file of silence is left."""
    rig = Rig()
    assert rig.run((3.0, False)) == [(2.02, MessageRecorded(9, "", 0.0))]
    assert rig.recorder.discarded == 1


def test_finishing_twice_reports_once_and_who_comes_later_waits() -> None:
    """A key and a hang-up may come together: the second returns only when the first is done."""
    rig = Rig(slow={"close": 1.0})

    async def take() -> None:
        async with rig.tasks:
            message = rig.begin()
            await rig.hear(message, 0.96, loud=True)
            rig.tasks.spawn(message.finish())
            await asyncio.sleep(0)
            await message.finish()
            assert [event for _, event in rig.reported] == [MessageRecorded(9, "message-1.wav", 0.96)]

    run(take())
    assert rig.recorder.closed == 1


def test_a_full_disk_is_told() -> None:
    """The caller must not believe that the message was kept."""
    rig = Rig(error=TranscriptError("recorder.disk_full", "Free space."))
    assert [event for _, event in rig.run((1.6, True), key=True)] == [PartFailed("recorder", "recorder.disk_full", 9)]


def test_a_disk_that_hangs_is_given_up() -> None:
    """The caller does not wait for it in silence."""
    rig = Rig(slow={"close": NEVER})
    ((at, event),) = rig.run((1.6, True), key=True)
    assert (at, event) == (1.6 + CLOSE_SECONDS, PartFailed("recorder", "recorder.timeout", 9))


def test_nothing_is_written_after_the_end() -> None:
    """Sound that comes while the file is being closed belongs to nobody."""
    rig = Rig()

    async def take() -> None:
        async with rig.tasks:
            message = rig.begin()
            await rig.hear(message, 0.96, loud=True)
            await message.finish()
            before = len(rig.recorder.sound)
            await rig.hear(message, 0.96, loud=True)
            assert len(rig.recorder.sound) == before

    run(take())
