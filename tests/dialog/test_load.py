"""From the city's files to a dialog: what is written is what is built, and every fault is named with its line."""

import re
from dataclasses import replace

import pytest
from little_line import GRAMMAR, PHRASES, ROOT, SURROUNDINGS, TREE, sources

from voicebot.dialog.load import Sources, load
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    Dialog,
    EndNode,
    MessageNode,
    SayNode,
    ToCommand,
    ToLanguage,
    TransferNode,
)
from voicebot.errors import ContentError, Fault, VoicebotError


def faults(texts: Sources) -> tuple[Fault, ...]:
    """The faults of these files; failing when there is none."""
    with pytest.raises(ContentError) as caught:
        load(texts, SURROUNDINGS)
    return caught.value.faults


def only(texts: Sources) -> Fault:
    """The one fault of these files."""
    found = faults(texts)
    assert len(found) == 1, found
    return found[0]


def tree(*lines: str) -> str:
    """A tree from these lines under `nodes:`; the first node is 案内, at line 3."""
    return "\n".join(("section: 総合案内", "nodes:", *(f"  {line}" for line in lines)))


def built(*lines: str) -> Dialog:
    """The dialog of a tree that begins at 案内."""
    return load(sources(tree(*lines), line="start: 案内"), SURROUNDINGS)


def test_every_kind_of_node_is_built(line: Dialog) -> None:
    """What a node has decides what it is."""
    assert {name: type(node) for name, node in line.nodes.items()} == {
        "挨拶": SayNode,
        "受付": AskNode,
        "番号": AskNode,
        "ごみ": AnswerNode,
        "窓口へ": TransferNode,
        "前置き": SayNode,
        "時間": AnswerNode,
        "書き置き": MessageNode,
        "おひらき": EndNode,
    }
    greeting, asking, answer = line.nodes["挨拶"], line.nodes["受付"], line.nodes["ごみ"]
    assert isinstance(greeting, SayNode)
    assert not greeting.interruptible
    assert isinstance(asking, AskNode)
    assert asking.open
    assert asking.reword == {"ja": "短い言葉でお話しください。"}
    assert asking.choices[0].key == "5"
    assert asking.choices[0].say["ja"][0].reading == "メニュー"
    assert isinstance(answer, AnswerNode)
    assert answer.department == "環境課"


def test_a_choice_is_called_by_its_first_way_of_saying_unless_it_has_a_label() -> None:
    """And a reading that staff give is one more way of saying it."""
    dialog = built(
        "案内: {prompt: どうぞ。, choices: [{say: ['(ごみ|ゴミ)の日'], yomi: [ごみのひい], key: 1, goto: 答え}]}",
        "答え: {answer: はい。}",
    )
    node = dialog.nodes["案内"]
    assert isinstance(node, AskNode)
    assert node.choices[0].label == {"ja": "ごみの日"}
    assert [phrase.reading for phrase in node.choices[0].say["ja"]] == ["ゴミノヒ", "ゴミノヒ", "ゴミノヒー"]


def test_texts_may_be_written_in_several_languages() -> None:
    """Japanese must be among them."""
    dialog = built("案内: {prompt: {ja: さようなら。, en: Goodbye.}, end: true}")
    assert dialog.nodes["案内"] == EndNode({"ja": "さようなら。", "en": "Goodbye."})


def test_commands_must_be_most_of_what_is_said_but_a_person_may_be_asked_for_anyhow(line: Dialog) -> None:
    """A word inside a question must not end or restart the call."""
    shares = {type(option.target) if not isinstance(option.target, ToCommand) else option.target.command: option.share
              for option in line.commands["ja"]}  # fmt: skip
    assert shares.pop("end") > 0
    assert sum(share == 0 for share in shares.values()) == 1


def test_only_languages_that_the_line_speaks_can_be_asked_for(line: Dialog) -> None:
    """英語 and the key 7 mean nothing to a city without English."""
    assert "7" not in {option.key for option in line.commands["ja"]}
    english = (ROOT / "grammars" / "en" / "commands.yaml").read_text("utf-8")
    texts = sources()
    both = replace(texts, grammars={**texts.grammars, "en": ("grammars/en/commands.yaml", english)})
    targets = {option.key: option.target for option in load(both, SURROUNDINGS).commands["ja"]}
    assert targets["7"] == ToLanguage("en")
    assert "8" not in targets


def test_patience_can_be_set_and_has_defaults() -> None:
    """`limits` in line.yaml."""
    dialog = load(sources(line="start: 挨拶\nlimits: {no_input_seconds: 9.5}"), SURROUNDINGS)
    assert dialog.limits.no_input_seconds == 9.5
    assert dialog.limits.answer_confidence == 0.8


def test_facts_are_filled_in_and_unknown_ones_are_faults() -> None:
    """At the line of the text that uses them."""

    def fill(text: str) -> str:
        if "{facts.無い}" in text:
            raise VoicebotError("city.unknown_fact", "「facts.無い」は facts.yaml にありません。")
        return text.replace("{facts.時刻}", "8時")

    around = replace(SURROUNDINGS, fill=fill)
    good = load(sources(tree('案内: {prompt: "{facts.時刻}からです。", end: true}'), line="start: 案内"), around)
    assert good.nodes["案内"] == EndNode({"ja": "8時からです。"})
    with pytest.raises(ContentError) as caught:
        load(sources(tree("案内:", '  prompt: "{facts.無い}です。"', "  end: true"), line="start: 案内"), around)
    assert caught.value.faults == (Fault("trees/1.yaml", 4, "「facts.無い」は facts.yaml にありません。"),)


ASK = "案内: {prompt: どうぞ。, choices: [{say: はい, key: 1, goto: 答え}]}"
ANSWER = "答え: {answer: はい。}"
FAULTY_TREES = [
    (("案内: {prompt: どうぞ。}",), 3, "どれもなし"),
    (("案内: {prompt: どうぞ。, end: true, goto: 案内}",), 3, "「goto」を書けるのは、ask、lookup、goto の"),
    (("案内: {end: true}",), 3, "「prompt」(住民が最初に聞く文)がありません"),
    (("案内:", '  prompt: ""', "  end: true"), 4, "文字を書いてください"),
    (("案内:", "  prompt:", "  end: true"), 3, "「prompt」(住民が最初に聞く文)がありません"),
    (("案内: {prompt: {en: Hello}, end: true}",), 3, "日本語(ja)の文がありません"),
    (("案内: {prompt: ああ, answer: はい。}",), 3, "「prompt」を書けるのは、choices / open、ask、transfer、"),
    (("案内: {prompt: ああ, end: true, reword: いい}",), 3, "「reword」を書けるのは、choices"),
    (("案内: {prompt: ああ, end: true, department: 市民課}",), 3, "「department」を書けるのは、answer"),
    (("案内:", "  promt: どうぞ。", "  end: true"), 4, "「promt」という項目は使えません。(もしかして: 「prompt」)"),
    (("案内: {transfer: 市民化}",), 3, "「市民化」という課はありません。(もしかして: 「市民課」)"),
    (("案内: {message: 環境}",), 3, "「環境」という課はありません。(もしかして: 「環境課」)"),
    (("案内: {answer: はい。, department: 守衛}",), 3, "(もしかして: 「守衛室」)"),
    ((ASK.replace("答え}", "答}"), ANSWER), 3, "行き先「答」がありません。(もしかして: 「答え」)"),
    (("案内: {prompt: ああ, goto: 答}", ANSWER), 3, "行き先「答」がありません"),
    ((ASK, ANSWER, "島: {answer: いいえ。}"), 5, "「島」にはどこからも行けません"),
    (("案内: {prompt: ああ, goto: 次}", "次: {prompt: いい, goto: 案内}"), 3, "堂々めぐりになります: 案内 → 次 → 案内"),
    ((ASK.replace(", key: 1", ""), ANSWER), 3, "番号(key)で選べる選択肢がありません"),
    ((ASK.replace("key: 1", "key: 12"), ANSWER), 3, "「key」の「12」は正しくありません"),
    ((ASK.replace("key: 1", "key: 0"), ANSWER), 3, "キー「0」はどこでも使う操作"),
    ((ASK.replace("say: はい", "say: []"), ANSWER), 3, "一つ以上書いてください"),
    ((ASK.replace("say: はい", "say: (はい"), ANSWER), 3, "「(」が閉じていません"),
    ((ASK.replace("say: はい", "say: <誰>"), ANSWER), 3, "<誰> という言い方の部品はありません"),
    ((ASK.replace("say: はい", "say: {en: yes}"), ANSWER), 3, "日本語(ja)の文がありません"),
    ((ASK.replace("say: はい", "say: はい, label: {en: yes}"), ANSWER), 3, "日本語(ja)の文がありません"),
    (("確認: {answer: はい。}", "案内: {prompt: ああ, goto: 確認}"), 3, "「確認」は自動音声が自分で使う名前です"),
    (("goodbye: {answer: はい。}", "案内: {prompt: ああ, goto: goodbye}"), 3, "自動音声が自分で使う名前です"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "number", "words"), FAULTY_TREES, ids=[words for _, _, words in FAULTY_TREES])
def test_a_fault_of_a_tree_is_named_with_its_line(lines: tuple[str, ...], number: int, words: str) -> None:
    """In Japanese, with the cure, and もしかして where a word is nearly right."""
    fault = only(sources(tree(*lines), line="start: 案内"))
    assert (fault.path, fault.line) == ("trees/1.yaml", number)
    assert words in fault.message


def test_keys_that_stand_twice_are_shown_where_they_stand_again() -> None:
    """The first use is right, the second is the fault."""
    fault = only(
        sources(
            tree(
                "案内:",
                "  prompt: どうぞ。",
                "  choices:",
                "    - {say: はい, key: 1, goto: 答え}",
                "    - {say: いいえ, key: 1, goto: 答え}",
                ANSWER,
            ),
            line="start: 案内",
        )
    )
    assert (fault.line, "上の選択肢と同じ" in fault.message) == (7, True)


def test_choices_that_sound_the_same_are_faults() -> None:
    """橋 and 箸 cannot be told apart by their reading."""
    lines = ("案内:", "  prompt: どうぞ。", "  choices:", "    - {say: はし, key: 1, goto: 答え}",
             "    - {say: ハシ, key: 2, goto: 案内}", ANSWER)  # fmt: skip
    fault = only(sources(tree(*lines), line="start: 案内"))
    assert (fault.line, "「ハシ」は上の選択肢と同じに聞こえます" in fault.message) == (7, True)


def test_the_same_name_in_two_files_is_a_fault_of_the_second() -> None:
    """It says where the other one is."""
    other = "section: 環境課\nnodes:\n  答え: {answer: いいえ。}"
    fault = only(sources(tree(ASK, ANSWER), other, line="start: 案内"))
    assert fault == Fault("trees/2.yaml", 3, "「答え」は trees/1.yaml にもあります。どちらかの名前を変えてください。")


FAULTY_LINES = [
    ("start: 挨", 1, "始まりのノード「挨」がありません。(もしかして: 「挨拶」)"),
    ("limits: {no_input_seconds: 9}", 1, "「start」がありません"),
    ("start: 挨拶\nlimits:\n  no_input_seconds: 900", 3, "30以下にしてください"),
    ("start: 挨拶\nlimits:\n  no_input_seconds: 七", 3, "数を書いてください"),
    ("start: 挨拶\nlimits:\n  patience: 7", 3, "「patience」という項目は使えません"),
    ("start: 挨拶\nlimits:\n  offer_confidence: 0.9", 2, "確信度は offer、confirm、answer の順"),
    ("start: 挨拶\nstart: 挨拶", 2, "「start」が二度書かれています"),
    ("start: [", 1, "YAMLとして読めません"),
]


@pytest.mark.parametrize(("text", "number", "words"), FAULTY_LINES, ids=[words for _, _, words in FAULTY_LINES])
def test_a_fault_of_line_yaml_is_named_with_its_line(text: str, number: int, words: str) -> None:
    """The start and the limits."""
    fault = only(sources(line=text))
    assert (fault.path, fault.line) == ("line.yaml", number)
    assert words in fault.message


def line_of(text: str, beginning: str) -> int:
    """The number of the line that begins so."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith(beginning))


FAULTY_PHRASES = [
    ("confirm", "よろしいですか。", "「confirm」に {question} がありません"),
    ("goodbye", '"{name}さん、"', "「goodbye」で使えない { } があります。使えるもの: なし"),
    ("connecting", '"{departmnt}"', "使えるもの: {department}"),
    ("connecting", '"{department!z}"', "使えない { } があります"),
    ("connecting", '"{department:>9}"', "使えない { } があります"),
    ("connecting", '"{department"', "使えない { } があります"),
    ("goodbye", "{en: Bye}", "日本語(ja)の文がありません"),
    ("goodbye", '""', "文字を書いてください"),
]


@pytest.mark.parametrize(
    ("name", "words_there", "words"), FAULTY_PHRASES, ids=[words for _, _, words in FAULTY_PHRASES]
)
def test_a_fault_of_a_phrase_is_named_with_its_line(name: str, words_there: str, words: str) -> None:
    """The phrase is replaced, in every language."""
    text = re.sub(rf"^  {name}:\n(    .*\n)+", f"  {name}: {words_there}\n", PHRASES, flags=re.MULTILINE)
    assert text != PHRASES
    fault = only(sources(phrases=text))
    assert words in fault.message
    assert (fault.path, fault.line) == ("phrases.yaml", line_of(text, f"{name}:"))


def test_a_missing_phrase_and_an_unknown_one_are_faults() -> None:
    """With a guess at what was meant."""
    text = PHRASES.replace("  goodbye:", "  goodby:", 1)
    missing, unknown = faults(sources(phrases=text))
    assert missing.message == "「goodbye」の文がありません。書き足してください。"
    assert unknown.line == line_of(text, "goodby:")
    assert "(もしかして: 「goodbye」)" in unknown.message


FAULTY_GRAMMARS = [
    (r"^  slow:\n(    .*\n)+", "", "commands:", "「slow」の言い方がありません"),
    (r"^  slow:", "  slowly:", "slowly:", "「slowly」という操作はありません。(もしかして: 「slow」)"),
    (r"^  end: \[", "  finish: [", "finish:", "「finish」という操作はありません"),
    (r"<person>\(と", "<persn>(と", "person:", "<persn> という言い方の部品はありません"),
    (r'    key: "0"\n', "", "person:", "「person」に key がありません"),
    (r"^emergency:\n(  - .*\n)+", "emergency: []\n", "emergency:", "一つ以上書いてください"),
    (r"^emergency:\n(  - .*\n)+", "", "commands:", "「emergency」がありません"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), FAULTY_GRAMMARS, ids=[f[3] for f in FAULTY_GRAMMARS])
def test_a_fault_of_the_grammar_is_named_with_its_line(old: str, new: str, place: str, words: str) -> None:
    """Commands, offers, rules and lists."""
    text = re.sub(old, new, GRAMMAR, count=1, flags=re.MULTILINE)
    assert text != GRAMMAR
    fault = next(fault for fault in faults(sources(grammar=text)) if words in fault.message)
    assert fault.path == "grammars/ja/commands.yaml"
    assert fault.line == (line_of(text, place) if "がありません" not in words or place != "commands:" else fault.line)


def test_without_japanese_ways_of_speaking_there_is_no_line() -> None:
    """Every other language falls back on Japanese."""
    texts = replace(sources(), grammars={})
    fault = only(texts)
    assert fault.message.startswith("「ja/commands.yaml」(日本語の言い方)がありません")


def test_all_faults_of_all_files_are_told_at_once() -> None:
    """So that staff do not mend one only to meet the next."""
    bad = sources(
        tree("案内: {transfer: 市民化}"),
        TREE.replace("goto: 受付", "gotoo: 受付"),
        line="start: 案内\nlimit: {}",
        phrases=PHRASES.replace("  goodbye:", "  goodby:", 1),
    )
    assert {fault.path for fault in faults(bad)} == {"trees/1.yaml", "trees/2.yaml", "line.yaml", "phrases.yaml"}
