"""Values that change often, and texts that use them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.facts import Fact, fill, filled, load_facts, pieces, unknown_facts, unknown_names
from voicebot.documents import read
from voicebot.errors import ContentError, VoicebotError

VALUES = {"粗大_最低": "400", "電話": "050-0000-1000"}


def test_a_value_is_plain_or_has_an_owner_and_a_last_day() -> None:
    """Most values are written plainly; those that grow old say who keeps them."""
    text = "facts:\n  電話: 050-0000-1000\n  粗大_最低: {value: '0400', owner: 環境課, valid_until: 2027-03-31}\n"
    assert load_facts(read(text, "facts.yaml"), ("環境課",)) == {
        "電話": Fact("050-0000-1000"),
        "粗大_最低": Fact("0400", "環境課", date(2027, 3, 31)),
    }


def test_every_fault_of_the_file_is_reported() -> None:
    """Faults of shape hide those of meaning until they are mended."""
    text = """\
facts:
  粗大 最低: "400"
  空:
  電話: {value: 050-0000-1000, owner: 環鏡課}
  輪: "{facts.電話}"
"""
    with pytest.raises(ContentError) as caught:
        load_facts(read(text, "facts.yaml"), ("環境課",))
    assert [fault.line for fault in caught.value.faults] == [3]
    with pytest.raises(ContentError) as caught:
        load_facts(read(text.replace("  空:\n", ""), "facts.yaml"), ("環境課",))
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4]
    assert "もしかして: 「環境課」" in caught.value.message


def test_a_text_is_filled_with_the_values() -> None:
    """Other placeholders in braces belong to the dialog and stay."""
    text = "粗大ごみは{facts.粗大_最低}円から。お電話は{ facts.電話 }へ。{facts.粗大_最低}円です。{name}様"
    assert fill(text, VALUES) == "粗大ごみは400円から。お電話は050-0000-1000へ。400円です。{name}様"


def test_an_unknown_name_is_an_error_with_a_guess() -> None:
    """The author sees the name that was probably meant."""
    assert unknown_names("{facts.粗大_最底}と{facts.粗大_最底}と{facts.電話}", VALUES) == ("粗大_最底",)
    with pytest.raises(VoicebotError) as caught:
        fill("{facts.粗大_最底}円から", VALUES)
    assert caught.value.code == "city.unknown_fact"
    assert "もしかして: 「粗大_最低」" in caught.value.message


def test_unknown_names_in_a_file_are_faults_at_their_lines() -> None:
    """Also in lists and in texts of several lines."""
    text = "料金:\n  answer: |\n    {facts.粗大_最低}円\n    {facts.ない}円\nlist:\n  - よい\n  - '{facts.}'\n"
    assert [fault.line for fault in unknown_facts(read(text, "trees/ごみ.yaml"), VALUES)] == [2, 7]


@given(st.text(), st.text())
def test_a_text_without_places_stays_as_it_is_and_a_value_goes_in_untouched(before: str, value: str) -> None:
    """Nothing in a value is taken for a pattern."""
    plain = before.replace("{", "")
    assert fill(plain, VALUES) == plain
    assert fill(plain + "{facts.x}", {"x": value}) == plain + value


def test_a_whole_file_is_filled_and_keeps_its_lines() -> None:
    """So that faults of the filled texts are still found."""
    document = read("a:\n  - {b: '{facts.粗大_最低}円'}\n  - {facts.電話: c, d: }\n", "some.yaml")
    full = filled(document, VALUES)
    assert full.data == {"a": [{"b": "400円"}, {"facts.電話": "c", "d": None}]}
    assert full.lines == document.lines
    with pytest.raises(ContentError) as caught:
        filled(read("a: x\nb: '{facts.粗大}'\n", "some.yaml"), VALUES)
    (fault,) = caught.value.faults
    assert (fault.line, "もしかして" in fault.message) == (2, True)


def test_a_text_is_told_with_its_values_and_their_names() -> None:
    """Words stay words; a value that does not exist stays as it is written."""
    found = pieces("1通{facts.料金}円、{ facts．ない }です。", {"料金": "300"})
    assert found == (("1通", ""), ("300", "料金"), ("円、", ""), ("{ facts．ない }", "ない"), ("です。", ""))
    assert pieces("", {}) == ()
