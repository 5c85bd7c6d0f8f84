"""The conditions of a trial as they stand in an address."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.staff.trying.wanted import OUTCOMES, Wanted, wanted_of


def test_everything_can_be_said() -> None:
    """As the page's form sends it."""
    given = {"by": "text", "content": "draft", "at": "2027-01-02T21:00", "disaster": "off", "language": "en"}
    assert wanted_of({**given, "transfer": "busy"}) == Wanted(
        "text", "draft", datetime(2027, 1, 2, 21), "off", "en", "busy"
    )
    assert wanted_of({"content": "12"}).content == "12"


def test_what_is_left_out_has_its_default() -> None:
    """By voice, what is in force, now."""
    assert wanted_of({}) == Wanted()
    assert wanted_of({"at": "", "transfer": "", "disaster": ""}) == Wanted()


@given(st.dictionaries(st.sampled_from(["by", "content", "at", "disaster", "language", "transfer"]), st.text()))
def test_whatever_stands_there_is_a_trial(given: dict[str, str]) -> None:
    """An address can be written by hand."""
    wanted = wanted_of(given)
    assert wanted.by in {"voice", "text"}
    assert wanted.content in {"", "draft"} or wanted.content.isdecimal()
    assert wanted.outcome in {None, *OUTCOMES}
    assert wanted.at is None or wanted.at.tzinfo is None
