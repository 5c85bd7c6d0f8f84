"""Who is silent or says only nonsense comes to a person, a message or a call back, wherever in a call it begins.

The calls begin at every state that differs from the others (`explorer`): at every node, at every question that the
machine asks by itself, and on the way between them. What is counted are questions left unanswered (`lost_callers`).
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from explorer import Explored, beginnings, explore, in_disaster
from generated_lines import generated_lines
from hypothesis import Phase, given, settings
from line_world import AT, Surround, World
from lost_callers import PERSON_AFTER, Caller, Lost, Town, called, check_lost, lose, resumed
from test_properties import ANY_LINE, HITS

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.dialog.tree import AskNode, Dialog

LANGUAGES = ("ja", "en", "ko")
DAY, NIGHT = AT, AT.replace(hour=22)
CALLERS: tuple[Caller, ...] = ("silent", "nonsense")
SHIPPED_STATES = 550
"""Fewer would mean that the explorer lost its way."""
NO_SHRINKING = (Phase.explicit, Phase.generate)
"""A line is explored in a tenth of a second: making a failure smaller would take minutes."""
GENERATED_HOUSES = (
    Surround(),
    Surround(facts={"open": False, "say": "閉まっています。", "closed": "message", "next": ""}, outcome="no_answer"),
    Surround(facts={"open": False, "say": "", "closed": "callback", "next": ""}, hits=HITS[2], duty_closed=True),
)


def _houses(content: Content) -> dict[str, Town]:
    """みなと市 as it is at these times."""
    desk = Desk(content.city)
    return {
        "by day": Town(desk=desk, at=DAY),
        "by day, and nobody answers": Town(desk=desk, at=DAY, outcome="no_answer"),
        "by night": Town(desk=desk, at=NIGHT),
        "by night, nobody answers, and the search doubts": Town(desk=desk, at=NIGHT, outcome="busy", hits=HITS[2]),
    }


@pytest.fixture(scope="module")
def explored(minato: Content) -> dict[bool, Explored]:
    """みなと市 without and with its disaster pack."""
    calls = beginnings(languages=LANGUAGES)
    return {pack: explore(in_disaster(minato.dialog) if pack else minato.dialog, calls) for pack in (False, True)}


def _worlds(dialog: Dialog, explored: Explored) -> Iterator[World]:
    for state, call in zip(explored.states, explored.calls, strict=True):
        world = called(dialog, call)
        assert world.state == state
        if state.phase != "closing":  # who asked to end the call, or has been told all, is not lost
            yield world


def _lost(worlds: list[World], house: Surround, caller: Caller) -> list[Lost]:
    found = [lose(resumed(world), caller, house) for world in worlds]
    for each in found:
        check_lost(each)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("pack", [False, True], ids=["every day", "in a disaster"])
def test_a_lost_caller_of_the_shipped_line_is_helped_from_anywhere(
    minato: Content, explored: dict[bool, Explored], pack: bool, caller: Caller
) -> None:
    """A person within three failures; nobody there: a message after one more; a goodbye only where it is excused."""
    dialog = in_disaster(minato.dialog) if pack else minato.dialog
    worlds = list(_worlds(dialog, explored[pack]))
    assert len(worlds) > SHIPPED_STATES
    houses = _houses(minato)
    for name in ("by day, and nobody answers", "by night") if pack else houses:
        ends = {each.end for each in _lost(worlds, houses[name], caller)}
        assert {"message", "call back"} <= ends, name
        assert ("person" in ends) is (houses[name].outcome == "connected"), name


@pytest.mark.parametrize("caller", CALLERS)
def test_three_failures_at_a_question_of_the_shipped_line_are_just_enough(
    minato: Content, explored: dict[bool, Explored], caller: Caller
) -> None:
    """At each of the questions with choices: not one more, and nobody is given up sooner."""
    checked = set()
    for world in _worlds(minato.dialog, explored[False]):
        state = world.state
        asked = state.question.name if state.phase == "asking" and state.question else ""
        if state.rung or not isinstance(minato.dialog.nodes.get(asked), AskNode):
            continue
        lost = lose(world, caller, Town(desk=Desk(minato.city), at=DAY))
        assert (lost.end, lost.failures, lost.before_help) == ("person", PERSON_AFTER, PERSON_AFTER), (asked, lost)
        checked.add(asked)
    # The others are asked in a disaster only.
    everyday = {name for name, node in minato.dialog.nodes.items() if isinstance(node, AskNode)}
    assert everyday - checked == {"災害の受付", "災害のそのほかの案内"}


@pytest.mark.parametrize("caller", CALLERS)
@given(generated_lines)
@settings(ANY_LINE, max_examples=25, phases=NO_SHRINKING)
def test_a_lost_caller_of_a_generated_line_is_helped_from_anywhere(caller: Caller, dialog: Dialog) -> None:
    """The same for lines of all kinds of nodes."""
    worlds = list(_worlds(dialog, explore(dialog, beginnings())))
    for house in GENERATED_HOUSES:
        _lost(worlds, house, caller)


def test_a_goodbye_without_an_answer_is_not_excused() -> None:
    """What is looked for above would be found."""
    for wrong in (
        Lost(failures=1, climbs=1),
        Lost(failures=4, climbs=4, before_help=4, end="person"),
        Lost(failures=2, climbs=1, end="message"),
        Lost(failures=6, climbs=6, before_help=3, end="message"),
    ):
        with pytest.raises(AssertionError):
            check_lost(wrong)
        check_lost(replace(wrong, failures=3, climbs=3, before_help=3, end="person"))
