"""What staff say about calls: corrections whose last word stands, and reviews."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import HangUp, Play, Prompt
from voicebot.events import Alternative, Heard
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.reviews import REVIEW_OUTCOMES, Judgement, Review
from voicebot.transcripts.store import Store

ELECTION = Judgement("選挙の投票所", "投票所", "faq-12", "選挙管理委員会")


def ended_call(store: Store, now: datetime, sid: str = "CA1") -> str:
    """A call in which something was heard twice."""
    call_id = store.begin_call(NewCall(sid, None, "", "ja"), now)
    record = store.transcript(call_id)
    record.append(0.0, Play(1, (Prompt("ご用件をどうぞ。"),), "start"))
    record.append(4.0, Heard(1, (Alternative("先行の投票所", "センコーノトーヒョージョ", 0.4),), 2.0, 0.1))
    record.append(4.1, Play(2, (Prompt("もう一度お願いします。"),), "start"))
    record.append(8.0, Heard(2, (Alternative("はい", "ハイ", 0.9),), 1.0, 0.1))
    record.append(8.1, HangUp("bot"))
    store.end_call(call_id, now + timedelta(seconds=10), "bot")
    assert store.flush()
    return call_id


def review_of(call_id: str, now: datetime) -> Review:
    """A finished review."""
    return Review(call_id, "done", "wrong", "選挙管理委員会", "聞き違い", all_heard=True, reviewer="hanako", at=now)


def test_the_last_correction_stands_and_the_history_stays(store: Store, now: datetime) -> None:
    """With what was heard, as it was."""
    call_id = ended_call(store, now)
    better = replace(ELECTION, text="選挙の投票所はどこ")
    assert store.reviews.correct(call_id, 1, ELECTION, "taro", now)
    assert store.reviews.correct(call_id, 1, better, "hanako", now)
    assert store.reviews.correct(call_id, 2, Judgement(""), "hanako", now)
    first, second = store.reviews.of_call(call_id).corrections
    assert (first.heard, first.judgement, first.by, first.at, first.stands) == (
        "先行の投票所",
        better,
        "hanako",
        now,
        True,
    )
    assert (second.turn, second.text) == (2, "")
    assert [(each.by, each.stands) for each in store.reviews.history(call_id)] == [
        ("hanako", True),
        ("hanako", True),
        ("taro", False),
    ]


def test_an_empty_judgement_takes_back_and_the_same_again_changes_nothing(store: Store, now: datetime) -> None:
    """Who took it back stays known."""
    call_id = ended_call(store, now)
    assert not store.reviews.correct(call_id, 1, Judgement(), "taro", now)
    assert store.reviews.correct(call_id, 1, ELECTION, "taro", now)
    assert not store.reviews.correct(call_id, 1, ELECTION, "hanako", now)
    assert store.reviews.correct(call_id, 1, Judgement(), "hanako", now)
    assert store.reviews.of_call(call_id).corrections == ()
    assert store.reviews.corrections_between() == ()
    assert [(each.by, each.stands) for each in store.reviews.history(call_id)] == [("hanako", False), ("taro", False)]


def test_without_a_text_what_was_heard_counts(store: Store, now: datetime) -> None:
    """A right answer may be marked without listening to every word."""
    call_id = ended_call(store, now)
    store.reviews.correct(call_id, 1, Judgement(entry="faq-12"), "taro", now)
    assert [each.text for each in store.reviews.of_call(call_id).corrections] == ["先行の投票所"]


def test_a_turn_that_is_not_there_cannot_be_corrected(store: Store, now: datetime) -> None:
    """Neither can a call that has been forgotten be reviewed."""
    call_id = ended_call(store, now)
    assert not store.reviews.correct(call_id, 7, ELECTION, "taro", now)
    assert not store.reviews.correct("nobody", 1, ELECTION, "taro", now)
    assert not store.reviews.save(review_of("nobody", now))


def test_corrections_and_reviews_are_found_by_the_time_of_their_calls(store: Store, now: datetime) -> None:
    """Newest call first, not by when somebody listened."""
    calls = [ended_call(store, now + timedelta(days=day), f"CA{day}") for day in range(3)]
    for call_id in calls:
        store.reviews.correct(call_id, 1, ELECTION, "taro", now + timedelta(days=9))
        store.reviews.save(review_of(call_id, now + timedelta(days=9)))
    span = now, now + timedelta(days=2)
    assert [each.call_id for each in store.reviews.corrections_between(*span)] == [calls[1], calls[0]]
    assert [each.call_id for each in store.reviews.corrections_between(limit=1)] == [calls[2]]
    assert [each.call_id for each in store.reviews.between(*span)] == [calls[1], calls[0]]


@pytest.mark.parametrize("outcome", REVIEW_OUTCOMES)
def test_the_last_review_stands(store: Store, now: datetime, outcome: str) -> None:
    """A call is judged once."""
    call_id = ended_call(store, now)
    assert store.reviews.of_call(call_id).review is None
    assert store.reviews.save(replace(review_of(call_id, now), status="begun"))
    last = replace(review_of(call_id, now), outcome=outcome, reviewer="taro")  # type: ignore[arg-type]
    assert store.reviews.save(last)
    assert store.reviews.of_call(call_id).review == last


def test_all_of_it_goes_with_the_call(store: Store, now: datetime, database: Path) -> None:
    """Also from the search index, once it has been rebuilt."""
    call_id = ended_call(store, now)
    store.reviews.correct(call_id, 1, ELECTION, "taro", now)
    store.reviews.save(review_of(call_id, now))
    assert store.forget(call_id)
    store.compact()
    assert store.reviews.history(call_id) == ()
    assert store.reviews.of_call(call_id).review is None
    store.close()
    assert "聞き違い".encode() not in database.read_bytes()
    assert "選挙の投票所".encode() not in database.read_bytes()


def test_corrections_survive_when_turns_are_computed_again(store: Store, now: datetime) -> None:
    """Turns can be computed from the record at any time."""
    call_id = ended_call(store, now)
    store.reviews.correct(call_id, 1, ELECTION, "taro", now)
    store.derive(call_id)
    assert len(store.reviews.of_call(call_id).corrections) == 1
