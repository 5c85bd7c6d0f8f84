"""Beside the calls: what was lost is closed, what is old goes, and a broken store is no end of it."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from house import service

from voicebot.actions import RequestCallback
from voicebot.cli import housekeeping
from voicebot.cli.housekeeping import keep_house, tidy
from voicebot.service import Service
from voicebot.transcripts.calls import NewCall

DAY = timedelta(days=1)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Service]:
    """A service that keeps calls for thirty days."""
    given = service(tmp_path, keep_days=30)
    given.settings.calls.mkdir(parents=True)
    yield given
    given.close()


def called(made: Service, sid: str, days: float, *, ended: bool = True) -> str:
    """A call so many days ago, with its sound."""
    at = made.now() - days * DAY
    call_id = made.store.begin_call(NewCall(sid, None, "n", "ja"), at)
    (made.settings.calls / f"{call_id}.wav").write_bytes(b"RIFF")
    if ended:
        made.store.end_call(call_id, at + timedelta(seconds=9), "caller", f"{call_id}.wav")
    assert made.store.flush()
    return call_id


def test_old_calls_and_their_sound_go_and_young_ones_stay(made: Service) -> None:
    """As many days as the settings say."""
    called(made, "CA1", 31)
    young = called(made, "CA2", 29)
    tidy(made)
    assert [call.id for call in made.store.calls()] == [young]
    assert [path.name for path in made.settings.calls.iterdir()] == [f"{young}.wav"]


def test_nothing_is_forgotten_when_the_settings_say_so(tmp_path: Path) -> None:
    """0 days mean: for ever."""
    made = service(tmp_path, keep_days=0)
    made.settings.calls.mkdir(parents=True)
    called(made, "CA1", 4000)
    tidy(made)
    assert len(made.store.calls()) == 1
    made.close()


def test_what_was_promised_to_an_old_caller_is_still_owed(made: Service) -> None:
    """The call goes, its open ticket does not."""
    call_id = called(made, "CA1", 31)
    number = made.store.book(call_id, RequestCallback(1, "総合案内", "05000000001", "", "", ""), made.now() - 31 * DAY)
    tidy(made)
    assert made.store.calls() == ()
    assert [ticket.number for ticket in made.store.ticket_desk.listed()] == [number]


def test_calls_that_a_crash_left_open_are_closed_but_not_those_that_may_go_on(made: Service) -> None:
    """Five hours are longer than any call."""
    lost = called(made, "CA1", 0.25, ended=False)
    going_on = called(made, "CA2", 0.1, ended=False)
    tidy(made)
    assert made.store.flush()
    ends = {call.id: call.end_reason for call in made.store.calls()}
    assert ends == {lost: "error", going_on: None}


def test_it_goes_on_although_the_store_fails_and_ends_when_told(
    made: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The next hour may be better."""
    called(made, "CA1", 31)
    made.store.close()
    rounds = []
    stop = threading.Event()

    def waited(seconds: float) -> bool:
        rounds.append(seconds)
        if len(rounds) == 2:
            stop.set()
        return False

    monkeypatch.setattr(housekeeping.threading.Event, "wait", lambda self, seconds: waited(seconds))
    keep_house(replace(made), stop)
    assert rounds == [housekeeping.EVERY_SECONDS] * 2
    assert [record.message for record in caplog.records].count("old calls could not be tidied up") == 2
