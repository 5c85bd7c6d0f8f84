"""Tables of the figures from sums."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from voicebot.web.staff.figures import tables
from voicebot.web.staff.figures.periods import Period
from voicebot.web.staff.figures.tables import WANTED, Known

WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
"""From Monday to Sunday."""
KNOWN = Known({"住民票の写し": "市民課", "ごみ": "環境課"}, {3: "粗大ごみの料金"})
BY_DAY = {
    "2026-11-16": {"contained": 4, "abandoned_brief": 2},
    "2026-11-17": {"transferred": 1},
}
BY_WEEKDAY = {"0": {"09": 6}, "1": {"23": 1}}
SUMS: Mapping[str, Any] = {name: {} for name in WANTED} | {
    "answers": {"住民票の写し": (5, 4.0), "ごみ": (2, 1.0), "むかしの答え": (1, 1.0)},
    "transfers": {"市民課\tconnected": (3, 0.0), "市民課\tbusy": (1, 0.0)},
    "waits": {"soon\t市民課": (2, 20.0), "late\t市民課": (1, 40.0), "never\t市民課": (1, 0.0)},
    "owed": {"message\t環境課": (2, 0.0), "callback\t市民課": (1, 0.0)},
    "wrong": {"市民課\t税務課": (1, 0.0)},
    "turns.scene": {
        "受付\t": (8, 0.0), "受付\tno_match": (1, 0.0), "受付\tno_input": (1, 0.0), "ごみ\trejected": (3, 0.0),
    },
    "delay": {"008": (4, 3.4), "031": (1, 3.1), "100": (2, 40.0)},
    "calls.language": {"contained\tja": (6, 0.0), "transferred\tja": (2, 0.0), "abandoned_brief\tja": (9, 0.0)},
    "calls.release": {"contained\tabc\t3": (6, 0.0), "transferred\tabc\t3": (2, 0.0), "contained\told\t": (1, 0.0)},
    "turns.release": {"abc\t": (9, 0.0), "abc\tno_match": (1, 0.0)},
    "delay.release": {"abc": (4, 3.4)},
    "hearing.release": {"abc": (100, 5.0)},
}  # fmt: skip


def test_calls_over_time_show_days_without_calls_too() -> None:
    """In the order of the outcomes."""
    found = tables.over_time(BY_DAY, WEEK)
    assert len(found.rows) == 7
    row = dict(zip((name for name, _ in found.columns), found.rows[0], strict=True))
    assert (row["day"], row["contained"], row["abandoned_brief"], row["transferred"]) == ("2026-11-16", 4, 2, 0)


def test_hours_are_means_over_their_weekday() -> None:
    """All calls count; a weekday that is not in the period has no number."""
    found = tables.hours(BY_WEEKDAY, WEEK)
    assert found.rows[0][1 + 9] == 6.0
    assert found.rows[1][1 + 23] == 1.0
    assert tables.hours({}, Period(WEEK.first, WEEK.first)).rows[3][1:] == (None,) * 24


def test_departments_are_those_of_the_answers_as_they_are_now() -> None:
    """An answer that is no more belongs to nobody."""
    found = {row[0]: row[1:] for row in tables.departments(SUMS, KNOWN).rows}
    assert found["市民課"] == (5, 4, 3, 0.75, 20.0, 0.5, 0, 1, 1)
    assert found["環境課"] == (2, 0, 0, None, None, None, 2, 0, 0)
    assert found[""][0] == 1


def test_scenes_come_by_how_often_the_reply_was_missed() -> None:
    """Whatever their share."""
    assert tables.scenes(SUMS).rows == (("ごみ", 3, 3, 1.0, 0, 0.0), ("受付", 10, 1, 0.1, 1, 0.1))


def test_long_delays_stand_together() -> None:
    """From three seconds on."""
    found = dict(tables.delays(SUMS).rows)
    assert (found[0.8], found[3.0], sum(found.values())) == (4, 3, 7)  # type: ignore[arg-type]


def test_languages_and_releases_leave_out_who_hung_up_at_once() -> None:
    """As their definitions say."""
    assert tables.languages(SUMS).rows == (("ja", 8, 0.75, 0.25),)
    assert tables.releases(SUMS, KNOWN).rows == (
        ("old", "", 1, 1.0, 0.0, None, None, None),
        ("3", "粗大ごみの料金", 8, 0.75, 0.25, 0.1, 0.85, 0.05),
    )


def test_a_sheet_holds_headings_and_plain_numbers() -> None:
    """Nothing for what is not known."""
    written = list(tables.written(tables.departments(SUMS, KNOWN), str.upper))
    assert written[0][0] == "DEPARTMENT"
    assert written[1] == ("市民課", "5", "4", "3", "0.75", "20", "0.5", "0", "1", "1")
    assert written[2][4] == ""


def test_every_table_fits_its_columns() -> None:
    """With figures and without."""
    empty = {name: {} for name in WANTED}
    for sums, by_day, hours in ((SUMS, BY_DAY, BY_WEEKDAY), (empty, {}, {})):
        for table in (*tables.tables(sums, by_day, hours, WEEK, KNOWN), tables.key_figures(sums, empty, "ja")):
            assert all(len(row) == len(table.columns) for row in table.rows), table.name
