"""The mouth: rendered ahead, paced, replaced at once, finished when heard."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from stage import FakeLine, FakeRecorder, FakeVoice
from still_time import NEVER, StillPool, now, run

from voicebot.actions import Play, Prompt
from voicebot.call.mouth import MARK_GRACE_SECONDS, RENDER_SECONDS, Mouth
from voicebot.call.tasks import Tasks
from voicebot.errors import VoiceError
from voicebot.events import Event, MarkReceived, PartFailed, PromptFinished

LONG = "あ" * 50
"""Five seconds of speech."""


class Rig:
    """A mouth at a line, and what it reports."""

    def __init__(self, *, slow: dict[str, float] | None = None, voice: FakeVoice | None = None) -> None:
        self.line = FakeLine()
        self.recorder = FakeRecorder()
        self.voice = voice or FakeVoice()
        self.reported: list[tuple[float, Event]] = []
        self.tasks = Tasks()
        self.mouth = Mouth(
            self.line, self.voice, StillPool(slow), self.recorder, self.tasks.spawn,
            lambda event: self.reported.append((now(), event)),
        )  # fmt: skip

    def run(self, script: Callable[["Rig"], Awaitable[None]]) -> "Rig":
        async def play() -> None:
            async with self.tasks:
                self.tasks.spawn(self._return_marks())
                await script(self)
            self.line.end()

        run(play())
        return self

    async def _return_marks(self) -> None:
        while True:
            event = await self.line.receive()
            if isinstance(event, MarkReceived):
                self.mouth.mark_received(event.name)


def say(turn: int, *texts: str) -> Play:
    """An order to speak."""
    return Play(turn, tuple(Prompt(text) for text in texts))


def test_a_prompt_is_sent_whole_never_more_than_half_a_second_ahead_and_finished_when_heard() -> None:
    """The lead is bounded, nothing is lost or twice, and the end of the sound ends the prompt."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG, "い" * 10))
        await asyncio.sleep(7)

    rig = Rig().run(script)
    assert rig.line.ahead <= 0.5
    assert rig.line.sound() == bytes([2]) * 40_000 + bytes([3]) * 8_000
    assert rig.reported == [(6.0, PromptFinished(1))]
    assert rig.line.of("clear") == []


def test_all_prompts_are_rendered_at_once_and_spoken_without_a_gap() -> None:
    """What is said second is made while the first is spoken."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, "あ" * 20, "い" * 20))
        await asyncio.sleep(10)

    rig = Rig(slow={"render": 1.0}).run(script)
    assert rig.line.of("send")[0][0] == 1.0
    assert rig.reported == [(5.0, PromptFinished(1))]


def test_a_new_prompt_drops_what_the_carrier_still_holds() -> None:
    """`Play` means instead: clear comes before the new sound, and the recording hears of it."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(1)
        rig.mouth.play(say(2, "い"))
        await asyncio.sleep(5)

    rig = Rig().run(script)
    at = [kind for _, kind, _ in rig.line.said].index("clear")
    assert [what for _, _, what in rig.line.said[at + 1 : at + 2]] == [bytes([3]) * 800]
    assert rig.line.of("clear")[0][0] == 1.0
    assert rig.recorder.count("cleared") == 1
    assert rig.reported == [(1.1, PromptFinished(2))]


def test_sound_that_was_sent_long_ago_is_cleared_while_its_end_is_not_confirmed() -> None:
    """By our clock the carrier has played all; it has not said so, so some may still be on its way to the caller."""

    async def script(rig: Rig) -> None:
        rig.line.loses_marks = True
        rig.mouth.play(say(1, "あ"))
        await asyncio.sleep(1)
        assert rig.mouth.speaking
        rig.mouth.play(say(2, "い"))
        await asyncio.sleep(5)

    rig = Rig().run(script)
    assert [at for at, _ in rig.line.of("clear")] == [1.0]


def test_nothing_is_cleared_when_everything_was_heard() -> None:
    """A prompt after a prompt that is over is just sent."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, "あ"))
        await asyncio.sleep(1)
        assert not rig.mouth.speaking
        rig.mouth.play(say(2, "い"))
        rig.mouth.stop()
        await asyncio.sleep(1)

    assert Rig().run(script).line.of("clear") == []


def test_stopping_falls_silent_at_once_and_tells_no_end() -> None:
    """After `stop` nothing more is sent, and the mark that comes back with `clear` does not count as played."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(4.8)  # everything is sent, the mark is asked for, the caller still listens
        assert rig.line.of("mark")
        rig.mouth.stop()
        await asyncio.sleep(5)

    rig = Rig().run(script)
    assert [at for at, _ in rig.line.of("clear")] == [4.8]
    assert max(at for at, _ in rig.line.of("send")) < 4.8
    assert rig.reported == []


def test_a_mark_of_dropped_sound_does_not_end_the_next_prompt() -> None:
    """The carrier gives turn 1's mark back on clear while turn 2 waits for its own."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(4.9)
        rig.mouth.play(say(2, "い" * 10))
        await asyncio.sleep(5)

    rig = Rig().run(script)
    assert [name for _, name in rig.line.of("mark")] == ["turn-1", "turn-2"]
    assert rig.reported == [(5.9, PromptFinished(2))]


def test_a_mark_that_never_comes_back_ends_the_prompt_a_little_later() -> None:
    """A carrier that forgets marks does not leave the caller in silence."""

    async def script(rig: Rig) -> None:
        rig.line.loses_marks = True
        rig.mouth.play(say(1, "あ" * 10))
        await asyncio.sleep(10)

    assert Rig().run(script).reported == [(1.0 + MARK_GRACE_SECONDS, PromptFinished(1))]


def test_a_second_stop_does_not_lose_the_first_one() -> None:
    """A `stop` that is overtaken before it was carried out is carried out all the same."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(1)
        rig.mouth.stop()
        rig.mouth.stop()
        await asyncio.sleep(1)

    assert [at for at, _ in Rig().run(script).line.of("clear")] == [1.0]


def test_a_clear_that_could_not_be_sent_for_congestion_is_sent_by_the_next_prompt() -> None:
    """Being called off in the middle of sending `clear` does not leave old sound in front of the new."""

    class Congested(FakeLine):
        waits = True

        async def clear(self) -> None:
            if self.waits:
                await asyncio.sleep(3)
            await super().clear()

    async def script(rig: Rig) -> None:
        line = rig.line
        assert isinstance(line, Congested)
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(1)
        rig.mouth.stop()
        await asyncio.sleep(0.5)
        line.waits = False
        rig.mouth.play(say(2, "い"))
        await asyncio.sleep(1)

    rig = Rig()
    rig.line = rig.mouth._line = Congested()  # the rig's line, but slow
    rig.run(script)
    order = [kind for _, kind, _ in rig.line.said]
    assert order.count("clear") == 1
    assert order.index("clear") < len(order) - 2


@pytest.mark.parametrize("error", [VoiceError("voice.none", "Record it.")])
def test_a_voice_that_fails_is_reported_and_asyncio_has_nothing_to_complain_of(error: VoiceError) -> None:
    """All prompts fail; one failure is told, none is left unlooked at."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(7, "あ", "い", "う"))
        await asyncio.sleep(1)

    rig = Rig(voice=FakeVoice("*", error)).run(script)
    assert rig.reported == [(0.0, PartFailed("voice", "voice.none", 7))]
    assert rig.line.said == []


def test_a_voice_that_hangs_is_given_up() -> None:
    """A synthesiser that never comes back costs its patience once, and keys go on working meanwhile."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(7, "あ"))
        await asyncio.sleep(20)

    rig = Rig(slow={"render": NEVER}).run(script)
    assert rig.reported == [(RENDER_SECONDS, PartFailed("voice", "voice.timeout", 7))]


def test_synthesis_for_an_older_turn_is_dropped() -> None:
    """Sound that is ready after the caller has moved on is never sent."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, "あ"))
        await asyncio.sleep(0.5)
        rig.mouth.play(say(2, "い"))
        await asyncio.sleep(5)

    rig = Rig(slow={"render": 1.0}).run(script)
    assert rig.line.sound() == bytes([3]) * 800
    assert rig.reported == [(1.6, PromptFinished(2))]


def test_an_empty_prompt_is_finished_at_once() -> None:
    """Nothing to say is said in no time."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(Play(1, ()))
        await asyncio.sleep(1)

    rig = Rig().run(script)
    assert rig.reported == [(0.0, PromptFinished(1))]


def test_the_recording_is_told_of_every_piece_before_the_carrier_has_it() -> None:
    """Both get the same bytes."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(6)

    rig = Rig().run(script)
    assert [size for _, size in rig.recorder.done] == [len(what) for _, what in rig.line.of("send")]


def test_a_late_wake_up_delays_nothing() -> None:
    """When the machine stood still for a moment, the lead is filled up again and the end stays where it was."""

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, LONG))
        await asyncio.sleep(2)
        loop = asyncio.get_running_loop()
        loop.jumping.now += 0.3  # type: ignore[attr-defined]
        await asyncio.sleep(4)

    rig = Rig().run(script)
    assert rig.line.ahead <= 0.5
    assert rig.reported == [(5.0, PromptFinished(1))]


def test_the_prompt_has_been_heard_when_its_last_word_has() -> None:
    """The quiet behind it is not waited for; between two prompts it is."""
    quiet = bytes([0xFF]) * 8000

    class Ending(FakeVoice):
        def render(self, prompt: Prompt) -> bytes:
            return super().render(prompt) + quiet

    async def script(rig: Rig) -> None:
        rig.mouth.play(say(1, "あ" * 10, "い" * 10))
        await asyncio.sleep(7)

    rig = Rig(voice=Ending()).run(script)
    assert rig.line.sound() == bytes([2]) * 8000 + quiet + bytes([3]) * 8000 + quiet[:160]
    assert rig.reported == [(3.02, PromptFinished(1))]
