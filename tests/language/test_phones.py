"""Telephone numbers and postal codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.phones import (
    PhoneFound,
    grouped,
    national_number,
    parse_phone,
    parse_postal,
    say_phone,
    say_postal,
)

NUMBERS = st.from_regex("(0500000[0-9]{4}|0[1-46-9][1-9][0-9]{7})", fullmatch=True)


@given(NUMBERS)
def test_what_is_read_back_is_understood(number: str) -> None:
    """In the groups it was read in."""
    groups = grouped(number)
    assert "".join(groups) == number
    assert parse_phone(say_phone(groups)) == PhoneFound(number, groups)
    assert national_number("+81" + number[1:]) == number


@pytest.mark.parametrize(
    ("said", "number", "groups"),
    [
        ("電話番号は050の0000の1234です", "05000001234", ("050", "0000", "1234")),
        ("ゼロゴーゼロゼロゼロゼロゼロイチニーサンヨン", "05000001234", ("050", "0000", "1234")),
        ("+81 50-0000-1234", "05000001234", ("050", "0000", "1234")),
        ("フリーダイヤルの000の123です", "0120000123", ("0120", "000", "123")),
        ("0767-00-1234", "0767001234", ("0767", "00", "1234")),
        ("ゼロナナロクナナゼロゼロイチニーサンヨン", "0767001234", ("0767", "00", "1234")),
    ],
)
def test_numbers_as_callers_say_them(said: str, number: str, groups: tuple[str, ...]) -> None:
    """The caller's grouping is kept when it is sensible, else the city's area codes decide."""
    assert parse_phone(said, area_codes=("0767",)) == PhoneFound(number, groups)


@pytest.mark.parametrize(
    "said", ["050-0000-123", "0000001234", "050-0000-12345", "119", "1234567890", "03-1234-56789", "住民票", ""]
)
def test_what_is_no_number_of_japan_is_refused(said: str) -> None:
    """Too short, too long, or without an area."""
    assert parse_phone(said) is None
    assert national_number(said) is None


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("0300001234", ("03", "0000", "1234")),
        ("0120000123", ("0120", "000", "123")),
        ("08000001234", ("0800", "000", "1234")),
        ("0760001234", ("076", "000", "1234")),
    ],
)
def test_usual_groups(number: str, groups: tuple[str, ...]) -> None:
    """As they are printed."""
    assert grouped(number) == groups


def test_postal_codes() -> None:
    """Seven digits, said in two groups."""
    assert parse_postal("郵便番号は九二六の八六一一です") == "926-8611"
    assert parse_postal("〒926-8611") == "926-8611"
    assert parse_postal("926-861") is None
    assert parse_postal(say_postal("926-0000")) == "926-0000"
