"""What holds for every dialog, every caller and every broken part."""

from collections.abc import Callable, Iterator

import pytest
from generated_lines import generated_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from line_world import AT, Surround, World
from little_line import SURROUNDINGS, guesses, little_line, sources

from voicebot.actions import HangUp, LookUp, Play, Wait
from voicebot.content import Content
from voicebot.dialog.load import load
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump, restore
from voicebot.dialog.tree import Dialog
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    LookedUp,
    MessageRecorded,
    PartFailed,
    PromptFinished,
    SmsSent,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)

ANY_LINE = settings(max_examples=300, deadline=None, derandomize=True)
SHIPPED = settings(max_examples=200, deadline=None, derandomize=True)
PARTS = ("recogniser", "voice", "faq", "lookup", "transcripts", "recorder", "transfer", "tickets", "sms")
OUTCOMES = ("busy", "no_answer", "declined", "failed", "cancelled")
KEYS = "0123456789*#"
SPOKEN = (
    "ごみ", "住民票をお願いします", "はい", "いいえ", "1番です", "メニュー", "もう一度", "ゆっくり", "戻る", "最初から",
    "職員", "終わります", "録音しないで", "火事です", "罹災証明の件", "市民課につないで", "つないでください", "伝言",
    "本町です", "いえ、二丁目です", "あしたの午後三時", "水曜日じゃなくて木曜日", "令和九年一月八日", "三個",
    "田中です", "ゼロキューゼロ、ゼロゼロゼロゼロ、ゼロゼロゼロゼロ", "お名前", "折り返しお願いします", "英語",
    "ほかの質問", "ありません", "ありがとう", "どれでもない", "むにゃむにゃ", "あ", "ー", "𠮷", "…",
    "{question}",
)  # fmt: skip
HEARD = (
    *(guesses(text) for text in SPOKEN),
    guesses("むにゃ", "ごみ", "火事です"),
    (),
    (Alternative("", "", 0.0),),
    (Alternative("", "", -1.0), Alternative("ごみ", "", 7.0)),
    guesses("むにゃむにゃ", "本町です", "あした"),
    (Alternative("9" * 5000, "9" * 5000, 0.5),),
    (Alternative("x" * 500, "ア" * 500, float("nan")),),
)
HITS = (
    (),
    (FaqHit("甲", "甲は何ですか", "甲です。", "市民課", 0.95, "コーワナンデスカ"),),
    (FaqHit("乙", "乙", "乙です。", "ない課", 0.7),),
    tuple(FaqHit(name, name, f"{name}の答え。", "環境課", 0.5) for name in "子丑寅卯"),
    (FaqHit("", "", "", "", float("nan")), FaqHit("", "", "", "", 2.0)),
)
FACTS = (
    {"open": True, "say": "開いています。", "closed": "message", "next": "環境課"},
    {"open": False, "say": "閉まっています。", "closed": "message", "next": ""},
    {"open": False, "say": "閉まっています。", "closed": "守衛室", "next": "守衛室"},
    {"open": False, "closed": 5, "next": None},
    {"open": None, "say": None},
    {},
)
FOUND = (
    {"found": True, "say": "月曜日です。"},
    {"found": False, "say": "何丁目ですか。", "missing": "chome"},
    {"found": False, "missing": "kind"},
)
EITHER = (*FACTS, *FOUND)
Spark = Callable[[int], Event]
"""An event for a turn."""
SPARKS: tuple[Spark, ...] = (
    lambda turn: CallStarted("c", "+815000000000", "", "ja", AT),
    lambda turn: CallStarted("c", None, "", "tlh", AT),
    lambda turn: CallResumed(AT),
    SpeechStarted,
    PromptFinished,
    PromptFinished,
    PromptFinished,
    *(lambda turn, said=said: Heard(turn, said) for said in HEARD),
    *(lambda turn, key=key: DigitPressed(key) for key in (*KEYS, *KEYS, "", "A", "12", "²")),
    *(lambda turn, clock=clock: TimedOut(turn, clock) for clock in ("no_input", "max_speech", "digits")),
    lambda turn: TimedOut(0, "call"),
    *(lambda turn, hits=hits: FaqAnswered(turn, hits) for hits in HITS),
    *(lambda turn, facts=facts: LookedUp(turn, "hours", facts) for facts in FACTS),
    *(lambda turn, outcome=outcome: TransferEnded(turn, outcome) for outcome in (*OUTCOMES, "connected")),
    *(lambda turn, facts=facts: LookedUp(turn, "garbage_day", facts) for facts in FOUND),
    lambda turn: CallbackBooked(turn, "1001"),
    SmsSent,
    lambda turn: MessageRecorded(turn, "m.wav", 12.0),
    lambda turn: MessageRecorded(turn, "m.wav", 0.2),
    lambda turn: MessageRecorded(turn, "", 0.0),
    *(lambda turn, part=part: PartFailed(part, "broken", turn) for part in PARTS),
    *(lambda turn, part=part: PartFailed(part, "broken") for part in PARTS),
    lambda turn: CallEnded("line"),
    lambda turn: CallEnded("caller"),
)
sparks = st.lists(
    st.tuples(st.integers(0, len(SPARKS) - 1), st.sampled_from((0, 0, 0, 0, 0, -1, 1, 7))), min_size=5, max_size=40
)
"""Events of every kind by their number, most of the present turn, some of another."""
choices = st.lists(st.integers(0, 10_000), max_size=25)
"""What a caller, the house and fate do next, as numbers; `life` makes something possible of them."""


class Shipped:
    """みなと市's line; its repr is short, so that a failure is readable."""

    def __init__(self, dialog: Dialog) -> None:
        self.dialog = dialog

    def __repr__(self) -> str:
        return "みなと市"


@pytest.fixture(scope="module")
def shipped(minato: Content) -> Shipped:
    """みなと市."""
    return Shipped(minato.dialog)


def _storm(dialog: Dialog, events: list[tuple[int, int]]) -> Iterator[tuple[State, Event, State, tuple[object, ...]]]:
    """Any events in any order: state, event, next state, orders. A storm begins with the call's beginning."""
    state, _ = step(dialog, State(), CallStarted("c", None, "", "ja", AT))
    for number, shift in events:
        event = SPARKS[number](state.turn + shift)
        after, actions = step(dialog, state, event)
        yield state, event, after, actions
        state = after


def _check_storm(dialog: Dialog, events: list[tuple[int, int]]) -> None:
    for before, event, after, actions in _storm(dialog, events):
        turn = getattr(event, "turn", None)
        call_clock = isinstance(event, TimedOut) and event.clock == "call"
        if turn is not None and turn != before.turn and not call_clock:
            assert (after, actions) == (before, ()), "a stale answer changes nothing"
        if before.phase == "ended":
            assert (after, actions) == (before, ()), "nothing comes after the end"
        assert after.rung >= before.rung, "the ladder never falls"
        assert after.turn >= before.turn
        assert restore(dump(after)) == after


@given(generated_lines, sparks)
@ANY_LINE
def test_no_event_in_any_state_breaks_the_machine(dialog: Dialog, events: list[tuple[int, int]]) -> None:
    """`step` never raises, whatever comes whenever; stale answers change nothing; the ladder never falls."""
    _check_storm(dialog, events)


@given(sparks)
@SHIPPED
def test_no_event_breaks_the_shipped_line(shipped: Shipped, events: list[tuple[int, int]]) -> None:
    """The same for みなと市."""
    _check_storm(shipped.dialog, events)


def _possible(world: World, pick: int) -> Event:
    """Something that can happen now: an answer to an order under way, or something that the caller does."""
    state, events = world.state, list[Event]()
    if world.play:
        events += [PromptFinished(world.play.turn)] * 3 + [PartFailed("voice", "broken", world.play.turn)]
    if world.wait:
        events += [TimedOut(world.wait.turn, world.wait.clock)] * 2
    if world.call_clock:
        events.append(TimedOut(world.call_clock.turn, "call"))
    if world.asked:
        around = (
            Surround(
                facts=dict(EITHER[pick % len(EITHER)]),
                outcome=OUTCOMES[pick % 5],
                hits=HITS[pick % len(HITS)],
            ),
            Surround(broken=frozenset(PARTS)),
            Surround(facts={"open": True}, outcome="connected", hits=HITS[1], message_seconds=8.0),
        )
        events += [each.answer(world) for each in around]
    listening = world.expect is not None and world.expect.turn == state.turn and not state.deaf
    if listening and (not world.play or (world.expect is not None and world.expect.bargein)):
        events += [SpeechStarted(state.turn)] * 2
    if state.phase == "hearing":
        events = [Heard(state.turn, HEARD[pick % len(HEARD)])] * 4 + events
    if not state.deaf:
        events.append(PartFailed("recogniser", "broken"))
    events += [DigitPressed(KEYS[pick % len(KEYS)])] * 2
    return events[pick % len(events)]


def _life(dialog: Dialog, picks: list[int]) -> World:
    """A call in which only what can happen happens."""
    world = World(dialog).begin()
    for pick in picks:
        if world.state.phase == "ended":
            break
        world.happens(_possible(world, pick))
        _check_attended(world)
    return world


def _check_attended(world: World) -> None:
    """No dead air: something of the present turn is under way, or the call is over and the last order says so."""
    if world.state.phase == "ended":
        assert world.hung_up is not None
        assert world.orders[-1] is world.hung_up, "nothing is ordered after the end"
    else:
        assert world.attended, f"dead air in {world.state.phase}"


@given(generated_lines, choices)
@ANY_LINE
def test_there_is_never_dead_air(dialog: Dialog, picks: list[int]) -> None:
    """In every phase but the last an order is under way whose answer will come; after the end nothing is ordered."""
    _life(dialog, picks)


@given(choices)
@SHIPPED
def test_there_is_never_dead_air_on_the_shipped_line(shipped: Shipped, picks: list[int]) -> None:
    """The same for みなと市."""
    _life(shipped.dialog, picks)


CALLERS = ("silent", "nonsense", "babbling", "noise", "nodding", "refusing", "talking")
HOUSES = {
    "open": Surround(),
    "open, all busy": Surround(outcome="busy"),
    "closed": Surround(facts=dict(FACTS[1])),
    "closed, message left": Surround(facts=dict(FACTS[1]), message_seconds=9.0),
    "closed with a stand-in that does not answer": Surround(facts=dict(FACTS[2]), outcome="no_answer"),
    "closed, recorder broken": Surround(facts=dict(FACTS[1]), outcome="failed", broken=frozenset({"recorder"})),
    "nothing is known of the hours": Surround(facts={}, outcome="busy"),
    "search broken": Surround(broken=frozenset({"faq"}), outcome="declined"),
    "search always doubts": Surround(hits=HITS[2], facts=dict(FACTS[1])),
    "search always offers": Surround(hits=HITS[3], outcome="no_answer"),
    "look-ups broken": Surround(broken=frozenset({"lookup"}), outcome="busy"),
    "look-ups and transfers broken": Surround(broken=frozenset({"lookup", "transfer"})),
    "voice broken, closed": Surround(broken=frozenset({"voice"}), facts=dict(FACTS[1]), outcome="busy"),
    "voice broken, open": Surround(broken=frozenset({"voice"})),
    "voice and look-ups broken": Surround(broken=frozenset({"voice", "lookup"}), outcome="no_answer"),
    "recogniser broken": Surround(broken=frozenset({"recogniser"}), facts=dict(FACTS[1])),
    "call backs and text messages broken": Surround(facts=dict(FACTS[1]), broken=frozenset({"tickets", "sms"})),
    "everything broken": Surround(broken=frozenset(PARTS)),
}
BABBLE = ("むにゃむにゃ", "ほげほげ", "ぱぴぷぺぽ", "らりるれろん", "がぎぐげごん")
"""Never the same twice: to be confirmed anew each time where anything could be a name."""
WORDS = {
    "refusing": guesses("いいえ"),
    "nonsense": guesses("むにゃむにゃ"),
    "nodding": guesses("はい"),
    "noise": (),
    "silent": (),
}
LONG_CALL, MOST_EVENTS = 60, 120
"""After so many events the clock of the call runs out; after so many every call must be over."""


def _does(caller: str, world: World, house: Surround) -> Event:
    """What happens next to a caller who only does one thing, in a house that is as it is."""
    state, expect = world.state, world.expect
    if world.asked:
        return house.answer(world)
    if expect and "recogniser" in house.broken and not state.deaf:
        return PartFailed("recogniser", "broken")
    if state.phase == "hearing":
        if caller == "talking":
            assert world.wait is not None
            return TimedOut(world.wait.turn, world.wait.clock)
        if caller == "babbling":
            return Heard(state.turn, guesses(BABBLE[state.turn % len(BABBLE)]))
        return Heard(state.turn, WORDS[caller])
    hears = expect is not None and expect.turn == state.turn and not state.deaf and caller != "silent"
    if hears and expect and (expect.bargein or not world.play):
        return SpeechStarted(state.turn)
    if world.play:
        return house.spoken(world)
    assert world.wait is not None, f"dead air in {state.phase}"
    return TimedOut(world.wait.turn, world.wait.clock)


def _lead_to_an_end(world: World, caller: str, house: Surround) -> None:
    for count in range(MOST_EVENTS):
        if world.state.phase == "ended":
            break
        if count >= LONG_CALL and world.call_clock:
            world.happens(TimedOut(0, "call"))
        world.happens(_does(caller, world, house))
        _check_attended(world)
    _check_good_end(world)


def _check_good_end(world: World) -> None:
    """A person, a kept message, or a goodbye that the caller has heard, from us or from the carrier."""
    assert world.state.phase == "ended", "the caller is led round in circles"
    end = world.hung_up
    assert isinstance(end, HangUp)
    if end.reason != "transferred":
        goodbye = world.said[-1].prompts[-1].text if world.said else ""
        assert end.say or goodbye in {
            *world.dialog.phrases["goodbye"].values(),
            *(text for node in world.dialog.nodes.values() for text in (getattr(node, "text", None) or {}).values()),
        }


@pytest.mark.parametrize("caller", CALLERS)
@given(generated_lines, choices, st.sampled_from(sorted(HOUSES)))
@settings(ANY_LINE, max_examples=250)
def test_every_caller_reaches_an_end(caller: str, dialog: Dialog, picks: list[int], house: str) -> None:
    """Whatever was before: silence, nonsense, noise, nods or endless talk lead to a person, a message or a goodbye."""
    _lead_to_an_end(_life(dialog, picks), caller, HOUSES[house])


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("house", sorted(HOUSES))
def test_every_caller_of_the_shipped_line_reaches_an_end(shipped: Shipped, caller: str, house: str) -> None:
    """From the first word on, in every kind of house."""
    _lead_to_an_end(World(shipped.dialog).begin(), caller, HOUSES[house])


@given(choices, st.sampled_from(CALLERS), st.sampled_from(sorted(HOUSES)))
@SHIPPED
def test_every_caller_reaches_an_end_from_anywhere_on_the_shipped_line(
    shipped: Shipped, picks: list[int], caller: str, house: str
) -> None:
    """From any state of みなと市."""
    _lead_to_an_end(_life(shipped.dialog, picks), caller, HOUSES[house])


@given(generated_lines, choices)
@ANY_LINE
def test_zero_leads_to_a_person_wherever_keys_work(dialog: Dialog, picks: list[int]) -> None:
    """`0` asks at once whether somebody is there; only a message under way, or a number, is first completed."""
    world = _life(dialog, picks)
    if world.state.phase in {"notice", "asking", "hearing", "searching", "inviting", "closing"}:
        if world.state.keys:  # in the midst of a number 0 is one of its digits; * forgets them
            world.happens(DigitPressed("*"))
        orders = world.happens(DigitPressed("0"))
        if world.state.keys:  # where a number is asked for, it may be its first digit: a lone 0 is known by the pause
            assert isinstance(orders[-1], Wait)
            orders = world.happens(TimedOut(world.state.turn, "digits"))
        (order,) = orders
        assert isinstance(order, LookUp)
        assert world.state.phase == "looking_up"


@given(generated_lines, choices, st.sampled_from(KEYS))
@ANY_LINE
def test_the_first_digit_cancels_speech_for_that_turn(dialog: Dialog, picks: list[int], key: str) -> None:
    """Words that were being recognised when a key was pressed change nothing any more."""
    world = _life(dialog, picks)
    if world.state.phase in {"asking", "hearing"}:
        turn = world.state.turn
        world.happens(DigitPressed(key))
        after = world.state
        assert after.turn > turn or after.keys
        for late in (
            Heard(turn, guesses("火事です")),
            Heard(turn, guesses("ごみ")),
            SpeechStarted(turn),
            TimedOut(turn, "no_input"),
        ):
            assert world.happens(late) == ()
        assert world.state == after


@given(generated_lines, choices)
@ANY_LINE
def test_an_emergency_overrides_whatever_is_asked(dialog: Dialog, picks: list[int]) -> None:
    """Where speech is heard, words of danger are answered at once and twice with whom to dial."""
    world = _life(dialog, picks)
    if world.state.phase not in {"asking", "hearing"} or world.state.deaf or world.state.keys:
        return  # the first digit has cancelled speech for that turn
    world.happens(Heard(world.state.turn, guesses("家が燃えています、火事です")))
    warning = dialog.phrases["emergency"]["ja"]
    if world.state.phase == "looking_up":  # at the end of the ladder: said while a person is called
        world.happens(Surround().answer(world))
    assert isinstance(world.orders[-1], Play) or world.expect is not None
    assert [prompt.text for prompt in world.said[-1].prompts[:2]] == [warning, warning]


def test_the_little_line_and_the_shipped_one_are_reached_by_these_walks(shipped: Shipped) -> None:
    """The walks above come to every phase, else they prove little."""
    seen: set[str] = set()
    sms = '{"section": "総合案内", "nodes": {"番号": {"sms": "番号です。"}}}'
    for dialog in (little_line(), load(sources(sms, line="start: 番号"), SURROUNDINGS), shipped.dialog):
        for start in range(0, 9000, 37):
            world = World(dialog).begin(caller="+819000000001")
            for pick in range(start, start * 3, max(1, start // 11)):
                seen.add(world.state.phase)
                if world.state.phase == "ended":
                    break
                world.happens(_possible(world, pick))
    assert seen - {"booking"} == {
        "notice", "asking", "hearing", "searching", "looking_up", "handing_over", "transferring", "inviting",
        "recording", "sending", "closing", "ended",
    }  # fmt: skip
