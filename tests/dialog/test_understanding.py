"""What words mean at a point of the conversation, and what the FAQ's answers are worth."""

import pytest
from line_world import World

from voicebot.actions import AskFaq, LookUp
from voicebot.dialog.tree import ToAnswer
from voicebot.events import FaqHit


def hit(confidence: float, question: str = "犬の登録", answer: str = "3000円です。") -> FaqHit:
    """A hit of the FAQ."""
    return FaqHit(question, question, answer, "環境課", confidence, question)


def went_to(world: World) -> str:
    """The node or the machine's own question, or the department that is looked up, or the phase."""
    if isinstance(world.asked, LookUp):
        return world.asked.arguments["department"]
    if world.state.phase == "asking" and world.state.question:
        return world.state.question.name
    return world.state.phase


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("メニュー", "番号"),
        ("5番", "番号"),
        ("ゼロ番", "総合案内"),
        ("職員の方に代わってもらえますか", "総合案内"),
        ("オペレーター", "総合案内"),
        ("市民課", "市民課"),
        ("市民課をお願いします", "市民課"),
        ("戸籍係につないで", "市民課"),
        ("つないでください", "総合案内"),
        ("終わります", "closing"),
        ("犬の登録", "searching"),
        ("失礼します、犬の登録をしたいんですが", "searching"),
        ("税金が戻ると聞いたんですが", "searching"),
        ("お願いします", "受付"),
        ("ごみをお願いします", "searching"),
        ("ごみの係は何時までですか", "searching"),
        ("火事です", "緊急"),
        ("家事代行", "searching"),
        ("火事の罹災証明がほしい", "searching"),
        ("救命講習を受けたい", "searching"),
    ],
)  # fmt: skip
def test_words_at_the_open_question_lead_where_a_clerk_would_lead(asked: World, words: str, place: str) -> None:
    """Choices, numbers, commands, departments, danger, and everything else to the FAQ."""
    asked.hears(words)
    assert went_to(asked) == place


def test_the_search_is_given_every_guess(asked: World) -> None:
    """In the language of the call."""
    (_, order) = (None, asked.hears("犬の糖録", "犬の登録")[0])
    assert isinstance(order, AskFaq)
    assert [guess.text for guess in order.alternatives] == ["犬の糖録", "犬の登録"]
    assert order.language == "ja"
    assert order.turn == asked.state.turn


def test_a_sure_answer_is_given_at_once_with_its_entry_named(asked: World) -> None:
    """The matter's department is remembered, for a caller who then wants a person."""
    asked.hears("犬の登録")
    asked.answered(hits=(hit(0.9), hit(0.5, "別")))
    assert asked.words.startswith("3000円です。ほかにお尋ねはございますか。")
    assert asked.said[-1].answers == "犬の登録"
    assert (asked.state.answered, asked.state.department) == (True, "環境課")
    asked.hears("つないで")
    assert went_to(asked) == "環境課"


@pytest.mark.parametrize("yes", ["はい", "ええ、お願いします", "そうです", "1番"])
def test_a_likely_answer_is_confirmed(asked: World, yes: str) -> None:
    """By any way of saying yes."""
    asked.hears("犬のこと")
    asked.answered(hits=(hit(0.7), hit(0.65, "別")))
    assert asked.words.startswith("「犬の登録」というお尋ねで、よろしいですか。")
    asked.spoken()
    asked.hears(yes)
    assert asked.words.startswith("3000円です。")


@pytest.mark.parametrize("no", ["いいえ", "違います", "2番", "いや、そうじゃなくて"])
def test_a_wrong_guess_returns_to_the_question_before(asked: World, no: str) -> None:
    """With an apology."""
    asked.hears("犬のこと")
    asked.answered(hits=(hit(0.7),))
    asked.spoken()
    asked.hears(no)
    assert asked.words == "失礼いたしました。短い言葉でお話しください。"
    assert went_to(asked) == "受付"
    assert asked.state.parent is None


def test_polite_words_around_another_wish_are_no_yes(asked: World) -> None:
    """ごみをお願いします does not confirm 犬の登録."""
    asked.hears("犬のこと")
    asked.answered(hits=(hit(0.7),))
    asked.spoken()
    asked.hears("ごみをお願いします")
    assert went_to(asked) == "searching"


def test_a_few_likely_answers_are_offered_at_most_three(asked: World) -> None:
    """With keys, and a way out."""
    asked.hears("犬のこと")
    asked.answered(hits=tuple(hit(0.5, name) for name in ("甲の件", "乙の件", "丙の件", "丁の件")))
    assert asked.words == (
        "次の中に、お尋ねのものはありますか。甲の件は、1番。乙の件は、2番。丙の件は、3番。どれでもないときは、4番です。"
    )
    options = asked.state.question.options if asked.state.question else ()
    assert [option.key for option in options] == ["1", "2", "3", "4"]
    assert [isinstance(option.target, ToAnswer) for option in options] == [True, True, True, False]


@pytest.mark.parametrize(
    ("words", "ending"), [("2番", "答えます。"), ("おつの件", "答えます。"), ("どれでもない", "お話しください。")]
)
def test_an_offer_is_taken_by_number_or_name_or_not_at_all(asked: World, words: str, ending: str) -> None:
    """None of them leads back to the question."""
    asked.hears("犬のこと")
    asked.answered(hits=(hit(0.5, "甲の件"), FaqHit("乙", "乙の件", "答えます。", "", 0.5, "オツノケン")))
    asked.spoken()
    asked.hears(words)
    assert ending in asked.words


def test_one_doubtful_answer_is_asked_about_and_none_is_not_understood(asked: World) -> None:
    """A list of one is a question; an unlikely hit is none."""
    asked.hears("犬のこと")
    asked.answered(hits=(hit(0.46), hit(0.3, "別")))
    assert went_to(asked) == "確認"
    asked.hears("猫のこと")
    assert asked.state.rung == 1, "going round in confirmations climbs silently"
    asked.answered(hits=(hit(0.44),))
    assert asked.state.rung == 2
    assert "もう一度申し上げます" in asked.words


def test_going_round_in_confirmations_ends_at_a_person(asked: World) -> None:
    """Who never says yes or no is not asked for ever."""
    asked.hears("犬のこと")
    for _ in range(2):
        asked.answered(hits=(hit(0.7),))
        asked.hears("猫のこと")
    asked.answered(hits=(hit(0.7),))
    asked.hears("鳥のこと")
    assert went_to(asked) == "総合案内"


def test_a_choice_that_is_only_likely_is_confirmed_by_its_name(asked: World) -> None:
    """With the label that staff gave it."""
    asked.presses("5")
    asked.spoken()
    asked.hears("かいちょうじか")
    if went_to(asked) == "確認":
        assert asked.words.startswith("時間、でよろしいですか。")
        asked.hears("はい")
    assert "8時半" in asked.words


def test_the_choices_of_the_question_win_over_commands_and_departments(asked: World) -> None:
    """書き置き is a choice here; 窓口 is no request for a person."""
    asked.presses("5")
    asked.spoken()
    asked.hears("窓口")
    assert went_to(asked) == "市民課"
    assert asked.state.node == "窓口へ"


def test_an_emergency_is_answered_twice_slowly_and_then_listened_to(asked: World) -> None:
    """And silence then ends the call, so that the line is free."""
    asked.hears("家が燃えています")
    warning = asked.dialog.phrases["emergency"]["ja"]
    assert [prompt.text for prompt in asked.said[-1].prompts] == [warning, warning]
    assert all(prompt.slow for prompt in asked.said[-1].prompts)
    assert asked.expect is not None
    assert not asked.expect.bargein
    asked.silence()
    assert asked.state.phase == "closing"


def test_the_third_emergency_is_given_to_the_duty_desk_after_the_warning(asked: World) -> None:
    """Said twice even then."""
    for _ in range(3):
        asked.hears("助けて")
    assert went_to(asked) == "守衛室"
    asked.answered()
    warning = asked.dialog.phrases["emergency"]["ja"]
    assert asked.words.startswith(warning * 2 + "守衛室におつなぎします。")


def test_a_caller_who_is_asked_nothing_is_led_to_a_person(asked: World) -> None:
    """It cannot happen; if it does, somebody helps."""
    lost = World(asked.dialog)
    lost.begin()
    lost.state = type(lost.state)(phase="asking", turn=lost.state.turn)
    lost.hears("犬の登録")
    assert went_to(lost) == "総合案内"
