"""By when an answer is owed."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from voicebot.city.due import due
from voicebot.city.hours import Calendar

Calendars = Mapping[str, Calendar]
Moment = Callable[[str], datetime]


@pytest.mark.parametrize(
    ("calendar", "at", "by"),
    [
        ("本庁", "2026-11-05T10:00", "2026-11-05T17:15"),
        ("本庁", "2026-11-05T15:15", "2026-11-05T17:15"),
        ("本庁", "2026-11-05T15:16", "2026-11-06T17:15"),
        ("本庁", "2026-11-06T16:00", "2026-11-09T17:15"),
        ("本庁", "2026-11-07T23:00", "2026-11-09T17:15"),
        ("本庁", "2026-12-28T17:00", "2027-01-04T17:15"),
        ("昼休み", "2026-11-05T12:30", "2026-11-05T17:15"),
        ("守衛室", "2026-11-07T23:30", "2026-11-08T01:30"),
    ],
)
def test_an_answer_is_owed_by_the_end_of_an_opening(
    calendars: Calendars, moment: Moment, calendar: str, at: str, by: str
) -> None:
    """Of today's when two hours are left, else of the next; holidays and the New Year are passed over."""
    assert due(calendars[calendar], moment(at)) == moment(by)


def test_who_does_not_open_again_owes_nothing_at_any_time(calendars: Calendars, moment: Moment) -> None:
    """The staff see that nothing is due, and the ticket stands all the same."""
    assert due(calendars["休館中"], moment("2026-11-05T10:00")) is None
