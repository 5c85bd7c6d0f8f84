"""Saying prompts: rendered ahead, sent at the pace of playback, finished when the carrier has played them."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any

from voicebot.actions import Play, Prompt
from voicebot.audio import mulaw
from voicebot.audio.playback import Pacer, Playback
from voicebot.call.parts import Report
from voicebot.errors import VoiceError
from voicebot.events import PartFailed, PromptFinished
from voicebot.ports import CallRecorder, Line, Voice

MARK_GRACE_SECONDS = 2.0
"""How much longer than the sound itself we wait for the carrier to give the mark back."""
RENDER_SECONDS = 6.0
"""A voice that takes longer than this for a prompt is broken: the caller hears nothing meanwhile."""

Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


class Mouth:
    """The bot's side of the sound. Used from the event loop only.

    A new `play` means *instead*: what is queued at the carrier is dropped, and so is synthesis under way.
    """

    def __init__(
        self, line: Line, voice: Voice, render: Executor, recorder: CallRecorder | None, spawn: Spawn, report: Report
    ) -> None:
        self._line = line
        self._voice = voice
        self._render = render
        self._recorder = recorder
        self._spawn = spawn
        self._report = report
        self._pacer = Pacer()
        self._playback = Playback()
        self._task: asyncio.Task[None] | None = None
        self._prompt: asyncio.Task[None] | None = None
        self._mark: tuple[str, asyncio.Future[None]] | None = None
        self._unheard = False
        """Whether the carrier may still hold sound of ours: it was sent, and no mark behind it came back."""

    @property
    def speaking(self) -> bool:
        """Whether a prompt is under way: being made, being sent, or not known to have been heard to its end."""
        return self._prompt is not None and not self._prompt.done()

    def play(self, order: Play) -> None:
        """Say this instead of whatever is being said."""
        self.silence()
        self._task = self._prompt = self._spawn(self._say(order))

    def stop(self) -> None:
        """Fall silent at once."""
        self.silence()
        self._task = self._spawn(self._hush())

    def mark_received(self, name: str) -> None:
        """The carrier gave a mark back. Marks of cleared sound come back too; only the awaited one counts."""
        if self._mark and self._mark[0] == name and not self._mark[1].done():
            self._mark[1].set_result(None)

    def silence(self) -> None:
        """Send nothing more; what the carrier holds is left to it."""
        if self._task is not None:
            self._task.cancel()
        self._prompt = None
        self._mark = None

    async def _hush(self) -> None:
        # Not asked of our model of the carrier's buffer: the wire's delay is not in it, and a needless clear is free.
        if self._unheard:
            await self._line.clear()
            self._unheard = False
            self._playback.clear(_now())
            self._pacer.start(_now())
            if self._recorder:
                self._recorder.cleared()

    async def _say(self, order: Play) -> None:
        await self._hush()
        try:
            await self._send_all(order.prompts)
        except (VoiceError, TimeoutError) as error:
            code = error.code if isinstance(error, VoiceError) else "voice.timeout"
            self._report(PartFailed("voice", code, order.turn))
            return
        await self._heard_to_the_end(f"turn-{order.turn}")
        self._report(PromptFinished(order.turn))

    async def _send_all(self, prompts: tuple[Prompt, ...]) -> None:
        loop = asyncio.get_running_loop()
        rendering = [loop.run_in_executor(self._render, self._voice.render, prompt) for prompt in prompts]
        for future in rendering:
            future.add_done_callback(_look_at)
        try:
            for place, future in enumerate(rendering, start=1):
                async with asyncio.timeout(RENDER_SECONDS):
                    sound = await future
                # Nothing follows the last one: when its last word has been heard the call goes on.
                await self._send(mulaw.without_tail(sound) if place == len(rendering) else sound)
        finally:
            for future in rendering:
                future.cancel()

    async def _send(self, sound: bytes) -> None:
        at = 0
        while at < len(sound):
            count = self._pacer.take(_now(), len(sound) - at)
            if count:
                piece = sound[at : at + count]
                self._unheard = True
                self._playback.queue(piece, _now())
                if self._recorder:
                    self._recorder.said(piece)
                await self._line.send(piece)
                at += count
            else:
                await asyncio.sleep(self._pacer.wake_at(_now()) - _now())

    async def _heard_to_the_end(self, mark: str) -> None:
        returned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._mark = (mark, returned)
        await self._line.mark(mark)
        try:
            async with asyncio.timeout(self._playback.remaining(_now()) + MARK_GRACE_SECONDS):
                await returned
            self._unheard = False
        except TimeoutError:
            pass  # a carrier that forgets the mark: by then the sound has been played all the same


def _now() -> float:
    return asyncio.get_running_loop().time()


def _look_at(rendered: asyncio.Future[bytes]) -> None:
    """When the first of several prompts fails, nobody asks the others how they fared; asyncio would complain."""
    if not rendered.cancelled():
        rendered.exception()
