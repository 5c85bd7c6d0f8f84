"""The text that Whisper believes came before: it tilts what is heard towards the words of the question.

Pure. A prompt made for the question at hand is worth more than any other setting (short replies at 8 kHz: 44 of 48
right with it, 40 without, 38 with a prompt made for another kind of question).
"""

from voicebot.actions import Grammar

MAX_SIGNS = 240
"""Longest prompt; about as many tokens in Japanese, of the 223 that Whisper takes and each of which costs time."""

_OPENINGS = {"ja": "市役所への問い合わせの電話です。"}
"""For open questions: without any prompt Whisper hears worse, because it can't tell the style of what follows."""

_STOPS = {"ja": ("。", "、"), "zh": ("。", "、")}


def prompt(grammar: Grammar | None, language: str) -> tuple[str, tuple[str, ...]]:
    """The prompt for a question, and the phrases that it holds (the first that fit).

    Closed questions list their answers as sentences, because that is how they come; open questions list their terms.
    """
    language = language.partition("-")[0]
    stop, comma = _STOPS.get(language, (". ", ", "))
    closed = grammar is not None and grammar.kind != "open"
    opening = "" if closed else _OPENINGS.get(language, "")
    phrases = _fitting(grammar.phrases if grammar is not None else (), MAX_SIGNS - len(opening))
    if not phrases:
        return opening, ()
    return opening + (stop if closed else comma).join(phrases) + stop.strip(), phrases


def _fitting(phrases: tuple[str, ...], room: int) -> tuple[str, ...]:
    fitting = []
    for phrase in dict.fromkeys(phrase.strip(" 。、.,!?！？") for phrase in phrases):
        room -= len(phrase) + 2
        if phrase and room >= 0:
            fitting.append(phrase)
    return tuple(fitting)
