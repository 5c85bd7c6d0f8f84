"""Japanese readings from Open JTalk's dictionary: what matching is done on, and what pyttsx3 is fed with.

It knows nothing of prompts or sound. Safe in threads: pyopenjtalk-plus locks its shared analyser around each call and
keeps one Sudachi tokenizer a thread.
"""

import unicodedata
from functools import lru_cache

import pyopenjtalk

from voicebot.errors import VoiceError

_LONG_VOWEL = "ー"


def reading(text: str, language: str = "ja") -> str:
    """How the text is said: katakana for Japanese, else its letters and digits in lower case.

    The katakana is the pronunciation (助詞 は is ワ, long vowels are ー: ジューミンヒョーワ), without spaces and
    punctuation; letters and digits that have no Japanese reading stay as they are.

    Raises:
        VoiceError: Open JTalk failed.
    """
    return _katakana(text) if language == "ja" else _letters(text.casefold())


@lru_cache(maxsize=20_000)
def _katakana(text: str) -> str:
    if not text.strip():
        return ""
    try:
        said = pyopenjtalk.g2p(text, kana=True, normalize_mode="NFKC")
    except Exception as error:  # the vendor's rules on odd text; a call must not end because of them
        raise VoiceError("voice.reading", "Install pyopenjtalk-plus again; its dictionary cannot be used.") from error
    return _letters(str(said))


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum() or sign == _LONG_VOWEL)
