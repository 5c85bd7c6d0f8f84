"""Every way in which a transfer can go, on every rung, open or closed: how the call ends, and whether it says why.

The caller ends with a person, a message, a call back or an informed goodbye, and at each step the record tells the
reason in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import pytest
from line_world import Surround, World

from voicebot.actions import LookUp, Transfer
from voicebot.dialog.ladder import PERSON_RUNG
from voicebot.dialog.tree import Dialog
from voicebot.events import (
    CallbackBooked,
    Json,
    LookedUp,
    MessageRecorded,
    Outcome,
    PartFailed,
    TransferEnded,
)
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.render import render_call

End = Literal["person", "message", "callback", "goodbye", "gone"]
Wish = Literal["message", "silence", "callback", "leave", "nothing_said", "broken"]
AT = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
FAILURES: tuple[Outcome | Literal["broken"], ...] = (
    "busy", "no_answer", "declined", "failed", "cancelled", "broken",
)  # fmt: skip
NEXT = ("", "環境課", "守衛室", "message", "callback")
LADDER = (0, PERSON_RUNG - 1, PERSON_RUNG + 1)
"""How often the caller was not understood before: not at all, once more is too often, more often than that."""


@dataclass(frozen=True, slots=True)
class City:
    """Who is there."""

    department_open: bool
    closed: str
    """What the department offers when it is closed."""
    next: str
    """What it offers when nobody answers."""
    duty_open: bool = True

    def facts(self, department: str) -> Mapping[str, Json]:
        """What the desk says."""
        is_open = self.duty_open if department == "守衛室" else self.department_open
        return {
            "department": department,
            "open": is_open,
            "say": "" if is_open else "ただいまは業務時間外です。",
            "closed": self.closed if department != "守衛室" else "message",
            "next": self.next if department == "市民課" else "",
        }


def answer(world: World, city: City, outcomes: Callable[[int], str]) -> None:
    """What the house or the carrier answers to what is asked."""
    order = world.asked
    if isinstance(order, LookUp):
        world.happens(LookedUp(order.turn, order.what, city.facts(order.arguments.get("department", ""))))
        return
    assert isinstance(order, Transfer)
    number = sum(isinstance(each, Transfer) for each in world.orders)
    outcome = outcomes(number)
    if outcome == "broken":
        world.happens(PartFailed("transfer", "carrier.unusable_twiml", order.turn))
    else:
        world.happens(TransferEnded(order.turn, outcome, "as told"))  # type: ignore[arg-type]


def settle(world: World, city: City, outcomes: Callable[[int], str], wish: Wish) -> None:
    """Go on until the call has ended."""
    for _ in range(60):
        if world.state.phase == "ended":
            return
        if isinstance(world.asked, LookUp | Transfer):
            answer(world, city, outcomes)
        elif world.state.phase in {"recording", "booking"}:
            seconds = {"message": 8.0, "silence": 8.0}.get(wish, 0.0)
            broken = frozenset({"recorder", "tickets"}) if wish == "broken" else frozenset[str]()
            world.happens(Surround(message_seconds=seconds, broken=broken).answer(world))
        elif world.play is not None:
            world.spoken()
        else:
            choose(world, wish)
    raise AssertionError(f"no end in phase {world.state.phase}")


def choose(world: World, wish: Wish) -> None:
    """What the caller does at a question that has been asked to its end."""
    question = world.state.question
    assert question is not None
    if question.name == "不在":
        keys = {option.label: option.key for option in question.options}
        wanted = {"message": "ご伝言", "callback": "折り返し", "leave": "終わるとき", "broken": "ご伝言"}.get(wish, "")
        key = next((key for label, key in keys.items() if wanted and wanted in label), "")
        _ = world.presses(key) if key else world.silence()
    elif question.slot == "電話番号" and wish == "callback":
        for digit in "05000000001":
            world.presses(digit)
    elif question.slot:
        world.hears("はい" if question.name in {"復唱", "聞き取りの確認"} else "田中")
    else:
        world.silence()


def end_of(world: World) -> End:
    """What the caller has in the end."""
    events = [item for item in world.record if isinstance(item, TransferEnded | MessageRecorded | CallbackBooked)]
    if any(isinstance(event, TransferEnded) and event.outcome == "connected" for event in events):
        return "person"
    if any(isinstance(event, TransferEnded) and event.outcome == "caller_gone" for event in events):
        return "gone"
    if any(isinstance(event, MessageRecorded) and event.seconds >= 1 for event in events):
        return "message"
    return "callback" if any(isinstance(event, CallbackBooked) for event in events) else "goodbye"


def says_why(world: World) -> None:
    """Each step from one rung to the next is a line of the record that names the reason."""
    call = Call(
        "c",
        "CA",
        None,
        "",
        "ja",
        AT,
        AT,
        "bot",
        None,
        "",
        None,
        refused_recording=False,
        recogniser="",
        voice="",
        seconds=60.0,
    )
    shown = render_call(call, [Entry(at, float(at), item) for at, item in enumerate(world.record, start=1)])
    reasons = {
        "busy": "話し中",
        "no_answer": "応答なし",
        "declined": "断られた",
        "failed": "つながらなかった",
        "cancelled": "取り消し",
    }
    for item in world.record:
        match item:
            case TransferEnded(_, outcome) if outcome in reasons:
                assert f"転送: {reasons[outcome]}  [as told]" in shown
            case PartFailed(part, code):
                assert f"不具合: {part}  [{code}]" in shown
            case LookedUp(_, "hours", facts) if not facts["open"]:
                assert f"受付時間外: {facts['department']}" in shown
            case Transfer(_, department):
                assert f"転送: {department}" in shown
            case _:
                pass
    answered = {item.turn for item in world.record if isinstance(item, TransferEnded | PartFailed)}
    assert {item.turn for item in world.record if isinstance(item, Transfer)} <= answered


def placed(line: Dialog, ladder: int) -> World:
    """A caller who was not understood so often asks for 市民課."""
    world = World(line).begin(caller="+815000000001")
    world.spoken()
    world.spoken()
    world.state = replace(world.state, rung=ladder)
    world.hears("市民課につないでください")
    return world


@pytest.mark.parametrize("outcome", [*get_args(Outcome), "broken"])
@pytest.mark.parametrize("is_open", [True, False])
def test_every_outcome_on_every_rung_ends_well_and_says_why(line: Dialog, outcome: str, is_open: bool) -> None:
    """The outcome at the first, the second or the third person who is rung, all before having failed in another way."""
    cases = product((1, 2, 3), ("busy", "broken"), NEXT, ("message", "守衛室"), LADDER)
    for at, before, following, closed, ladder in cases:
        world = placed(line, ladder)
        settle(
            world,
            City(is_open, closed, following),
            lambda number, at=at, before=before: outcome if number == at else before,  # type: ignore[misc]
            "message",
        )
        case = (at, before, following, closed, ladder)
        end = end_of(world)
        rung = sum(isinstance(item, Transfer) for item in world.record)
        if rung >= at and outcome == "connected":
            assert end == "person", case
        elif rung >= at and outcome == "caller_gone":
            assert end == "gone", case
        else:
            assert end == "message", case
        says_why(world)


@pytest.mark.parametrize("wish", get_args(Wish))
@pytest.mark.parametrize(("is_open", "duty_open"), [(True, True), (False, True), (False, False)])
@pytest.mark.parametrize("outcome", FAILURES)
def test_who_reaches_nobody_ends_with_what_they_choose(
    line: Dialog, wish: Wish, is_open: bool, duty_open: bool, outcome: str
) -> None:
    """A message, a call back, or a goodbye that says when to call again; also when the recorder is broken."""
    for following, closed, ladder in product(("", "環境課", "callback"), ("message", "守衛室"), LADDER):
        world = placed(line, ladder)
        settle(world, City(is_open, closed, following, duty_open), lambda number: outcome, wish)
        case, end = (following, closed, ladder), end_of(world)
        # Who was not understood four times is not asked any more: a message is taken at once.
        asked = ladder < PERSON_RUNG + 1
        expected: dict[Wish, set[End]] = {
            "message": {"message"},
            "silence": {"message"},
            "callback": {"callback"} if asked else {"goodbye"},
            "leave": {"goodbye"},
            "nothing_said": {"goodbye"},
            "broken": {"goodbye"},
        }
        assert end in expected[wish], case
        if end == "goodbye":
            assert world.hung_up is not None
            assert "失礼いたします" in world.words or world.hung_up.say, case
            if wish in {"nothing_said", "broken"}:
                assert "改めてお電話ください" in world.words, case
        says_why(world)


@pytest.mark.parametrize("outcome", [*FAILURES, "connected"])
def test_without_a_voice_the_carrier_speaks_and_the_caller_reaches_a_person_or_a_goodbye(
    line: Dialog, outcome: str
) -> None:
    """No message can be asked for then."""
    for is_open, following in product((True, False), NEXT):
        world = placed(line, 0)
        world.state = replace(world.state, mute=True)
        settle(world, City(is_open, "message", following), lambda number: outcome, "message")
        assert world.hung_up is not None
        assert end_of(world) == ("person" if outcome == "connected" else "goodbye")
        if outcome != "connected":
            assert "自動音声がご利用いただけません" in world.hung_up.say
        says_why(world)
