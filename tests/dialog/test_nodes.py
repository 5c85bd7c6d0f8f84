"""Forms, branches, look-ups, call backs and text messages as written: what is built, and every fault with its line."""

from dataclasses import replace

import pytest
from form_line import DISASTER, LINE, TREE, form_line, in_two_languages
from little_line import SURROUNDINGS, sources

from voicebot.dialog.load import Sources, load
from voicebot.dialog.slots import Slot
from voicebot.dialog.tree import (
    BranchNode,
    CallbackNode,
    Case,
    FormNode,
    LookupNode,
    SmsNode,
    ToLanguage,
)
from voicebot.errors import ContentError, Fault


def faults(texts: Sources) -> tuple[Fault, ...]:
    """The faults of these files."""
    with pytest.raises(ContentError) as caught:
        load(texts, SURROUNDINGS)
    return caught.value.faults


def tree(*lines: str) -> str:
    """A tree from these lines under `nodes:`; the first node is 案内, at line 3."""
    return "\n".join(("section: 総合案内", "nodes:", *(f"  {line}" for line in lines)))


def test_every_errand_is_built_as_written() -> None:
    """Forms, branches, look-ups, call backs, text messages."""
    nodes = form_line().nodes
    form = nodes["申込"]
    assert isinstance(form, FormNode)
    assert form.slots[0] == Slot(
        "町名",
        "district",
        {"ja": "お住まいの町名をどうぞ。"},
        {"ja": "町名"},
        {"ja": "町の名前だけをどうぞ。"},
        {"ja": "チョーメー"},
    )
    assert (form.goto, form.text, form.summary) == ("申込後", {"ja": "収集の受付です。"}, None)
    asks = nodes["窓口か"]
    assert isinstance(asks, BranchNode)
    assert asks.cases == (
        Case("つながりません", happened="not_reached"),
        Case("本町の窓口", slot="町名", values=("本町",)),
        Case("つながりません", fact_name="粗大ごみ手数料", fact="", values=("200",)),
        Case("英語の窓口", language="en"),
        Case("開いています", open="市民課"),
        Case("環境課です", open="環境課"),
    )
    assert asks.otherwise == "閉まっています"
    assert nodes["収集日"] == LookupNode(
        "garbage_day", {"district": "{町名}", "kind": "燃えるごみ"}, department="環境課"
    )
    assert nodes["電話をもらう"] == CallbackNode("市民課", {"ja": "折り返しを承ります。"})
    assert nodes["案内図"] == SmsNode({"ja": "{町名}の地図です。"}, {"ja": "地図をお送りできます。"})


def test_languages_and_disasters_are_built_as_written() -> None:
    """A command leads to a language; a disaster has an end in the city's time."""
    line = form_line(disaster=True)
    assert ToLanguage("en") in [option.target for option in line.commands["ja"]]
    assert line.starts == {"en": "welcome"}
    assert line.disaster is not None
    assert line.disaster.until.isoformat() == "2026-11-26T12:00:00+09:00"
    quiet = form_line().disaster
    assert quiet is not None
    assert quiet.until.year == 1


FORM = "案内: {ask: [{slot: 日, kind: date, prompt: いつ}], goto: 後}"
AFTER = "後: {answer: はい。}"
WHEN = "案内: {when: [{open: 市民課, goto: 後}], otherwise: 後}"
LOOKUP = "案内: {lookup: garbage_day}"
KINDS_OF_NODE = "このあと何をするかを一つだけ書いてください"
FAULTY = [
    # what a node is
    ((FORM.replace("goto: 後", "when: [{open: 市民課, goto: 後}]"), AFTER), 3, KINDS_OF_NODE),
    (("案内: {callback: 市民課, sms: 文}",), 3, "今は「callback」と「sms」です"),
    (("案内: {callback: 市民課, end: true}",), 3, "今は「callback」と「end」です"),
    (("案内: {lookup: garbage_day, answer: はい}",), 3, "今は「answer」と「lookup」です"),
    # keys that belong elsewhere
    (("案内: {callback: 市民課, goto: 後}", AFTER), 3, "「goto」を書けるのは、ask、lookup、goto のあるノードだけです"),
    (("案内: {sms: 文, confirm: よろしいですか。}",), 3, "「confirm」を書けるのは、ask のあるノードだけです"),
    (("案内: {prompt: ああ, goto: 後, otherwise: 後}", AFTER), 3, "「otherwise」を書けるのは、when の"),
    (("案内: {callback: 市民課, with: {a: b}}",), 3, "「with」を書けるのは、lookup のあるノードだけです"),
    (("案内: {answer: はい, found: ある}",), 3, "「found」を書けるのは、lookup のあるノードだけです"),
    (("案内: {answer: はい, missing: ない}",), 3, "「missing」を書けるのは、lookup のあるノードだけです"),
    ((FORM.replace("goto: 後", "goto: 後, reword: もう一度"), AFTER), 3, "「reword」を書けるのは、choices / open"),
    ((FORM.replace("goto: 後", "goto: 後, bargein: false"), AFTER), 3, "「bargein」を書けるのは、choices / open、goto"),
    ((FORM.replace("goto: 後", "goto: 後, department: 市民課"), AFTER), 3, "「department」を書けるのは、answer"),
    ((WHEN.replace("otherwise", "prompt: ああ, otherwise"), AFTER), 3, "「prompt」を書けるのは"),
    ((LOOKUP.replace("}", ", prompt: ああ}"),), 3, "「prompt」を書けるのは"),
    # what is missing
    (("案内: {ask: [{slot: 日, kind: date, prompt: いつ}]}",), 3, "「goto」(聞き取ったあとの行き先)がありません"),
    (("案内: {when: [{open: 市民課, goto: 後}]}", AFTER), 3, "「otherwise」(どれにも当てはまらない"),
    ((FORM.replace("slot: 日, ", ""), AFTER), 3, "「slot」がありません"),
    ((FORM.replace("kind: date, ", ""), AFTER), 3, "「kind」がありません"),
    ((FORM.replace(", prompt: いつ", ""), AFTER), 3, "「prompt」がありません"),
    ((WHEN.replace("open: 市民課, ", ""), AFTER), 3, "条件がありません"),
    ((WHEN.replace("open: 市民課", "fact: 祭り"), AFTER), 3, "「fact」には、比べる値(value)も書いてください"),
    # what is wrong
    ((FORM.replace("kind: date", "kind: day"), AFTER), 3, "「kind」の「day」は使えません。"),
    ((FORM.replace("prompt: いつ", "prompt: {en: When}"), AFTER), 3, "日本語(ja)の文がありません"),
    ((FORM.replace("prompt: いつ", "prompt: いつ, label: {en: day}"), AFTER), 3, "日本語(ja)の文がありません"),
    ((FORM.replace("prompt: いつ", "prompt: いつ, reword: {en: day}"), AFTER), 3, "日本語(ja)の文がありません"),
    ((FORM.replace("goto: 後", "goto: 後, confirm: {en: OK}"), AFTER), 3, "日本語(ja)の文がありません"),
    (("案内: {sms: {en: map}}",), 3, "日本語(ja)の文がありません"),
    (("案内: {lookup: garbage_day, found: {en: x}}",), 3, "日本語(ja)の文がありません"),
    ((WHEN.replace("open: 市民課", "open: 市民課, value: はい"), AFTER), 3, "「value」は、slot か fact と一緒に"),
    ((WHEN.replace("open: 市民課", "slot: 日, fact: 祭り, value: あり"), AFTER), 3, "一つの条件に一緒に書けません"),
    ((WHEN.replace("open: 市民課", "happened: never"), AFTER), 3, "「happened」の「never」は使えません。使えるもの:"),
    ((WHEN.replace("市民課", "市民化"), AFTER), 3, "「市民化」という課はありません。(もしかして: 「市民課」)"),
    ((WHEN.replace("open: 市民課", "fact: 祭, value: あり"), AFTER), 3, "「祭」は facts.yaml にありません"),
    (("案内: {callback: 市民化}",), 3, "「市民化」という課はありません"),
    (("案内: {lookup: garbage_day, department: 環境}",), 3, "「環境」という課はありません"),
    ((FORM.replace("slot: 日", "slott: 日"), AFTER), 3, "「slott」という項目は使えません"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "number", "words"), FAULTY, ids=[f"{at} {row[2]}" for at, row in enumerate(FAULTY)])
def test_a_fault_of_a_node_is_named_with_its_line(lines: tuple[str, ...], number: int, words: str) -> None:
    """In Japanese, with the cure."""
    found = [fault for fault in faults(sources(tree(*lines), line="start: 案内")) if words in fault.message]
    assert found
    assert (found[0].path, found[0].line) == ("trees/1.yaml", number)


def test_a_fault_deep_in_a_node_is_shown_where_it_stands() -> None:
    """Slots and conditions have lines of their own."""
    lines = (
        "案内:",
        "  ask:",
        "    - {slot: 日, kind: date, prompt: いつ}",
        "    - slot: 町",
        "      kind: distrikt",
        "      prompt: どこ",
        "  goto: 分かれ道",
        "分かれ道:",
        "  when:",
        "    - {open: 市民課, goto: 後}",
        "    - {goto: 後}",
        "  otherwise: 後",
        AFTER,
    )
    found = faults(sources(tree(*lines), line="start: 案内"))
    assert {fault.line for fault in found} == {7, 13}


FAULTY_STARTS = [
    (LINE.replace("welcome", "welcom"), DISASTER, "始まりのノード「welcom」がありません。(もしかして: 「welcome」)"),
    (LINE, "start: 災", "始まりのノード「災」がありません。(もしかして: 「災害」)"),
    (LINE, "until: 2026-11-26 12:00", "「start」がありません"),
    (LINE, "start: 災害\nuntil: あした", "「until」"),
]


@pytest.mark.parametrize(("line", "disaster", "words"), FAULTY_STARTS, ids=[row[2] for row in FAULTY_STARTS])
def test_starts_that_do_not_exist_are_faults(line: str, disaster: str, words: str) -> None:
    """Of another language, or of a disaster."""
    texts = in_two_languages(sources(TREE, line=line))
    texts = replace(texts, disaster=("disaster.yaml", disaster))
    (fault,) = faults(texts)
    assert words in fault.message


def test_a_key_of_a_language_is_taken() -> None:
    """A choice must not use it."""
    texts = in_two_languages(sources(TREE.replace("key: 8", "key: 7"), line=LINE))
    texts = replace(texts, disaster=("disaster.yaml", DISASTER))
    (fault,) = faults(texts)
    assert "キー「7」はどこでも使う操作のためのものです" in fault.message
