"""Filters as they stand in an address."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.transcripts.call_choice import Choice
from voicebot.transcripts.call_list import Place
from voicebot.web.staff.calls.filters import NAMES, Filters, place_in, place_text

ZONE = ZoneInfo("Asia/Tokyo")


def chosen(**given: str) -> Choice:
    """What fields mean."""
    return Filters.of(given, personal=True).choice(ZONE)


def test_every_field_is_understood() -> None:
    """As the form sends it."""
    found = chosen(
        **{
            "q": "粗大ごみ 日曜", "from": "2026-11-01", "to": "2026-11-03", "department": "税務課",
            "outcome": "message", "sure": "50",
            "language": "en", "lost": "1", "reviewed": "no", "judged": "wrong", "number": "050-0000-1234",
            "node": "受付", "entry": "ごみの日", "release": "12",
        }
    )  # fmt: skip
    assert found == Choice(
        words=("粗大ごみ", "日曜"),
        since=datetime(2026, 11, 1, tzinfo=ZONE),
        until=datetime(2026, 11, 4, tzinfo=ZONE),
        department="税務課",
        outcome="message",
        below=0.5,
        language="en",
        not_understood=True,
        reviewed="no",
        judged="wrong",
        number="5000001234",
        node="受付",
        entry="ごみの日",
        release=12,
    )


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_whatever_stands_in_an_address_is_a_filter_or_none(given: dict[str, str]) -> None:
    """Nothing that is typed by hand breaks the page; and the query keeps it."""
    filters = Filters.of(given, personal=True)
    filters.choice(ZONE)
    assert Filters.of({name: filters[name] for name in NAMES}, personal=True) == filters


@pytest.mark.parametrize(
    "wrong", [{"from": "gestern"}, {"to": "9999-12-31"}, {"sure": "33"}, {"release": "x"}, {"outcome": "?"}]
)
def test_what_cannot_be_understood_is_no_filter(wrong: dict[str, str]) -> None:
    """A calendar ends somewhere."""
    assert chosen(**wrong) == Choice()


@pytest.mark.parametrize(
    ("typed", "digits"), [("1234", "1234"), ("０５０ー００００ー１２３４", "5000001234"), ("0123", "0123")]
)
def test_a_number_is_compared_as_the_store_keeps_it(typed: str, digits: str) -> None:
    """A whole one loses its zero, because +81 stands before it there; its last digits stay as they are."""
    assert chosen(number=typed).number == digits


def test_who_may_not_see_numbers_cannot_ask_for_them() -> None:
    """Else the list would tell whether somebody called."""
    assert Filters.of({"number": "1234", "q": "ごみ"}, personal=False).fields == {"q": "ごみ"}


def test_a_query_keeps_the_filters_and_changes_some() -> None:
    """Chips and links to pages are made of it."""
    filters = Filters.of({"q": "ごみ", "lost": "1"}, personal=True)
    assert filters.query(lost="", after="5~x") == "q=%E3%81%94%E3%81%BF&after=5~x"
    assert filters.any
    assert not Filters().any


def test_places_go_into_an_address_and_back() -> None:
    """What is no place is the beginning."""
    place = Place(1763800000, "20261122-190911-87f9c2cf7b6e")
    assert place_in(place_text(place)) == place
    assert place_text(None) == ""
    for wrong in ("", "x", "5", "5~", "5~a/b", "99999999999999~x"):
        assert place_in(wrong) is None
