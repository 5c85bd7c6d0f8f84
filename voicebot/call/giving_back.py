"""Giving the line back to the carrier."""

import asyncio

from voicebot.call.parts import Parts
from voicebot.transcripts.decision import Decision

DECIDE_SECONDS = 5.0
"""A store that takes longer to note a decision is broken; the carrier's own document goes on then."""


async def give_back(parts: Parts, decision: Decision) -> None:
    """The carrier asks what to do as soon as the stream has ended, so the decision comes first.

    Whatever happens, the line is closed: the carrier's own document leads to a person.

    Raises:
        TranscriptError: the decision could not be kept.
        TimeoutError: the store did not answer.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(DECIDE_SECONDS):
            await loop.run_in_executor(parts.pools.ask, parts.decide, decision)
    finally:
        await parts.line.close()
