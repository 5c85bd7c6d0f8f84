"""Opening hours: open, until when, when next, why not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.city.days import Days, Period
from voicebot.city.hours import (
    HORIZON_DAYS,
    Calendar,
    Special,
    always_open,
    closes_at,
    is_open,
    next_opening,
    spans,
    why_closed,
)
from voicebot.city.time_ranges import ALL_DAY, Ranges, TimeRange
from voicebot.errors import VoicebotError

Calendars = Mapping[str, Calendar]
Moment = Callable[[str], datetime]

OPEN = [
    ("本庁", "2026-11-04T08:30"),
    ("本庁", "2026-11-04T17:14:59"),
    ("本庁", "2026-12-28T09:00"),
    ("本庁", "2027-01-04T09:00"),
    ("市民課", "2026-11-05T18:59"),  # Thursday evening
    ("市民課", "2026-12-13T11:59"),  # second Sunday
    ("市民課", "2026-11-14T10:00"),  # opened once, a Saturday
    ("昼休み", "2026-11-04T11:59"),
    ("昼休み", "2026-11-04T13:00"),
    ("夜間", "2026-11-05T17:15"),
    ("夜間", "2026-11-05T08:29"),  # begun the evening before
    ("夜間", "2026-11-07T12:00"),
    ("夜間", "2026-11-03T12:00"),  # a holiday
    ("図書館", "2026-11-23T10:00"),  # Monday, but a holiday
    ("守衛室", "2027-01-01T03:00"),
]

CLOSED = [
    ("本庁", "2026-11-04T08:29:59", "時間外", "2026-11-04T08:30"),
    ("本庁", "2026-11-04T17:15", "時間外", "2026-11-05T08:30"),
    ("本庁", "2026-11-06T17:15", "時間外", "2026-11-09T08:30"),
    ("本庁", "2026-11-07T10:00", "土曜日", "2026-11-09T08:30"),
    ("本庁", "2026-11-03T10:00", "祝日 文化の日", "2026-11-04T08:30"),
    ("本庁", "2026-05-03T10:00", "祝日 憲法記念日", "2026-05-07T08:30"),
    ("本庁", "2026-05-06T10:00", "祝日 振替休日", "2026-05-07T08:30"),
    ("本庁", "2026-09-22T10:00", "祝日 国民の休日", "2026-09-24T08:30"),
    ("本庁", "2027-03-22T10:00", "祝日 振替休日", "2027-03-23T08:30"),
    ("本庁", "2026-12-29T10:00", "年末年始", "2027-01-04T08:30"),
    ("本庁", "2027-01-01T10:00", "年末年始", "2027-01-04T08:30"),
    ("本庁", "2027-01-02T09:00", "年末年始", "2027-01-04T08:30"),
    ("市民課", "2026-11-08T10:00", "臨時休業 選挙事務", "2026-11-09T08:30"),  # a second Sunday, closed once
    ("市民課", "2026-12-28T14:00", "臨時休業 仕事納め", "2027-01-04T08:30"),  # a half day
    ("市民課", "2026-12-28T18:00", "時間外", "2027-01-04T08:30"),
    ("市民課", "2026-12-06T10:00", "日曜日", "2026-12-07T08:30"),  # a first Sunday
    ("昼休み", "2026-11-04T12:00", "昼休み", "2026-11-04T13:00"),
    ("夜間", "2026-11-05T08:30", "時間外", "2026-11-05T17:15"),
    ("図書館", "2026-11-24T10:00", "祝日の振替休業", "2026-11-25T09:30"),
    ("図書館", "2026-09-24T10:00", "祝日の振替休業", "2026-09-25T09:30"),  # after three holidays, the first a Monday
    ("図書館", "2026-11-23T17:00", "時間外", "2026-11-25T09:30"),
    ("図書館", "2026-11-02T10:00", "月曜日", "2026-11-03T09:30"),
]


@pytest.mark.parametrize(("name", "at"), OPEN)
def test_somebody_is_there(calendars: Calendars, moment: Moment, name: str, at: str) -> None:
    """Each row is a kind of rule that opens."""
    assert is_open(calendars[name], moment(at))
    assert why_closed(calendars[name], moment(at)) is None
    assert next_opening(calendars[name], moment(at)) == moment(at)


@pytest.mark.parametrize(("name", "at", "reason", "opening"), CLOSED)
def test_nobody_is_there_for_a_reason_until_the_next_opening(
    calendars: Calendars, moment: Moment, name: str, at: str, reason: str, opening: str
) -> None:
    """Each row is a kind of rule that closes, with what a caller is told."""
    assert not is_open(calendars[name], moment(at))
    assert str(why_closed(calendars[name], moment(at))) == reason
    assert next_opening(calendars[name], moment(at)) == moment(opening)
    assert closes_at(calendars[name], moment(at)) is None


@pytest.mark.parametrize(
    ("name", "at", "end"),
    [
        ("本庁", "2026-11-04T10:00", "2026-11-04T17:15"),
        ("昼休み", "2026-11-04T10:00", "2026-11-04T12:00"),
        ("夜間", "2026-11-04T20:00", "2026-11-05T08:30"),
        ("夜間", "2026-11-06T20:00", "2026-11-09T00:00"),  # Friday night, then the whole week-end
    ],
)
def test_it_closes_at_the_end_of_all_stretches_that_touch(
    calendars: Calendars, moment: Moment, name: str, at: str, end: str
) -> None:
    """A caller does not care that midnight lies between."""
    assert closes_at(calendars[name], moment(at)) == moment(end)


def test_what_never_closes_has_no_end(calendars: Calendars, moment: Moment) -> None:
    """The duty desk would otherwise close every midnight."""
    assert closes_at(calendars["守衛室"], moment("2026-12-31T23:59")) is None
    assert always_open(calendars["守衛室"])
    assert not any(always_open(calendar) for name, calendar in calendars.items() if name != "守衛室")


def test_an_opening_more_than_sixty_days_away_is_not_promised(calendars: Calendars, moment: Moment) -> None:
    """Sixty days to the second."""
    assert next_opening(calendars["休館中"], moment("2026-11-04T10:00")) is None
    assert next_opening(calendars["休館中"], moment("2027-01-31T08:59")) is None
    assert next_opening(calendars["休館中"], moment("2027-01-31T09:00")) == moment("2027-04-01T09:00")


def test_a_moment_may_come_in_any_zone_and_the_answer_is_local(calendars: Calendars) -> None:
    """The server may run in another zone."""
    at = datetime(2026, 11, 3, 23, 29, tzinfo=UTC)
    opening = next_opening(calendars["本庁"], at)
    assert opening is not None
    assert opening.isoformat() == "2026-11-04T08:30:00+09:00"
    assert is_open(calendars["本庁"], at + timedelta(minutes=1))


def test_a_moment_without_a_zone_is_refused(calendars: Calendars) -> None:
    """A guess would be wrong by nine hours."""
    with pytest.raises(VoicebotError) as caught:
        is_open(calendars["本庁"], datetime(2026, 11, 4, 10, 0))
    assert caught.value.code == "city.time_without_zone"


def test_a_stretch_over_midnight_belongs_to_the_day_it_begins_on(calendars: Calendars, moment: Moment) -> None:
    """So it keeps the hours of that day's rule."""
    (night,) = spans(calendars["夜間"], date(2026, 11, 5))
    assert (night.start, night.end) == (moment("2026-11-05T17:15"), moment("2026-11-06T08:30"))


def test_a_break_in_the_afternoon_is_not_called_lunch(calendars: Calendars, moment: Moment) -> None:
    """Between three and four nobody has lunch."""
    hours = (TimeRange(540, 900), TimeRange(960, 1080))
    calendar = replace(calendars["本庁"], weekly=(hours,) * 7)
    assert str(why_closed(calendar, moment("2026-11-04T15:30"))) == "休憩時間"


def test_the_last_weekday_of_a_month_and_the_nth_one(calendars: Calendars, moment: Moment) -> None:
    """The fifth Saturday exists only in some months."""
    calendar = replace(calendars["本庁"], nths={(6, -1): ALL_DAY, (5, 5): ALL_DAY})
    assert is_open(calendar, moment("2026-11-29T03:00"))
    assert not is_open(calendar, moment("2026-11-22T03:00"))
    assert is_open(calendar, moment("2026-10-31T03:00"))
    assert not is_open(calendar, moment("2026-11-28T03:00"))


def test_the_last_one_beats_the_fourth_when_they_are_the_same_day(calendars: Calendars, moment: Moment) -> None:
    """Otherwise it would depend on the month which of the two rows holds."""
    calendar = replace(calendars["本庁"], nths={(6, -1): ALL_DAY, (6, 4): ()})
    assert is_open(calendar, moment("2026-12-27T03:00"))
    assert not is_open(calendar, moment("2026-11-22T03:00"))
    assert is_open(calendar, moment("2026-11-29T03:00"))


def test_a_day_off_given_up_on_a_friday_is_taken_on_monday(calendars: Calendars, moment: Moment) -> None:
    """The next working day lies behind the week-end."""
    off_on_friday = (ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, (), ALL_DAY, ALL_DAY)
    calendar = replace(calendars["図書館"], weekly=off_on_friday)
    assert is_open(calendar, moment("2026-03-20T10:00"))  # 春分の日
    assert is_open(calendar, moment("2026-03-22T10:00"))
    assert str(why_closed(calendar, moment("2026-03-23T10:00"))) == "祝日の振替休業"
    assert is_open(calendar, moment("2026-03-24T10:00"))


def test_a_shortened_day_without_a_reason_is_only_out_of_hours(calendars: Calendars, moment: Moment) -> None:
    """A reason that nobody wrote cannot be spoken."""
    day = date(2026, 11, 4)
    short = Special(Period(day, day, yearly=False), (TimeRange(510, 720),), {})
    calendar = replace(calendars["本庁"], specials=(short,))
    assert str(why_closed(calendar, moment("2026-11-04T14:00"))) == "時間外"


def test_an_exception_for_some_weekdays_leaves_out_the_holidays(calendars: Calendars, moment: Moment) -> None:
    """A holiday in the tax season is still a holiday."""
    period = Period(date(2027, 2, 16), date(2027, 3, 15), yearly=False)
    late = Special(period, (TimeRange(510, 1200),), {}, Days(frozenset(range(5))))
    calendar = replace(calendars["本庁"], specials=(late,))
    assert is_open(calendar, moment("2027-02-22T19:00"))
    assert not is_open(calendar, moment("2027-02-23T10:00"))
    assert not is_open(calendar, moment("2027-02-27T10:00"))


# --- properties -------------------------------------------------------------------------------------------------

HALF_HOURS = st.integers(0, 47).map(lambda number: number * 30)


@st.composite
def day_hours(draw: st.DrawFn) -> Ranges:
    """Hours of a day: closed, up to three stretches, perhaps over midnight."""
    marks = sorted(draw(st.sets(HALF_HOURS, max_size=6)))
    ranges = [TimeRange(start, end) for start, end in zip(marks[::2], marks[1::2], strict=False)]
    if ranges and draw(st.booleans()):
        ranges[-1] = TimeRange(ranges[-1].start, 1440 + draw(st.integers(0, ranges[-1].start // 30)) * 30)
    return tuple(ranges)


@st.composite
def any_calendar(draw: st.DrawFn) -> Calendar:
    """A calendar with every kind of rule."""
    # A few kinds of day, used again and again: quick to make and as hard to answer.
    kinds = st.sampled_from(draw(st.lists(day_hours(), min_size=2, max_size=3)))
    first = draw(st.dates(date(2026, 1, 1), date(2027, 12, 1)))
    last = first + timedelta(days=draw(st.integers(0, 20)))
    special = Special(Period(first, last, draw(st.booleans())), draw(kinds), {"ja": "点検"})
    return Calendar(
        name="何か",
        zone=ZoneInfo("Asia/Tokyo"),
        weekly=tuple(draw(st.lists(kinds, min_size=7, max_size=7))),
        nths=draw(
            st.dictionaries(st.tuples(st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1])), kinds, max_size=4)
        ),
        holiday=draw(st.none() | kinds),
        moved=draw(st.booleans()),
        specials=(special,),
    )


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(ZoneInfo("Asia/Tokyo")))


@settings(max_examples=100, deadline=None)
@given(any_calendar(), moments)
def test_open_means_inside_a_stretch_of_today_or_yesterday(calendar: Calendar, at: datetime) -> None:
    """For any calendar at any moment."""
    near = (*spans(calendar, at.date() - timedelta(days=1)), *spans(calendar, at.date()))
    assert is_open(calendar, at) == any(span.start <= at < span.end for span in near)
    assert is_open(calendar, at) == (why_closed(calendar, at) is None)


@settings(max_examples=60, deadline=None)
@given(any_calendar(), moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar: Calendar, at: datetime) -> None:
    """For any calendar at any moment."""
    opening = next_opening(calendar, at)
    end = opening or at + timedelta(days=HORIZON_DAYS)
    assert opening is None or is_open(calendar, opening)
    # Everything changes on half hours only, so looking at each of them misses nothing.
    look = datetime.combine(at.date(), time(), at.tzinfo)
    while look < end:
        assert look < at or not is_open(calendar, look)
        look += timedelta(minutes=30)


@settings(max_examples=100, deadline=None)
@given(any_calendar(), moments)
def test_it_is_open_until_it_closes_and_not_then(calendar: Calendar, at: datetime) -> None:
    """For any calendar at any moment."""
    end = closes_at(calendar, at)
    if end is not None:
        assert is_open(calendar, at)
        assert is_open(calendar, end - timedelta(minutes=1))
        assert not is_open(calendar, end)
