"""What is gathered about one moment."""

from collections.abc import Callable, Mapping
from datetime import datetime

from voicebot.city.hours import Calendar
from voicebot.city.situation import situation

Calendars = Mapping[str, Calendar]
Moment = Callable[[str], datetime]


def test_the_end_of_today_passes_over_the_break(calendars: Calendars, moment: Moment) -> None:
    """A caller at ten wants to know the end of the day, and the break."""
    now = situation(calendars["昼休み"], moment("2026-11-04T10:00"))
    assert now.is_open
    assert now.closes_at == moment("2026-11-04T17:15")
    assert [(pause.start, pause.end) for pause in now.pauses] == [
        (moment("2026-11-04T12:00"), moment("2026-11-04T13:00"))
    ]


def test_a_break_that_is_over_is_not_mentioned(calendars: Calendars, moment: Moment) -> None:
    """In the afternoon it is of no use."""
    now = situation(calendars["昼休み"], moment("2026-11-04T13:30"))
    assert now.pauses == ()
    assert now.closes_at == moment("2026-11-04T17:15")


def test_the_day_between_two_nights_is_not_a_break(calendars: Calendars, moment: Moment) -> None:
    """The night shift that begins in the evening is another one."""
    now = situation(calendars["夜間"], moment("2026-11-05T02:00"))
    assert now.pauses == ()
    assert now.closes_at == moment("2026-11-05T08:30")


def test_closed_has_a_reason_and_a_next_opening_and_no_end(calendars: Calendars, moment: Moment) -> None:
    """All of what a sentence may need."""
    now = situation(calendars["本庁"], moment("2026-11-03T10:00"))
    assert str(now.reason) == "祝日 文化の日"
    assert now.next_opening == moment("2026-11-04T08:30")
    assert (now.closes_at, now.today, now.pauses) == (None, (), ())
