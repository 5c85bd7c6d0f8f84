"""Slots, branches and look-ups seen as a whole."""

from dataclasses import replace

import pytest
from form_line import form_line
from little_line import SURROUNDINGS, sources

from voicebot.dialog.check import entries, leads_to, reachable
from voicebot.dialog.load import load
from voicebot.errors import ContentError, Fault


def faults(*lines: str, around: object = SURROUNDINGS) -> list[tuple[int, str]]:
    """The faults of a tree that begins at 案内, in line 3: line and message."""
    tree = "\n".join(("section: 総合案内", "nodes:", *(f"  {line}" for line in lines)))
    with pytest.raises(ContentError) as caught:
        load(sources(tree, line="start: 案内"), around)  # type: ignore[arg-type]
    return [(fault.line, fault.message) for fault in caught.value.faults]


AFTER = "後: {answer: はい。}"
FORM = "案内: {ask: [{slot: 日, kind: date, prompt: いつ}], goto: 後}"


def test_nodes_lead_where_they_say() -> None:
    """Forms and look-ups onwards, branches to every case; call backs and text messages nowhere."""
    nodes = form_line().nodes
    assert leads_to(nodes["申込"]) == ("申込後",)
    assert leads_to(nodes["窓口か"]) == (
        "つながりません", "本町の窓口", "つながりません", "英語の窓口", "開いています", "環境課です", "閉まっています",
    )  # fmt: skip
    assert leads_to(nodes["収集日"]) == ()
    assert leads_to(nodes["電話をもらう"]) == ()
    assert leads_to(nodes["案内図"]) == ()


def test_everything_is_reached_also_from_other_languages_and_in_a_disaster() -> None:
    """They are starts of their own."""
    line = form_line()
    assert entries(line) == ("案内", "welcome", "災害")
    assert reachable(line) == frozenset(line.nodes)
    assert "災害番号" not in reachable(replace(line, disaster=None))
    assert "english" not in reachable(replace(line, starts={}))


@pytest.mark.parametrize(
    "circle",
    [
        ("案内: {when: [{open: 市民課, goto: 次}], otherwise: 後}", "次: {prompt: ああ, goto: 案内}"),
        ("案内: {when: [{open: 市民課, goto: 後}], otherwise: 次}", "次: {lookup: garbage_day, goto: 案内}"),
        ("案内: {lookup: garbage_day, goto: 次}", "次: {when: [{happened: answered, goto: 後}], otherwise: 案内}"),
    ],
)
def test_a_circle_that_never_waits_for_the_caller_is_a_fault(circle: tuple[str, str]) -> None:
    """Through branches and look-ups too."""
    ((line, message), *more) = faults(*circle, AFTER)
    assert line == 3
    assert "話すだけで堂々めぐりになります: 案内 → 次 → 案内" in message
    assert not [fault for fault in more if "堂々めぐり" not in fault[1]]


def test_a_circle_through_a_form_is_none() -> None:
    """It asks."""
    tree = "\n  ".join(("section: 総合案内\nnodes:", FORM.replace("後", "次"), "次: {prompt: ああ, goto: 案内}"))
    assert load(sources(tree, line="start: 案内"), SURROUNDINGS).start == "案内"


UNKNOWN_TARGETS = [
    (FORM.replace("goto: 後", "goto: 前"), "行き先「前」がありません"),
    ("案内: {when: [{open: 市民課, goto: 前}], otherwise: 後}", "行き先「前」がありません"),
    ("案内: {when: [{open: 市民課, goto: 後}], otherwise: 前}", "行き先「前」がありません"),
    ("案内: {lookup: garbage_day, goto: 前}", "行き先「前」がありません"),
]


@pytest.mark.parametrize(("node", "words"), UNKNOWN_TARGETS)
def test_a_target_that_does_not_exist_is_a_fault(node: str, words: str) -> None:
    """Wherever a node can lead."""
    assert [line for line, message in faults(node, AFTER) if words in message] == [3]


UNKNOWN_SLOTS = [
    "案内: {when: [{slot: 曰, value: 本町, goto: 後}], otherwise: 聞く}",
    "案内: {lookup: garbage_day, with: {district: '{曰}'}, goto: 聞く}",
    "案内: {prompt: '{曰}ですね。', goto: 聞く}",
    "案内: {prompt: '{曰}ですね。', choices: [{say: はい, key: 1, goto: 聞く}]}",
]


@pytest.mark.parametrize("node", UNKNOWN_SLOTS)
def test_a_slot_that_nobody_asks_for_is_a_fault(node: str) -> None:
    """With a guess at what was meant."""
    ask = FORM.replace("案内", "聞く")
    ((line, message),) = faults(node, ask, AFTER)
    assert line == 3
    assert message.startswith("「曰」を聞き取る ask がどこにもありません。")


@pytest.mark.parametrize("text", ["confirm: '{曰}ですか。'", "prompt: '{曰}を聞きます。'"])
def test_a_slot_that_a_form_itself_does_not_know_is_a_fault(text: str) -> None:
    """In what it reads back, and in what it says first."""
    ((_, message),) = faults(FORM.replace("goto: 後", f"goto: 後, {text}"), AFTER)
    assert message.startswith("「曰」を聞き取る ask")


def test_what_the_machine_itself_asks_for_is_known() -> None:
    """The number of a call back may be said later."""
    tree = "section: 総合案内\nnodes:\n  案内: {prompt: '{電話番号}', end: true}"
    assert load(sources(tree, line="start: 案内"), SURROUNDINGS).start == "案内"


def test_a_slot_twice_in_a_form_is_a_fault() -> None:
    """The second could never be filled."""
    twice = "案内: {ask: [{slot: 日, kind: date, prompt: いつ}, {slot: 日, kind: date, prompt: いつ}], goto: 後}"
    assert [message for _, message in faults(twice, AFTER)] == ["「日」が二度あります。一つにしてください。"]


def test_a_slot_of_two_kinds_is_a_fault() -> None:
    """Values are kept by name: a date is no text. What the machine asks for by itself counts too."""
    other = "後: {ask: [{slot: 日, kind: text, prompt: いつ}], goto: 終わり先}"
    end = "終わり先: {answer: はい。}"
    ((line, message),) = faults(FORM, other, end)
    assert (line, message) == (4, "「日」は、ほかでは date です。kind をそろえるか、別の名前にしてください。")
    own = FORM.replace("slot: 日, kind: date", "slot: お名前, kind: text")
    ((_, message),) = faults(own, AFTER)
    assert message.startswith("「お名前」は、ほかでは name です。")


def test_districts_can_only_be_asked_for_where_they_are_listed() -> None:
    """A city without districts.yaml understands none."""
    ask = FORM.replace("kind: date", "kind: district")
    ((_, message),) = faults(ask, AFTER, around=replace(SURROUNDINGS, districts={}))
    assert message == "町名(district)を聞き取るには、districts.yaml に町名を書いてください。"


def test_a_fault_says_where_it_stands() -> None:
    """At the slot's own line."""
    lines = ("案内:", "  ask:", "    - {slot: 日, kind: date, prompt: いつ}", "    - slot: 町", "      kind: text",
             "      prompt: '{曰}の町'", "  goto: 後", AFTER)  # fmt: skip
    tree = "\n".join(("section: 総合案内", "nodes:", *(f"  {line}" for line in lines)))
    with pytest.raises(ContentError) as caught:
        load(sources(tree, line="start: 案内"), SURROUNDINGS)
    (fault,) = caught.value.faults
    assert fault == Fault("trees/1.yaml", 8, "「曰」を聞き取る ask がどこにもありません。")
