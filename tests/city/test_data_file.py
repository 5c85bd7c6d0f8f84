"""Imported lists as they stand in `data/`."""

from datetime import date

from voicebot.city.data_file import read_imported
from voicebot.errors import Fault

HEAD = "set: ごみ分別\nimported: 2026-11-22\n"


def test_every_file_of_the_folder_is_read_the_newest_first() -> None:
    """Other files of the city are not looked at."""
    faults: list[Fault] = []
    texts = {
        "data/old.yaml": "set: ごみ分別\nas_of: 2025-04-01\nitems: [{name: 傘, kind: 資源}]\n",
        "data/new.yaml": "set: ごみ分別\nas_of: 2026-04-01\nitems: [{name: 傘, kind: 資源}, {name: 鏡, kind: 資源}]\n",
        "garbage.yaml": "???",
    }
    found = [each.data_set for each in read_imported(texts, faults)]
    assert [(each.path, each.rows, each.as_of) for each in found] == [
        ("data/new.yaml", 2, date(2026, 4, 1)), ("data/old.yaml", 1, date(2025, 4, 1))
    ]  # fmt: skip
    assert faults == []


def test_faults_are_told_with_file_and_line() -> None:
    """Somebody may have mended a file by hand."""
    faults: list[Fault] = []
    texts = {"data/a.yaml": f"{HEAD}items:\n  - {{name: 傘}}\n", "data/b.yaml": "set: [\n"}
    assert read_imported(texts, faults) == ()
    assert [(fault.path, fault.line) for fault in faults] == [("data/a.yaml", 4), ("data/b.yaml", 1)]


def test_a_list_with_an_end_says_when() -> None:
    """Doctors on duty."""
    rows = (
        "duties:\n  - {date: 2026-11-22, name: A, hours: 9:00-17:00}\n  - {date: 2026-12-31, name: A, hours: 24時間}\n"
    )
    (found,) = read_imported({"data/d.yaml": f"set: 当番医\n{rows}"}, [])
    assert found.data_set.until == date(2026, 12, 31)
