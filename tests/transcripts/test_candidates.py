"""Calls that an index knows to be few, and whose a turn is."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.actions import HangUp, Play, Prompt
from voicebot.events import Alternative, Heard
from voicebot.transcripts import candidates as module
from voicebot.transcripts.call_choice import Choice
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.candidates import candidates
from voicebot.transcripts.connection import open_writer
from voicebot.transcripts.schema import MIGRATIONS, migrate
from voicebot.transcripts.schema_search import FILL_RUNS
from voicebot.transcripts.store import Store


@pytest.fixture
def place(store: Store, now: datetime) -> Callable[..., str]:
    """Places a call, with what was said in it."""
    count = 0

    def placed(*said: str, node: str = "受付", ended: bool = True) -> str:
        nonlocal count
        count += 1
        start = now + timedelta(hours=count)
        call_id = store.begin_call(NewCall(f"CA{count}", None, "", "ja"), start)
        record = store.transcript(call_id)
        for turn, words in enumerate(said, 1):
            record.append(turn * 5.0, Play(turn, (Prompt("どうぞ。"),), node))
            record.append(turn * 5.0 + 2, Heard(turn, (Alternative(words, "", 0.9),), 1.0, 0.1))
        if ended:
            record.append(99.0, HangUp("bot"))
            store.end_call(call_id, start + timedelta(minutes=1), "bot")
        assert store.flush()
        return call_id

    return placed


def test_words_tell_the_calls_in_which_they_were_said(store: Store, place: Callable[..., str]) -> None:
    """In any of their turns; all of the words."""
    both = place("はい", "粗大ごみ", "住民票")
    waste = place("粗大ごみ", "粗大ごみ")
    place("住民票")
    assert candidates(Choice(words=("粗大ごみ",)), store._rows, 10) == {both, waste}
    assert candidates(Choice(words=("粗大ごみ", "住民票")), store._rows, 10) == {both}
    assert candidates(Choice(words=("存在しない",)), store._rows, 10) == set()


def test_common_words_tell_nothing(store: Store, place: Callable[..., str]) -> None:
    """Other words beside them do."""
    calls = [place("粗大ごみ"), place("粗大ごみ", "住民票")]
    assert candidates(Choice(words=("粗大ごみ",)), store._rows, 2) == set(calls)
    assert candidates(Choice(words=("粗大ごみ",)), store._rows, 1) is None
    assert candidates(Choice(words=("粗大ごみ", "住民票")), store._rows, 1) == {calls[1]}


def test_a_choice_that_no_index_knows_tells_nothing(store: Store) -> None:
    """Whoever asks goes through the list."""
    assert candidates(Choice(language="ja", outcome="contained"), store._rows, 10) is None


@pytest.mark.parametrize("most", [2_000, 0])
def test_rare_scenes_and_calls_that_go_on_are_told(
    store: Store, place: Callable[..., str], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Unless there are many of them."""
    monkeypatch.setattr(module, "MOST_CALLS", most)
    seldom, going = place("はい", node="めったにない"), place("はい", ended=False)
    place("はい")
    assert candidates(Choice(node="めったにない"), store._rows, 10) == ({seldom} if most else None)
    assert candidates(Choice(outcome="open"), store._rows, 10) == ({going} if most else None)
    assert candidates(Choice(node="どこにもない"), store._rows, 10) == set()
    assert candidates(Choice(entry="どこにもない"), store._rows, 10) == set()


def test_what_was_derived_again_or_forgotten_is_told_rightly(store: Store, place: Callable[..., str]) -> None:
    """Turns get other numbers, and numbers are given again."""
    first, second, third = place("粗大ごみ", "はい"), place("住民票", "はい"), place("粗大ごみ")
    store.derive(first)
    store.forget(third)
    fourth = place("住民票")
    assert candidates(Choice(words=("粗大ごみ",)), store._rows, 10) == {first}
    assert candidates(Choice(words=("住民票",)), store._rows, 10) == {second, fourth}


def owners(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Whose each turn is, and whose it is by the runs."""
    rows = connection.execute(
        "SELECT call_id, (SELECT call_id FROM turn_runs WHERE first <= turns.id ORDER BY first DESC LIMIT 1) FROM turns"
    )
    return [tuple(row) for row in rows]


def enter(connection: sqlite3.Connection, call: str, count: int) -> None:
    """Some turns of a call, in the place of those that it had."""
    connection.execute("DELETE FROM turns WHERE call_id = ?", (call,))
    for turn in range(count):
        connection.execute(
            "INSERT INTO turns (call_id, turn, asked, node, heard_text, heard_reading, nbest, keys, answered_entry, "
            "started_seconds, ended_seconds) VALUES (?, ?, '', '', '', '', '[]', '', '', 0, 1)",
            (call, turn),
        )


CHANGES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.booleans()), max_size=12)


@given(CHANGES, st.lists(st.integers(1, 12), max_size=4))
@settings(max_examples=60, deadline=None)
def test_runs_say_of_every_turn_whose_it_is(changes: list[tuple[str, int, bool]], lost: list[int]) -> None:
    """Whatever is written, written again or deleted, also single turns; so do runs that are filled in later."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys=ON")
        migrate(connection)
        for call, count, forgotten in changes:
            connection.execute(
                "INSERT OR IGNORE INTO calls (id, carrier_sid, called, language, started_at, content, recogniser, "
                "voice) VALUES (?, ?, '', 'ja', '2027-04-01T08:30:00+09:00', '', '', '')",
                (call, call),
            )
            enter(connection, call, count)
            if forgotten:
                connection.execute("DELETE FROM calls WHERE id = ?", (call,))
        for turn in lost:
            connection.execute("DELETE FROM turns WHERE id = ?", (turn,))
        assert all(call == told for call, told in owners(connection))
        runs = connection.execute("SELECT COUNT(*) FROM turn_runs").fetchone()[0]
        assert runs <= connection.execute("SELECT COUNT(*) FROM turns").fetchone()[0]
        connection.execute("DELETE FROM turn_runs")
        connection.execute(FILL_RUNS)
        assert all(call == told for call, told in owners(connection))


def test_turns_from_before_have_their_runs(tmp_path: Path) -> None:
    """A database of an earlier version is brought up with them."""
    with closing(open_writer(tmp_path / "old.db", 0.01)) as connection:
        migrate(connection, MIGRATIONS[:15])
        for call in "ab":
            connection.execute(
                "INSERT INTO calls (id, carrier_sid, called, language, started_at, content, recogniser, voice) "
                "VALUES (?, ?, '', 'ja', '2027-04-01T08:30:00+09:00', '', '', '')",
                (call, call),
            )
            enter(connection, call, 3)
        migrate(connection)
        assert [tuple(row) for row in connection.execute("SELECT * FROM turn_runs")] == [(1, "a"), (4, "b")]
        assert all(call == told for call, told in owners(connection))
