"""Hearing the caller: when a turn begins and ends, and what was said.

Speech detection runs at once, on the event loop (it costs 0.3 % of a core); decoding runs in a pool, one piece after
the other for each call. A grammar that changes never disturbs an utterance under way.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from voicebot.actions import Expect, Grammar
from voicebot.audio.mulaw import decode
from voicebot.call.parts import Report
from voicebot.call.utterance import RATE, Utterance
from voicebot.errors import RecogniserError
from voicebot.events import Heard, PartFailed, SpeechStarted
from voicebot.ports import Recogniser, Recognisers, VoiceActivity
from voicebot.recogniser.turns import Endpointer, Patience

BYTES = 2
SPEECH = 0.35
"""Below this probability a window counts as part of a pause."""
GUESS_SECONDS = 0.3
"""So long a pause may be the end of the utterance: what takes long is begun then."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the caller's sound, judged."""

    pcm: bytes
    """16-bit mono at 8 kHz."""
    seconds: float
    probability: float
    """How likely it is speech."""


class Windows:
    """Cuts the line's sound into the windows that voice activity takes, and judges each."""

    def __init__(self, activity: VoiceActivity) -> None:
        self._activity = activity
        self._size = activity.window * BYTES
        self._rest = b""

    def push(self, mulaw: bytes) -> list[Window]:
        """The windows that are complete now."""
        pcm = self._rest + decode(mulaw)
        cut = len(pcm) - len(pcm) % self._size
        self._rest = pcm[cut:]
        pieces = [pcm[at : at + self._size] for at in range(0, cut, self._size)]
        seconds = self._activity.window / RATE
        return [Window(piece, seconds, self._activity.probability(piece)) for piece in pieces]


@dataclass(frozen=True, slots=True)
class _Begin:
    grammar: Grammar


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
    heard: asyncio.Future[None]


_Work = _Begin | _Sound | _Pause | _Resumed | _End


class Ear:
    """The caller's side of the sound. `expect` and `push` are used from the event loop only."""

    def __init__(
        self, recognisers: Recognisers, decode_pool: Executor, audible: Callable[[], bool], report: Report
    ) -> None:
        self._recognisers = recognisers
        self._pool = decode_pool
        self._audible = audible
        self._report = report
        self._endpointer = Endpointer(Patience())
        self._before: deque[Window] = deque()
        self._order: Expect | None = None
        self._turn = 0
        self._work: asyncio.Queue[_Work] = asyncio.Queue()
        self._partial = ""
        self._quiet = 0.0
        self._last: asyncio.Future[None] | None = None
        self._deaf = False

    def expect(self, order: Expect) -> None:
        """From now on speech belongs to this turn; speech of an older turn is forgotten."""
        self._order = order
        self._endpointer.expect(Patience(end_silence_seconds=order.grammar.end_silence_seconds))
        self.cut()

    def ignore(self) -> None:
        """Nothing is asked: what the caller says belongs to no turn."""
        self._order = None
        self.cut()

    def push(self, window: Window) -> None:
        """Hear a piece of sound."""
        self._keep(window)
        order = self._order
        if order is None or self._deaf:
            return
        playing = self._audible()
        if playing and not order.bargein and not self._endpointer.speaking:
            self._endpointer.reset()
            return
        change = self._endpointer.push(
            window.probability, window.seconds, playing=playing, complete=self._complete(order.grammar)
        )
        if change == "started":
            self._turn = order.turn
            self._quiet = 0.0
            self._report(SpeechStarted(order.turn))
            self._work.put_nowait(_Begin(order.grammar))
            self._work.put_nowait(_Sound(self._utterance_so_far()))
        elif self._endpointer.speaking or change == "ended":
            self._work.put_nowait(_Sound(window.pcm))
            self._notice_pause(window)
        if change == "ended":
            self._end()

    def cut(self) -> None:
        """An utterance under way ends here; its words are still reported, with the turn they belong to."""
        if self._endpointer.speaking:
            self._end()
        self._endpointer.reset()

    async def settled(self) -> None:
        """Wait until everything the caller said has been reported."""
        if self._last is not None and not self._deaf:
            await self._last

    async def listen(self, language: str) -> None:
        """Decode until cancelled. A broken recogniser is reported and the ear stays deaf."""
        recogniser: Recogniser | None = None
        loop = asyncio.get_running_loop()
        try:
            recogniser = await loop.run_in_executor(self._pool, self._recognisers.open, language)
            while True:
                await self._decode(recogniser)
        except RecogniserError as error:
            self._fail(error.code)
        except TimeoutError:
            recogniser = None  # its thread is still at work, so it must not be closed
            self._fail("recogniser.timeout")
        finally:
            if recogniser is not None:
                recogniser.close()

    async def _decode(self, recogniser: Recogniser) -> None:
        """One utterance, from its first sound to its last."""
        loop = asyncio.get_running_loop()
        utterance = Utterance(recogniser, self._pool)
        self._partial = ""
        while not isinstance(work := await self._work.get(), _End):
            match work:
                case _Begin():
                    recogniser.expect(work.grammar)
                case _Sound():
                    utterance.hear(work.pcm)
                    if self._work.empty():
                        self._partial = await utterance.catch_up()
                case _Pause():
                    await utterance.guess()
                case _Resumed():
                    utterance.resumed()
        started = loop.time()
        alternatives = await utterance.finish()
        self._report(Heard(work.turn, alternatives, round(work.speech_seconds, 3), round(loop.time() - started, 3)))
        if not work.heard.done():
            work.heard.set_result(None)

    def _notice_pause(self, window: Window) -> None:
        """A pause that may be the end is worth an early decoding; whoever speaks on makes it void."""
        if window.probability >= SPEECH:
            if self._quiet >= GUESS_SECONDS:
                self._work.put_nowait(_Resumed())
            self._quiet = 0.0
            return
        before, self._quiet = self._quiet, self._quiet + window.seconds
        if before < GUESS_SECONDS <= self._quiet:
            self._work.put_nowait(_Pause())

    def _end(self) -> None:
        self._last = asyncio.get_running_loop().create_future()
        self._work.put_nowait(_End(self._turn, self._endpointer.speech_seconds, self._last))

    def _fail(self, code: str) -> None:
        self._deaf = True
        if self._last is not None and not self._last.done():
            self._last.set_result(None)
        self._report(PartFailed("recogniser", code))

    def _keep(self, window: Window) -> None:
        self._before.append(window)
        while len(self._before) * window.seconds > self._endpointer.buffer_seconds + window.seconds:
            self._before.popleft()

    def _utterance_so_far(self) -> bytes:
        """The sound that made us believe that speech began, and a little before it."""
        windows = list(self._before)
        count = round(self._endpointer.utterance_seconds / windows[-1].seconds)
        return b"".join(window.pcm for window in windows[-count:])

    def _complete(self, grammar: Grammar) -> bool:
        return grammar.kind in {"choices", "yes_no"} and self._partial in grammar.phrases
