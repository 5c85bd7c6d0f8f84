"""Imported lists of doctors on duty beside the written one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from voicebot.city.data_file import read_imported
from voicebot.city.duty_doctors import ANY_SUBJECT, on_duty
from voicebot.city.facilities_file import index, load_facilities
from voicebot.city.imported_duty import merged_duty
from voicebot.city.load import City
from voicebot.documents import read
from voicebot.errors import Fault

TOKYO = ZoneInfo("Asia/Tokyo")
LIST = """
set: 当番医
duties:
  - {date: 2027-03-07, subject: 小児科, name: こども医院, hours: 9:00-17:00}
  - {date: 2027-03-07, name: 中央病院, hours: 17:30-翌8:30, number: [050-0000-1207]}
  - {date: 2026-11-22, subject: 内科, name: よその医院, hours: 24時間}
"""


def test_a_list_alone_is_enough_and_numbers_come_from_the_places() -> None:
    """Those without a subject are on duty for everything, over midnight too."""
    document = read("facilities:\n  - {name: こども医院, reading: こどもいいん, number: 050-0000-1209}\n", "f.yaml")
    places = index(load_facilities(document, TOKYO), "みなと市")
    found = merged_duty(None, read_imported({"data/d.yaml": LIST}, []), places, TOKYO, [])
    assert found is not None
    assert found.subject_called("赤ちゃんの熱") == "小児科"
    (child,) = on_duty(found, datetime(2027, 3, 7, 10, 0, tzinfo=TOKYO), "小児科")
    assert (child.clinic.number, child.clinic.reading) == ("+815000001209", "コドモイイン")
    (night,) = on_duty(found, datetime(2027, 3, 8, 2, 0, tzinfo=TOKYO))
    assert (night.subject, night.clinic.number) == (ANY_SUBJECT, "+815000001207")
    assert (found.first, found.last, found.center) == (date(2026, 11, 22), date(2027, 3, 7), None)


def test_days_that_staff_have_written_are_theirs(minato: City) -> None:
    """An imported row of such a day is left out."""
    found = merged_duty(minato.duty, read_imported({"data/d.yaml": LIST}, []), None, TOKYO, [])
    assert found is not None
    assert minato.duty is not None
    assert "よその医院" not in {duty.clinic.name for duty in found.duties}
    assert found.last == date(2027, 3, 7)
    assert found.center == minato.duty.center


def test_hours_that_cannot_be_read_are_a_fault_at_their_line() -> None:
    """Somebody has mended the file by hand."""
    faults: list[Fault] = []
    texts = {"data/d.yaml": "set: 当番医\nduties:\n  - {date: 2027-03-07, name: A, hours: 昼}\n"}
    merged_duty(None, read_imported(texts, []), None, TOKYO, faults)
    assert [(fault.path, fault.line) for fault in faults] == [("data/d.yaml", 3)]
