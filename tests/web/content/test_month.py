"""Opening hours as a calendar."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from voicebot.city.load import City, load
from voicebot.web.staff.content.month import heard, month, neighbours

ROOT = Path(__file__).parents[3]
ZONE = ZoneInfo("Asia/Tokyo")


def minato() -> City:
    """The shipped city."""
    folder = ROOT / "dialogs" / "minato"
    return load({path.name: path.read_text("utf-8") for path in folder.glob("*.yaml")})


def test_a_month_tells_hours_holidays_and_exceptions() -> None:
    """Whole weeks from Monday on."""
    weeks = month(minato().calendars["市民課"], date(2026, 12, 1))
    days = {day.day: day for week in weeks for day in week}
    assert weeks[0][0].day == date(2026, 11, 30)
    assert not weeks[0][0].inside
    assert days[date(2026, 12, 3)].hours == "8:30-19:00"
    assert (days[date(2026, 12, 5)].hours, days[date(2026, 12, 5)].why) == ("", "土曜日")
    assert (days[date(2026, 12, 29)].hours, days[date(2026, 12, 29)].why) == ("", "年末年始")
    assert days[date(2026, 12, 29)].special
    holiday = month(minato().calendars["本庁"], date(2026, 11, 1))[4][0]
    assert (holiday.day, holiday.hours, holiday.why) == (date(2026, 11, 23), "", "祝日 勤労感謝の日")
    assert month(minato().calendars["守衛室"], date(2026, 11, 1))[0][0].hours == "24時間"


def test_the_months_before_and_after_go_over_new_year() -> None:
    """Both ways."""
    assert neighbours(date(2026, 12, 1)) == (date(2026, 11, 1), date(2027, 1, 1))
    assert neighbours(date(2027, 1, 1)) == (date(2026, 12, 1), date(2027, 2, 1))


def test_every_department_says_what_callers_hear_at_a_moment() -> None:
    """In each language, with what is offered instead."""
    told = {each.department: each for each in heard(minato(), datetime(2026, 12, 29, 10, tzinfo=ZONE), ("ja", "en"))}
    closed, guard = told["市民課"], told["守衛室"]
    assert not closed.open
    assert closed.say["ja"] == "きょうは年末年始のため、お休みです。次は、1月4日、月曜日の午前8時半からです。"
    assert set(closed.say) == {"ja", "en"}
    assert (closed.instead, told["総合案内"].instead) == ("message", "守衛室")
    assert guard.open
    assert guard.instead == ""
