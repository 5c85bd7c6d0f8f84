"""What was near to the words is told with the way of saying it."""

from voicebot.content import Content
from voicebot.dialog.state import State
from voicebot.dialog.tree import Option, Question, ToNode
from voicebot.events import Alternative
from voicebot.tuning.nearness import MOST_SHOWN, near
from voicebot.voice.reading import reading


def heard(text: str) -> tuple[Alternative, ...]:
    """One guess."""
    return (Alternative(text, reading(text, "ja"), 1.0),)


def test_choices_and_commands_are_told_apart(minato: Content) -> None:
    """職員 works everywhere; ごみ is a choice of this question."""
    phrases = minato.dialog.departments["市民課"]
    question = Question("どちら", "どちらですか", "choices", (Option(ToNode("市民"), phrases, "1", "市民課のこと"),))
    state = State(phase="asking", question=question)
    (choice, *_) = near(minato.dialog, state, heard("市民課"))
    assert (choice.name, choice.leads_to, choice.words, choice.everywhere) == ("市民課のこと", "市民", "市民課", False)
    assert choice.confidence > 0.9
    (command, *_) = near(minato.dialog, state, heard("もう一度"))
    assert (command.leads_to, command.everywhere, command.words) == ("command", True, "もう一度")


def test_a_department_that_was_asked_for_is_near(minato: Content) -> None:
    """It can be asked for at every question."""
    (department, *_) = near(minato.dialog, State(phase="asking"), heard("市民課につないで"))
    assert (department.name, department.leads_to, department.everywhere) == ("市民課", "person", True)
    assert department.confidence > 0.9


def test_what_is_far_from_everything_is_near_to_nothing(minato: Content) -> None:
    """Also when nothing was said."""
    assert near(minato.dialog, State(), heard("ぴゅるるるる")) == ()
    assert near(minato.dialog, State(), ()) == ()


def test_at_most_a_few_are_told_best_first(minato: Content) -> None:
    """More of them tell nobody anything."""
    options = tuple(Option(ToNode(name), phrases) for name, phrases in minato.dialog.departments.items())
    found = near(minato.dialog, State(question=Question("q", "", "choices", options)), heard("市民課"))
    assert len(found) == MOST_SHOWN
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)
