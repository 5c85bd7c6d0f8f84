"""Stored calls held again: the same content changes nothing, and a change shows where it matters."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import stored

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.faq.search import FaqSearch
from voicebot.ports import Answers
from voicebot.tuning.replaying import Replayed, Truth, replayed, truths
from voicebot.tuning.stage import World
from voicebot.tuning.stored_calls import StoredCall
from voicebot.tuning.talk import Talk
from voicebot.tuning.verdicts import Result, Right
from voicebot.voice.reading import reading

STRANGE = "いにしえの長持を片付けたい"
"""What the FAQ of みなと市 does not understand."""
BULKY = "粗大ごみの申し込み方"
UNJUDGED = Truth({}, {}, {})


@pytest.fixture(scope="module")
def plain(minato: Content) -> FaqSearch:
    """The search by sound alone: quick to make."""
    return FaqSearch(minato.entries, reading)


@pytest.fixture(scope="module")
def taught(minato: Content) -> FaqSearch:
    """The same FAQ with one more way of asking."""
    entries = [replace(each, also=(*each.also, STRANGE)) if each.question == BULKY else each for each in minato.entries]
    return FaqSearch(entries, reading)


@dataclass(frozen=True, slots=True)
class Asking:
    """A search that asks whether its first entry was meant."""

    found: FaqSearch

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        """Never sure."""
        return tuple(replace(hit, confidence=0.7) for hit in self.found.search(alternatives, language)[:1])

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """No department."""
        return ()


def world(content: Content, answers: Answers) -> World:
    """The city with this search."""
    return World(content.dialog, answers, Desk(content.city))


def owners(content: Content) -> dict[str, str]:
    """The department of each entry."""
    return {entry.question: entry.department for entry in content.entries}


def again(content: Content, call: StoredCall, answers: Answers, truth: Truth = UNJUDGED) -> Replayed | None:
    """The call with another search."""
    return replayed(call, world(content, answers), truth, owners(content))


ACTS: tuple[Callable[[Talk], object], ...] = (
    lambda talk: talk.say("住民票はどこで取れますか"),
    lambda talk: talk.say(STRANGE),
    lambda talk: talk.say("環境課につないでください"),
    lambda talk: talk.say("はい"),
    lambda talk: talk.say("いいえ"),
    lambda talk: talk.say("もう一度"),
    lambda talk: talk.press("1"),
    lambda talk: talk.press("0"),
    lambda talk: talk.press("9"),
    lambda talk: talk.silence(),
    lambda talk: talk.noise(),
    lambda talk: talk.leave_message() if talk.state.phase == "recording" else talk.silence(),
)


@settings(max_examples=60)
@given(
    acts=st.lists(st.sampled_from(range(len(ACTS))), max_size=9),
    at=st.sampled_from(["2026-11-25T10:00", "2026-11-25T22:00"]),
    ends=st.lists(st.sampled_from(["connected", "busy", "no_answer", "failed"]), max_size=3),
)
def test_the_same_content_changes_nothing(
    minato: Content, plain: FaqSearch, acts: list[int], at: str, ends: list[str]
) -> None:
    """Whatever the caller does, by day and by night, and however transfers end."""

    def caller(talk: Talk) -> None:
        for act in acts:
            if talk.state.phase != "ended":
                ACTS[act](talk)

    call = stored(minato, plain, caller, at=at, transfers=tuple(ends))
    assert again(minato, call, plain) is None


def test_what_was_not_understood_is_answered_now(minato: Content, plain: FaqSearch, taught: FaqSearch) -> None:
    """Better, when staff say that it is right; else nobody can know. What was said in vain is not said again."""

    def caller(talk: Talk) -> None:
        talk.say(STRANGE)
        talk.say(STRANGE)

    call = stored(minato, plain, caller)
    turn = call.inputs[0].turn
    found = again(minato, call, taught, Truth({turn: BULKY}, {}, {}))
    assert found is not None
    (change,) = found.changes
    assert (found.verdict, change.before, change.after) == ("better", Result("none"), Result("answer", BULKY))
    assert change.right == Right(BULKY, "", "staff")
    assert (len(found.before), len(found.after)) == (2, 1)
    unjudged = again(minato, call, taught)
    assert unjudged is not None
    assert unjudged.verdict == "unknown"
    worse = again(minato, call, taught, Truth({turn: "乾電池の捨て方"}, {}, {}))
    assert worse is not None
    assert worse.verdict == "worse"


def test_the_next_matter_is_asked_for_as_before(minato: Content, plain: FaqSearch, taught: FaqSearch) -> None:
    """After the paths have parted too."""

    def caller(talk: Talk) -> None:
        talk.say(STRANGE)
        talk.say("粗大ごみの申し込み方")
        talk.say("住民票の写しはどこで取れますか")

    call = stored(minato, plain, caller)
    found = again(minato, call, taught)
    assert found is not None
    assert found.verdict == "quicker"
    assert [each.after.what for each in found.changes] == [BULKY, "住民票の写しはどこで取れますか"]
    assert all(each.verdict is None for each in found.changes)


def test_an_answer_that_is_lost_is_worse_by_the_callers_own_yes(
    minato: Content, plain: FaqSearch, taught: FaqSearch
) -> None:
    """The caller had said yes to it; nobody need have listened. What is asked instead is where the story ends."""

    def caller(talk: Talk) -> None:
        talk.say(STRANGE)
        talk.say("はい")

    call = stored(minato, Asking(taught), caller)
    assert truths(call, UNJUDGED) == {0: Right(BULKY, by="caller")}
    found = again(minato, call, plain)
    assert found is not None
    assert found.changes[0].before == Result("answer", BULKY)
    assert found.changes[0].after.kind in {"none", "asked"}
    assert found.verdict in {"worse", "unknown"}


def test_what_is_offered_is_accepted_when_it_is_right_and_refused_when_it_is_not(
    minato: Content, plain: FaqSearch, taught: FaqSearch
) -> None:
    """As the caller would; without anybody's word the story ends with the question."""
    call = stored(minato, plain, lambda talk: talk.say(STRANGE))
    turn = call.inputs[0].turn
    right = again(minato, call, Asking(taught), Truth({turn: BULKY}, {}, {}))
    assert right is not None
    assert (right.verdict, right.changes[0].after) == ("better", Result("answer", BULKY))
    wrong = again(minato, call, Asking(taught), Truth({turn: "乾電池の捨て方"}, {}, {}))
    assert wrong is not None
    assert (wrong.verdict, wrong.changes[0].after.kind) in {
        ("slower", "none"),
        ("other_way", "none"),
        ("unknown", "asked"),
    }
    unknown = again(minato, call, Asking(taught))
    assert unknown is not None
    assert (unknown.verdict, unknown.changes[0].after.kind) == ("unknown", "asked")
    assert BULKY in unknown.changes[0].after.what


def test_a_transfer_that_went_wrong_is_known_by_its_number(minato: Content, plain: FaqSearch) -> None:
    """And a department that was never dialled is taken to answer, which is told."""
    call = stored(minato, plain, lambda talk: talk.say("環境課につないでください"))
    assert call.moves[1].dialled == [("環境課", "connected")]
    assert truths(call, Truth({}, {}, {1: "福祉課"})) == {0: Right("", "福祉課", "staff")}
    renamed = replace(minato.dialog, departments={}, lexicons={}) if hasattr(minato.dialog, "lexicons") else None
    assert renamed is None or renamed is not minato.dialog
    night = stored(minato, plain, lambda talk: talk.say("環境課につないでください"), at="2026-11-25T22:00")
    assert again(minato, night, plain) is None
