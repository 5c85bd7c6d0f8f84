"""The form of a value."""

from datetime import date

import pytest

from voicebot.errors import ContentError
from voicebot.web.staff.content.facts_form import FactForm, fact_lines, rows_of, uses, values_of

TEXT = """# 値
facts:
  住民票: {value: "300", owner: 市民課, valid_until: 2026-12-01}   # 条例
  電話: 050-0000-1000
"""
FILES = {"facts.yaml": TEXT, "faq/a.yaml": "answer: 1通{facts.住民票}円です。\n", "talks/t.yaml": ""}
TODAY = date(2026, 11, 24)


def test_a_value_is_changed_in_its_line() -> None:
    """The comment stays."""
    form = FactForm.sent({"name": "住民票", "value": " 350 ", "owner": "市民課", "valid_until": "2027-03-31"})
    assert form.wrong() == {}
    assert '  住民票: {value: "350", owner: 市民課, valid_until: 2027-03-31}   # 条例\n' in form.applied(TEXT)


def test_a_plain_value_gets_an_owner() -> None:
    """It is then written with its keys."""
    form = FactForm.sent({"name": "電話", "value": "050-0000-1001", "owner": "総合案内"})
    assert rows_of({"facts.yaml": form.applied(TEXT)})["電話"].owner == "総合案内"


def test_a_value_is_added_and_taken_away() -> None:
    """Also the first of a city."""
    form = FactForm.sent({"new_name": "印鑑", "value": "200"})
    assert values_of({"facts.yaml": form.applied(TEXT)})["印鑑"] == "200"
    assert values_of({"facts.yaml": form.applied("")}) == {"印鑑": "200"}
    assert "電話" not in FactForm("電話").removed(TEXT)
    with pytest.raises(ContentError, match="もうあります"):
        FactForm.sent({"new_name": "電話", "value": "1"}).applied(TEXT)


def test_values_are_found_with_their_age_and_their_texts() -> None:
    """Who wants to change a fee sees where it is said."""
    lines, owners, faults = fact_lines(FILES, TODAY, "", "", "")
    assert [(each.name, each.age, each.uses, each.line) for each in lines] == [
        ("住民票", "near", 1, 3),
        ("電話", "", 0, 4),
    ]
    assert (owners, faults) == (("市民課",), ())
    assert [each.name for each in fact_lines(FILES, TODAY, "050", "", "none")[0]] == ["電話"]
    assert [(use.path, use.line) for use in uses(FILES, "住民票")] == [("faq/a.yaml", 1)]
    assert fact_lines({"facts.yaml": "facts: ["}, TODAY, "", "", "")[2]
    assert values_of({"facts.yaml": "facts: ["}) == {}


def test_what_is_missing_is_told_at_its_field() -> None:
    """Before anything is saved."""
    assert set(FactForm.sent({"valid_until": "いつか"}).wrong()) == {"name", "value", "valid_until"}
