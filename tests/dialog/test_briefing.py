"""What an operator is told before the first word."""

from voicebot.actions import Play, Prompt, RequestCallback
from voicebot.dialog.briefing import Briefing, briefing, whispers
from voicebot.dialog.phrases import EMERGENCY, MATTER, SCREENING
from voicebot.dialog.slots import Value
from voicebot.dialog.state import State
from voicebot.events import Alternative, FaqAnswered, FaqHit, Heard

QUESTION = "つなぐときは1。"
HIT = FaqHit("税1", "固定資産税の納期", "6月です。", "税務課", 0.9)
OTHER = FaqHit("税2", "税の証明書", "窓口です。", "税務課", 0.6)


def heard(text: str) -> Heard:
    """The caller said this."""
    return Heard(1, (Alternative(text, text, 0.9),))


def test_the_matter_is_the_question_that_was_answered() -> None:
    """Not the one that was merely likelier."""
    items = [
        heard("税の証明が欲しい"),
        FaqAnswered(1, (HIT, OTHER)),
        Play(2, (Prompt("窓口です。"),), "", "税2"),
        heard("人につないで"),
    ]
    assert briefing(State(), "税務課", items).matter == "税の証明書"


def test_the_matter_is_the_likeliest_question_when_none_was_answered() -> None:
    """What is unlikely tells nothing: then the caller's own words."""
    assert briefing(State(), "税務課", [heard("固定資産"), FaqAnswered(1, (HIT,))]).matter == "固定資産税の納期"
    vague = FaqHit("税1", "固定資産税の納期", "", "税務課", 0.2)
    assert briefing(State(), "税務課", [heard("あの土地の件で"), FaqAnswered(1, (vague,))]).matter == "あの土地の件で"


def test_the_matter_is_what_was_said_when_asked_for_it() -> None:
    """In a call back the caller has said it in as many words."""
    state = State(values={MATTER: Value("x", "確定申告のこと")})
    assert briefing(state, "税務課", [FaqAnswered(1, (HIT,))]).matter == "確定申告のこと"


def test_a_yes_is_no_matter() -> None:
    """Nothing was said, so nothing is told."""
    assert briefing(State(language="ko"), "税務課", [heard("はい")]) == Briefing("税務課", "韓国語", "", ())


def test_the_notes_tell_how_the_caller_is() -> None:
    """The most urgent first."""
    state = State(rung=3, tried=("市民課", "税務課"), unrecorded=True, slow=True)
    items = [Play(1, (), EMERGENCY), RequestCallback(2, "税務課", "", "", "", "")]
    assert briefing(state, "税務課", items).notes == (
        "緊急の言葉がありました",
        "折り返し希望",
        "自動音声では通じていません",
        "市民課は出ませんでした",
        "録音はお断り",
    )
    assert briefing(State(slow=True), "税務課", []).notes == ("ゆっくりご希望",)


def test_whispers_become_shorter_and_always_end_with_the_question() -> None:
    """What matters least is left out first; the question alone is the shortest."""
    about = Briefing("税務課", "日本語", "固定資産税の納期", ("折り返し希望", "録音はお断り"))
    texts = whispers(about, QUESTION)
    assert (
        texts[0]
        == "税務課への電話です。日本語。ご用件は、固定資産税の納期。折り返し希望。録音はお断り。つなぐときは1。"
    )
    assert texts[1] == "税務課へ、日本語、固定資産税の納期、折り返し希望、録音はお断り。つなぐときは1。"
    assert texts[-1] == QUESTION
    assert all(text.endswith(QUESTION) for text in texts)
    short = whispers(about, QUESTION, "1か2。")
    assert all(text.endswith("1か2。") for text in short[1:-2])
    assert short[3] == "税務課へ、日本語、固定資産税の納期。1か2。"
    long = whispers(Briefing("税務課", "日本語", "固定資産税の納期と納める場所", ("折り返し希望",)), QUESTION, "1か2。")
    assert "税務課へ、日本語、固定資産税の納期と納める。1か2。" in long, "the matter is told as far as it goes"
    assert whispers(Briefing("税務課", "日本語", "", ()), QUESTION)[0] == "税務課への電話です。日本語。つなぐときは1。"


def test_the_answer_to_the_departments_question_is_told_and_is_no_matter() -> None:
    """It goes before the notes, and is left out before the department and the language are."""
    state = State(values={SCREENING: Value("田中です", "田中です")})
    items = [
        heard("水が止まらない"),
        Play(4, (Prompt("お名前を。"),), SCREENING),
        Heard(4, heard("田中です").alternatives),
    ]
    about = briefing(state, "水道課", items)
    assert (about.matter, about.reply) == ("水が止まらない", "田中です")
    texts = whispers(about, QUESTION)
    assert (
        texts[0] == "水道課への電話です。日本語。ご用件は、水が止まらない。お尋ねへの返事は、田中です。つなぐときは1。"
    )
    assert texts[1] == "水道課へ、日本語、水が止まらない、返事は田中です。つなぐときは1。"
    assert texts[-2:] == ("水道課への電話です。日本語。つなぐときは1。", QUESTION)
