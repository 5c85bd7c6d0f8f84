"""Writing messages down: what was recognised stands beside the sound, so that staff see what it is about.

One message at a time and piece by piece, so that callers who are on the line are heard first. What could not be
recognised is marked as done all the same; the sound is there.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from voicebot.actions import Grammar
from voicebot.audio import resample, wav
from voicebot.errors import TranscriptError, VoicebotError
from voicebot.ports import Recogniser
from voicebot.service import Service
from voicebot.transcripts.tickets import Ticket

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
"""How soon a new message is noticed."""
TROUBLE_SECONDS = 30.0
"""After a store that could not be read."""
FRAME_SECONDS = 0.02
LONGEST_SECONDS = 20.0
"""Recognisers are made for what is said in one breath."""
PAUSE_SECONDS = 0.6
QUIET = 300.0
"""Root mean square of 16-bit samples below which 20 ms of a telephone are a pause."""


class Transcribing:
    """Goes over the messages.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    async def run(self) -> None:
        """For as long as the service lives."""
        while True:
            try:
                worked = await self.one()
            except TranscriptError as error:
                log.error("messages cannot be written down", extra={"code": error.code})
                await asyncio.sleep(TROUBLE_SECONDS)
            else:
                await asyncio.sleep(0.0 if worked else LOOK_SECONDS)

    async def one(self) -> bool:
        """The oldest message that waits; whether there was one.

        Raises:
            TranscriptError: the store is out of order.
        """
        desk, ask = self._service.store.ticket_desk, self._service.pools.ask
        loop = asyncio.get_running_loop()
        waiting = await loop.run_in_executor(ask, desk.untranscribed, 1)
        if not waiting:
            return False
        text = await self._text(waiting[0])
        await loop.run_in_executor(ask, desk.transcribed, waiting[0].number, text, self._service.now())
        return True

    async def _text(self, ticket: Ticket) -> str:
        """What is said in it; "" when that cannot be found out."""
        loop, decode = asyncio.get_running_loop(), self._service.pools.decode
        path = self._service.settings.calls / Path(ticket.recording).name
        try:
            sound = await loop.run_in_executor(self._service.pools.ask, _pcm, path)
            recogniser = await loop.run_in_executor(decode, self._service.recognisers.open, ticket.language)
        except (OSError, ValueError, VoicebotError) as error:
            log.error("a message cannot be written down", extra={"error": type(error).__name__})
            return ""
        try:
            said = [
                await loop.run_in_executor(decode, heard, recogniser, piece, ticket.language) for piece in pieces(sound)
            ]
        except VoicebotError as error:
            log.error("a message cannot be written down", extra={"code": error.code})
            return ""
        finally:
            await loop.run_in_executor(decode, recogniser.close)
        return ("" if ticket.language in {"ja", "zh"} else " ").join(text for text in said if text)


@asynccontextmanager
async def writing_down(service: Service) -> AsyncIterator[None]:
    """Messages are written down until the end of the block."""
    work = asyncio.create_task(Transcribing(service).run())
    try:
        yield
    finally:
        work.cancel()
        await asyncio.wait({work}, timeout=5.0)


def pieces(pcm: bytes) -> Iterator[bytes]:
    """A message (16-bit mono, 8 kHz) in pieces that end in a pause, none too long; silence around them is left out."""
    size = 2 * round(8000 * FRAME_SECONDS)
    frames = [pcm[at : at + size] for at in range(0, len(pcm), size)]
    loud = [number for number, frame in enumerate(frames) if _level(frame) >= QUIET]
    begin: int | None = None
    last = 0
    for number in loud:
        pause = (number - last) * FRAME_SECONDS
        if begin is not None and (pause >= PAUSE_SECONDS or (number - begin) * FRAME_SECONDS >= LONGEST_SECONDS):
            yield b"".join(frames[max(0, begin - 10) : last + 15])
            begin = None
        begin = number if begin is None else begin
        last = number
    if begin is not None:
        yield b"".join(frames[max(0, begin - 10) : last + 15])


def heard(recogniser: Recogniser, pcm: bytes, language: str) -> str:
    """The words of one piece. Blocks.

    Raises:
        RecogniserError: it failed.
    """
    recogniser.expect(Grammar(language, "open"))
    recogniser.feed(resample.to_rate(pcm, 8000, recogniser.rate))
    guesses = recogniser.finish()
    return guesses[0].text if guesses else ""


def _pcm(path: Path) -> bytes:
    """The sound of a file, also of one whose header was cut off."""
    return path.read_bytes()[wav.HEADER_BYTES :]


def _level(frame: bytes) -> float:
    samples = np.frombuffer(frame[: len(frame) // 2 * 2], dtype="<i2").astype(np.float64)
    return float(np.sqrt((samples**2).mean())) if len(samples) else 0.0
