"""What speaks for each entry: one number for each kind of evidence, over all entries at once.

Sounds are always there. Words need an analyser, meaning needs sentence vectors as well; without them their kinds are
absent, and the weights for those that there are apply (`weights.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from voicebot.events import Alternative
from voicebot.faq.bm25 import Numbers
from voicebot.faq.lexicon import Lexicon
from voicebot.faq.load import Entry
from voicebot.faq.meaning import Embed, Meaning
from voicebot.faq.respelling import Respelling
from voicebot.faq.sounds import Sounds
from voicebot.faq.wording import Wording
from voicebot.faq.words import Analyse, sound, sound_form, terms
from voicebot.language.fillers import strip_fillers

SOUND_KINDS = ("way", "sound")
WORD_KINDS = (*SOUND_KINDS, "asked", "told")
MEANING_KINDS = (*WORD_KINDS, "meant", "about", "answered")
"""The kinds of evidence that there are with each set of parts."""
Guess = TypeVar("Guess", str, tuple[str, ...])
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
        self._sounds = Sounds(entries, _reading(reader, analyse))
        self._words = _Words(entries, analyse) if analyse else None
        self._meaning = Meaning(entries, embed) if analyse and embed else None
        self.kinds = MEANING_KINDS if self._meaning else WORD_KINDS if self._words else SOUND_KINDS

    def of(self, alternatives: Sequence[Alternative]) -> Numbers:
        """A row for each of `kinds`, a column for each entry; at least one guess must hold words or a reading."""
        forms = _weighted(sound_form(guess.reading or guess.text) for guess in alternatives)
        found = self._sounds.of(forms or {"": 1.0})
        if self._words:
            texts = [strip_fillers(guess.text or guess.reading) for guess in alternatives]
            respelt = self._words.respelling.best(texts)
            found |= self._words.of(respelt, texts)
            if self._meaning:
                found |= self._meaning.of(respelt)
        return np.stack([found[kind] for kind in self.kinds])


class _Words:
    """What an analyser makes possible."""

    def __init__(self, entries: Sequence[Entry], analyse: Analyse) -> None:
        texts = (text for entry in entries for text in (entry.question, *entry.also, *entry.keywords, entry.answer))
        self.respelling = Respelling(Lexicon(map(analyse, texts)), analyse)
        self._wording = Wording(entries, analyse)
        self._analyse = analyse

    def of(self, respelt: str, heard: Sequence[str]) -> dict[str, Numbers]:
        """The respelt text counts fully, and so does what was heard: respelling can also do harm."""
        bags = _weighted(tuple(sorted(set(terms(self._analyse(text))))) for text in heard)
        return self._wording.of({**bags, tuple(sorted(set(terms(self._analyse(respelt))))): 1.0})


def _weighted(guesses: Iterable[Guess]) -> dict[Guess, float]:
    """Each different guess, and what its first place in the list makes it count."""
    weights: dict[Guess, float] = {}
    for place, guess in enumerate(guesses):
        if guess:
            weights.setdefault(guess, LATER_GUESS**place)
    return weights


def _reading(reader: Callable[[str, str], str], analyse: Analyse | None) -> Callable[[str], str]:
    """The analyser reads a hundred times faster than a voice's front end, and as well."""
    return (lambda text: sound(analyse(text))) if analyse else (lambda text: reader(text, "ja"))
