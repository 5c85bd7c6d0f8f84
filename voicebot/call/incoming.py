"""What comes over the line: keys, marks and the caller's sound, each to whom it concerns."""

import asyncio
from collections.abc import Callable

from voicebot.actions import Record
from voicebot.call.ear import Ear
from voicebot.call.message import MessageTaking
from voicebot.call.mouth import Mouth, Spawn
from voicebot.call.parts import Parts, Report
from voicebot.call.windows import Windows
from voicebot.events import AudioReceived, DigitPressed, KeyReceived, LineDropped, LineEvent, MarkReceived

DEAD_LINE_SECONDS = 10.0
"""The carrier sends sound all the time, silence too; a line without any for so long is dead."""


class Incoming:
    """Reads the line. The caller's sound goes to the recording, and to the message under way or to the ear.

    Args:
        parts: What the call is given.
        ear: Hears the caller.
        mouth: Waits for marks.
        spawn: Starts what takes time.
        report: The call's inbox.
    """

    def __init__(self, parts: Parts, ear: Ear, mouth: Mouth, spawn: Spawn, report: Report) -> None:
        self._parts = parts
        self._ear = ear
        self._mouth = mouth
        self._spawn = spawn
        self._report = report
        self._windows = Windows(parts.activity)
        self._message: MessageTaking | None = None

    async def run(self, dropped: Callable[[bool], None]) -> None:
        """Read until the line is gone; `dropped` is told whether it ended cleanly."""
        while True:
            match await self._next():
                case AudioReceived(mulaw):
                    self._hear(mulaw)
                case KeyReceived(digit):
                    self._report(DigitPressed(digit))
                case MarkReceived(name):
                    self._mouth.mark_received(name)
                case LineDropped(clean):
                    dropped(clean)
                    return

    def take_message(self, order: Record) -> None:
        """From now on the caller's sound is a message."""
        self._message = MessageTaking(order, self._parts.message_recorder(), self._parts.pools.ask, self._report)

    async def finish_message(self) -> None:
        """The message under way is complete, if there is one; returns when it has been reported."""
        if self._message:
            await self._message.finish()

    async def _next(self) -> LineEvent:
        try:
            async with asyncio.timeout(DEAD_LINE_SECONDS):
                return await self._parts.line.receive()
        except TimeoutError:
            await self._parts.line.close()
            return LineDropped(clean=False)

    def _hear(self, mulaw: bytes) -> None:
        if self._parts.recorder:
            self._parts.recorder.heard(mulaw)
        for window in self._windows.push(mulaw):
            if self._message and not self._message.over:
                self._message.push(window, self._spawn)
            else:
                self._ear.push(window)
