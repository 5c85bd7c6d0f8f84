"""What speaks for each entry: one number for each kind of evidence, over all entries at once.

Sounds are always there. Words need an analyser, meaning needs sentence vectors as well; without them their kinds are
absent, and the weights for those that there are apply (`weights.py`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy

import numpy as np

from voicebot.events import Alternative
from voicebot.faq.bm25 import Numbers
from voicebot.faq.lexicon import Lexicon
from voicebot.faq.load import Entry
from voicebot.faq.meaning import Embed, Meaning
from voicebot.faq.respelling import Respelling
from voicebot.faq.sounds import Sounds
from voicebot.faq.wording import Wording
from voicebot.faq.words import Analyse, Word, sound, sound_form
from voicebot.language.fillers import strip_fillers

SOUND_KINDS = ("way", "sound")
WORD_KINDS = (*SOUND_KINDS, "asked", "told", "alike")
MEANING_KINDS = (*WORD_KINDS, "meant", "answered", "said")
"""The kinds of evidence that there are with each set of parts."""
BARE = "_bare"
SETS: Mapping[str, tuple[str, ...]] = {
    name + suffix: kinds
    for suffix in ("", BARE)
    for name, kinds in (("sound", SOUND_KINDS), ("words", WORD_KINDS), ("meaning", MEANING_KINDS))
}
"""The sets by name: what there is to search by, and whether the FAQ is bare.

In a bare FAQ (as imported from a table) few questions have other ways of asking; its answers then tell more.
"""
CERTAIN = 1.0
"""What is typed is certain; no recogniser is."""
LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""


class Evidence:
    """The index of a city's entries; built once, then only read, so threads may share it.

    Args:
        entries: The city's FAQ, at least one entry.
        reader: Gives the reading of a text in a language; used for the entries where no analyser is given.
        analyse: Gives the words of a text; None leaves their evidence out.
        embed: Gives vectors of meaning; needs `analyse`, None leaves their evidence out.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        reader: Callable[[str, str], str],
        analyse: Analyse | None = None,
        embed: Embed | None = None,
    ) -> None:
        ways = sum(bool(entry.also) for entry in entries if entry.answer)
        self._bare = 2 * ways < sum(bool(entry.answer) for entry in entries)
        once = _once(analyse) if analyse else None
        self._sounds = Sounds(entries, _reading(reader, once))
        self._words = _Words(entries, analyse, once) if analyse and once else None
        self._meaning = Meaning(entries, embed) if self._words and embed else None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence that there are."""
        return MEANING_KINDS if self._meaning else WORD_KINDS if self._words else SOUND_KINDS

    @property
    def name(self) -> str:
        """Which of `SETS` this is."""
        base = "meaning" if self._meaning else "words" if self._words else "sound"
        return base + BARE if self._bare else base

    def with_meaning(self, entries: Sequence[Entry], embed: Embed) -> "Evidence":
        """The same index with evidence of meaning, where there is evidence of words."""
        better = copy(self)
        better._meaning = Meaning(entries, embed) if self._words else None
        return better

    def of(self, alternatives: Sequence[Alternative]) -> Numbers:
        """A row for each of `kinds`, a column for each entry; at least one guess must hold words or a reading."""
        forms = _weighted(sound_form(guess.reading or guess.text) for guess in alternatives)
        found = self._sounds.of(forms or {"": 1.0})
        if self._words:
            texts = [strip_fillers(guess.text or guess.reading) for guess in alternatives]
            respelt = self._words.respelling.best(texts, certain=alternatives[0].confidence >= CERTAIN)
            found |= self._words.of(respelt, texts)
            if self._meaning:
                found |= self._meaning.of(respelt)
        return np.stack([found[kind] for kind in self.kinds])


class _Words:
    """What an analyser makes possible."""

    def __init__(self, entries: Sequence[Entry], analyse: Analyse, once: Analyse) -> None:
        texts = (text for entry in entries for text in (entry.question, *entry.also, *entry.keywords, entry.answer))
        self.respelling = Respelling(Lexicon(map(once, texts)), analyse)
        self._wording = Wording(entries, analyse, once)

    def of(self, respelt: str, heard: Sequence[str]) -> dict[str, Numbers]:
        """The respelt text counts fully, and so does what was heard: respelling can also do harm."""
        return self._wording.of({**_weighted(heard), respelt: 1.0})


def _weighted(guesses: Iterable[str]) -> dict[str, float]:
    """Each different guess, and what its first place in the list makes it count."""
    weights: dict[str, float] = {}
    for place, guess in enumerate(guesses):
        if guess:
            weights.setdefault(guess, LATER_GUESS**place)
    return weights


def _once(analyse: Analyse) -> Analyse:
    """The same analyser, which while an index is built looks at each text only once."""
    known: dict[str, Sequence[Word]] = {}

    def remembered(text: str) -> Sequence[Word]:
        if text not in known:
            known[text] = analyse(text)
        return known[text]

    return remembered


def _reading(reader: Callable[[str, str], str], analyse: Analyse | None) -> Callable[[str], str]:
    """The analyser reads a hundred times faster than a voice's front end, and as well."""
    return (lambda text: sound(analyse(text))) if analyse else (lambda text: reader(text, "ja"))
