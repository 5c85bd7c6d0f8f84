"""What callers have proven by their replies becomes questions with known answers."""

from datetime import UTC, datetime

from voicebot.actions import Action, AskFaq, Play, Transfer
from voicebot.dialog.phrases import CANDIDATES, CONFIRM
from voicebot.events import Alternative, Event, FaqAnswered, FaqHit, Heard, TransferEnded
from voicebot.transcripts.reviews import Correction, Judgement
from voicebot.tuning.evaluation import Asked
from voicebot.tuning.evaluation_calls import asked_in, judged

HEARD = (Alternative("住民票がほしい", "ジューミンヒョーガホシイ", 0.9), Alternative("中民票", "チューミンヒョー", 0.3))
HITS = (
    FaqHit("住民票の写し", "住民票の写し", "窓口です。", "市民課", 0.7),
    FaqHit("戸籍", "戸籍", "本籍地です。", "市民課", 0.5),
)


def searched(turn: int = 3) -> list[Event | Action]:
    """A question and what was found."""
    return [AskFaq(turn, "ja", HEARD), FaqAnswered(turn, HITS)]


def correction(turn: int, heard: str, judgement: Judgement) -> Correction:
    """What staff say about a turn."""
    return Correction(turn, "c", turn, heard, judgement, "hanako", datetime(2026, 11, 24, tzinfo=UTC), stands=True)


def test_a_yes_to_a_confirmation_proves_the_entry() -> None:
    """With the guesses as they were heard."""
    (one,) = asked_in("c", [*searched(), Play(4, (), CONFIRM), Play(5, (), "ほかに", "住民票の写し")])
    assert (one.name, one.text, one.entries, one.departments) == (
        "c-1",
        "住民票がほしい",
        {"住民票の写し": 2},
        {"市民課"},
    )
    assert one.heard == HEARD


def test_a_choice_among_those_offered_proves_it_too() -> None:
    """Also the second one."""
    (one,) = asked_in("c", [*searched(), Play(4, (), CANDIDATES), Play(5, (), "ほかに", "戸籍")])
    assert one.entries == {"戸籍": 2}


def test_an_answer_without_asking_proves_nothing() -> None:
    """Callers who got the wrong answer often just hang up."""
    assert asked_in("c", [*searched(), Play(4, (), "ほかに", "住民票の写し")]) == ()


def test_a_no_and_then_another_answer_proves_only_what_was_confirmed_later() -> None:
    """The words of the later question count."""
    later = (Alternative("戸籍がほしい", "コセキガホシイ", 0.9),)
    items = [*searched(), Play(4, (), CONFIRM), AskFaq(6, "ja", later), FaqAnswered(6, HITS), Play(7, (), CONFIRM)]
    (one,) = asked_in("c", [*items, Play(8, (), "ほかに", "戸籍")])
    assert (one.text, one.entries) == ("戸籍がほしい", {"戸籍": 2})


def test_reaching_a_person_proves_the_department() -> None:
    """When somebody picked up; a transfer that failed proves nothing."""
    (one,) = asked_in("c", [*searched(), Transfer(5, "税務課"), TransferEnded(5, "connected")])
    assert (one.entries, one.departments, one.is_about_departments) == ({}, {"税務課"}, True)
    assert asked_in("c", [*searched(), Transfer(5, "税務課"), TransferEnded(5, "busy")]) == ()


def test_what_staff_have_corrected_wins() -> None:
    """They have listened; what they say nothing about stays as the caller proved it."""
    heard = Alternative("住民票がほしい", "ジューミンヒョーガホシー", 0.7)
    other = Alternative("犬のこと", "イヌノコト", 0.7)
    items = (Heard(1, (heard,)), AskFaq(2, "ja", (heard,)), Heard(3, (other,)), Heard(4, ()))
    proven = (
        Asked("c-1", heard.text, {"写し": 2}, frozenset({"総合案内"}), (heard,)),
        Asked("c-2", "ごみ", {"ごみ": 2}, frozenset(), (Alternative("ごみ", "ゴミ", 0.9),)),
    )
    said = [
        correction(1, heard.text, Judgement("戸籍がほしい", "", "戸籍", "市民課")),
        correction(3, other.text, Judgement(department="環境課")),
        correction(4, "", Judgement("聞こえなかった", "", "戸籍")),
        correction(5, "むにゃ", Judgement("むにゃ")),
    ]
    assert judged("c", proven, items, said) == (
        proven[1],
        Asked("c-turn-1", "戸籍がほしい", {"戸籍": 2}, frozenset({"市民課"}), (heard,)),
        Asked("c-turn-3", "犬のこと", {}, frozenset({"環境課"}), (other,)),
    )
    assert judged("c", proven, items, ()) == proven
