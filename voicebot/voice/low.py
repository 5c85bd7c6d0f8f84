"""A resident's voice where Kokoro is not installed: Open JTalk, lower and quicker than the service's own voice.

A resident who spoke with the service's voice would make recognition look better than it is, and recordings hard to
follow. Import this module only where pyopenjtalk is installed.
"""

import numpy as np
import pyopenjtalk

from voicebot.audio import wav
from voicebot.errors import VoiceError


class LowVoice:
    """Speaks Japanese as a man would; call it with words to get mu-law at 8 kHz.

    Args:
        half_tones: Change of pitch; Open JTalk's own voice is a woman's.
        speed: 1 is the voice's own.
    """

    def __init__(self, *, half_tones: float = -5.0, speed: float = 1.1) -> None:
        self._half_tones = half_tones
        self._speed = speed

    def __call__(self, words: str) -> bytes:
        """The words in mu-law.

        Raises:
            VoiceError: Open JTalk failed, or made no sound of the words.
        """
        try:
            samples, rate = pyopenjtalk.tts(words, speed=self._speed, half_tone=self._half_tones)
        except Exception as error:  # whatever the vendor's dictionary or engine raise on odd text
            raise VoiceError("voice.openjtalk", "Open JTalk cannot say this; write it in Japanese words.") from error
        if not len(samples):
            raise VoiceError("voice.no_sound", "Nothing in this text can be said; write it in Japanese words.")
        return wav.telephone(wav.Sound(np.clip(samples, -32768, 32767).astype("<i2").tobytes(), rate))
