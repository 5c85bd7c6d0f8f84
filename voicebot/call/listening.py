"""What was said: the pieces of each utterance decoded in a pool, one after the other, behind the ear's back."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from voicebot.actions import Grammar
from voicebot.call.decoding import Decoding, opened
from voicebot.call.parts import Report
from voicebot.call.utterance import Utterance
from voicebot.errors import RecogniserError
from voicebot.events import Heard, PartFailed
from voicebot.ports import Recognisers


@dataclass(frozen=True, slots=True)
class _Begin:
    grammar: Grammar
    number: int
    """Counts the call's utterances."""


@dataclass(frozen=True, slots=True)
class _Sound:
    pcm: bytes


@dataclass(frozen=True, slots=True)
class _Pause:
    """The caller is silent for a moment: perhaps that was all."""


@dataclass(frozen=True, slots=True)
class _Resumed:
    """It was not all."""


@dataclass(frozen=True, slots=True)
class _End:
    turn: int
    speech_seconds: float
    at: float
    """The loop's time when the caller was believed to have finished."""
    heard: asyncio.Future[None]


_Work = _Begin | _Sound | _Pause | _Resumed | _End


class Listening:
    """The recogniser's side of the ear. Used from the event loop only; nothing but `run` and `settled` waits.

    Args:
        recognisers: Open the call's recogniser.
        pool: Where it runs.
        report: The call's inbox.
    """

    def __init__(self, recognisers: Recognisers, pool: Executor, report: Report) -> None:
        self._recognisers = recognisers
        self._pool = pool
        self._report = report
        self._work: asyncio.Queue[_Work] = asyncio.Queue()
        self._number = 0
        self._paused = False
        self._last: asyncio.Future[None] | None = None
        self.partial = ""
        """The words so far of the utterance that was begun last, where the engine tells them."""
        self.on_partial: Callable[[str], None] = lambda words: None
        """Told of the words so far whenever they change; must be quick and must not raise."""
        self.deaf = False
        """The recogniser is broken, and stays so for this call."""

    def begin(self, grammar: Grammar) -> None:
        """An utterance begins."""
        self._number += 1
        self._paused = False
        self.partial = ""
        self._work.put_nowait(_Begin(grammar, self._number))

    def hear(self, pcm: bytes) -> None:
        """More of it."""
        self._work.put_nowait(_Sound(pcm))

    def pause(self) -> None:
        """It may have come to its end: what takes long is begun now."""
        self._paused = True
        self._work.put_nowait(_Pause())

    def resume(self) -> None:
        """It goes on."""
        if self._paused:
            self.partial = ""  # what was decoded in the pause was not all
        self._paused = False
        self._work.put_nowait(_Resumed())

    def end(self, turn: int, speech_seconds: float) -> None:
        """It is complete: its words are to be reported for this turn."""
        loop = asyncio.get_running_loop()
        self._last = loop.create_future()
        self._work.put_nowait(_End(turn, speech_seconds, loop.time(), self._last))

    async def settled(self) -> None:
        """Wait until everything that was heard has been reported."""
        if self._last is not None and not self.deaf:
            await self._last

    async def run(self, language: str) -> None:
        """Decode until cancelled. A broken recogniser is reported once; from then on nothing is heard.

        When the conversation changes its language, another recogniser is opened.
        """
        decoding: Decoding | None = None
        begun: _Begin | None = None
        try:
            while True:
                decoding = await opened(self._recognisers, language, self._pool)
                begun = await self._decode_all(decoding, language, begun)
                language = begun.grammar.language
                decoding.close()
                decoding = None
        except RecogniserError as error:
            self._fail(error.code)
        except TimeoutError:
            self._fail("recogniser.timeout")
        finally:
            if decoding is not None:
                decoding.close()

    async def _decode_all(self, decoding: Decoding, language: str, begun: _Begin | None) -> _Begin:
        """One utterance after the other; the beginning of the first one in another language."""
        while True:
            begun = await self._decode(decoding, language, begun)
            if begun is not None:
                return begun

    async def _decode(self, decoding: Decoding, language: str, begun: _Begin | None) -> _Begin | None:
        """One utterance, from its first sound to its last; the beginning of another one in another language."""
        utterance = Utterance(decoding)
        number = 0
        work: _Work = begun or await self._work.get()
        while not isinstance(work, _End):
            match work:
                case _Begin() if work.grammar.language != language:
                    return work
                case _Begin():
                    number = work.number
                    decoding.recogniser.expect(work.grammar)
                case _Sound():
                    utterance.hear(work.pcm)
                    if self._work.empty():
                        self._believe(number, await utterance.catch_up())
                case _Pause():
                    # It may be over already when its turn to be decoded comes.
                    if self._paused and number == self._number:
                        self._guessed(number, await utterance.guess())
                case _Resumed():
                    utterance.resumed()
            work = await self._work.get()
        alternatives = await utterance.finish()
        took = asyncio.get_running_loop().time() - work.at
        self._report(Heard(work.turn, alternatives, round(work.speech_seconds, 3), round(took, 3)))
        if not work.heard.done():
            work.heard.set_result(None)
        return None

    def _guessed(self, number: int, words: str) -> None:
        """Words of an early decoding; those of an engine that tells words as they come are there already."""
        if words and self._paused:
            self._believe(number, words)

    def _believe(self, number: int, partial: str) -> None:
        """Keep the words so far, unless the caller has begun to say something else meanwhile."""
        if number == self._number:
            if partial and partial != self.partial:
                self.on_partial(partial)
            self.partial = partial

    def _fail(self, code: str) -> None:
        self.deaf = True
        if self._last is not None and not self._last.done():
            self._last.set_result(None)
        self._report(PartFailed("recogniser", code))
