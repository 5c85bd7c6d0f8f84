"""Checks that several files share."""

from voicebot.city.file_checks import alike_faults, kana_faults, read_value
from voicebot.documents import read
from voicebot.errors import Fault

DOCUMENT = read("names:\n  あ: 1\n  い: 2\n  う: x\n", "some.yaml")


def test_a_value_that_cannot_be_read_is_a_fault_at_its_line() -> None:
    """And the rest of the file is read on."""
    faults: list[Fault] = []
    assert read_value(DOCUMENT, ("names", "い"), int, "2", faults) == 2
    assert read_value(DOCUMENT, ("names", "う"), int, "x", faults) is None
    assert [fault.line for fault in faults] == [4]


def test_a_reading_must_be_kana() -> None:
    """The name and the reading are told."""
    assert list(kana_faults(DOCUMENT, ("names", "あ"), "亜", "あ")) == []
    (fault,) = kana_faults(DOCUMENT, ("names", "あ"), "亜", "亜")
    assert (fault.line, "「亜」の読み「亜」" in fault.message) == (2, True)


def test_names_that_are_written_or_sound_alike_are_told_once_at_the_later_one() -> None:
    """Long vowels and kana do not tell names apart on the telephone."""
    readings = {"あ": "とおり", "い": "トーリ", "う": "とり"}
    (fault,) = alike_faults(DOCUMENT, ("names",), readings)
    assert (fault.line, "「あ」と「い」" in fault.message) == (3, True)
