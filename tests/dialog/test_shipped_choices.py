"""Every choice of みなと市 is reached by each way of saying it that staff have written, by its name, and by its key."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from line_world import AT
from little_line import guesses

from voicebot.content import Content
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import AskNode, Choice, Dialog
from voicebot.dialog.walking import enter
from voicebot.events import Alternative, CallStarted, DigitPressed, Heard

Place = tuple[str, str, object]


def _asked(dialog: Dialog, language: str, name: str) -> State:
    begun, _ = step(dialog, State(), CallStarted("c", None, "", language, AT))
    return enter(dialog, replace(begun, phase="asking"), name)[0]


def _place(state: State) -> Place:
    return state.node, state.phase, state.goal


def _spoken_in(language: str, choice: Choice) -> bool:
    return language in choice.say and (language != "ja" or set(choice.say) == {"ja"})


def _choices(dialog: Dialog, language: str) -> Iterator[tuple[str, Choice]]:
    for name, node in dialog.nodes.items():
        if isinstance(node, AskNode):
            yield from ((name, choice) for choice in node.choices if _spoken_in(language, choice))


def _heard(state: State, text: str) -> Heard:
    said = guesses(text) if state.language == "ja" else (Alternative(text, text.lower(), 0.9),)
    return Heard(state.turn, said)


@pytest.mark.parametrize("language", ["ja", "en", "ko"])
def test_a_choice_is_reached_by_its_own_words_and_by_its_key(minato: Content, language: str) -> None:
    """No command, department, other choice or word of danger takes them away; what was read out counts as its words."""
    dialog = minato.dialog
    lost: list[tuple[str, str, Place]] = []
    tried = 0
    for name, choice in _choices(dialog, language):
        state = _asked(dialog, language, name)
        goal = _place(enter(dialog, state, choice.goto)[0])
        words = [phrase.text for phrase in choice.say[language]]
        words += [choice.label[language]] if choice.key and choice.label.get(language) else []
        for text in words:
            tried += 1
            found = _place(step(dialog, state, _heard(state, text))[0])
            lost += [(name, text, found)] if found != goal else []
        if choice.key:
            found = _place(step(dialog, state, DigitPressed(choice.key))[0])
            lost += [(name, choice.key, found)] if found != goal else []
    assert lost == []
    assert tried > 20
