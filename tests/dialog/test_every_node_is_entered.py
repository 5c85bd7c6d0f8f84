"""Each node is entered by stepping the machine from the beginning of a call; a drawing alone proves nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from explorer import Explored, beginnings, explore, in_disaster
from generated_lines import generated_lines
from hypothesis import Phase, given, settings
from little_line import ROOT, SURROUNDINGS, sources
from test_properties import ANY_LINE

from voicebot import content as contents
from voicebot.content import Content
from voicebot.dialog.check import leads_to
from voicebot.dialog.load import load
from voicebot.dialog.state import State
from voicebot.dialog.tree import BranchNode, Case, Dialog
from voicebot.voice.reading import reading

LANGUAGES = ("ja", "en", "ko")
NEVER_ENTERED: Mapping[str, str] = {}
"""Nodes of みなと市 that no call enters, each with its reason."""
LEVELS = ("なし", "高齢者等避難", "避難指示", "緊急安全確保")
"""What staff can write as the fact 避難情報."""


def _with_fact(level: str) -> Dialog:
    folder: Path = ROOT / "dialogs" / "minato"
    return contents.load(folder, ROOT / "grammars", reading, {"避難情報": level}).dialog


def test_every_node_of_the_shipped_line_is_entered(minato: Content) -> None:
    """By words and keys, in three languages, open and closed, found and not found, with and without the pack."""
    calls = beginnings(languages=LANGUAGES)
    entered = set(explore(minato.dialog, calls).entered)
    for level in LEVELS:
        entered |= set(explore(in_disaster(_with_fact(level)), calls).entered)
    assert set(minato.dialog.nodes) - entered == set(NEVER_ENTERED)


def test_without_the_pack_only_its_own_nodes_are_not_entered(minato: Content) -> None:
    """Nobody needs a disaster to come to what is there every day."""
    dialog = minato.dialog
    missing = set(dialog.nodes) - set(explore(dialog, beginnings(languages=LANGUAGES)).entered)
    other_levels = {
        case.goto
        for node in dialog.nodes.values()
        if isinstance(node, BranchNode)
        for case in node.cases
        if case.fact is not None and case.fact not in case.values
    }
    daily, waiting = set[str](), [dialog.start, *dialog.starts.values()]
    while waiting:
        name = waiting.pop()
        if name not in daily:
            daily.add(name)
            waiting += leads_to(dialog.nodes[name])
    assert missing & daily <= other_levels
    assert dialog.disaster is not None
    assert dialog.disaster.start in missing


def _holds(case: Case, state: State) -> bool:
    """Whether everything about a case holds but the opening hours, which may be either way."""
    value = state.values.get(case.slot)
    happened = {
        "answered": state.answered,
        "not_reached": bool(state.tried),
        "not_understood": state.rung > 0,
        "recording_refused": state.unrecorded,
    }
    return (
        case.language in {"", state.language}
        and (not case.slot or (value is not None and (not case.values or value.value in case.values)))
        and (case.fact is None or case.fact in case.values)
        and (not case.happened or happened[case.happened])
    )


def _taken(node: BranchNode, state: State) -> Iterator[str]:
    """Where a branch may lead from a state: to the first line that holds, and past each that depends on the hours."""
    for case in node.cases:
        if _holds(case, state):
            yield case.goto
            if not case.open:
                return
    yield node.otherwise


def _allowed(dialog: Dialog, explored: Explored, name: str) -> set[str]:
    """Where a node that was entered must lead."""
    node = dialog.nodes[name]
    if isinstance(node, BranchNode):
        return {goto for state in explored.contexts[name] for goto in _taken(node, state)}
    return set(leads_to(node))


@given(generated_lines)
@settings(ANY_LINE, max_examples=60, phases=(Phase.explicit, Phase.generate))
def test_every_node_of_a_generated_line_is_entered_unless_its_branches_forbid_it(dialog: Dialog) -> None:
    """What is not entered lies behind a line of a branch that held in no state in which the branch was come to."""
    explored = explore(dialog, beginnings(languages=("ja", "en")))
    assert dialog.start in explored.entered
    for name in explored.entered:
        assert _allowed(dialog, explored, name) <= explored.entered.keys(), name
    if not any(isinstance(node, BranchNode) for node in dialog.nodes.values()):
        assert explored.entered.keys() == dialog.nodes.keys()


@pytest.mark.parametrize(("fact", "found"), [("あり", True), ("なし", False)])
def test_a_node_behind_a_fact_that_does_not_hold_is_not_entered(fact: str, found: bool) -> None:
    """The explorer follows the machine, not the drawing."""
    tree = f"""
    section: 総合案内
    nodes:
      案内: {{prompt: どうぞ。, open: true, choices: [{{say: 祭り, key: 1, goto: 祭り}}]}}
      祭り: {{when: [{{fact: 祭り, value: {fact}, goto: 会場}}], otherwise: 終わりに}}
      会場: {{answer: 会場は公園です。}}
      終わりに: {{prompt: またどうぞ。, end: true}}
    """
    line = load(sources(tree, line="start: 案内"), SURROUNDINGS)
    assert ("会場" in explore(line, beginnings()).entered) is found
