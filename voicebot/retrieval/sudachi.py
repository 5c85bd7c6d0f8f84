"""Japanese words by Sudachi and its dictionary. Import this module only where sudachipy is installed.

It must not know what the words are compared with. Safe in threads: each has its own tokenizer over one dictionary.
"""

import re
import threading
import unicodedata
from functools import lru_cache

from sudachipy import Dictionary, Morpheme, SplitMode

from voicebot.errors import VoicebotError
from voicebot.faq.words import Word
from voicebot.language.kana import katakana
from voicebot.retrieval.kanji_readings import readings

_GRAMMAR = frozenset({"助詞", "助動詞", "代名詞", "感動詞", "接続詞", "連体詞"})
_SIGNS = frozenset({"補助記号", "記号", "空白"})
_PARTS = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_WITH_KANJI = re.compile("[ぁ-ん]*[一-龥々][一-龥々ぁ-んー]*")
_KANJI = re.compile("[一-龥々]")
_SPOKEN_PARTICLES = {"は": "ワ", "へ": "エ"}


class SudachiWords:
    """Call it with a text to get its words, in the shortest units of the dictionary (国民 + 年金).

    Raises:
        VoicebotError: the dictionary is missing or damaged.
    """

    def __init__(self) -> None:
        try:
            self._dictionary = Dictionary(dict="core")
        except Exception as error:  # the vendor raises its own kinds, none of them public
            raise VoicebotError(
                "retrieval.dictionary", "Install Sudachi's dictionary again: pip install sudachidict-core."
            ) from error
        self._threads = threading.local()
        self._cached = lru_cache(maxsize=4096)(self._words)
        self._readings = lru_cache(maxsize=8192)(self._read)

    def __call__(self, text: str) -> tuple[Word, ...]:
        """The words of a text; what the dictionary cannot take gives none."""
        return self._cached(text)

    def _words(self, text: str) -> tuple[Word, ...]:
        if not hasattr(self._threads, "tokenizer"):
            self._threads.tokenizer = self._dictionary.create(mode=SplitMode.A)
        try:
            found = self._threads.tokenizer.tokenize(unicodedata.normalize("NFKC", text))
        except Exception:  # longer than the vendor takes (49 kB): no sentence of a caller
            return ()
        return tuple(_word(each, self._signs(each.surface())) for each in found)

    def _signs(self, surface: str) -> tuple[tuple[str, ...], ...]:
        return tuple(map(self._readings, surface)) if _WITH_KANJI.fullmatch(surface) else ()

    def _read(self, sign: str) -> tuple[str, ...]:
        if not _KANJI.fullmatch(sign):
            return (katakana(sign),)
        return readings().get(sign) or self.readings_of(sign)

    def readings_of(self, text: str) -> tuple[str, ...]:
        """The readings of a text as a word or a part of one; names are read in any way."""
        kinds = ((each.part_of_speech(), each.reading_form()) for each in self._dictionary.lookup(text))
        return tuple(dict.fromkeys(reading for (kind, detail, *_), reading in kinds if _is_part(kind, detail)))


def _is_part(kind: str, detail: str) -> bool:
    return kind in _PARTS and detail != "固有名詞"


def _word(morpheme: Morpheme, signs: tuple[tuple[str, ...], ...]) -> Word:
    kind, detail = morpheme.part_of_speech()[:2]
    surface = morpheme.surface()
    reading = "" if kind in _SIGNS else morpheme.reading_form()
    if kind == "助詞":
        reading = _SPOKEN_PARTICLES.get(surface, reading)
    helping = kind == "動詞" and detail == "非自立可能"
    content = kind not in _GRAMMAR and kind not in _SIGNS and not helping
    # 数詞 have one normal form for many ways of writing, but 1 and 10 must not become one
    normal = surface if detail == "数詞" else morpheme.normalized_form()
    return Word(surface, normal, reading, content, kind == "名詞", tuple(morpheme.synonym_group_ids()), signs)
