"""`duty.yaml`: the values it gives, and every fault at its line."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from voicebot.city.duty_doctors import DutyList
from voicebot.city.duty_doctors_file import load_duty
from voicebot.documents import read
from voicebot.errors import ContentError, Fault

GOOD = """\
center: {name: 急病院, reading: きゅうびょういん, number: 050-0000-1290, subjects: [内科], hours: 19:00-翌7:00}
subjects:
  内科: [熱]
  歯科: []
hours:
  夜: 17:30-翌8:30
clinics:
  はまかぜ医院: {reading: はまかぜいいん, number: 050-0000-1201}
  みなと病院: {reading: みなとびょういん, number: 050-0000-1202}
days:
  2026-11-22:
    内科: {夜: みなと病院, "9:00-12:00、13:00-17:00": [はまかぜ医院, みなと病院]}
  2026年11月23日: なし
  2026-11-29:
    歯科: {夜: みなと病院}
"""


def duties(text: str) -> DutyList:
    """The list of a file."""
    return load_duty(read(text, "duty.yaml"), ZoneInfo("Asia/Tokyo"))


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a file."""
    with pytest.raises(ContentError) as caught:
        duties(text)
    return caught.value.faults


def test_everything_that_is_written_arrives_in_order() -> None:
    """Named hours, hours written out, several clinics, and a night that ends on the next day."""
    found = duties(GOOD)
    assert [
        (duty.subject, duty.clinic.name, duty.start.strftime("%d %H:%M"), duty.end.strftime("%d %H:%M"))
        for duty in found.duties
    ] == [
        ("内科", "はまかぜ医院", "22 09:00", "22 12:00"),
        ("内科", "みなと病院", "22 09:00", "22 12:00"),
        ("内科", "はまかぜ医院", "22 13:00", "22 17:00"),
        ("内科", "みなと病院", "22 13:00", "22 17:00"),
        ("内科", "みなと病院", "22 17:30", "23 08:30"),
        ("歯科", "みなと病院", "29 17:30", "30 08:30"),
    ]
    assert found.duties[0].start.isoformat() == "2026-11-22T09:00:00+09:00"
    assert (found.first, found.last) == (date(2026, 11, 22), date(2026, 11, 29))
    assert found.center is not None
    assert (found.center.clinic.number, found.center.subjects) == ("+815000001290", ("内科",))
    assert found.duties[0].clinic.reading == "ハマカゼイイン"


def test_a_forgotten_holiday_is_a_fault_unless_it_says_that_nobody_is_there() -> None:
    """A caller would be told that nobody is on duty when a line was only forgotten."""
    (fault,) = faults(GOOD.replace("  2026年11月23日: なし\n", ""))
    assert (fault.line, "2026-11-23(勤労感謝の日)の当番医がありません" in fault.message) == (10, True)
    assert "「2026-11-23: なし」" in fault.message
    longer = faults(GOOD + "  2026-12-13: なし\n")
    assert ["2026-12-06(日曜日)" in fault.message for fault in longer] == [True]


def test_a_wrong_year_is_one_fault_and_not_a_thousand() -> None:
    """Every Sunday until 2062 would be missing."""
    (fault,) = faults(GOOD + "  2062-12-06: なし\n")
    assert (fault.line, "年を確かめてください" in fault.message) == (16, True)


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = """\
center: {name: 急病センター, reading: 急病, number: 119, subjects: [眼科], hours: 休み}
subjects:
  内科: []
hours:
  夜: 夕方から
clinics:
  はまかぜ医院: {reading: はまかぜいいん, number: 050-0000-1201}
  浜風医院: {reading: ハマカゼイイン, number: 050-0000}
days:
  11-22:
    内科: {夜: はまかぜ医院}
  2026-11-23:
    内科:
      夜: はまかぜ医員
      ずっと: はまかぜ医院
    歯科: {9:00-12:00: はまかぜ医院}
"""
    expected = {
        1: ["かなだけ", "緊急通報", "「眼科」は subjects", "当番の時間になりません"],
        5: ["時間として読めません"],
        8: ["「はまかぜ医院」と「浜風医院」", "桁数"],
        10: ["一日ではありません"],
        14: ["もしかして: 「はまかぜ医院」"],
        15: ["時間として読めません"],
        16: ["「歯科」は subjects"],
    }
    found = faults(text)
    assert {fault.line for fault in found} == set(expected)
    for line, words in expected.items():
        assert len(words) == len([fault for fault in found if fault.line == line])
        assert all(any(fault.line == line and word in fault.message for fault in found) for word in words)


@pytest.mark.parametrize("text", ["", "days: {}\n", GOOD.replace("days:", "day:"), GOOD.replace("なし", "休み")])
def test_a_file_of_the_wrong_shape_gives_faults(text: str) -> None:
    """Never another error."""
    assert faults(text)
