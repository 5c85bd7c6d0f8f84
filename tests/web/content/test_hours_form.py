"""The forms of opening hours."""

import pytest

from voicebot.errors import ContentError
from voicebot.web.staff.content.hours_form import YEAR_END, SpecialForm, WeekForm, calendars_of, readable

TEXT = """calendars:
  本庁:
    week:
      月-金: 8:30-17:15   # 条例
    special:
      - date: 12月29日から1月3日まで
        hours: 休み
        reason: {ja: 年末年始, en: the New Year holidays}
  市民課:
    based_on: 本庁
    week:
      木: 8:30-19:00
"""


def week(name: str, **changes: str) -> WeekForm:
    """As the page sends it back, with some fields changed."""
    shown = WeekForm.of(name, calendars_of({"hours.yaml": TEXT})[name], "d")
    fields = {"calendar": name, "seen": "d", "based_on": shown.based_on, "after_holiday": shown.after_holiday}
    for at, (days, hours) in enumerate(shown.rows):
        fields |= {f"days-{at}": days, f"hours-{at}": hours}
    return WeekForm.sent({**fields, **changes})


def test_a_form_that_is_sent_back_as_it_was_changes_nothing() -> None:
    """Exceptions stay, though the form does not show them."""
    for name in ("本庁", "市民課"):
        assert week(name).applied(TEXT) == TEXT


def test_hours_change_and_rows_come_and_go() -> None:
    """A row that is emptied goes."""
    new = week("市民課", **{"hours-0": "8:30-20:00", "days-1": "第2日曜", "hours-1": "9:00-12:00"}).applied(TEXT)
    assert calendars_of({"hours.yaml": new})["市民課"].week == {"木": "8:30-20:00", "第2日曜": "9:00-12:00"}
    less = week("市民課", **{"days-0": "", "hours-0": ""}).applied(TEXT)
    assert calendars_of({"hours.yaml": less})["市民課"].week == {}


def test_a_row_without_hours_or_twice_is_refused() -> None:
    """With the row named."""
    for changes in ({"days-1": "火", "hours-1": ""}, {"days-1": "木", "hours-1": "休み"}):
        with pytest.raises(ContentError, match="両方"):
            week("市民課", **changes).applied(TEXT)


def test_new_hours_are_made_and_taken_away() -> None:
    """Also the first of a city."""
    new = WeekForm.sent({"new_name": "図書館", "days-0": "火-日", "hours-0": "9:00-18:00"})
    assert calendars_of({"hours.yaml": new.applied("")})["図書館"].week == {"火-日": "9:00-18:00"}
    assert list(calendars_of({"hours.yaml": week("市民課").removed(TEXT)})) == ["本庁"]


def test_an_exception_is_added_changed_and_taken_away() -> None:
    """The first one of a calendar makes the list, the last one takes it away."""
    added = SpecialForm.sent({"calendar": "市民課", "date": "2027年4月11日", "hours": "休み", "reason_ja": "選挙事務"})
    once = added.applied(TEXT)
    special = calendars_of({"hours.yaml": once})["市民課"].special
    assert [(each.date, each.hours, each.reason) for each in special] == [("2027年4月11日", "休み", {"ja": "選挙事務"})]
    shown = SpecialForm.of("市民課", 0, special[0], "d")
    fields = {"calendar": "市民課", "at": "0", "seen": "d"}
    assert SpecialForm.sent({**shown.values, **fields}).applied(once) == once
    later = SpecialForm.sent({**shown.values, **fields, "hours": "9:00-12:00", "days": "月-金"}).applied(once)
    assert "hours: 9:00-12:00" in later
    assert SpecialForm.sent(fields).removed(once) == TEXT


def test_a_second_exception_stands_behind_the_first_and_languages_stay() -> None:
    """As the year-end closing that is offered."""
    twice = SpecialForm("本庁", "d", None, {"days": "", **YEAR_END}).applied(TEXT)
    special = calendars_of({"hours.yaml": twice})["本庁"].special
    assert [set(each.reason) for each in special] == [{"ja", "en"}, {"ja", "en", "ko"}]
    one = SpecialForm.sent({"calendar": "本庁", "at": "0"})
    assert calendars_of({"hours.yaml": one.removed(twice)})["本庁"].special == special[1:]


def test_hours_that_somebody_else_took_away_are_told() -> None:
    """With what to do."""
    with pytest.raises(ContentError, match="開き直して"):
        SpecialForm("図書館", "d", None, {}).applied(TEXT)
    assert readable({"hours.yaml": "calendars: 1"}) == {}
