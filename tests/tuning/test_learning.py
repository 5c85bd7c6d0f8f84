"""A city's questions teach the search, and what is reached is measured on those held back."""

from dataclasses import replace

import pytest

from voicebot import bootstrap
from voicebot.events import Alternative
from voicebot.faq.load import Entry
from voicebot.faq.search import FaqSearch
from voicebot.tuning.evaluation import Asked
from voicebot.tuning.learning import bare, cases, is_worked, learned, reached, sets_of
from voicebot.voice.reading import reading

SUBJECTS = (
    "住民票",
    "印鑑登録",
    "粗大ごみ",
    "国民年金",
    "保育園",
    "固定資産税",
    "児童手当",
    "介護保険",
    "水道",
    "図書館",
)
ENTRIES = tuple(
    Entry(f"{name}の手続き", (f"{name}の申し込みをしたい",), f"{name}は窓口へ。", f"{name[0]}課") for name in SUBJECTS
)
ASKED = tuple(
    Asked(name, f"{name}のことで{end}", {f"{name}の手続き": 2}, frozenset({f"{name[0]}課"}))
    for name in SUBJECTS
    for end in ("行きたい", "聞きたい")
)
OUTSIDE = (Asked("x", "映画の時間を知りたい", {}), Asked("y", "ピアノを習いたい", {}))


@pytest.fixture(scope="module")
def search() -> FaqSearch:
    """By sound and words."""
    return FaqSearch(ENTRIES, reading, bootstrap.words())


def heard(asked: tuple[Asked, ...]) -> list[tuple[Alternative, ...]]:
    """As typed."""
    return [(Alternative(one.text, reading(one.text), 1.0),) for one in asked]


def test_a_search_learns_the_sets_that_it_has_evidence_for(search: FaqSearch) -> None:
    """Sound and words; not meaning, and not those of bare FAQs."""
    taught = cases(search, (*ASKED, *OUTSIDE), heard((*ASKED, *OUTSIDE)), 1.0, "typed")
    sets = dict(sets_of(taught, search))
    assert set(sets) == {"sound", "words"}
    assert learned("words", sets["words"]).name == "words"
    (found,) = reached("words", sets["words"])
    assert (found.series, found.questions, found.outside) == ("typed", len(ASKED), len(OUTSIDE))
    assert 0.8 < found.first <= found.among_three <= found.among_five
    assert found.routed <= found.routed_among_three
    assert found.answered_wrongly <= 0.05


def test_what_is_reached_is_said_for_each_way_of_asking(search: FaqSearch) -> None:
    """Typed questions do not hide what goes wrong by telephone."""
    garbled = tuple(replace(one, text="ええと") for one in ASKED)
    taught = [
        *cases(search, ASKED, heard(ASKED), 1.0, "typed"),
        *cases(search, ASKED, heard(garbled), 1.0, "spoken"),
    ]
    typed, spoken = reached("words", taught)
    assert (typed.series, spoken.series) == ("typed", "spoken")
    assert typed.first > 0.8 > spoken.first
    assert spoken.questions == len(ASKED)


def test_questions_that_were_not_heard_teach_nothing(search: FaqSearch) -> None:
    """A recogniser may find no words."""
    assert cases(search, ASKED[:1], [()], 1.0, "spoken") == []


def test_a_question_outside_the_faq_is_nobodys_matter(search: FaqSearch) -> None:
    """It teaches doubt, about entries and departments."""
    (case, *_) = cases(search, OUTSIDE[:1], heard(OUTSIDE[:1]), 0.5, "typed")
    assert case.answerable
    assert not case.right
    assert case.departments == frozenset({""})
    assert case.weight == 0.5


def test_a_worked_faq_can_be_made_bare() -> None:
    """Only the other ways of asking go."""
    assert is_worked(ENTRIES)
    assert not is_worked(bare(ENTRIES))
    assert [entry.answer for entry in bare(ENTRIES)] == [entry.answer for entry in ENTRIES]
