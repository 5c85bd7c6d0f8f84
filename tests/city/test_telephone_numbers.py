"""Telephone numbers of Japan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.telephone_numbers import national, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("050-0000-1010", "+815000001010"),
        ("05000001010", "+815000001010"),
        ("０５０ー００００ー１０１０", "+815000001010"),
        ("050 0000 1010", "+815000001010"),
        ("(050)0000-1010", "+815000001010"),
        ("+81-50-0000-1010", "+815000001010"),
        ("+815000001010", "+815000001010"),
    ],
)
def test_a_number_is_understood_however_it_is_written(text: str, number: str) -> None:
    """Full width, brackets, spaces and E.164."""
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["110", "118", "119", "１１９", "1-1-9", "0119", "+81119", "+81-110"])
def test_emergency_numbers_are_never_taken(text: str) -> None:
    """However they are disguised."""
    with pytest.raises(ValueError, match="緊急通報"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("050-0000-101", "桁数"),
        ("050-0000-10100", "桁数"),
        ("117", "桁数"),
        ("総合案内", "読めません"),
        ("050-0000-1010 内線12", "読めません"),
        ("", "読めません"),
        ("-", "読めません"),
        ("+1 202 555 0100", "国外"),
    ],
)
def test_what_is_not_a_number_of_japan_is_refused_with_the_cure(text: str, cure: str) -> None:
    """Wrong length, words, extensions, foreign countries."""
    with pytest.raises(ValueError, match=cure):
        parse_number(text)


@given(st.integers(0, 9999))
def test_writing_a_number_and_reading_it_again_gives_the_same(last: int) -> None:
    """For every invented number."""
    written = f"050-0000-{last:04}"
    assert national(parse_number(written)) == written
