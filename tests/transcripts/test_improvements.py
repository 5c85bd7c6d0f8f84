"""Troubles and decisions in the store."""

import sqlite3
from datetime import datetime, timedelta
from functools import partial

from voicebot.actions import AskFaq, Expect, Grammar, Play, Prompt
from voicebot.events import Alternative, CallEnded, FaqAnswered, Heard
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.improvements import ProposalDecision
from voicebot.transcripts.store import Store

DAY = timedelta(days=1)


def _run(connection: sqlite3.Connection, sql: str) -> None:
    connection.execute(sql)


def call(store: Store, sid: str, at: datetime, *words: str) -> str:
    """A call whose words were not understood."""
    call_id = store.begin_call(NewCall(sid, None, "", "ja"), at)
    record = store.transcript(call_id)
    for turn, text in enumerate(words, 1):
        record.append(0.1, Play(turn, (Prompt("ご用件を", name="no_match" if turn > 1 else "用件"),), "用件"))
        record.append(0.2, Expect(turn, Grammar("ja", "open")))
        record.append(1.0, Heard(turn, (Alternative(text, "ヨミ", 0.7), Alternative("別", "ベツ", 0.5))))
        record.append(1.1, AskFaq(turn, "ja", ()))
        record.append(1.2, FaqAnswered(turn, ()))
    record.append(2.0, Play(len(words) + 1, (Prompt("係に", name="to_person"),), "転送"))
    record.append(3.0, CallEnded("caller"))
    store.end_call(call_id, at + timedelta(seconds=3), "caller")
    store.flush()
    return call_id


def test_the_troubles_of_a_period_are_read(store: Store, now: datetime) -> None:
    """Newest call first, only of that period, and no more than wanted."""
    old, new = call(store, "CA1", now - 10 * DAY, "古い"), call(store, "CA2", now, "一つ", "二つ")
    found = store.improvements.troubles(now - DAY, now + DAY, 10)
    assert [(each.call_id, each.trouble.guesses[0].text) for each in found] == [(new, "一つ"), (new, "二つ")]
    assert found[0].began == int(now.timestamp())
    assert len(store.improvements.troubles(now - DAY, now + DAY, 1)) == 1
    assert store.improvements.count(now - 20 * DAY, now + DAY) == 3
    assert [each.call_id for each in store.improvements.troubles(now - 20 * DAY, now - DAY, 9)] == [old]


def test_the_period_is_read_by_its_index(store: Store, now: datetime) -> None:
    """However many turns the store holds, the others are not touched."""
    rows = store._rows("EXPLAIN QUERY PLAN SELECT * FROM troubles WHERE began >= 1 AND began < 2", ())
    assert "troubles_by_time" in rows[0]["detail"]


def test_calls_from_before_are_looked_through_when_asked_for(store: Store, now: datetime) -> None:
    """Once; calls that are new are looked through when they end."""
    call_id = call(store, "CA1", now, "一つ")
    assert store.improvements.unsifted(now - DAY, now + DAY) == ()
    for sql in ("DELETE FROM sifted", "DELETE FROM troubles"):
        store._writer.ask(partial(_run, sql=sql))
    assert store.improvements.unsifted(now - DAY, now + DAY) == (call_id,)
    store.improvements.sift(call_id)
    assert store.improvements.unsifted(now - DAY, now + DAY) == ()
    assert store.improvements.count(now - DAY, now + DAY) == 1


def test_troubles_go_with_their_call(store: Store, now: datetime) -> None:
    """Nothing of a forgotten call is kept."""
    store.forget(call(store, "CA1", now, "一つ"))
    assert store.improvements.count(now - DAY, now + DAY) == 0
    assert store._rows("SELECT * FROM sifted", ()) == []


def test_what_was_said_in_a_turn_is_found(store: Store, now: datetime) -> None:
    """With all guesses, whatever became of it."""
    call_id = call(store, "CA1", now, "一つ", "二つ")
    found = store.improvements.utterance(call_id, 2)
    assert found is not None
    assert (found.node, [guess.text for guess in found.guesses], found.answered) == ("用件", ["二つ", "別"], "")
    assert store.improvements.utterance(call_id, 9) is None
    assert store.improvements.before_transfer(call_id, 1) is None


def test_a_decision_stands_until_it_is_taken_back(store: Store, now: datetime) -> None:
    """The last word counts."""
    decision = ProposalDecision("way|粗大ごみ|タンス", "dismissed", "…", "別のFAQにする", ("c1",), "hanako", now)
    store.improvements.decide(decision)
    assert store.improvements.decisions() == (decision,)
    accepted = ProposalDecision(decision.key, "accepted", "…", "", ("c1", "c2"), "taro", now)
    store.improvements.decide(accepted)
    assert store.improvements.decisions("accepted") == (accepted,)
    assert store.improvements.decisions("dismissed") == ()
    assert store.improvements.reconsider(decision.key)
    assert not store.improvements.reconsider(decision.key)
    assert store.improvements.decisions() == ()
