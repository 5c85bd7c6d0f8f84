"""What of the present question is near to the caller's words, as the dialog's own comparison sees it.

For people who want to know why a conversation went where it did; decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicebot.dialog.match import Said, best_option, said, similarity
from voicebot.dialog.speaking import commands
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, Option, ToPerson
from voicebot.dialog.understanding import asked_person
from voicebot.events import Alternative

LEAST_SHOWN, MOST_SHOWN = 0.4, 3
"""Matches below this confidence, and beyond so many, tell nobody anything."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A way of answering that was near to what was said."""

    confidence: float
    name: str
    """What the option is called, or its first way of being said."""
    leads_to: str
    """A node, or what the machine does."""
    words: str = ""
    """The way of saying it that is nearest to what was said."""
    everywhere: bool = False
    """Whether it works at every question (もう一度, 職員), and is no choice of this one."""


def near(dialog: Dialog, state: State, guesses: Sequence[Alternative]) -> tuple[Seen, ...]:
    """What of the question, and of what works everywhere, is nearest to the words; best first.

    Args:
        dialog: The city's dialog.
        state: Where the conversation stood when the caller spoke.
        guesses: The recogniser's guesses, best first.
    """
    heard = said(guesses)
    own = state.question.options if state.question else ()
    options = [(option, False) for option in own] + [(option, True) for option in commands(dialog, state)]
    found = [(best_option(heard, (option,), LEAST_SHOWN), everywhere) for option, everywhere in options]
    person = asked_person(dialog, state, heard)
    found += [(person, True)] if person and _department(person.option) else []
    best = sorted(((match, all_over) for match, all_over in found if match), key=lambda each: -each[0].confidence)
    return tuple(
        Seen(match.confidence, _name(match.option), _target(match.option), _nearest(heard, match.option), everywhere)
        for match, everywhere in best[:MOST_SHOWN]
    )


def _nearest(heard: Said, option: Option) -> str:
    """The first of the phrases that are most similar to any guess."""
    return max(
        option.phrases,
        key=lambda phrase: max((weight * similarity(form, phrase.reading) for form, weight in heard.forms), default=0),
    ).text


def _department(option: Option) -> str:
    return option.target.department if isinstance(option.target, ToPerson) else ""


def _name(option: Option) -> str:
    return option.label or _department(option) or next((phrase.text for phrase in option.phrases), option.key)


def _target(option: Option) -> str:
    return getattr(option.target, "node", option.target.to)
