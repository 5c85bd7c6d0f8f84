"""The time line of a call."""

from voicebot.simulator.timeline import Entry, Timeline


def test_entries_are_in_the_order_in_which_things_began() -> None:
    """Speech is told when it ends, and stands where it began."""
    now = [100.0]
    told: list[Entry] = []
    timeline = Timeline(lambda: now[0], told.append)
    now[0] = 102.0
    timeline.note("key", "1", {"late": False})
    timeline.spoken("resident", "はい", 0.5, 1.5)
    assert timeline.seconds == 2.0
    assert [entry.text for entry in told] == ["1", "はい"]
    assert timeline.entries == (
        Entry(0.5, "resident", "はい", 1.5),
        Entry(2.0, "key", "1", None, {"late": False}),
    )
