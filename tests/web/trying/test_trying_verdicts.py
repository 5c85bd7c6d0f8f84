"""What was decided, in one word."""

from voicebot.actions import (
    AskFaq,
    Expect,
    Grammar,
    HangUp,
    LookUp,
    Play,
    Record,
    RequestCallback,
    SendSms,
    Transfer,
    Wait,
)
from voicebot.dialog.phrases import CANDIDATES, CONFIRM, EMERGENCY
from voicebot.dialog.state import State
from voicebot.dialog.tree import Question
from voicebot.web.staff.trying.verdicts import VERDICTS, verdict
from voicebot.web.staff.trying.words import WORDS

SAID = Play(1, (), "受付")


def asking(name: str, **more: object) -> State:
    """A state in which this is asked."""
    return State(**{"phase": "asking", "question": Question(name, "", "choices"), **more})  # type: ignore[arg-type]


def test_orders_that_are_plain() -> None:
    """Each says what it is; those that only serve others say nothing."""
    state = State()
    orders = {
        AskFaq(1, "ja", ()): "search", Transfer(1, "x"): "transfer", Record(1, "x", 1, 1): "record",
        RequestCallback(1, "x", "", "", "", ""): "callback", SendSms(1, "", ""): "sms", HangUp("bot"): "hang_up",
        Wait(1, 1.0, "no_input"): "", Expect(1, Grammar("ja", "open")): "",
    }  # fmt: skip
    assert {order: verdict(state, state, order) for order in orders} == orders
    assert verdict(state, State(purpose="branch"), LookUp(1, "hours")) == "look_up"
    assert verdict(state, State(purpose="hand_over"), LookUp(1, "hours")) == "person"


def test_what_is_said_is_told_by_where_it_leads() -> None:
    """An answer, a confirmation, an offer, danger, the same again, another question, an announcement."""
    before = asking("受付")
    assert verdict(before, before, Play(1, (), "faq", answers="粗大ごみ")) == "answer"
    assert verdict(before, asking(CONFIRM), SAID) == "confirm"
    assert verdict(before, asking(CANDIDATES), SAID) == "offer"
    assert verdict(before, asking(EMERGENCY), SAID) == "emergency"
    assert verdict(before, before, SAID) == "again"
    assert verdict(before, asking("受付", rung=1), SAID) == "misheard"
    assert verdict(before, asking("ごみ"), SAID) == "ask"
    assert verdict(State(), State(phase="notice"), SAID) == "say"
    assert verdict(before, asking("受付", phase="handing_over"), SAID) == "hand_over"
    assert verdict(before, asking("受付", phase="inviting"), SAID) == "invite"
    assert verdict(before, asking("受付", phase="closing"), SAID) == "goodbye"


def test_announcements_before_a_question_do_not_repeat_it() -> None:
    """What is said in a row at several nodes, as in a disaster, is told node by node."""
    first = asking("災害の受付", phase="notice", node="災害の英語")
    second = asking("災害の受付", phase="notice", node="災害の韓国語")
    assert verdict(first, second, SAID) == "say"
    assert verdict(second, asking("災害の受付", node="災害の受付"), SAID) == "ask"


def test_every_verdict_has_words() -> None:
    """For the page."""
    assert {name.removeprefix("try_verdict_") for name in WORDS if name.startswith("try_verdict_")} == set(VERDICTS)
