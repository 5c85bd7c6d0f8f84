"""All checks together, over the shipped city."""

from datetime import date
from pathlib import Path

from voicebot import content as contents
from voicebot.checking.survey import House, survey
from voicebot.content import Content

ROOT = Path(__file__).parents[2]


def test_the_shipped_city_gives_no_warning(minato: Content) -> None:
    """On a day on which its answers are right."""
    documents = contents.documents_of(contents.read_folder(ROOT / "dialogs" / "minato", ROOT / "grammars"))
    found = survey(minato, documents, date(2026, 11, 24), House())
    assert [str(each) for each in found if each.level != "note"] == []


def test_what_could_not_be_checked_is_noted(minato: Content) -> None:
    """In which languages words could not be looked up."""
    documents = contents.documents_of(contents.read_folder(ROOT / "dialogs" / "minato", ROOT / "grammars"))
    found = survey(minato, documents, date(2026, 11, 24), House())
    assert [(each.rule, each.path) for each in found if each.level == "note"] == [("words-not-checked", "profile.yaml")]


def test_in_april_the_fees_must_be_looked_at(minato: Content) -> None:
    """Every value and answer that is right until the end of March, each at its own line."""
    documents = contents.documents_of(contents.read_folder(ROOT / "dialogs" / "minato", ROOT / "grammars"))
    stale = [each for each in survey(minato, documents, date(2027, 4, 1), House()) if each.rule == "stale"]
    assert {each.path for each in stale} >= {"facts.yaml", "faq/環境課.yaml", "duty.yaml"}
    assert len({(each.path, each.line) for each in stale}) == len(stale)
