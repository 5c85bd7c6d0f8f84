"""Names of departments, districts and places: the form they are compared in, and how a voice is given them.

What is named is not known here.
"""

import unicodedata
from collections.abc import Callable

from voicebot.language.kana import katakana, matching_form

Reader = Callable[[str, str], str]
"""`reader(text, language)` gives the reading of a name in katakana, "" when it has none."""


def word_form(text: str) -> str:
    """The form in which written names are compared: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_kana(text: str) -> bool:
    """Whether the text is written in kana only."""
    return bool(text) and all("ァ" <= sign <= "ヺ" or sign in "ー・" for sign in katakana(text))


def reading_of(name: str, reader: Reader | None) -> str:
    """How a name sounds: itself where it is kana, else what the reader gives; "" where nobody knows."""
    return name if is_kana(name) else reader(name, "ja") if reader else ""


def spoken_name(name: str, reading: str, reader: Reader | None) -> str:
    """The name as a prompt should hold it: with the hint {漢字|よみ} where the voice's dictionary would misread it."""
    if reader is None or is_kana(name) or matching_form(reader(name, "ja")) == matching_form(reading):
        return name
    return f"{{{name}|{reading}}}"
