"""Whole talks end where a resident would be content, or are counted as lost; nothing is counted that was not said."""

from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.actions import Grammar
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.tuning.evaluation import Asked
from voicebot.tuning.evaluation_talks import ENDINGS, Journey, departments_under, summary, travel
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading

QUESTION = "銀行に出すあれが一枚いるんですけど"
RIGHT, NEAR, FAR = "住民票の写しはどこで取れますか", "印鑑証明書の取り方", "粗大ごみの料金"
NOW = datetime(2026, 11, 25, 10, 0)


class Fixed:
    """A search that always finds these."""

    def __init__(self, *found: tuple[str, str, float]) -> None:
        self.hits = tuple(
            FaqHit(name, name, f"{name}の答えです。", owner, sure, reading(name)) for name, owner, sure in found
        )

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        """The same hits."""
        return self.hits

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """No department."""
        return ()


def hear(words: str, grammar: Grammar | None) -> tuple[Alternative, ...]:
    """Every word."""
    return (Alternative(words, reading(words), 1.0),)


def journey(minato: Content, answers: Fixed, asked: Asked, ear: object = hear) -> Journey:
    """One talk with みなと市."""
    zone = minato.city.profile.zone
    talk = Talk(minato.dialog, answers, Desk(minato.city), reading, NOW.replace(tzinfo=zone))
    owners = {entry.question: entry.department for entry in minato.entries}
    return travel(asked, talk, minato.dialog, owners, ear)  # type: ignore[arg-type]


ASKED = Asked("1", QUESTION, {RIGHT: 2}, frozenset({"市民課"}))
ABOUT_TAX = Asked("2", QUESTION, {}, frozenset({"税務課"}))


@pytest.mark.parametrize(
    ("found", "asked", "ending"),
    [
        (((RIGHT, "市民課", 0.95),), ASKED, "answered"),
        (((NEAR, "市民課", 0.95),), ASKED, "wrong answer"),
        (((RIGHT, "市民課", 0.7), (NEAR, "市民課", 0.3)), ASKED, "confirmed"),
        (((NEAR, "市民課", 0.5), (FAR, "環境課", 0.48), (RIGHT, "市民課", 0.47)), ASKED, "chosen"),
        (((FAR, "環境課", 0.7),), ASKED, "wrong department"),
        ((), ASKED, "wrong department"),
        ((("固定資産税の納期", "税務課", 0.95),), ABOUT_TAX, "answered"),
        (((RIGHT, "市民課", 0.95),), ABOUT_TAX, "wrong answer"),
    ],
)
def test_each_ending(minato: Content, found: tuple[tuple[str, str, float], ...], asked: Asked, ending: str) -> None:
    """By what is spoken, confirmed, offered, or where the caller is connected (in the end with the switchboard)."""
    one = journey(minato, Fixed(*found), asked)
    assert one.ending == ending, "\n".join(one.lines)
    assert one.reached is (ending in {"answered", "confirmed", "chosen"})


def test_a_resident_says_no_to_what_was_not_meant(minato: Content) -> None:
    """And the talk shows it."""
    one = journey(minato, Fixed((FAR, "環境課", 0.7)), ASKED)
    assert any(line.startswith("市民: いいえ") for line in one.lines)


def test_who_is_not_heard_does_not_arrive(minato: Content) -> None:
    """The recogniser gave nothing: the ladder ends with a person, who is not of the right department."""
    one = journey(minato, Fixed((RIGHT, "市民課", 0.95)), ASKED, lambda words, grammar: ())
    assert not one.reached
    assert any("聞こえたまま: " in line for line in one.lines)


def test_the_switchboard_is_right_only_when_it_itself_is_wanted(minato: Content) -> None:
    """Whoever is not understood ends there, also those whose entry belongs to it."""
    switchboard = frozenset({minato.dialog.switchboard})
    assert journey(minato, Fixed(), replace(ABOUT_TAX, departments=switchboard)).ending == "transferred"
    assert journey(minato, Fixed(), replace(ASKED, departments=switchboard)).ending == "wrong department"


def test_a_menu_leads_to_its_departments(minato: Content) -> None:
    """Some node of the demo city leads to 環境課 and not to 税務課; the start is never looked through."""
    assert "環境課" in departments_under(minato.dialog, "ごみ")
    assert "税務課" not in departments_under(minato.dialog, "ごみ")
    assert departments_under(minato.dialog, minato.dialog.start) == frozenset()
    assert departments_under(minato.dialog, "ない") == frozenset()


def test_the_summary_names_every_ending() -> None:
    """Also those that nobody met."""
    assert summary([Journey(ASKED, "lost", ())]) == {ending: int(ending == "lost") for ending in ENDINGS}
