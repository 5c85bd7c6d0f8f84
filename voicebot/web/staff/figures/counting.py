"""Counts the days whose calls have changed, beside the service: newest first, one at a time, with rests between."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from voicebot import bootstrap
from voicebot.errors import VoicebotError
from voicebot.faq.words import Analyse
from voicebot.transcripts.measures import Ears, Split
from voicebot.web.staff.office import Office

log = logging.getLogger(__name__)
LOOK_SECONDS = 10.0
"""What has changed is counted within about this; a call that ends makes its day stale."""
REST_SECONDS = 0.2
"""Between two days: recognition of calls goes first."""
DAYS = 50


@asynccontextmanager
async def counting(office: Office) -> AsyncIterator[None]:
    """While the service runs: the figures follow the calls."""
    office.service.store.figures.ears = Ears(bootstrap.reader(), splitting(bootstrap.words))
    task = asyncio.create_task(_count_always(office))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def splitting(words: Callable[[], Analyse | None]) -> Split:
    """Words of Japanese by the dictionary where there is one, else signs; other languages by their blanks."""

    def split(text: str, language: str) -> Sequence[str]:
        if language != "ja":
            return text.casefold().split()
        analyse = words()
        if analyse is None:
            return [sign for sign in text if sign.isalnum()]
        return [word.surface for word in analyse(text) if word.reading]

    return split


async def _count_always(office: Office) -> None:
    figures = office.service.store.figures
    while True:
        try:
            for day in await office.ask(lambda: figures.stale(DAYS)):
                await office.ask(lambda day=day: figures.count(day))  # type: ignore[misc]
                await asyncio.sleep(REST_SECONDS)
        except VoicebotError as error:
            log.warning("the figures cannot be counted; trying again", extra={"code": error.code})
        except Exception:
            log.exception("the figures cannot be counted; trying again")
        await asyncio.sleep(LOOK_SECONDS)
