"""How a question, an announcement and a goodbye become orders."""

from dataclasses import replace

from little_line import little_line

from voicebot.actions import Expect, Play, Prompt
from voicebot.dialog.speaking import (
    NOISES_BEFORE_DEAF_EAR,
    announce,
    ask,
    ask_again,
    close,
    in_language,
    phrase,
    with_keys,
    yes_no,
)
from voicebot.dialog.state import State
from voicebot.dialog.tree import Option, Question, ToCommand, ToNode

LINE = little_line()
QUESTION = Question(
    "選ぶ",
    "ごみは1番です。",
    "choices",
    (Option(ToNode("ごみ"), key="1", label="ごみ"), Option(ToNode("時間"), key="3", label="時間")),
    recording="選ぶ",
)


def text_of(play: object) -> str:
    """What this order says."""
    assert isinstance(play, Play)
    return "".join(prompt.text for prompt in play.prompts)


def test_a_question_is_spoken_and_heard_in_a_new_turn() -> None:
    """`Expect` comes with `Play`, so that who speaks early is heard."""
    state, (play, expect) = ask(LINE, State(turn=4), QUESTION, Prompt("はじめに。"))
    assert isinstance(expect, Expect)
    assert isinstance(play, Play)
    assert (state.turn, play.turn, expect.turn) == (5, 5, 5)
    assert (state.phase, state.question) == ("asking", QUESTION)
    assert play.prompts == (Prompt("はじめに。"), Prompt("ごみは1番です。", name="選ぶ"))
    assert play.node == "選ぶ"
    assert expect.bargein


def test_other_words_than_the_questions_own_are_no_recording() -> None:
    """A recording says the node's text and nothing else."""
    _, (play, _) = ask(LINE, State(), QUESTION, text="言い換え。")
    assert isinstance(play, Play)
    assert play.prompts == (Prompt("言い換え。", name=""),)


def test_slow_callers_are_spoken_to_slowly_and_given_time() -> None:
    """Every prompt is slow, and the silence that ends a turn is longer."""
    _, (_, quick) = ask(LINE, State(), QUESTION)
    _, (play, patient) = ask(LINE, State(slow=True), QUESTION, Prompt("はじめに。"))
    assert isinstance(play, Play)
    assert isinstance(quick, Expect)
    assert isinstance(patient, Expect)
    assert all(prompt.slow for prompt in play.prompts)
    assert patient.grammar.end_silence_seconds > quick.grammar.end_silence_seconds


def test_after_some_noise_speech_no_longer_interrupts() -> None:
    """A television must not keep the bot from speaking; keys still do."""
    _, (_, expect) = ask(LINE, State(noises=NOISES_BEFORE_DEAF_EAR), QUESTION)
    assert isinstance(expect, Expect)
    assert not expect.bargein


def test_the_grammar_holds_choices_commands_and_at_open_questions_the_citys_words() -> None:
    """Each once."""
    phrases = yes_no(LINE, State(), "確認", "よろしいですか。", ToNode("ごみ"))
    _, (_, expect) = ask(LINE, State(), phrases)
    assert isinstance(expect, Expect)
    assert expect.grammar.kind == "yes_no"
    assert {"はい", "いいえ", "職員と話したい", "住民票"} <= set(expect.grammar.phrases)
    assert len(set(expect.grammar.phrases)) == len(expect.grammar.phrases)
    _, (_, closed) = ask(LINE, State(), QUESTION)
    assert isinstance(closed, Expect)
    assert "住民票" not in closed.grammar.phrases


def test_a_caller_whom_we_cannot_hear_is_told_the_keys() -> None:
    """Speech is not expected; an open question becomes its keys, a menu keeps its words."""
    state, orders = ask(LINE, State(deaf=True), QUESTION)
    assert [type(order) for order in orders] == [Play]
    assert text_of(orders[0]) == "ごみは1番です。時間は、3番を。職員とお話しになりたい方は、ゼロ番を押してください。"
    assert text_of(ask_again(LINE, state, QUESTION)[1][0]) == text_of(orders[0]), "said once more, not twice over"
    spoken = replace(QUESTION, kind="open", text="ご用件をお話しください。")
    assert "お話しください" not in text_of(ask(LINE, State(deaf=True), spoken)[1][0])
    only_by_voice = Question("緊急", "119番に。", "open")
    assert text_of(ask(LINE, State(deaf=True), only_by_voice)[1][0]).startswith("119番に。")


def test_keys_that_the_text_names_already_are_not_named_again() -> None:
    """Only what is missing is added, and the key for a person."""
    assert with_keys(LINE, State(), QUESTION, "ごみは1番、時間は3番です。") == (
        "ごみは1番、時間は3番です。職員とお話しになりたい方は、ゼロ番を押してください。"
    )


def test_what_is_said_again_is_the_matter_without_the_excuses() -> None:
    """Answers and opening hours are repeated with the question; apologies are not."""
    answer, sorry = Prompt("300円です。"), phrase(LINE, State(), "no_match")
    state, _ = ask(LINE, State(), QUESTION, answer)
    state, _ = ask(LINE, state, QUESTION, sorry, text="言い換え。")
    state, (play, _) = ask_again(LINE, state, QUESTION)
    assert text_of(play) == "300円です。言い換え。"
    other = replace(QUESTION, name="別", text="別です。")
    state, _ = ask(LINE, state, other)
    assert text_of(ask_again(LINE, state, other)[1][0]) == "別です。"


def test_an_announcement_is_not_heard_over() -> None:
    """No speech is expected while it plays."""
    state, (play,) = announce(State(), "notice", "挨拶", Prompt("お知らせ。"), Prompt(""))
    assert isinstance(play, Play)
    assert (state.phase, play.node, play.prompts) == ("notice", "挨拶", (Prompt("お知らせ。"),))


def test_a_goodbye_closes() -> None:
    """With what is to be said before it."""
    state, (play,) = close(LINE, State(), Prompt("では。"))
    assert state.phase == "closing"
    assert text_of(play) == "では。お電話ありがとうございました。失礼いたします。"


def test_yes_and_no_have_keys_and_lead_where_they_should() -> None:
    """1 is yes, 2 is no."""
    question = yes_no(LINE, State(), "確認", "よろしいですか。", ToNode("ごみ"))
    assert [(option.key, option.target) for option in question.options] == [
        ("1", ToNode("ごみ")),
        ("2", ToCommand("reject")),
    ]


def test_a_language_without_a_translation_speaks_japanese() -> None:
    """Better than silence."""
    assert in_language({"ja": "はい", "en": "yes"}, "ko") == "はい"
    assert in_language({"ja": "はい", "en": "yes"}, "en") == "yes"
    assert phrase(LINE, State(language="ko"), "goodbye").text == LINE.phrases["goodbye"]["ko"]
    assert phrase(LINE, State(language="tlh"), "goodbye").text == LINE.phrases["goodbye"]["ja"]


def test_a_phrase_with_a_blank_is_no_recording() -> None:
    """What is filled in is not on the recording."""
    assert phrase(LINE, State(), "connecting", department="市民課").name == ""
    assert phrase(LINE, State(), "goodbye").name == "goodbye"
