"""Runs of stored calls through other content."""

from datetime import datetime, timedelta

from voicebot.transcripts.replays import ReplayedCall
from voicebot.transcripts.store import Store

DAY = timedelta(days=1)


def test_a_run_keeps_the_calls_that_change(store: Store, call_id: str, now: datetime) -> None:
    """By verdict; a call that was forgotten meanwhile is left out."""
    replays = store.replays
    number = replays.begin("d1", "draft", now - DAY, now + DAY, 3, "hanako", now)
    replays.note(number, 2, [ReplayedCall(call_id, "better", 5, "{}"), ReplayedCall("gone", "worse", 6, "{}")])
    run = replays.run(number)
    assert run is not None
    assert (run.done, run.calls, run.state, run.by) == (2, 3, "running", "hanako")
    assert replays.verdicts(number) == {"better": 1}
    assert replays.changed(number, "better", 10) == (ReplayedCall(call_id, "better", 5, "{}"),)
    assert replays.changed(number, "better", 10, 1) == ()
    assert replays.call(number, call_id) == ReplayedCall(call_id, "better", 5, "{}")
    assert replays.call(number, "gone") is None
    store.forget(call_id)
    assert replays.verdicts(number) == {}


def test_a_run_ends_once(store: Store, now: datetime) -> None:
    """What was cancelled is not done afterwards; runs are found by their content."""
    first = store.replays.begin("d1", "draft", now, now, 0, "hanako", now)
    second = store.replays.begin("d2", "3", now, now, 0, "hanako", now)
    store.replays.finish(first, "cancelled")
    store.replays.finish(first, "done")
    assert [run.state for run in store.replays.runs("d1")] == ["cancelled"]
    assert [run.id for run in store.replays.runs()] == [second, first]
    store.replays.abandon()
    run = store.replays.run(second)
    assert run is not None
    assert run.state == "cancelled"
    assert store.replays.run(99) is None


def test_the_calls_to_be_stepped_have_ended(store: Store, call_id: str, now: datetime) -> None:
    """One that goes on is not among them."""
    assert store.replays.calls(now - DAY, now + DAY) == ()
    store.end_call(call_id, now, "caller")
    store.flush()
    assert store.replays.calls(now - DAY, now + DAY) == (call_id,)
