"""Rows of lists of doctors on duty."""

from tables import columns

from voicebot.opendata.rota import rota

HEAD = ["日付", "曜日", "診療科", "医療機関名", "診療時間", "電話番号"]


def test_a_duty_has_day_subject_hours_and_clinic() -> None:
    """Dates of either calendar, hours over midnight and in two parts."""
    taken = rota(
        columns(
            HEAD, ["令和8年11月22日", "日", "内科", "はまかぜ内科医院", "17:30～翌08:30", "０５０-0000-1201"],
            ["2026/11/23", "月・祝", "指定なし", "みなと中央病院", "09:00～12:00 / 14:00～17:00", ""],
        )
    )  # fmt: skip
    assert taken.problems == []
    assert taken.rows == [
        {"date": "2026-11-22", "name": "はまかぜ内科医院", "hours": "17:30-翌08:30", "subject": "内科",
         "number": ["050-0000-1201"]},
        {"date": "2026-11-23", "name": "みなと中央病院", "hours": "09:00-12:00、14:00-17:00"},
    ]  # fmt: skip


def test_a_beginning_and_an_end_may_stand_in_two_columns() -> None:
    """An end before the beginning is on the next day."""
    taken = rota(
        columns(["date", "name", "medical", "開始時間", "終了時間"], ["2026-11-22", "病院", "内科", "17:30", "8:30"])
    )
    assert taken.rows[0]["hours"] == "17:30-翌8:30"


def test_rows_without_day_clinic_or_hours_are_refused_and_wrong_weekdays_told() -> None:
    """The date decides."""
    good = ["2026-11-22", "日", "内科", "A医院", "9:00-17:00", ""]
    wrong = [["そのうち", *good[1:]], ["", *good[1:]], [*good[:3], "", *good[4:]], [*good[:4], "昼", ""], good]
    taken = rota(columns(HEAD, good, *wrong, ["2026-11-22", "月", "外科", "B医院", "9:00-17:00", "x"]))
    assert [row["name"] for row in taken.rows] == ["A医院", "B医院"]
    assert [(problem.row, problem.fatal) for problem in taken.problems] == [
        (3, True), (4, True), (5, True), (6, True), (7, True), (8, False), (8, False)
    ]  # fmt: skip
