"""Walking the tree: nodes, options, and the commands that work everywhere."""

from dataclasses import replace

import pytest
from line_world import World

from voicebot.actions import DiscardCallRecording, LookUp, Play
from voicebot.dialog.state import State
from voicebot.dialog.tree import AskNode, Dialog, SayNode, TransferNode
from voicebot.dialog.walking import HISTORY, beginning, enter, follow
from voicebot.events import FaqHit


def test_an_announcement_that_may_be_interrupted_is_said_with_the_next_question(asked: World) -> None:
    """One order to speak, so that the caller can cut in at once."""
    asked.presses("5")
    (play, *_) = asked.presses("3")
    assert isinstance(play, Play)
    assert [prompt.text for prompt in play.prompts[:2]] == ["時間のご案内です。", "8時半からです。"]
    assert [prompt.name for prompt in play.prompts[:2]] == ["前置き", "時間"]


def test_an_announcement_that_must_be_heard_stands_alone_and_the_next_keys_work_already(call: World) -> None:
    """The notice that the call is recorded is not talked over."""
    assert call.state.phase == "notice"
    assert call.expect is None
    assert call.said[-1].node == "挨拶"
    call.presses("5")
    assert call.state.question is not None
    assert call.state.question.name == "番号"


@pytest.mark.parametrize(
    ("key", "phase", "words"),
    [
        ("1", "asking", "燃えるごみは月曜日です。ほかにお尋ねはございますか。"),
        ("2", "looking_up", ""),
        ("4", "inviting", "ご伝言ですね。発信音のあとに、"),
        ("6", "closing", "またどうぞ。"),
    ],
)
def test_every_kind_of_node_does_what_it_says(asked: World, key: str, phase: str, words: str) -> None:
    """An answer, a transfer, a message, an end."""
    asked.presses("5")
    asked.presses(key)
    assert asked.state.phase == phase
    assert words in asked.words


def test_a_transfer_node_says_its_own_words_before_it_connects(asked: World) -> None:
    """They are kept until it is known whether somebody is there."""
    asked.presses("5")
    asked.presses("2")
    asked.answered()
    assert asked.words.startswith("窓口をお呼びします。市民課におつなぎします。")


def test_an_answer_node_is_named_as_the_answer(asked: World) -> None:
    """For the transcript, as an entry of the FAQ is."""
    asked.presses("5")
    asked.presses("1")
    assert (asked.said[-1].node, asked.said[-1].answers) == ("ほかに", "ごみ")
    assert asked.state.department == "環境課"


def answered(world: World) -> World:
    """The caller has been given an answer."""
    world.hears("犬の登録")
    world.answered(hits=(FaqHit("犬", "犬の登録", "3000円です。", "環境課", 0.9),))
    world.spoken()
    return world


@pytest.mark.parametrize("words", ["はい", "はい、あります", "1番"])
def test_yes_to_anything_else_asks_for_it_without_the_greeting(asked: World, words: str) -> None:
    """Who talks with us already need not be told who we are."""
    answered(asked).hears(words)
    assert asked.words == "ご用件をどうぞ。"


@pytest.mark.parametrize(
    "words", ["いいえ", "ありません", "大丈夫です", "はい、わかりました、ありがとうございました", "2番"]
)
def test_no_to_anything_else_says_goodbye(asked: World, words: str) -> None:
    """However it is said."""
    answered(asked).hears(words)
    assert asked.state.phase == "closing"


@pytest.mark.parametrize("words", ["猫の登録は", "時間がありませんがいつまで開いていますか", "書類は一通で結構ですか"])
def test_a_further_question_is_searched_at_once(asked: World, words: str) -> None:
    """Words of goodbye inside a question are no goodbye."""
    answered(asked).hears(words)
    assert asked.state.phase == "searching"


def test_silence_after_an_answer_is_a_goodbye(asked: World) -> None:
    """The caller has what was wanted."""
    answered(asked).silence()
    assert asked.state.phase == "closing"


@pytest.mark.parametrize("said", ["もう一度", "すみません、もう一度言ってもらえますか", "*"])
def test_repeat_says_the_answer_again(asked: World, said: str) -> None:
    """By voice and by key, as often as wanted."""
    answered(asked)
    for _ in range(3):
        asked.presses(said) if said == "*" else asked.hears(said)
        assert asked.words == "3000円です。" + asked.dialog.phrases["anything_else"]["ja"]
        asked.spoken()


def test_repeat_leaves_the_excuses_out(asked: World) -> None:
    """Also after the bot did not understand in between."""
    answered(asked).hears("むにゃ")
    asked.answered()
    assert asked.words.startswith("恐れ入ります。")
    asked.presses("*")
    assert asked.words.startswith("3000円です。ほかに")


def test_slow_is_said_once_and_stays(asked: World) -> None:
    """Every prompt from now on."""
    asked.hears("ゆっくり話して")
    assert asked.words == "はい。ゆっくりお話しします。ご用件をどうぞ。"
    asked.presses("*")
    assert asked.words == "ご用件をどうぞ。"
    assert all(prompt.slow for prompt in asked.said[-1].prompts)


def test_back_leads_to_the_question_before_and_from_the_first_one_to_itself(asked: World) -> None:
    """From an answer to the question that was answered."""
    asked.presses("5")
    asked.presses("1")
    asked.hears("前に戻って")
    assert asked.state.node == "番号"
    asked.hears("一つ前に戻る")
    assert asked.state.node == "受付"
    asked.hears("戻る")
    assert asked.state.node == "受付"
    assert asked.words == "ご用件をどうぞ。"


def test_start_over_forgets_the_way(asked: World) -> None:
    """And does not greet again."""
    asked.presses("5")
    asked.hears("最初からお願いします")
    assert (asked.state.node, asked.state.history, asked.words) == ("受付", ("受付",), "ご用件をどうぞ。")


def test_refusing_to_be_recorded_during_the_notice_does_not_say_the_notice_again(call: World) -> None:
    """The bot must not say that it records after it has stopped."""
    discard, play, _ = call.presses("9")
    assert discard == DiscardCallRecording()
    assert isinstance(play, Play)
    assert call.words == "はい。この通話の録音を止め、これまでの録音も消しました。ご用件をどうぞ。"
    assert call.state.history == ("受付",)
    call.presses("*")
    assert call.words == "ご用件をどうぞ。"


def test_refusing_later_repeats_the_matter(asked: World) -> None:
    """After an answer, that answer."""
    answered(asked).hears("録音しないでください")
    assert DiscardCallRecording() in asked.orders
    assert asked.words.startswith("はい。この通話の録音を止め、これまでの録音も消しました。3000円です。")


def test_the_notice_can_be_repeated(call: World) -> None:
    """`*` begins it anew."""
    first = call.words
    call.presses("*")
    assert (call.words, call.state.phase) == (first, "notice")


def test_a_person_is_that_of_the_matter(asked: World) -> None:
    """After an answer of a department, that department."""
    answered(asked)
    (order,) = asked.presses("0")
    assert isinstance(order, LookUp)
    assert order.arguments["department"] == "環境課"


def test_the_way_back_is_bounded(asked: World) -> None:
    """A caller who wanders for an hour does not make the state grow."""
    for _ in range(HISTORY):
        asked.presses("5")
        asked.hears("最初から")
        asked.state = replace(asked.state, history=(*asked.state.history, *("番号", "受付") * HISTORY)[-HISTORY:])
        asked.presses("5")
    assert len(asked.state.history) == HISTORY


def test_a_line_without_a_question_begins_anew_at_its_start(line: Dialog) -> None:
    """There is no first question to go to."""
    nodes = {"挨拶": SayNode({"ja": "どうも。"}, "転送"), "転送": TransferNode("市民課")}
    assert beginning(line, State()) == "受付"
    assert beginning(replace(line, nodes=nodes), State()) == "挨拶"


def test_a_node_that_is_gone_leads_to_the_start(asked: World) -> None:
    """The content may have changed between two stretches of a call."""
    state, _ = enter(asked.dialog, asked.state, "昔の節")
    assert state.node == "挨拶"
    question = asked.state.question
    assert question is not None
    fewer = {name: node for name, node in asked.dialog.nodes.items() if name != "番号"}
    asked.dialog = replace(asked.dialog, nodes=fewer)
    state, _ = follow(asked.dialog, asked.state, question.options[0].target)
    assert state.node == "挨拶"


def test_a_question_may_forbid_to_be_interrupted(line: Dialog, asked: World) -> None:
    """`bargein: false`; keys still count."""
    node = line.nodes["番号"]
    assert isinstance(node, AskNode)
    asked.dialog = replace(line, nodes={**line.nodes, "番号": replace(node, bargein=False)})
    asked.presses("5")
    assert asked.expect is not None
    assert not asked.expect.bargein
    asked.presses("1")
    assert "月曜日" in asked.words
