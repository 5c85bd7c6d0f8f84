"""The machine's mouth: how a question, an announcement and a goodbye become orders.

The lowest layer of the machine: it knows texts and questions, not where the conversation goes.
"""

import re
from dataclasses import replace

from voicebot.actions import Action, Expect, Grammar, GrammarKind, Play, Prompt
from voicebot.dialog.phrases import ALL, PASSING
from voicebot.dialog.state import Phase, State, changed
from voicebot.dialog.tree import Dialog, Option, Phrase, Question, Target, Texts, ToCommand

Move = tuple[State, tuple[Action, ...]]
"""What a step gives: the new state, and the orders in the order in which they are carried out."""

END_SILENCE_SECONDS: dict[GrammarKind, float] = {"yes_no": 0.4, "choices": 0.5, "open": 0.7, "digits": 1.1}
"""Silence that ends the caller's turn: quick where the reply is short, patient where people pause to think."""
SLOW_EXTRA_SECONDS = 0.4
"""Who asked for slow speech also speaks slowly."""
NOISES_BEFORE_DEAF_EAR = 2
"""After so many interruptions by mere noise, speech no longer interrupts prompts."""


def in_language(texts: Texts, language: str) -> str:
    """The text in the call's language; Japanese where it has not been translated."""
    return texts.get(language) or texts["ja"]


def phrase(dialog: Dialog, state: State, name: str, **values: str) -> Prompt:
    """One of the city's standard phrases; a recording of that name can stand for it when nothing is filled in."""
    text = in_language(dialog.phrases[name], state.language)
    return Prompt(text.format(**values) if values else text, state.language, name="" if values else name)


BLANK = re.compile(r"\{([^{}]*)\}")
"""Where a slot's value stands in a text."""


def said_slots(state: State, text: str) -> str:
    """The text with {slot} replaced by what the caller said; a blank that nothing fills is not spoken."""
    return BLANK.sub(lambda blank: value.said if (value := state.values.get(blank[1])) else "", text)


def offered(dialog: Dialog, state: State, name: str) -> tuple[Phrase, ...]:
    """Ways of choosing one of the machine's own offers (`phrases.OFFERS`)."""
    return (dialog.offers.get(state.language) or dialog.offers["ja"])[name]


def announce(state: State, phase: Phase, node: str, *prompts: Prompt, answers: str = "") -> Move:
    """Say something that speech does not interrupt; `PromptFinished` then moves the phase on."""
    state, play = _speak(state, phase, prompts, node, answers)
    return state, (play,)


def ask(
    dialog: Dialog, state: State, question: Question, *before: Prompt, text: str | None = None, answers: str = ""
) -> Move:
    """Ask a question, after what is to be said first; `text` replaces the question's own words.

    A caller whom we cannot hear is told the keys instead of being asked to speak.
    """
    own = question.text if text is None else text
    if state.deaf:
        own = with_keys(dialog, state, question, "" if _only_by_voice(question) else own)
    lasting = tuple(prompt for prompt in before if prompt.name not in PASSING)
    recap = lasting if lasting or question != state.question else state.recap
    spoken = Prompt(own, state.language, name=question.recording if own == question.text else "")
    state, play = _speak(state, "asking", (*before, spoken), question.name, answers, question=question, recap=recap)
    if state.deaf:
        return state, (play,)
    bargein = question.bargein and state.noises < NOISES_BEFORE_DEAF_EAR
    return state, (play, Expect(state.turn, grammar(dialog, state, question), bargein))


def ask_again(dialog: Dialog, state: State, question: Question, *before: Prompt) -> Move:
    """Say once more what was said last, without the excuses, and ask again."""
    words = state.prompts[-1].text if state.prompts else None
    return ask(dialog, state, question, *before, *state.recap, text=words)


def grammar(dialog: Dialog, state: State, question: Question) -> Grammar:
    """What the recogniser may expect in reply."""
    phrases = [phrase.text for option in question.options for phrase in option.phrases]
    phrases += [phrase.text for option in commands(dialog, state) for phrase in option.phrases[:1]]
    if question.open:
        phrases += dialog.vocabulary
    if question.slot_kind == "district":
        phrases += dialog.districts
    # Values and corrections are not among the phrases: nothing may keep the recogniser from hearing them.
    closed = not question.slot or (question.slot_kind == "yes_no" and question.kind == "yes_no")
    silence = END_SILENCE_SECONDS[question.kind] + (SLOW_EXTRA_SECONDS if state.slow else 0.0)
    return Grammar(state.language, question.kind if closed else "open", tuple(dict.fromkeys(phrases)), silence)


def commands(dialog: Dialog, state: State) -> tuple[Option, ...]:
    """The commands that work everywhere, in the call's language."""
    return dialog.commands.get(state.language) or dialog.commands["ja"]


def with_keys(dialog: Dialog, state: State, question: Question, text: str) -> str:
    """The text, the choices with their keys where the text does not name them already, and the key for a person."""
    lines = [
        phrase(dialog, state, "key_line", label=option.label, key=option.key).text
        for option in question.options
        if option.key and option.label and not (option.label in text and option.key in text)
    ]
    person = phrase(dialog, state, "key_person").text
    return "".join((text, *lines, "" if person in text else person))


def yes(dialog: Dialog, state: State) -> tuple[Phrase, ...]:
    """Ways of saying yes."""
    return dialog.yes.get(state.language) or dialog.yes["ja"]


def no(dialog: Dialog, state: State) -> tuple[Phrase, ...]:
    """Ways of saying no."""
    return dialog.no.get(state.language) or dialog.no["ja"]


def yes_no(dialog: Dialog, state: State, name: str, text: str, target: Target) -> Question:
    """A question that is answered with yes (then `target`) or no; other speech is searched as a new question."""
    agreed = Option(target, yes(dialog, state), "1", phrase(dialog, state, "yes").text, ALL)
    refused = Option(ToCommand("reject"), no(dialog, state), "2", phrase(dialog, state, "no").text, ALL)
    return Question(name, text, "yes_no", (agreed, refused), open=True)


def close(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Say goodbye; the line is hung up when it has been heard."""
    return announce(state, "closing", "終わり", *before, phrase(dialog, state, "goodbye"))


def _speak(
    state: State, phase: Phase, prompts: tuple[Prompt, ...], node: str, answers: str, **changes: object
) -> tuple[State, Play]:
    """Begin a new turn that says this instead of whatever is being said."""
    spoken = tuple(_paced(prompt, state.slow) for prompt in prompts if prompt.text or prompt.name or prompt.message)
    turn = state.turn + 1
    said = {"turn": turn, "phase": phase, "prompts": spoken, "spoken": False, "interrupted": False, "keys": ""}
    state = changed(state, **said, **changes)
    return state, Play(turn, spoken, node, answers)


def _paced(prompt: Prompt, slow: bool) -> Prompt:
    return prompt if prompt.slow == slow else replace(prompt, slow=slow)


def _only_by_voice(question: Question) -> bool:
    """Whether the question's words only ask to speak, while keys would do too."""
    return question.kind == "open" and any(option.key and option.label for option in question.options)
