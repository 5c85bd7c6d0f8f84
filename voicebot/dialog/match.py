"""What the caller said against what can be chosen, on readings, over all guesses of the recogniser.

A recogniser writes wrong kanji for right sounds, so the reading decides and the n-best list is searched to its end.
All readings here are in `matching_form` (long vowels folded, small signs gone).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from voicebot.dialog.lexicon import Lexicon, Numbers, Ways, Words, finder, ways
from voicebot.dialog.tree import Dialog, Option, Phrase
from voicebot.events import Alternative
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import matching_form

LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""
_NEAR, _PART = 0.93, 0.95
"""What a near miss is worth, and what one that is only a part of the utterance is worth of that."""
_SHORT_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance, ready to compare."""

    text: str
    """The best guess as written."""
    reading: str
    """Its reading as the recogniser gave it."""
    forms: tuple[tuple[str, float], ...]
    """Each guess in the form to match on, and its weight; best first."""
    texts: tuple[str, ...] = ()
    """Each guess as written."""
    signs: Numbers = field(default_factory=lambda: np.zeros((0, 1)), compare=False)
    """How long each form is, a row each."""
    weights: Numbers = field(default_factory=lambda: np.zeros((0, 1)), compare=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An option, and how sure it is that the caller meant it."""

    option: Option
    confidence: float
    share: float = 1.0
    """How much of what was said the option's words make up, 0 to 1."""


def said(alternatives: Sequence[Alternative]) -> Said:
    """The recogniser's guesses, ready to compare; guesses without words are left out."""
    guesses = [guess for guess in alternatives if guess.text or guess.reading]
    forms = tuple(
        (matching_form(guess.reading or guess.text), LATER_GUESS**place * (0.9 + 0.1 * _confidence(guess)))
        for place, guess in enumerate(guesses)
    )
    best = guesses[0] if guesses else Alternative("", "", 0.0)
    signs = np.array([[len(form)] for form, _ in forms], dtype=np.float64)
    weights = np.array([[weight] for _, weight in forms], dtype=np.float64)
    return Said(best.text, best.reading, forms, tuple(guess.text for guess in guesses), signs, weights)


def _confidence(guess: Alternative) -> float:
    """An engine's figure that is no confidence says nothing."""
    return guess.confidence if 0.0 <= guess.confidence <= 1.0 else 0.0


def laid_out(options: Iterable[Option]) -> Ways:
    """The readings of options; the number of a reading is that of its option."""
    return ways([phrase.reading for phrase in option.phrases] for option in options)


def best_option(heard: Said, options: Sequence[Option], least: float, laid: Ways | None = None) -> Match | None:
    """The option that fits best, None when none fits with at least this confidence; of two equals the first.

    Args:
        heard: What was said.
        options: What can be chosen.
        least: Below this nothing fits.
        laid: `laid_out(options)`, where that is known already.
    """
    laid = laid or laid_out(options)
    best: Match | None = None
    best_at = (0, 0)
    for guess, place, bound in _near(heard, laid, least):
        if best and bound < best.confidence:
            break
        form, weight = heard.forms[guess]
        option, reading = options[laid.owners[place]], laid.readings[place]
        confidence = weight * similarity(form, reading)
        better = best is None or (-confidence, guess, place) < (-best.confidence, *best_at)
        if confidence >= least and better and _is_enough(form, option, reading):
            best, best_at = Match(option, confidence), (guess, place)
    return replace(best, share=share(heard.forms[best_at[0]][0], best.option.phrases)) if best else None


def best_name(heard: Said, laid: Ways, least: float) -> tuple[int, float] | None:
    """The number of the thing whose name fits best and how well, None when none fits with at least this confidence."""
    best: tuple[int, float] | None = None
    for guess, place, bound in _near(heard, laid, least):
        if best and bound < best[1]:
            break
        form, weight = heard.forms[guess]
        confidence = weight * similarity(form, laid.readings[place])
        if confidence >= least and (best is None or confidence > best[1]):
            best = laid.owners[place], confidence
    return best


def _is_enough(form: str, option: Option, reading: str) -> bool:
    """Whether an option that must be most of what was said is that. Two kana must be all: つないで is not ない."""
    if not option.share:
        return True
    needed = option.share if len(reading) > 2 else max(option.share, _SHORT_SHARE)
    return share(form, option.phrases) >= needed


_DIGITS = {
    "ゼロ": "0", "レー": "0", "マル": "0", "イチ": "1", "ーチ": "1", "ニ": "2", "ニー": "2", "サン": "3",
    "ヨン": "4", "シ": "4", "ゴ": "5", "ゴー": "5", "ロク": "6", "ナナ": "7", "シチ": "7", "ハチ": "8",
    "キュー": "9", "ク": "9",
}  # fmt: skip
# Matching forms fold vowels across words: ハイ、イチバンヲオネガイシマス is ハイーチバンオーネガイシマス.
_DIGIT = f"({'|'.join(sorted(_DIGITS, key=len, reverse=True))}|[0-9])"
_ASKED = "(?:オ?ー?ネガイ(?:シマス|イタシマス)?)?"
_NUMBERED_KEY = re.compile(
    rf"(?:エート|エー|アノー?|ハイ)*{_DIGIT}(?:バンメ|バン)(?:デス|デ|ノホー(?:デ|オ)?|オー?)?{_ASKED}"
)
_BARE_KEY = re.compile(rf"(?:エート|エー|アノー?|ハイ)*{_DIGIT}(?:デス|デ|ノホー)?{_ASKED}")
_OTHER_WORDS = re.compile("[一-龠々](?<![〇零一二三四五六七八九方願致])")
"""A bare digit is a word too (語, 詩, 区, 廃止): it counts where the writing shows nothing else."""
_FIGURE_OR_PAUSE = re.compile("[0-9０-９〇零一二三四五六七八九、。, ]")


def by_key(heard: Said, options: Iterable[Option]) -> Option | None:
    """The option whose number was spoken (2番です, に), None when no number was said or no option has it."""
    by_number = {option.key: option for option in options if option.key}
    for (form, _), text in zip(heard.forms, heard.texts, strict=True):
        found = _NUMBERED_KEY.fullmatch(form) or _bare_key(form, text)
        if found:
            return by_number.get(_DIGITS.get(found[1], found[1]))
    return None


def _bare_key(form: str, text: str) -> re.Match[str] | None:
    """A digit without 番: 英語 is no えー、五, and はいし no はい、四, unless a pause or a figure is written."""
    found = _BARE_KEY.fullmatch(form)
    if found is None or _OTHER_WORDS.search(text):
        return None
    return found if found.start(1) == 0 or _FIGURE_OR_PAUSE.search(text) else None


def is_just(heard: Said, phrases: Iterable[Phrase], least: float) -> bool:
    """Whether the best guess is one of the phrases, sign by sign, and as sure as this."""
    if not heard.forms or heard.forms[0][1] < least:
        return False
    return any(phrase.reading == heard.forms[0][0] for phrase in phrases)


def says(heard: Said, phrases: Iterable[Phrase]) -> float:
    """How sure it is that one of the phrases was said."""
    wanted = tuple(phrases)
    return max(
        (weight * similarity(form, phrase.reading) for form, weight in heard.forms for phrase in wanted), default=0.0
    )


def contains(heard: Said, phrases: Iterable[Phrase] | Words) -> bool:
    """Whether the best guess holds one of the phrases, in writing or in sound, anywhere."""
    sought = phrases if isinstance(phrases, Words) else words_of(phrases)
    form = heard.forms[0][0] if heard.forms else ""
    return sought.written.finds(heard.text) or sought.sounds.finds(form)


def words_of(phrases: Iterable[Phrase]) -> Words:
    """Phrases to be sought anywhere; two kana stand in anything and are sought in writing only."""
    sought = tuple(phrases)
    sounds = (phrase.reading for phrase in sought if len(phrase.reading) > 2)
    return Words(finder(phrase.text for phrase in sought), finder(sounds))


def lexicon_of(dialog: Dialog, language: str) -> Lexicon:
    """What works at every question of a language; Japanese where the language has no words of its own."""
    known = dialog.lexicons.get(language)
    if known is not None:
        return known
    departments = [[phrase.reading for phrase in phrases] for phrases in dialog.departments.values()]
    return Lexicon(
        laid_out(dialog.commands.get(language) or dialog.commands.get("ja", ())),
        ways(departments),
        ways(names[:1] for names in departments),
        words_of(dialog.emergency.get(language) or dialog.emergency.get("ja", ())),
        words_of(dialog.emergency_unless.get(language) or dialog.emergency_unless.get("ja", ())),
        words_of(dialog.connect.get(language, ())),
    )


_ABOUT = re.compile(
    "(?<=..)(?:(?:ノコト|ノケン|ニツイテ|ニカンシテ|ノホー)(?:デ|ワ|オ)?)?(?:ナン)?(?:デス(?:ネ|ヨ|ケド|ガ)?|キキタイ(?:デス)?"
    "|クダサイ(?:マセンカ)?|モラエマス(?:カ)?|イタダケマス(?:カ)?|ホシー(?:デス)?)?$"
)
"""What stands behind a matter without adding to it."""


def share(form: str, phrases: Iterable[Phrase]) -> float:
    """How much of an utterance the phrases make up together, 0 to 1; fillers (すみません) do not count.

    失礼します is all of a goodbye, and a third of 失礼します、住民票がほしいのですが.
    """
    bare = _ABOUT.sub("", strip_fillers(form))
    if not bare:
        return 0.0
    readings = [phrase.reading for phrase in phrases]
    rest = bare
    for reading in sorted((reading for reading in readings if reading in bare), key=len, reverse=True):
        rest = rest.replace(reading, "")
    # A misheard sign or two: none of the phrases stands there letter for letter.
    nearest = max((LCSseq.similarity(bare, reading) for reading in readings), default=0)
    return max(len(bare) - len(rest), nearest) / len(bare)


def similarity(heard: str, phrase: str) -> float:
    """How well an utterance says a phrase, 0 to 1.

    A long phrase may stand anywhere in the utterance; a short one must be most of it, because two kana occur in
    anything. Near misses count less than any containment.
    """
    if not heard or not phrase:
        return 0.0
    if heard == phrase:
        return 1.0
    if phrase in heard:
        return _containment(heard, phrase)
    if len(phrase) < 3 or len(heard) < 3:
        return 0.0
    whole = fuzz.ratio(heard, phrase) / 100
    part = fuzz.partial_ratio(heard, phrase) / 100 if len(phrase) >= 4 and len(heard) >= len(phrase) else 0.0
    return max(whole, part * _PART) * _NEAR


def _containment(heard: str, phrase: str) -> float:
    coverage = len(phrase) / len(heard)
    if len(phrase) >= 4:
        return 0.93 + 0.05 * coverage
    if len(phrase) == 3:
        return 0.84 + 0.1 * coverage
    return 0.7 + 0.25 * coverage if coverage >= 0.4 else 0.0


def _near(heard: Said, laid: Ways, least: float) -> list[tuple[int, int, float]]:
    """Which readings can be similar enough to which guess, and how much at most, the most first.

    A bound that costs a twentieth of the similarity itself. With m signs in common in order, the ratio of two texts of
    a and b signs is 2 m / (a + b), and that of the shorter one with any part of the longer at most 2 m / (a + m), for
    the part has at least these m signs.
    """
    if not heard.forms or not laid.readings:
        return []
    common, lengths = laid.common([form for form, _ in heard.forms]), laid.lengths
    bound = np.maximum(common / (lengths + heard.signs), common / (lengths + common) * _PART) * (2 * _NEAR)
    # A reading that is contained whole has all its signs in common, and is worth more than these two.
    bound[common == lengths] = 1.0
    bound *= heard.weights
    rows, places = (bound >= least - 1e-9).nonzero()  # a rounding error must not lose a phrase
    found = zip(rows.tolist(), places.tolist(), (bound[rows, places] + 1e-9).tolist(), strict=True)
    return sorted(found, key=lambda each: -each[2])
