"""One call through the store: begun, recorded, ended, read again."""

import os
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import DiscardCallRecording, DropMessage, Expect, Grammar, HangUp, Play, Prompt, Record, Transfer
from voicebot.errors import TranscriptError
from voicebot.events import (
    Alternative,
    CallEnded,
    CallStarted,
    DigitPressed,
    FaqAnswered,
    FaqHit,
    Heard,
    MessageRecorded,
    PartFailed,
    TransferEnded,
)
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.codec import Item
from voicebot.transcripts.decision import Decision
from voicebot.transcripts.read import Reader
from voicebot.transcripts.store import Store

MINUTE = timedelta(minutes=1)


def talk(store: Store, call_id: str, now: datetime) -> list[Item]:
    """A short call: a question, an answer of the FAQ, a failed transfer, a message."""
    hit = FaqHit("waste.burnable", "燃えるごみはいつ", "燃えるごみは月曜と木曜です。", "kankyo", 0.91)
    items: list[Item] = [
        CallStarted(call_id, "+815000000001", "+815000000002", "ja", now),
        Play(1, (Prompt("ご用件をどうぞ。", name="ask"),)),
        Expect(1, Grammar("ja", "open")),
        Heard(1, (Alternative("燃えるごみはいつですか", "モエルゴミワイツデスカ", 0.8),), 1.5, 0.2),
        FaqAnswered(1, (hit,)),
        Play(2, (Prompt(hit.answer),)),
        DigitPressed("0"),
        Transfer(3, "kankyo"),
        TransferEnded(3, "busy", "486"),
        Record(4, "kankyo", 120.0, 5.0),
        MessageRecorded(4, "m1.wav", 12.5),
        HangUp("bot"),
        CallEnded("bot"),
    ]
    transcript = store.transcript(call_id)
    for seconds, item in enumerate(items):
        transcript.append(float(seconds), item)
    return items


def test_a_call_is_entered_once(store: Store, now: datetime) -> None:
    """A webhook that the carrier repeats gives the same id and changes nothing."""
    first = store.begin_call(NewCall("CA1", "+815000000001", "+815000000002", "ja", "abc", "vosk", "openjtalk"), now)
    second = store.begin_call(NewCall("CA1", None, "+815000000009", "en"), now + MINUTE)
    call = store.call(first)
    assert second == first == store.find("CA1")
    assert call is not None
    assert (call.caller, call.called, call.language) == ("+815000000001", "+815000000002", "ja")
    assert (call.content, call.recogniser, call.voice) == ("abc", "vosk", "openjtalk")
    assert (call.started_at, call.ended_at, call.outcome, call.seconds) == (now, None, None, None)


def test_eight_webhooks_at_once_are_one_call(store: Store, now: datetime) -> None:
    """Whoever comes first makes the call."""
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda _: store.begin_call(NewCall("CA1", None, "n", "ja"), now), range(8)))
    assert len(ids) == 1
    assert len(store.calls()) == 1


def test_the_record_comes_back_as_it_was(store: Store, call_id: str, now: datetime) -> None:
    """All of it, in order, numbered from one, with its times."""
    items = talk(store, call_id, now)
    assert store.flush()
    entries = store.records(call_id)
    assert [entry.item for entry in entries] == items
    assert [entry.seq for entry in entries] == list(range(1, len(items) + 1))
    assert [entry.seconds for entry in entries] == [float(number) for number in range(len(items))]


def test_at_the_end_everything_is_summed_up(store: Store, call_id: str, now: datetime) -> None:
    """Turns, transfers, messages and the outcome follow from the record."""
    talk(store, call_id, now)
    store.end_call(call_id, now + MINUTE, "bot", "call.wav")
    assert store.flush()
    call = store.call(call_id)
    assert call is not None
    assert (call.outcome, call.end_reason, call.seconds, call.recording) == ("message", "bot", 60.0, "call.wav")
    assert call.ended_at == now + MINUTE
    assert [row for _, row in store.kept_turns([call_id])] == store.turns(call_id)
    assert store.turns(call_id)[0].answered_entry == "waste.burnable"
    assert store.turns(call_id)[0].nbest == (Alternative("燃えるごみはいつですか", "モエルゴミワイツデスカ", 0.8),)
    (transfer,) = store.transfers(call_id)
    assert (transfer.department, transfer.outcome, transfer.detail) == ("kankyo", "busy", "486")
    assert transfer.started_at == (now + timedelta(seconds=7)).isoformat()
    assert transfer.ended_at == (now + timedelta(seconds=8)).isoformat()
    (message,) = store.messages()
    assert (message.call_id, message.recording, message.seconds) == (call_id, "m1.wav", 12.5)
    assert (message.department, message.created_at) == ("kankyo", (now + timedelta(seconds=10)).isoformat())


def test_the_end_may_be_told_twice(store: Store, call_id: str, now: datetime) -> None:
    """The first reason stands, the last time counts, a recording is not lost."""
    store.end_call(call_id, now + MINUTE, "bot", "call.wav")
    store.end_call(call_id, now + 2 * MINUTE, "caller")
    store.end_call(call_id, now, "error")
    assert store.flush()
    call = store.call(call_id)
    assert call is not None
    assert (call.end_reason, call.seconds, call.recording) == ("bot", 120.0, "call.wav")


def test_what_comes_after_the_end_is_counted_in(store: Store, call_id: str, now: datetime) -> None:
    """The result of a transfer is known long after the conversation has ended."""
    transcript = store.transcript(call_id)
    transcript.append(1.0, Transfer(1, "shimin"))
    store.end_call(call_id, now + MINUTE, "caller")
    assert store.flush()
    assert store.calls()[0].outcome == "abandoned"
    transcript.append(30.0, TransferEnded(1, "connected"))
    assert store.flush()
    assert store.calls()[0].outcome == "transferred"
    assert store.transfers()[0].outcome == "connected"


def test_a_refused_recording_is_not_named(store: Store, call_id: str, now: datetime) -> None:
    """The row says that the caller refused, and names no file."""
    store.transcript(call_id).append(1.0, DiscardCallRecording())
    store.end_call(call_id, now + MINUTE, "caller", "call.wav")
    assert store.flush()
    call = store.call(call_id)
    assert call is not None
    assert (call.refused_recording, call.recording) == (True, None)


def test_summing_up_can_be_done_again(store: Store, call_id: str, now: datetime) -> None:
    """Derived tables are computed from the record, so nothing is lost with them."""
    talk(store, call_id, now)
    store.end_call(call_id, now + MINUTE, "bot")
    assert store.flush()
    before = store.kept_turns([call_id]), store.messages(), store.transfers(), store.calls()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for table in ("turns", "messages", "transfers"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("UPDATE calls SET outcome = NULL")
    assert not store.kept_turns([call_id])
    store.derive(call_id)
    assert (store.kept_turns([call_id]), store.messages(), store.transfers(), store.calls()) == before


def test_a_start_sums_up_what_a_crash_left(opened: Callable[..., Store], now: datetime) -> None:
    """A call that ended without an outcome gets one."""
    with opened() as store:
        call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
        store.end_call(call_id, now + MINUTE, "caller")
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE calls SET outcome = NULL")
    again = opened()
    assert again.flush()
    assert again.calls()[0].outcome == "abandoned"


def test_eight_threads_write_one_record_without_gaps(store: Store, call_id: str) -> None:
    """Numbers are given out in the order in which entries are queued."""
    transcript = store.transcript(call_id)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: transcript.append(number, DigitPressed("1")), range(400)))
    assert store.flush()
    assert [entry.seq for entry in store.records(call_id)] == list(range(1, 401))


def test_the_record_goes_on_after_a_restart(opened: Callable[..., Store], now: datetime) -> None:
    """Also within one service, when nobody held the transcript for a while."""
    with opened() as store:
        call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
        store.transcript(call_id).append(0.0, DigitPressed("1"))
        store.transcript(call_id).append(1.0, DigitPressed("2"))
    again = opened()
    again.transcript(call_id).append(2.0, DigitPressed("3"))
    assert again.flush()
    assert [entry.item for entry in again.records(call_id)] == [DigitPressed("1"), DigitPressed("2"), DigitPressed("3")]


def test_what_cannot_be_encoded_leaves_a_mark(store: Store, call_id: str) -> None:
    """Appending never raises; a gap is visible in the record."""
    store.transcript(call_id).append(0.0, "not an event")  # type: ignore[arg-type]
    assert store.flush()
    assert [entry.item for entry in store.records(call_id)] == [PartFailed("transcripts", "transcript.damaged")]


def test_a_token_is_of_use_once(store: Store, call_id: str, now: datetime) -> None:
    """The second stream that shows it is turned away."""
    token = store.issue_token(call_id, now, MINUTE)
    assert store.redeem_token(token, now + MINUTE) == call_id
    assert store.redeem_token(token, now + MINUTE) is None


def test_a_token_expires(store: Store, call_id: str, now: datetime) -> None:
    """An expired token is of no use, and stays so."""
    token = store.issue_token(call_id, now, MINUTE)
    assert store.redeem_token(token, now + MINUTE + timedelta(microseconds=1)) is None
    assert store.redeem_token("made up", now) is None


def test_of_eight_streams_with_one_token_one_is_let_in(store: Store, call_id: str, now: datetime) -> None:
    """Redeeming is atomic."""
    token = store.issue_token(call_id, now, MINUTE)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.redeem_token(token, now), range(8)))
    assert found.count(call_id) == 1
    assert found.count(None) == 7


def test_a_repeated_webhook_does_not_spoil_the_first_token(store: Store, call_id: str, now: datetime) -> None:
    """The carrier may use the answer it got first."""
    first = store.issue_token(call_id, now, MINUTE)
    second = store.issue_token(call_id, now, MINUTE)
    assert first != second
    assert store.redeem_token(first, now) == call_id


def test_tokens_are_not_stored(store: Store, call_id: str, now: datetime) -> None:
    """Who reads the database cannot open a stream."""
    token = store.issue_token(call_id, now, MINUTE)
    with closing(sqlite3.connect(store.path)) as connection:
        dump = "\n".join(connection.iterdump())
    assert token not in dump
    assert len(token) >= 43


def test_a_token_needs_a_call(store: Store, now: datetime) -> None:
    """An unknown call is our error, not SQLite's."""
    with pytest.raises(TranscriptError) as caught:
        store.issue_token("nobody", now, MINUTE)
    assert caught.value.code == "transcript.refused"


def test_the_last_decision_and_state_count(opened: Callable[..., Store], now: datetime) -> None:
    """Both are there after a restart."""
    with opened() as store:
        call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
        assert store.decision(call_id) is None
        assert store.state(call_id) is None
        store.decide(call_id, Decision("hang_up"))
        store.decide(call_id, Decision("transfer", "shimin", "おつなぎします。", 7))
        store.transcript(call_id).keep_state('{"turn":1}')
        store.transcript(call_id).keep_state('{"turn":2}')
        assert store.decision(call_id) == Decision("transfer", "shimin", "おつなぎします。", 7)
        assert store.state(call_id) == '{"turn":2}'
    again = opened()
    assert again.decision(call_id) == Decision("transfer", "shimin", "おつなぎします。", 7)
    assert again.state(call_id) == '{"turn":2}'


def test_a_new_stream_begins_without_a_decision(store: Store, call_id: str, now: datetime) -> None:
    """A line that breaks after a failed transfer must not be transferred again; the state stays."""
    store.decide(call_id, Decision("transfer", "shimin"))
    store.transcript(call_id).keep_state("{}")
    assert store.redeem_token(store.issue_token(call_id, now, MINUTE), now) == call_id
    assert store.decision(call_id) is None
    assert store.state(call_id) == "{}"
    store.decide(call_id, Decision("hang_up"))
    assert store.flush()
    assert store.decision(call_id) == Decision("hang_up")


def test_forgetting_a_call_leaves_nothing_of_it(opened: Callable[..., Store], now: datetime) -> None:
    """Not in any table, not in the search index, not in the bytes of the files."""
    with opened() as store:
        call_id = store.begin_call(NewCall("CA1", "+815000000001", "n", "ja"), now)
        other = store.begin_call(NewCall("CA2", "+815000000003", "n", "ja"), now)
        talk(store, call_id, now)
        store.issue_token(call_id, now, MINUTE)
        store.transcript(call_id).keep_state("secret state")
        store.end_call(call_id, now, "bot")
        assert store.flush()
        assert len(store.search("燃えるごみ")) == 2
        assert store.forget(call_id)
        assert not store.forget(call_id)
        store.compact()
        assert store.records(call_id) == ()
        assert store.search("燃えるごみ") == store.messages() == store.transfers() == store.kept_turns([call_id]) == ()
        assert [call.id for call in store.calls()] == [other]
    content = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert "燃えるごみ".encode() not in content
    assert b"secret state" not in content
    assert b"+815000000003" in content


def test_the_file_is_for_the_service_alone(store: Store) -> None:
    """Other users of the machine cannot read what callers said."""
    assert stat.S_IMODE(os.stat(store.path).st_mode) == 0o600


def test_after_the_end_writes_wait_for_the_next_start(opened: Callable[..., Store], now: datetime) -> None:
    """A late entry is not lost, and questions say why there is no answer."""
    store = opened()
    call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
    transcript = store.transcript(call_id)
    store.close()
    store.close()
    transcript.append(1.0, DigitPressed("1"))
    with pytest.raises(TranscriptError) as caught:
        store.begin_call(NewCall("CA2", None, "n", "ja"), now)
    assert caught.value.code == "transcript.closed"
    assert store.records(call_id) == ()
    again = opened()
    assert again.flush()
    assert [entry.item for entry in again.records(call_id)] == [DigitPressed("1")]


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    """The cure names the setting."""
    (tmp_path / "file").write_text("")
    with pytest.raises(TranscriptError, match="VOICEBOT_DATA") as caught:
        Store(tmp_path / "file" / "voicebot.db")
    assert caught.value.code == "transcript.missing"


def test_a_reader_needs_no_store(store: Store, call_id: str) -> None:
    """Commands that only look do not start a writing thread."""
    assert [call.id for call in Reader(store.path).calls()] == [call_id]


def test_a_message_that_was_replaced_is_not_listed(store: Store, call_id: str, now: datetime) -> None:
    """Only the one that the caller left in the end."""
    transcript = store.transcript(call_id)
    transcript.append(1.0, Record(2, "kankyo", 90.0, 3.0))
    transcript.append(9.0, MessageRecorded(2, "m1.wav", 7.0))
    transcript.append(10.0, Record(4, "kankyo", 90.0, 3.0))
    transcript.append(19.0, MessageRecorded(4, "m2.wav", 8.0))
    transcript.append(19.0, DropMessage("m1.wav"))
    store.end_call(call_id, now, "bot")
    assert store.flush()
    assert [message.recording for message in store.messages(call_id)] == ["m2.wav"]
