"""Taking a caller's message from the line: until silence, a key, or the limit."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor

from voicebot.actions import Record
from voicebot.audio.mulaw import encode
from voicebot.call.errands import code_of
from voicebot.call.parts import Report
from voicebot.call.windows import Window
from voicebot.errors import VoicebotError
from voicebot.events import MessageRecorded, PartFailed
from voicebot.ports import MessageRecorder

SPEECH = 0.5
"""From this probability on a window counts as speech."""
CLOSE_SECONDS = 5.0
"""A disk that takes longer than this to keep a message is broken."""


class MessageTaking:
    """One message. `push` and `finish` are used from the event loop only."""

    def __init__(self, order: Record, recorder: MessageRecorder, pool: Executor, report: Report) -> None:
        self._order = order
        self._recorder = recorder
        self._pool = pool
        self._report = report
        self._seconds = 0.0
        self._spoken = 0.0
        self._silence = 0.0
        self._reported = asyncio.Event()
        self.over = False

    def push(self, window: Window, spawn: Callable[..., object]) -> None:
        """More of the message."""
        if self.over:
            return
        self._recorder.write(encode(window.pcm))
        self._seconds += window.seconds
        if window.probability >= SPEECH:
            self._spoken += window.seconds
            self._silence = 0.0
        else:
            self._silence += window.seconds
        if self._silence >= self._order.silence_seconds or self._seconds >= self._order.max_seconds:
            spawn(self.finish())

    async def finish(self) -> None:
        """Close the file and report, once; who calls later waits until that has happened."""
        if self.over:
            await self._reported.wait()
            return
        self.over = True
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                keep = self._recorder.close if self._spoken else self._recorder.discard
                name = await loop.run_in_executor(self._pool, keep)
        except (VoicebotError, TimeoutError) as error:
            self._report(PartFailed("recorder", code_of(error, "recorder.timeout"), self._order.turn))
        else:
            self._report(MessageRecorded(self._order.turn, name or "", round(self._spoken, 2)))
        finally:
            self._reported.set()
