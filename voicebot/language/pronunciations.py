"""How a city says its own words: the reading, and where the pitch falls. Names that dictionaries do not know.

What is done with them is not known here: the voice says them so (`voice.dictionary`), and what callers say is compared
with readings that were made with them (`Pronunciations.reader`).
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from voicebot.language.kana import katakana, morae

Reader = Callable[[str, str], str]
"""`reader(text, language)` gives a reading in katakana."""
_HAN = "一-鿿々〆ヶ"
_LONG = re.compile(
    "(?<=[オコソトノホモヨロゴゾドボポォョ])[オウ]|(?<=[エケセテネヘメレゲゼデベペェ])[イエ]|(?<=[ウクスツヌフムユルグズブプゥュ])ウ"
)


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """One word of the city's."""

    word: str
    """As it is written."""
    reading: str
    """In katakana, as a dictionary spells it (ショウダ); `・` parts vowels that are not one long one (コ・ウシ)."""
    accent: int | None = None
    """After which mora the pitch falls, 0 for nowhere (as NHK's accent dictionary numbers them); None: not known."""

    @property
    def said(self) -> str:
        """The reading as it sounds, long vowels as ー: ショーダ."""
        return _LONG.sub("ー", katakana(self.reading)).replace("・", "")

    @property
    def morae(self) -> tuple[str, ...]:
        """The beats of what is said."""
        return morae(self.said)


@dataclass(frozen=True, slots=True)
class Pronunciations:
    """All words of a city that are said in a way of their own. Equal ones sound equal."""

    words: tuple[Pronunciation, ...] = ()
    _written: re.Pattern[str] | None = field(init=False, default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.words:
            longest_first = sorted((each.word for each in self.words), key=len, reverse=True)
            object.__setattr__(self, "_written", re.compile("|".join(map(_written, longest_first))))

    def used_in(self, text: str) -> tuple[Pronunciation, ...]:
        """The words that the text may hold, each once, in the order in which they are kept."""
        return tuple(each for each in self.words if each.word in text) if self._written else ()

    def in_kana(self, text: str) -> str:
        """The text with these words in katakana; the longest one where several stand at one place."""
        if self._written is None:
            return text
        said = {each.word: each.said for each in self.words}
        return self._written.sub(lambda found: said[found.group()], text)

    def reader(self, plain: Reader) -> Reader:
        """A reader that knows these words, over one that does not."""
        if not self.words:
            return plain
        return lambda text, language: plain(self.in_kana(text) if language == "ja" else text, language)

    @property
    def digest(self) -> str:
        """A name for them: the same for the same words, readings and accents; "" for none."""
        if not self.words:
            return ""
        told = "\n".join(f"{each.word}\t{each.said}\t{each.accent}" for each in self.words)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


NONE = Pronunciations()
"""Of a city that has none."""


class LearningReader:
    """A reader whose city may learn new words while it is in use: `known` may be replaced at any time.

    Args:
        plain: Gives readings without the city's own words.
        known: Those words.
    """

    def __init__(self, plain: Reader, known: Pronunciations = NONE) -> None:
        self.known = known
        self._plain = plain

    def __call__(self, text: str, language: str) -> str:
        """The reading, with the words that are known now."""
        return self.known.reader(self._plain)(text, language)


def _written(word: str) -> str:
    """Where the word stands in a text; a single kanji only alone, for 方 is no part of 方法."""
    if re.fullmatch(f"[{_HAN}]", word):
        return f"(?<![{_HAN}]){word}(?![{_HAN}])"
    return re.escape(word)
