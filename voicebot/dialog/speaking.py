"""The machine's mouth: how a question, an announcement and a goodbye become orders.

The lowest layer of the machine: it knows texts and questions, not where the conversation goes.
"""

from dataclasses import replace

from voicebot.actions import Action, Expect, Grammar, GrammarKind, Play, Prompt
from voicebot.dialog.state import Phase, State
from voicebot.dialog.tree import Dialog, Option, Question, Target, Texts, ToCommand

Move = tuple[State, tuple[Action, ...]]
"""What a step gives: the new state, and the orders in the order in which they are carried out."""

END_SILENCE_SECONDS: dict[GrammarKind, float] = {"yes_no": 0.5, "choices": 0.6, "open": 0.8, "digits": 1.1}
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


def speak(state: State, phase: Phase, prompts: tuple[Prompt, ...]) -> tuple[State, Play]:
    """Begin a new turn that says this instead of whatever is being said."""
    spoken = tuple(replace(prompt, slow=state.slow) for prompt in prompts if prompt.text or prompt.name)
    turn = state.turn + 1
    state = replace(state, turn=turn, phase=phase, prompts=spoken, spoken=False, interrupted=False)
    return state, Play(turn, spoken)


def announce(state: State, phase: Phase, *prompts: Prompt) -> Move:
    """Say something that speech does not interrupt; `PromptFinished` then moves the phase on."""
    state, play = speak(state, phase, prompts)
    return state, (play,)


def ask(dialog: Dialog, state: State, question: Question, *before: Prompt, text: str | None = None) -> Move:
    """Ask a question, after what is to be said first; `text` replaces the question's own words."""
    own = Prompt(question.text if text is None else text, state.language, name="" if text else question.recording)
    state, play = speak(replace(state, question=question), "asking", (*before, own))
    if state.deaf:
        return state, (play,)
    bargein = question.bargein and state.noises < NOISES_BEFORE_DEAF_EAR
    return state, (play, Expect(state.turn, grammar(dialog, state, question), bargein))


def grammar(dialog: Dialog, state: State, question: Question) -> Grammar:
    """What the recogniser may expect in reply."""
    phrases = [phrase.text for option in question.options for phrase in option.phrases]
    phrases += [phrase.text for option in commands(dialog, state) for phrase in option.phrases[:1]]
    if question.open:
        phrases += dialog.vocabulary
    silence = END_SILENCE_SECONDS[question.kind] + (SLOW_EXTRA_SECONDS if state.slow else 0.0)
    return Grammar(state.language, question.kind, tuple(dict.fromkeys(phrases)), silence)


def commands(dialog: Dialog, state: State) -> tuple[Option, ...]:
    """The commands that work everywhere, in the call's language."""
    return dialog.commands.get(state.language) or dialog.commands["ja"]


def keys_help(dialog: Dialog, state: State, question: Question) -> str:
    """The choices of a question with their keys, and the key for a person, as one text."""
    lines = [
        phrase(dialog, state, "key_line", label=option.label, key=option.key).text
        for option in question.options
        if option.key and option.label
    ]
    return "".join((*lines, phrase(dialog, state, "key_person").text))


def yes_no(
    dialog: Dialog, state: State, name: str, text: str, target: Target, *, silence: Target | None = None
) -> Question:
    """A question that is answered with yes (then `target`) or no; other speech is searched as a new question."""
    language = state.language
    yes = Option(target, dialog.yes.get(language, dialog.yes["ja"]), "1", phrase(dialog, state, "yes").text)
    no = Option(ToCommand("reject"), dialog.no.get(language, dialog.no["ja"]), "2", phrase(dialog, state, "no").text)
    return Question(name, text, "yes_no", (yes, no), open=True, silence=silence)


def close(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Say goodbye; the line is hung up when it has been heard."""
    return announce(state, "closing", *before, phrase(dialog, state, "goodbye"))
