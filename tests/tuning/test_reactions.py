"""What the bot would do with words at a place of the conversation."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.tuning.reactions import Line, Reaction
from voicebot.voice.reading import reading

AT = datetime(2026, 11, 25, 10)


class Finds:
    """A search that always finds the same."""

    def __init__(self, hits: Sequence[FaqHit] = (), departments: Sequence[DepartmentHit] = ()) -> None:
        self._hits, self._departments = tuple(hits), tuple(departments)

    def search(self, alternatives: object, language: str) -> tuple[FaqHit, ...]:
        return self._hits

    def route(self, alternatives: object, language: str) -> tuple[DepartmentHit, ...]:
        return self._departments


def hit(confidence: float, entry: str = "粗大ごみ") -> FaqHit:
    """An entry of 環境課."""
    return FaqHit(entry, entry, "電話でどうぞ。", "環境課", confidence, entry)


@pytest.mark.parametrize(
    ("finds", "words", "deed", "entries", "department"),
    [
        (Finds([hit(0.9)]), "長持", "answer", ("粗大ごみ",), "環境課"),
        (Finds([hit(0.7)]), "長持", "confirm", ("粗大ごみ",), "環境課"),
        (Finds([hit(0.5), hit(0.48, "家具")]), "長持", "offer", ("粗大ごみ", "家具"), "環境課"),
        (Finds([], [DepartmentHit("福祉課", 0.9)]), "長持", "ask_department", (), "福祉課"),
        (Finds(), "長持", "again", (), ""),
        (Finds(), "環境課につないでください", "connect", (), "環境課"),
    ],
)
def test_what_it_does(
    minato: Content, finds: Finds, words: str, deed: str, entries: tuple[str, ...], department: str
) -> None:
    """By what the search finds, and by what the machine understands itself."""
    line = Line(minato.dialog, finds, Desk(minato.city), reading, AT.replace(tzinfo=minato.city.profile.zone))
    found = line.react((Alternative(words, "", 0.9),), "受付")
    assert (found.deed, found.entries, found.department) == (deed, entries, department)


def test_the_place_of_the_conversation_counts(minato: Content) -> None:
    """A choice that is read out at a node is understood there."""
    line = Line(minato.dialog, Finds(), Desk(minato.city), reading, AT.replace(tzinfo=minato.city.profile.zone))
    node, choice = next(
        (name, node.choices[0]) for name, node in minato.dialog.nodes.items()
        if getattr(node, "choices", ()) and not node.open  # type: ignore[union-attr]
    )  # fmt: skip
    words = choice.say["ja"][0].text
    assert line.react((Alternative(words, "", 0.9),), node).understood
    assert line.react((Alternative(words, "", 0.9),), "知らない節").deed in {"again", "node"}


def test_what_serves() -> None:
    """The right entry, or the right department where no entry is known."""
    confirm = Reaction("confirm", ("粗大ごみ",), "環境課")
    assert confirm.serves("粗大ごみ", "")
    assert not confirm.serves("家具", "環境課")
    assert confirm.serves("", "環境課")
    assert not Reaction("again").serves("", "")
