"""What is proposed for a group of callers, and what is not."""

from dataclasses import replace

import numpy as np
import pytest

from voicebot import bootstrap
from voicebot.content import Content
from voicebot.events import Alternative
from voicebot.tuning.cases import Case
from voicebot.tuning.likeness import Seen
from voicebot.tuning.proposals import Group, Known, proposals
from voicebot.voice.reading import reading

BULKY = "粗大ごみの申し込み方"


@pytest.fixture(scope="module")
def known(minato: Content) -> Known:
    """みなと市."""
    departments = {each.name: (*each.also, *each.duties) for each in minato.city.departments}
    entries = {entry.question: entry for entry in minato.entries}
    words = frozenset(minato.dialog.vocabulary)
    return Known(entries, departments, words, reading, bootstrap.words(), lambda guesses: ("水道課", "環境課"))


def seen(number: int, text: str, subjects: dict[str, float] | None = None, **more: object) -> Seen:
    """Somebody said this in a call of their own."""
    case = Case(f"c{number}", 1, number, "ja", "not_understood", "用件", (Alternative(text, reading(text), 0.8),))
    return Seen(replace(case, **more), reading(text), subjects or {})  # type: ignore[arg-type]


def group(*members: Seen) -> Group:
    """All equally alike."""
    return Group(members, np.full((len(members), len(members)), 0.5, np.float32))


def test_another_way_of_asking_is_proposed_where_staff_say_what_is_right(known: Known) -> None:
    """In the words that staff have heard, with the other callers' words beside them."""
    found, *words = proposals(
        [group(
            seen(1, "断装して退員です"),
            seen(2, "長子を捨てたい", said="長持を捨てたい", entry=BULKY),
            seen(3, "古い箪笥の始末に困った", entry=BULKY),
        )],
        known,
    )  # fmt: skip
    assert (found.kind, found.target, found.text, found.grounds) == ("way", BULKY, "長持を捨てたい", "staff")
    assert found.calls == ("c3", "c2", "c1")
    assert "古い箪笥の始末に困った" in found.more
    assert found.department == "環境課"
    assert {each.kind for each in words} <= {"word"}


def test_the_callers_own_yes_is_the_next_best_ground(known: Known) -> None:
    """One call is enough; a guess of the search needs two, and must be likely."""
    (found,) = proposals([group(seen(1, "長持を捨てたい", shown_entry=BULKY))], known)
    assert (found.kind, found.target, found.grounds) == ("way", BULKY, "caller")
    assert proposals([group(seen(1, "長持を捨てたい", {BULKY: 0.9}))], known) == ()
    (found,) = proposals([group(seen(1, "長持", {BULKY: 0.9}), seen(2, "つづらです", {BULKY: 0.4}))], known)
    assert (found.target, found.grounds, round(found.sure, 2)) == (BULKY, "search", 0.65)


def test_what_was_refused_is_not_proposed_again(known: Known) -> None:
    """Then it is a new matter, with what is near beside it."""
    members = [
        seen(n, text, {BULKY: 0.9}, refused=(BULKY,)) for n, text in ((1, "長持の値打ち"), (2, "つづらの値打ち"))
    ]
    (found,) = proposals([group(*members)], known)
    assert (found.kind, found.text, found.department) == ("new", "長持の値打ち", "水道課")


def test_greetings_thanks_and_yes_or_no_are_no_questions(known: Known) -> None:
    """However many say them, and even where staff have said where the call belonged."""
    for text in ("もしもし", "いいえ、ありがとうございました", "はい"):
        members = [seen(number, text, department="水道課" if number == 1 else "") for number in (1, 2, 3)]
        assert proposals([group(*members)], known) == (), text


def test_what_the_faq_says_already_is_not_added(known: Known) -> None:
    """By sound: another spelling is the same."""
    assert proposals([group(seen(1, known.entries[BULKY].question, entry=BULKY))], known) == ()


def test_a_department_is_given_another_name(known: Known) -> None:
    """The one that staff say, or the likeliest when two have asked; a name that it has is not added."""
    (found,) = proposals([group(seen(1, "水道本部につないでください", department="水道課"))], known)
    assert (found.kind, found.target, found.text, found.grounds) == ("alias", "水道課", "水道本部", "staff")
    (found,) = proposals([group(seen(1, "水道本部につないで"), seen(2, "水道本部をお願いします"))], known)
    assert (found.target, found.text, found.grounds) == ("水道課", "水道本部", "search")
    assert proposals([group(seen(1, "水道本部につないでください"))], known) == ()
    assert proposals([group(seen(1, "水道課につないでください", department="水道課"))], known) == ()


def test_a_department_without_an_entry_gets_a_duty_and_a_new_entry(known: Known) -> None:
    """The noun that most of the callers named."""
    members = [seen(n, text, department="道路公園課") for n, text in ((1, "駐輪場の定期"), (2, "駅前の駐輪場"))]
    kinds = {found.kind: found for found in proposals([group(*members)], known)}
    assert set(kinds) == {"duty", "new"}
    assert (kinds["duty"].target, kinds["duty"].text) == ("道路公園課", "駐輪場")
    assert kinds["new"].department == "道路公園課"
    assert kinds["new"].key == "new||c1:1"  # named by its first caller, also when more have called


def test_a_word_that_is_misheard_again_and_again_is_proposed(known: Known) -> None:
    """With what was heard in its place."""
    found = proposals(
        [group(seen(1, "京老パスわどこ", said="敬老パスはどこでもらえるの", entry="高齢者のバス券"))], known
    )
    word = next(each for each in found if each.kind == "word")
    assert (word.text, word.target) == ("敬老パス", "高齢者のバス券")


def test_what_tells_who_called_is_never_written(known: Known) -> None:
    """Another caller's words are taken, or none."""
    personal = seen(1, "名前は山田太郎です、長持を捨てたい", entry=BULKY)
    assert [each.kind for each in proposals([group(personal)], known)] == []
    (found,) = proposals([group(personal, seen(2, "つづらを捨てたい", entry=BULKY))], known)
    assert (found.text, found.more) == ("つづらを捨てたい", ())


def test_groups_about_the_same_entry_are_one_proposal(known: Known) -> None:
    """Asked in very different words."""
    (found,) = proposals([group(seen(1, "長持を", entry=BULKY)), group(seen(2, "つづら", entry=BULKY))], known)
    assert len(found.calls) == 2
    assert {found.text, *found.more} == {"長持を", "つづら"}
