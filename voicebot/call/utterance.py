"""One utterance on its way through a recogniser: fed as it comes, decoded early where that pays."""

from voicebot.audio.resample import Upsampler
from voicebot.call.decoding import Decoding
from voicebot.call.windows import RATE
from voicebot.events import Alternative


class Utterance:
    """Feeds a recogniser from the event loop. Methods are awaited one after the other.

    An engine that does all its work at the end (`deferred`) is tried in the caller's pauses: when the caller has really
    finished, the words are there at once. When the caller speaks on, the sound is given to the engine again.

    Args:
        decoding: The call's recogniser, with nothing under way.
    """

    def __init__(self, decoding: Decoding) -> None:
        self._decoding = decoding
        self._recogniser = decoding.recogniser
        self._upsampler = Upsampler() if self._recogniser.rate == 2 * RATE else None
        self._waiting = bytearray()
        self._all = bytearray()
        self._guess: tuple[Alternative, ...] | None = None

    def hear(self, pcm: bytes) -> None:
        """More sound (16-bit mono at 8 kHz)."""
        self._waiting += self._upsampler.push(pcm) if self._upsampler else pcm

    async def catch_up(self) -> str:
        """Let the engine have what has come; the partial text."""
        if self._guess is not None:
            return self._guessed
        if not self._waiting:
            return ""
        pcm = bytes(self._waiting)
        self._waiting.clear()
        if self._recogniser.deferred:
            self._all += pcm
        return await self._decoding.run(self._recogniser.feed, pcm)

    async def guess(self) -> str:
        """The caller pauses: decode what there is, in case that was all; the best text, "" if nothing was decoded."""
        if self._recogniser.deferred and self._guess is None:
            await self.catch_up()
            self._guess = await self._decoding.run(self._recogniser.finish)
        return self._guessed

    @property
    def _guessed(self) -> str:
        return self._guess[0].text if self._guess else ""

    def resumed(self) -> None:
        """The caller speaks on: the early decoding was in vain."""
        if self._guess is not None:
            self._guess = None
            self._waiting[:0] = self._all
            self._all.clear()

    async def finish(self) -> tuple[Alternative, ...]:
        """All that was said, best guess first."""
        if self._guess is not None:
            return self._guess
        if self._upsampler:
            self._waiting += self._upsampler.flush()
        await self.catch_up()
        return await self._decoding.run(self._recogniser.finish)
