"""The text that Whisper believes came before: it tilts what is heard towards the words of the question.

Pure. A prompt made for the question at hand is worth more than any other setting (short replies at 8 kHz: 44 of 48
right with it, 40 without, 38 with a prompt made for another kind of question).
An open question has more words than a prompt holds; `nearest` finds those that a first hearing sounds like.
"""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from voicebot.actions import Grammar
from voicebot.language.kana import matching_form

MAX_SIGNS = 240
"""Longest prompt; about as many tokens in Japanese, of the 223 that Whisper takes and each of which costs time."""

MOST_NEAR, NEAR_SIGNS = 15, 80
"""So many of the words that sound near are prompted, and so many signs; more cost time and tempt to write them."""

KANA_WORTH, EDIT_COST, LEAST_WORTH = 3.0, 6.0, 6.0
"""Natural logarithms, roughly: how much less often chance sounds like a word for each kana more, and how much more
often for each kana that may be wrong. Enough is a word of two kana as it is, of four with one wrong, of six with
two."""

_OPENINGS = {"ja": "市役所への問い合わせの電話です。"}
"""For open questions: without any prompt Whisper hears worse, because it can't tell the style of what follows."""

_STOPS = {"ja": ("。", "、"), "zh": ("。", "、")}


def prompt(grammar: Grammar | None, language: str, near: tuple[str, ...] | None = None) -> tuple[str, tuple[str, ...]]:
    """The prompt for a question, and the phrases that it holds (the first that fit).

    Closed questions list their answers as sentences, because that is how they come; open questions list their terms.

    Args:
        grammar: The question.
        language: What is spoken.
        near: The phrases to use instead of the question's.
    """
    language = language.partition("-")[0]
    stop, comma = _STOPS.get(language, (". ", ", "))
    closed = grammar is not None and grammar.kind != "open"
    opening = "" if closed else _OPENINGS.get(language, "")
    every = grammar.phrases if grammar is not None else ()
    phrases = _fitting(every if near is None else near, MAX_SIGNS - len(opening))
    if not phrases:
        return opening, ()
    return opening + (stop if closed else comma).join(phrases) + stop.strip(), phrases


def crowded(grammar: Grammar | None, language: str) -> bool:
    """Whether a question has more words than its prompt holds, in a language whose sounds can be compared."""
    if grammar is None or grammar.kind != "open" or language.partition("-")[0] != "ja":
        return False
    return sum(len(phrase) + 1 for phrase in grammar.phrases) > MAX_SIGNS


def nearest(reading: str, readings: Mapping[str, str]) -> tuple[str, ...]:
    """The phrases that this sounds like somewhere, the likeliest first; what lies within another one is left out.

    Args:
        reading: Of what was heard.
        readings: Of each phrase, in matching form.
    """
    form = matching_form(reading)
    fitting = {phrase: each for phrase, each in readings.items() if 0 < len(each) <= len(form)}
    near = process.extract(form, fitting, scorer=fuzz.partial_ratio, score_cutoff=66, limit=None)
    worth = {phrase: _worth(len(readings[phrase]), likeness) for _, likeness, phrase in near}
    found: list[str] = []
    room = NEAR_SIGNS
    for phrase in sorted((phrase for phrase in worth if worth[phrase] >= LEAST_WORTH), key=lambda each: -worth[each]):
        if not any(phrase in longer for longer in found):
            room -= len(phrase) + 1
            if room < 0 or len(found) == MOST_NEAR:
                break
            found.append(phrase)
    return tuple(found)


def _worth(kana: int, likeness: float) -> float:
    """How little chance explains a likeness (0 to 100, where one wrong kana of n costs 100/n)."""
    wrong = kana * (100 - likeness) / 100
    return KANA_WORTH * kana - EDIT_COST * (max(1, round(wrong)) if wrong > 0 else 0)


def _fitting(phrases: tuple[str, ...], room: int) -> tuple[str, ...]:
    fitting = []
    for phrase in dict.fromkeys(phrase.strip(" 。、.,!?！？") for phrase in phrases):
        room -= len(phrase) + 2
        if phrase and room >= 0:
            fitting.append(phrase)
    return tuple(fitting)
