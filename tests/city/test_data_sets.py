"""How old imported lists are."""

from datetime import date

import pytest

from voicebot.city.data_sets import DataSet, age_days, stale

TODAY = date(2026, 11, 22)


def aed(as_of: date | None = None, imported: date | None = None, until: date | None = None) -> DataSet:
    """A list."""
    return DataSet("data/aed.yaml", "AED設置箇所", 30, as_of=as_of, imported=imported, until=until)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (aed(date(2025, 1, 1)), "690日前のものです(目安は400日まで)"),
        (aed(None, date(2025, 1, 1)), "690日前"),
        (aed(None, None), "--as-of"),
        (aed(date(2026, 11, 1), None, date(2026, 11, 21)), "2026-11-21で終わっています"),
        (aed(date(2026, 11, 1), None, date(2026, 11, 30)), "あと8日"),
    ],
)
def test_old_lists_and_lists_that_end_are_named_with_the_cure(data: DataSet, words: str) -> None:
    """By the day of their state, else of their import."""
    (found,) = stale([data], TODAY)
    assert words in found.message


def test_fresh_lists_are_not_named() -> None:
    """Within the usual time for a new edition."""
    assert stale([aed(date(2026, 4, 1)), aed(date(2026, 4, 1), None, date(2027, 3, 31))], TODAY) == ()
    assert age_days(aed(date(2026, 11, 21)), TODAY) == 1
    assert age_days(aed(), TODAY) is None
