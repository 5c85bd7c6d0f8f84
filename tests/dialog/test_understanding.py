"""What words mean at a point of the conversation, and what the FAQ's answers are worth."""

import pytest
from line_world import World
from little_line import SURROUNDINGS, sources

from voicebot.actions import AskFaq, LookUp
from voicebot.dialog.load import load
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
    asked.answered(hits=(hit(0.46), hit(0.05, "別")))
    assert went_to(asked) == "確認"
    asked.hears("猫のこと")
    assert asked.state.rung == 1, "going round in confirmations climbs silently"
    asked.answered(hits=(hit(0.24),))
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


CHOICES = """
section: 総合案内
nodes:
  受付:
    prompt: ご用件をどうぞ。水漏れは、1番。
    open: true
    choices:
      - {say: 水漏れ, label: 水漏れ, key: 1, goto: 水漏れの係}
      - {say: [税金, 住民税], label: 税金のご案内, goto: 税金}
      - {say: 道路に穴が開いて, label: 道路の穴, goto: 道路}
  水漏れの係: {transfer: 総合案内}
  税金: {answer: 税金のご案内です。}
  道路: {answer: 近寄らないでください。}
"""


@pytest.fixture
def open_question() -> World:
    """An open question with a choice that is read out and two that are not."""
    world = World(load(sources(CHOICES, line="start: 受付"), SURROUNDINGS)).begin()
    world.spoken()
    return world


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("税金", "ほかに"),
        ("税金です", "ほかに"),
        ("えーと、税金のことなんですけど", "ほかに"),
        ("税金の納付書をなくしました", "searching"),
        ("家の前の道路に穴が開いてる", "ほかに"),
        ("きのうから水漏れがひどくて困っています", "総合案内"),
        ("図書館の本", "searching"),
    ],
)
def test_a_choice_counts_when_it_is_what_was_said_or_was_read_out(open_question: World, words: str, place: str) -> None:
    """A word of a longer question is asked of the FAQ first, unless the caller has just heard it as a choice."""
    open_question.hears(words)
    assert went_to(open_question) == place


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.95, "3000円です。"),
        (0.7, "「犬の登録」というお尋ねで"),
        (0.5, "税金のご案内です。"),
        (0.1, "税金のご案内です。"),
    ],
)
def test_a_likely_hit_wins_over_a_word_and_the_word_over_a_doubtful_hit(
    open_question: World, confidence: float, words: str
) -> None:
    """税金の納付書をなくしました: the FAQ knows it, or the choice 税金 is the next best thing."""
    open_question.hears("税金の納付書をなくしました")
    open_question.answered(hits=(hit(confidence),))
    assert open_question.words.startswith(words)
    assert open_question.state.leaning is None or confidence >= 0.6


def test_a_choice_that_was_poorly_heard_waits_for_the_faq(open_question: World) -> None:
    """A choice of 0.7 is asked about only when the FAQ has nothing that is as likely."""
    poor = "じゅうぜえ"
    open_question.hears(poor)
    assert went_to(open_question) == "searching"
    open_question.answered(hits=(hit(0.9),))
    assert open_question.words.startswith("3000円です。")
    again = World(open_question.dialog).begin()
    again.spoken()
    again.hears(poor)
    again.answered(hits=())
    assert again.words.startswith("税金のご案内、でよろしいですか。")


def test_a_word_of_a_choice_helps_when_the_search_is_broken(open_question: World) -> None:
    """Better than a person who must be rung for it."""
    open_question.hears("税金の納付書をなくしました")
    open_question.fails("faq")
    assert open_question.words.startswith("税金のご案内です。")


@pytest.mark.parametrize(
    ("words", "place"),
    [("市民課", "番"), ("職員", "番"), ("市民課につないで", "市民課"), ("つないでください", "総合案内")],
)
def test_a_choice_wins_over_a_person_unless_a_department_is_asked_for(words: str, place: str) -> None:
    """職員 is a choice where staff have made it one, and leads where they say."""
    tree = """
section: 総合案内
nodes:
  受付:
    prompt: 市民課のことと職員は、1番。
    choices: [{say: [市民課, 職員], key: 1, goto: 番}]
  番:
    prompt: 番号をどうぞ。
    choices: [{say: 戻ること, key: 1, goto: 受付}]
"""
    world = World(load(sources(tree, line="start: 受付"), SURROUNDINGS)).begin()
    world.spoken()
    world.hears(words)
    assert went_to(world) == place


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
