"""A conversation can be stored and taken up again."""

import json

import pytest
from line_world import World
from little_line import little_line

from voicebot.dialog.state import State, dump, restore
from voicebot.dialog.tree import ToAnswer, ToCallback, ToCommand, ToMessage, ToNode, ToPerson
from voicebot.errors import TranscriptError
from voicebot.events import FaqHit


def test_a_new_state_survives_storing() -> None:
    """Nothing is lost of the first state."""
    assert restore(dump(State())) == State()


def test_a_rich_state_survives_storing_with_every_kind_of_target(asked: World) -> None:
    """Options that lead to nodes, answers, commands and messages keep their kind."""
    asked.hears("むずかしい相談")
    hits = tuple(FaqHit(name, name, "答え", "環境課", 0.5, name) for name in ("甲", "乙"))
    asked.answered(hits=hits)
    stored = restore(dump(asked.state))
    assert stored == asked.state
    assert stored.question is not None
    assert {type(option.target) for option in stored.question.options} == {ToAnswer, ToCommand}
    assert stored.parent is not None
    assert {type(option.target) for option in stored.parent.options} == {ToNode}
    asked.presses("0")
    asked.answered(facts={"open": False, "say": "閉まっています。"})
    offered = restore(dump(asked.state)).question
    assert offered is not None
    assert {type(option.target) for option in offered.options} == {ToMessage, ToCallback, ToCommand}
    assert ToPerson("x") != ToMessage("x")


def test_a_stored_conversation_goes_on_like_one_that_was_not_stored() -> None:
    """Equal states go on equally: every step on the restored state gives the same orders."""
    plain, stored = World(little_line()).begin(), World(little_line()).begin()
    for key in "5*7519":
        stored.state = restore(dump(stored.state))
        assert plain.presses(key) == stored.presses(key)
        assert plain.state == stored.state


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"phase": "asleep"}', '{"turn": "many"}', '{"question": {"name": "x"}}', "null"]
)
def test_what_is_no_state_is_refused_with_its_cure(text: str) -> None:
    """Damaged text never becomes a state."""
    with pytest.raises(TranscriptError, match="start anew") as caught:
        restore(text)
    assert caught.value.code == "transcript.state"


def test_a_state_is_plain_json(asked: World) -> None:
    """So that it can be stored and looked at anywhere."""
    assert json.loads(dump(asked.state))["phase"] == "asking"
