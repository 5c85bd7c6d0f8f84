"""Turns are computed from the record alone."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.actions import AskFaq, Expect, Grammar, Play, Prompt
from voicebot.events import Alternative, DigitPressed, FaqAnswered, FaqHit, Heard, PromptFinished, TimedOut
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.turns import TurnRow, answer_in, turns_of

YES = Alternative("はい", "ハイ", 0.9)
WASTE = FaqHit("waste", "ごみはいつ", "燃えるごみは月曜と木曜に出せます。資源は水曜です。", "kankyo", 0.7)
OTHER = FaqHit("other", "ほか", "市役所一階の窓口で承ります。", "shimin", 0.5)
GRAMMAR = Grammar("ja", "open", end_silence_seconds=0.5)


def record(*timed: tuple[float, Item]) -> list[Entry]:
    """Entries from times and items."""
    return [Entry(number, seconds, item) for number, (seconds, item) in enumerate(timed, 1)]


def test_a_confirmed_answer_is_noted_where_the_question_was_asked() -> None:
    """Search, confirmation, yes, answer: the entry belongs to the words that were searched."""
    wish = Alternative("ごみはいつ", "ゴミワイツ", 0.6)
    rows = turns_of(
        record(
            (0.0, Play(1, (Prompt("こちらは港町です。"), Prompt("ご用件をどうぞ。")), node="start")),
            (0.0, Expect(1, GRAMMAR)),
            (5.0, PromptFinished(1)),
            (9.0, Heard(1, (wish, YES), 1.5, 0.25)),
            (9.0, AskFaq(1, "ja", (wish,))),
            (9.125, FaqAnswered(1, (WASTE, OTHER))),
            (9.25, Play(2, (Prompt("ごみの出し方についてですか。"),), node="確認")),
            (9.25, Expect(2, GRAMMAR)),
            (12.0, Heard(2, (YES,), 0.5, 0.125)),
            (12.5, Play(3, (Prompt(WASTE.answer),), answers="waste")),
            (20.0, PromptFinished(3)),
        )
    )
    first = TurnRow(
        turn=1,
        asked="こちらは港町です。ご用件をどうぞ。",
        node="start",
        heard_text="ごみはいつ",
        heard_reading="ゴミワイツ",
        confidence=0.6,
        nbest=(wish, YES),
        keys="",
        answered_entry="waste",
        score=0.7,
        started_seconds=0.0,
        ended_seconds=9.25,
        speech_seconds=1.5,
        decode_seconds=0.25,
        answer_delay_seconds=0.5 + 0.25 + 0.25,
    )
    assert rows[0] == first
    assert (rows[1].heard_text, rows[1].node, rows[1].answered_entry) == ("はい", "確認", "")
    assert rows[1].answer_delay_seconds == 0.5 + 0.125 + 0.5
    assert (rows[2].started_seconds, rows[2].ended_seconds, rows[2].heard_text) == (12.5, 20.0, "")
    assert rows[2].confidence is rows[2].speech_seconds is rows[2].answer_delay_seconds is None


def test_keys_belong_to_the_turn_that_was_begun_last() -> None:
    """Keys carry no turn of their own; what they lead to is credited to them."""
    rows = turns_of(
        record(
            (0.0, Play(1, (Prompt("1を押してください。", name="menu"),))),
            (2.0, DigitPressed("1")),
            (2.0, DigitPressed("2")),
            (2.5, Play(2, (Prompt("8時30分に開きます。"),), node="hours", answers="hours")),
        )
    )
    assert (rows[0].keys, rows[0].node, rows[0].answered_entry, rows[0].score) == ("12", "menu", "hours", None)
    assert rows[0].answer_delay_seconds == 0.5
    assert rows[1].keys == ""


def test_what_was_not_answered_keeps_the_best_score() -> None:
    """Tuning wants to know how near the search was."""
    rows = turns_of(
        record(
            (0.0, Play(1, (Prompt("どうぞ。"),))),
            (1.0, Heard(1, (YES,))),
            (1.0, FaqAnswered(1, (OTHER,))),
            (1.0, Play(2, (Prompt("もう一度お願いします。"),))),
            (2.0, FaqAnswered(2, ())),
        )
    )
    assert (rows[0].answered_entry, rows[0].score) == ("", 0.5)
    assert (rows[1].answered_entry, rows[1].score) == ("", None)


def test_sound_without_words_does_not_replace_words() -> None:
    """The last words of a turn count."""
    rows = turns_of(record((0.0, Heard(1, (YES,))), (1.0, Heard(1, ())), (2.0, Heard(2, ()))))
    assert rows[0].heard_text == "はい"
    assert (rows[1].heard_text, rows[1].speech_seconds) == ("", 0.0)


def test_an_answer_is_known_by_its_text_where_the_order_does_not_say() -> None:
    """Whole, or in pieces; a confirmation that names the question is none."""
    assert answer_in(Play(1, (Prompt("お答えします。"), Prompt(WASTE.answer))), (OTHER, WASTE)) == "waste"
    assert answer_in(Play(1, (Prompt("燃えるごみは月曜と木曜に出せます。"),)), (OTHER, WASTE)) == "waste"
    assert answer_in(Play(1, (Prompt("ごみはいつ、についてですか。"),)), (OTHER, WASTE)) == ""
    assert answer_in(Play(1, (Prompt("水曜です。"),)), (WASTE,)) == ""
    assert answer_in(Play(1, (Prompt("はい。"),), answers="node"), (WASTE,)) == "node"
    assert answer_in(Play(1, (Prompt("x"),)), (FaqHit("empty", "", "", "", 1.0),)) == ""


def test_no_record_no_turns() -> None:
    """A call that broke off at once."""
    assert turns_of([]) == []


ITEMS = st.one_of(
    st.builds(Play, st.integers(0, 3), st.just((Prompt("どうぞ"),))),
    st.builds(Expect, st.integers(0, 3), st.just(GRAMMAR)),
    st.builds(Heard, st.integers(0, 3), st.sampled_from([(), (YES,)])),
    st.builds(DigitPressed, st.sampled_from("0123456789*#")),
    st.builds(FaqAnswered, st.integers(0, 3), st.sampled_from([(), (WASTE,), (OTHER, WASTE)])),
    st.builds(PromptFinished, st.integers(0, 3)),
)


@given(st.lists(ITEMS))
def test_any_order_of_entries_gives_turns(items: list[Item]) -> None:
    """No record is too strange: each turn once, every key kept, no time runs backwards."""
    entries = record(*((float(number), item) for number, item in enumerate(items)))
    rows = turns_of(entries)
    assert len({row.turn for row in rows}) == len(rows)
    keys = [item.digit for item in items if isinstance(item, DigitPressed)]
    assert sorted("".join(row.keys for row in rows)) == sorted(keys)
    assert all(row.started_seconds <= row.ended_seconds for row in rows)
    assert all(row.answer_delay_seconds is None or row.answer_delay_seconds >= 0 for row in rows)


def test_why_the_bot_asked_again_is_noted_at_the_turn_that_was_of_no_use() -> None:
    """Of words the turn that was replied to, also behind a search; of silence the turn that was not."""
    rows = turns_of(
        record(
            (0.0, Play(1, (Prompt("ご用件をどうぞ。"),), node="start")),
            (2.0, Heard(1, (YES,))),
            (2.0, AskFaq(2, "ja", (YES,))),
            (2.1, Play(3, (Prompt("お調べします。"),))),
            (2.2, FaqAnswered(2, ())),
            (2.3, Play(4, (Prompt("もう一度お願いします。"),), node="start", missed="no_match")),
            (9.0, TimedOut(4, "no_input")),
            (9.1, Play(5, (Prompt("お声が聞こえません。"),), node="start", missed="no_input")),
            (12.0, DigitPressed("7")),
            (12.1, Play(6, (Prompt("その番号は使えません。"),), node="start", missed="wrong_key")),
            (15.0, Heard(6, (YES,))),
            (15.1, Play(7, (Prompt("ありがとうございました。"),))),
        )
    )
    assert {row.turn: row.missed for row in rows if row.missed} == {1: "no_match", 4: "no_input", 5: "wrong_key"}
