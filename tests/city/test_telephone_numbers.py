"""Telephone numbers of Japan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.telephone_numbers import is_address, national, parse_destination, parse_number


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


@pytest.mark.parametrize(
    "text", ["sip:1010@pbx.city.example.jp", "sips:shimin-ka@10.0.0.1:5061;transport=tls", "sip:madoguchi@pbx?x-ka=1"]
)
def test_a_sip_address_is_taken_as_it_is(text: str) -> None:
    """An exchange is reached by its own names."""
    assert is_address(text)
    assert parse_destination(text) == text


def test_a_destination_that_is_no_address_is_a_telephone_number() -> None:
    """Read as everywhere."""
    assert parse_destination("050-0000-1010") == "+815000001010"
    assert not is_address("050-0000-1010")


@pytest.mark.parametrize(
    "text", ["sip:", "sip:1010", "sip:10 10@pbx", "sip:a@b@c", "sip:<x>@pbx", f"sip:{'a' * 260}@pbx"]
)
def test_what_is_no_sip_address_is_refused_with_the_cure(text: str) -> None:
    """A name and a host belong to it."""
    with pytest.raises(ValueError, match="SIPアドレス"):
        parse_destination(text)


@pytest.mark.parametrize("user", ["119", "0110", "+81118", "119;phone-context=+81"])
def test_no_emergency_number_hides_in_a_sip_address(user: str) -> None:
    """Our exchange might connect it."""
    with pytest.raises(ValueError, match="緊急通報"):
        parse_destination(f"sip:{user}@pbx.city.example.jp")
