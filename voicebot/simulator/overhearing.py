"""What the bot would hear of a sentence on the telephone: the sound goes the way that a call's sound goes.

The same 20 ms frames of mu-law, the same voice activity and end of turn, the same recogniser with the same grammar, but
without the wait for the clock: a sentence of six seconds takes as long as its decoding.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from voicebot.actions import Expect, Grammar
from voicebot.audio.mulaw import SILENCE
from voicebot.call.ear import Ear
from voicebot.call.listening import Listening
from voicebot.call.windows import Windows
from voicebot.errors import RecogniserError
from voicebot.events import Alternative, Event, Heard, PartFailed
from voicebot.ports import Recognisers, VoiceActivity

FRAME = 160
"""Bytes of mu-law in 20 ms."""
_BEFORE, _AFTER = 2400, 12_000
_TURN = 1


@dataclass(frozen=True, slots=True)
class Overheard:
    """What was made of one sentence."""

    alternatives: tuple[Alternative, ...]
    """Of the first utterance with words, best first; empty when none was heard."""
    utterances: int
    """Into how many turns the sentence fell; more than one when its pauses were taken for its end."""


class Overhearing:
    """Hears sentences one by one.

    Args:
        recognisers: Open a recogniser for each sentence.
        activity: Makes a fresh voice activity for each sentence.
        pool: Where recognition runs.
    """

    def __init__(self, recognisers: Recognisers, activity: Callable[[], VoiceActivity], pool: Executor) -> None:
        self._recognisers = recognisers
        self._activity = activity
        self._pool = pool

    def hear(self, mulaw: bytes, grammar: Grammar) -> Overheard:
        """What a call would hear of this sound while it expects this grammar.

        Raises:
            RecogniserError: the recogniser failed, or no engine hears the language.
        """
        return asyncio.run(self._hear(mulaw, grammar))

    async def _hear(self, mulaw: bytes, grammar: Grammar) -> Overheard:
        reports: list[Event] = []
        listening = Listening(self._recognisers, self._pool, reports.append)
        ear = Ear(listening, _silent, reports.append)
        ear.expect(Expect(_TURN, grammar))
        decoding = asyncio.create_task(listening.run(grammar.language))
        windows = Windows(self._activity())
        sound = bytes([SILENCE]) * _BEFORE + mulaw + bytes([SILENCE]) * _AFTER
        for at in range(0, len(sound), FRAME):
            for window in windows.push(sound[at : at + FRAME]):
                ear.push(window)
        ear.cut()
        await asyncio.sleep(0)
        settled = asyncio.create_task(listening.settled())
        await asyncio.wait({decoding, settled}, return_when=asyncio.FIRST_COMPLETED)
        for task in (decoding, settled):
            task.cancel()
        await asyncio.gather(decoding, settled, return_exceptions=True)
        return overheard(reports)


def overheard(reports: Sequence[Event]) -> Overheard:
    """The first words among the reports of the ear.

    Raises:
        RecogniserError: the recogniser failed on the way.
    """
    failed = next((one for one in reports if isinstance(one, PartFailed)), None)
    if failed is not None:
        message = "The recogniser failed on this sentence; perhaps the machine is very busy. Try again."
        raise RecogniserError(failed.code, message)
    heard = [one for one in reports if isinstance(one, Heard)]
    return Overheard(next((one.alternatives for one in heard if one.alternatives), ()), len(heard))


def _silent() -> bool:
    """Nothing is being said to the caller."""
    return False
