"""Decoding: a recogniser that raises, hangs, cannot be opened or is called off."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from stage import FakeRecogniser
from still_time import NEVER, StillPool, now, run

from voicebot.actions import Grammar
from voicebot.call.decoding import DECODE_SECONDS, OPEN_SECONDS
from voicebot.call.listening import Listening
from voicebot.call.tasks import Tasks
from voicebot.errors import RecogniserError
from voicebot.events import Event, Heard, PartFailed

BROKEN = RecogniserError("recogniser.failed", "Restart the service.")
GRAMMAR = Grammar("ja", "open")


class Rig:
    """A recogniser, and what is reported of it."""

    def __init__(self, *script: str, slow: dict[str, float] | None = None, **recogniser: object) -> None:
        self.recogniser = FakeRecogniser(list(script), **recogniser)  # type: ignore[arg-type]
        self.reported: list[tuple[float, Event]] = []
        report = lambda event: self.reported.append((now(), event))  # noqa: E731
        self.listening = Listening(self.recogniser, StillPool(slow), report)

    def utter(self, turn: int) -> None:
        """One utterance."""
        self.listening.begin(GRAMMAR)
        self.listening.hear(b"\1\0" * 256)
        self.listening.end(turn, 0.5)

    def run(self, script: Callable[["Rig"], Awaitable[None]]) -> "Rig":
        async def listen() -> None:
            tasks = Tasks()
            async with tasks:
                tasks.spawn(self.listening.run("ja"))
                await script(self)

        run(listen())
        return self


def test_two_utterances_one_after_the_other_use_one_recogniser() -> None:
    """And it is closed once at the end."""

    async def script(rig: Rig) -> None:
        rig.utter(1)
        rig.utter(2)
        await rig.listening.settled()

    rig = Rig("はい", "いいえ").run(script)
    assert [event.alternatives[0].text for _, event in rig.reported if isinstance(event, Heard)] == ["はい", "いいえ"]
    assert (rig.recogniser.language, rig.recogniser.closed) == ("ja", 1)


@pytest.mark.parametrize("where", ["open", "feed", "finish"])
def test_a_recogniser_that_raises_is_reported_once_and_the_ear_stays_deaf(where: str) -> None:
    """The call goes on with keys."""

    async def script(rig: Rig) -> None:
        rig.utter(1)
        await rig.listening.settled()
        await asyncio.sleep(1)
        rig.utter(2)
        await rig.listening.settled()

    rig = Rig("x", fails={where: BROKEN}).run(script)
    assert [event for _, event in rig.reported] == [PartFailed("recogniser", "recogniser.failed")]
    assert rig.listening.deaf
    assert rig.recogniser.closed == (0 if where == "open" else 1)


@pytest.mark.parametrize(("where", "patience"), [("open", OPEN_SECONDS), ("feed", DECODE_SECONDS), ("finish", 10.0)])
def test_a_recogniser_that_hangs_is_given_up(where: str, patience: float) -> None:
    """It is not closed under the hands of the thread that still works with it."""

    async def script(rig: Rig) -> None:
        rig.utter(1)
        await rig.listening.settled()

    rig = Rig("x", slow={where: NEVER}).run(script)
    assert rig.reported == [(patience, PartFailed("recogniser", "recogniser.timeout"))]
    assert rig.recogniser.closed == 0


@pytest.mark.parametrize("where", ["open", "finish"])
def test_a_recogniser_that_is_late_is_closed_when_its_thread_lets_go(where: str) -> None:
    """Nothing is left open, also after the call."""

    async def script(rig: Rig) -> None:
        rig.utter(1)
        await rig.listening.settled()
        assert rig.recogniser.closed == 0
        await asyncio.sleep(20)
        assert rig.recogniser.closed == 1

    Rig("x", slow={where: 30.0}).run(script)


def test_a_call_that_ends_while_words_are_decoded_closes_the_recogniser_afterwards() -> None:
    """The task ends at once; the thread is let finish."""
    rig = Rig("x", slow={"finish": 2.0})

    async def call() -> None:
        tasks = Tasks()
        async with tasks:
            tasks.spawn(rig.listening.run("ja"))
            rig.utter(1)
            await asyncio.sleep(1)
        assert (now(), rig.recogniser.closed) == (1.0, 0)
        await asyncio.sleep(2)
        assert rig.recogniser.closed == 1

    run(call())
    assert rig.reported == []


def test_an_unforeseen_error_is_raised() -> None:
    """It is not for the ear to know what to do about it."""

    async def script(rig: Rig) -> None:
        rig.utter(1)
        await asyncio.sleep(10)

    with pytest.raises(ExceptionGroup) as caught:
        Rig("x", fails={"finish": ZeroDivisionError()}).run(script)
    assert caught.group_contains(ZeroDivisionError)
