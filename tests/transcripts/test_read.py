"""Listing and searching calls."""

from datetime import UTC, datetime, timedelta

import pytest

from voicebot.actions import Play, Prompt
from voicebot.errors import TranscriptError
from voicebot.events import Alternative, CallEnded, Heard
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.read import Reader
from voicebot.transcripts.store import Store

HOUR = timedelta(hours=1)


@pytest.fixture
def ids(store: Store, now: datetime) -> list[str]:
    """Three calls an hour apart, the second one told in another time zone, the last one still open."""
    begun = []
    for number, said in enumerate(("住民票を取りたい", 'ごみ "出す" 日', "100%の税金_を払う")):
        at = now + number * HOUR
        begun.append(
            store.begin_call(NewCall(f"CA{number}", None, "n", "ja"), at.astimezone(UTC) if number == 1 else at)
        )
        transcript = store.transcript(begun[-1])
        transcript.append(0.0, Play(1, (Prompt("ご用件をどうぞ。"),)))
        transcript.append(1.0, Heard(1, (Alternative(said, "", 0.5),)))
        if number < 2:
            transcript.append(2.0, CallEnded("caller"))
            store.end_call(begun[-1], at + timedelta(seconds=30), "caller")
    assert store.flush()
    return begun


def test_calls_are_listed_newest_first(store: Store, ids: list[str]) -> None:
    """By the moment, not by the letters of the time."""
    assert [call.id for call in store.calls()] == ids[::-1]
    assert [call.id for call in store.calls(limit=1, offset=1)] == [ids[1]]
    assert [call.id for call in store.calls(limit=-1)] == ids[::-1]


def test_calls_are_chosen_by_time_outcome_and_being_open(store: Store, ids: list[str], now: datetime) -> None:
    """From a moment on, before another one."""
    assert [call.id for call in store.calls(since=now + HOUR)] == [ids[2], ids[1]]
    assert [call.id for call in store.calls(until=now + HOUR)] == [ids[0]]
    assert [call.id for call in store.calls(since=now + HOUR, until=now + 2 * HOUR)] == [ids[1]]
    assert [call.id for call in store.calls(outcome="abandoned")] == [ids[1], ids[0]]
    assert store.calls(outcome="contained") == ()
    assert [call.id for call in store.calls(open_only=True)] == [ids[2]]


def test_an_open_call_has_turns_but_none_in_the_statistics(store: Store, ids: list[str]) -> None:
    """Operators see the call that is going on."""
    assert store.turns(ids[2])[0].heard_text == "100%の税金_を払う"
    assert [call_id for call_id, _ in store.kept_turns(ids)] == ids[:2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("住民票", [0]),
        ("票", [0]),
        ("ごみ", [1]),
        ('"出す"', [1]),
        ("用件をどうぞ", [1, 0]),
        ("用件", [1, 0]),
        ("%", []),
        ("", [1, 0]),
        ("税金", []),
    ],
)
def test_words_are_found(store: Store, ids: list[str], text: str, found: list[int]) -> None:
    """Long and short ones, with signs that mean something to SQL; not in calls that go on."""
    assert [call_id for call_id, _ in store.search(text)] == [ids[number] for number in found]


def test_an_unknown_call_is_nothing(store: Store) -> None:
    """No error: None, or nothing."""
    assert store.call("nobody") is None
    assert store.find("nobody") is None
    assert store.records("nobody") == ()
    assert store.state("nobody") is None
    assert store.decision("nobody") is None


def test_a_damaged_row_is_our_error(store: Store, ids: list[str]) -> None:
    """Each with its cure."""
    for sql in (
        "UPDATE calls SET started_at = 'yesterday' WHERE carrier_sid = 'CA0'",
        "UPDATE turns SET nbest = '[{}]'",
        "UPDATE records SET body = '{}'",
    ):
        store._writer.ask(lambda connection, sql=sql: connection.execute(sql).rowcount)  # type: ignore[misc]
    reader = Reader(store.path)
    for read in (lambda: reader.call(ids[0]), lambda: reader.kept_turns(ids), lambda: reader.records(ids[0])):
        with pytest.raises(TranscriptError) as caught:
            read()  # type: ignore[no-untyped-call]
        assert caught.value.code == "transcript.damaged"
