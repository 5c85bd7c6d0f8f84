"""What was not taken as meant is found in a call's record."""

from collections.abc import Sequence

from voicebot.actions import Action, AskFaq, Expect, Grammar, Play, Prompt, Transfer
from voicebot.events import Alternative, DigitPressed, Event, FaqAnswered, FaqHit, Heard, TransferEnded
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.troubles import Named, Trouble, troubles_of

HIT = FaqHit("粗大ごみ", "粗大ごみ", "電話でお申し込みください。", "環境課", 0.7)
OTHER = FaqHit("家具", "家具", "補助はありません。", "福祉課", 0.9)
OPEN = Grammar("ja", "open")


def entries(*items: Event | Action) -> Sequence[Entry]:
    """A record."""
    return [Entry(seq, float(seq), item) for seq, item in enumerate(items, 1)]


def said(turn: int, text: str) -> Heard:
    """The caller says this."""
    return Heard(turn, (Alternative(text, "", 0.8),))


def play(turn: int, node: str, *names: str, answers: str = "") -> Play:
    """The bot says standard sentences at a node."""
    return Play(turn, tuple(Prompt("…", name=name) for name in names), node, answers)


def asked(turn: int, node: str, *names: str) -> tuple[Action, ...]:
    """An open question."""
    return play(turn, node, *names), Expect(turn, OPEN)


def search(turn: int, *hits: FaqHit) -> tuple[Event | Action, ...]:
    """A search and what it found."""
    return AskFaq(turn, "ja", ()), FaqAnswered(turn, hits)


def test_what_was_searched_in_vain_is_a_trouble() -> None:
    """With what the search had in mind."""
    (found,) = troubles_of(
        entries(*asked(1, "用件"), said(1, "タンス"), *search(2, HIT), *asked(3, "用件", "no_match"))
    )
    assert found == Trouble(1, "not_understood", "用件", (Alternative("タンス", "", 0.8),), (Named("粗大ごみ", 0.7),))


def test_an_offer_that_is_refused_makes_what_led_to_it_a_trouble() -> None:
    """Not the no itself; by voice or by key, whatever the bot says then."""
    for refusal in (said(3, "いいえ"), DigitPressed("2")):
        for sentence in ("rejected", "no_match_again", "to_person"):
            record = entries(
                *asked(1, "用件"), said(1, "タンス"), *search(2, HIT), *asked(3, "確認"), refusal,
                *asked(4, "用件", sentence),
            )  # fmt: skip
            (found,) = troubles_of(record)
            assert (found.kind, found.turn, found.guesses[0].text) == ("refused", 1, "タンス")


def test_who_asks_something_else_instead_of_yes_has_refused() -> None:
    """And what comes then is a matter of its own."""
    record = entries(
        *asked(1, "用件"), said(1, "タンス"), *search(2, HIT), *asked(3, "確認"), said(3, "家具の補助"),
        *search(4, OTHER), play(5, "ほかに", answers="家具"),
    )  # fmt: skip
    (found,) = troubles_of(record)
    assert (found.kind, found.turn, found.entry, found.agreed) == ("refused", 1, "家具", False)


def test_who_gets_what_was_offered_by_other_words_has_not_refused() -> None:
    """大きなごみのことです is as good as a yes."""
    record = entries(
        *asked(1, "用件"), said(1, "タンス"), *search(2, HIT), *asked(3, "確認"), said(3, "大きなごみ"),
        *search(4, HIT), play(5, "ほかに", answers="粗大ごみ"),
    )  # fmt: skip
    assert troubles_of(record) == ()


def test_the_answer_that_the_caller_agrees_to_later_is_noted() -> None:
    """A yes shows what was meant from the beginning."""
    record = entries(
        *asked(1, "用件"), said(1, "タンス"), *search(2), *asked(3, "用件", "no_match"), said(3, "大きいごみ"),
        *search(4, HIT), *asked(5, "確認"), said(5, "はい"), play(6, "ほかに", answers="粗大ごみ"),
    )  # fmt: skip
    (found,) = troubles_of(record)
    assert (found.turn, found.entry, found.agreed, found.department) == (1, "粗大ごみ", True, "")


def test_where_the_caller_was_connected_at_last_is_noted() -> None:
    """Only when somebody answered."""
    begin = (*asked(1, "用件"), said(1, "タンス"), *search(2), play(3, "転送", "to_person"), Transfer(3, "総合案内"))
    (found,) = troubles_of(entries(*begin, TransferEnded(3, "connected")))
    assert found.department == "総合案内"
    (found,) = troubles_of(entries(*begin, TransferEnded(3, "busy")))
    assert found.department == ""


def test_what_a_form_asks_for_is_no_trouble() -> None:
    """It is a name or a number, and was not searched; a choice that is not understood is one."""
    assert (
        troubles_of(entries(*asked(1, "申し込み/お名前"), said(1, "佐藤"), *asked(2, "申し込み/お名前", "no_match")))
        == ()
    )
    closed = (play(1, "ごみ"), Expect(1, Grammar("ja", "choices")))
    (found,) = troubles_of(entries(*closed, said(1, "タンス"), *asked(2, "ごみ", "no_match")))
    assert found.node == "ごみ"


def test_a_call_that_went_well_has_none() -> None:
    """Answers at once, and noises without words."""
    assert (
        troubles_of(entries(*asked(1, "用件"), said(1, "粗大"), *search(2, HIT), play(3, "ほかに", answers="粗大ごみ")))
        == ()
    )
    assert troubles_of(entries(*asked(1, "用件"), Heard(1, ()), *asked(2, "用件", "no_match"))) == ()
