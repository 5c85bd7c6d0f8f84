"""Words as a dictionary sees them: what carries meaning, in one spelling, with its sound.

The analyser itself reads a dictionary from disk, so it is given to this room as a plain callable (`Analyse`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import matching_form


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    surface: str
    normal: str
    """One spelling for all (引越, 引っ越し and ひっこし are 引っ越し); inflected words in their dictionary form."""
    reading: str
    """Katakana as it is said (the particle は is ワ); empty for punctuation."""
    content: bool
    """Whether it carries meaning: nouns, verbs, adjectives, not particles and the like."""
    noun: bool = False
    groups: tuple[int, ...] = ()
    """Numbers of the dictionary's groups of words that mean the same (引っ越し, 転居)."""
    signs: tuple[tuple[str, ...], ...] = ()
    """For a word with kanji, in which ways each of its signs is read; empty for other words."""


Analyse = Callable[[str], Sequence[Word]]
"""A text as its words, in order, nothing left out."""


def terms(words: Sequence[Word]) -> list[str]:
    """What two texts are compared by: the words with meaning."""
    return [word.normal for word in words if word.content]


def meanings(words: Sequence[Word]) -> list[str]:
    """The words with meaning, and the groups of synonyms that they belong to."""
    return [*terms(words), *(f"#{group}" for word in words if word.content for group in word.groups)]


def sound(words: Sequence[Word]) -> str:
    """The reading of the whole text."""
    return "".join(word.reading for word in words)


def sound_form(reading: str) -> str:
    """A reading in matching form without fillers and politeness, unless nothing else remains."""
    return matching_form(strip_fillers(reading)) or matching_form(reading)


def grams(form: str, *lengths: int) -> list[str]:
    """Every stretch of these lengths; a form shorter than all of them is one stretch."""
    found = [form[at : at + length] for length in lengths for at in range(len(form) - length + 1)]
    return found or [form]
