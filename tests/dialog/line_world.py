"""What stands around the machine in a call, as far as orders and their answers go: no sound, no time.

It remembers which orders are under way. A newer `Play` replaces an older one and `StopPlaying` ends it; a newer `Wait`
replaces an older one, except that the clock of the call runs beside the clock of the turn.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from little_line import guesses

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    DropMessage,
    Expect,
    FinishRecording,
    HangUp,
    LookUp,
    Play,
    Record,
    RequestCallback,
    SendSms,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.events import (
    CallbackBooked,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    Json,
    LookedUp,
    MessageRecorded,
    Outcome,
    Part,
    PartFailed,
    PromptFinished,
    SmsSent,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)

AT = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


@dataclass(slots=True)
class World:
    """One call; `happens` steps the machine and notes the orders."""

    dialog: Dialog
    state: State = field(default_factory=State)
    play: Play | None = None
    wait: Wait | None = None
    call_clock: Wait | None = None
    expect: Expect | None = None
    asked: AskFaq | LookUp | Transfer | Record | RequestCallback | SendSms | None = None
    """What only the house or the carrier can answer."""
    hung_up: HangUp | None = None
    said: list[Play] = field(default_factory=list)
    orders: list[Action] = field(default_factory=list)
    record: list[Event | Action] = field(default_factory=list)
    """Everything, in order, as the transcript has it."""

    def begin(self, language: str = "ja", caller: str | None = None, at: datetime = AT) -> "World":
        """The telephone is answered."""
        self.happens(CallStarted("c", caller, "", language, at))
        return self

    def happens(self, event: Event) -> tuple[Action, ...]:
        """One event; the orders that it brought."""
        self._over(event)
        self.state, actions = step(self.dialog, self.state, event)
        for action in actions:
            self._ordered(action)
        self.orders += actions
        self.record += (event, *actions)
        return actions

    def spoken(self) -> tuple[Action, ...]:
        """What is being said has been heard to its end."""
        assert self.play is not None
        return self.happens(PromptFinished(self.play.turn))

    def hears(self, *texts: str) -> tuple[Action, ...]:
        """The caller says something; several texts are guesses, none is mere sound."""
        self.happens(SpeechStarted(self.state.turn))
        return self.happens(Heard(self.state.turn, guesses(*texts)))

    def presses(self, key: str) -> tuple[Action, ...]:
        """The caller presses a key."""
        return self.happens(DigitPressed(key))

    def silence(self) -> tuple[Action, ...]:
        """What is being said is heard, and then the patience runs out."""
        if self.play:
            self.spoken()
        assert self.wait is not None
        return self.happens(TimedOut(self.wait.turn, self.wait.clock))

    def answered(self, **house: Any) -> tuple[Action, ...]:
        """The house or the carrier answers what it was asked."""
        return self.happens(Surround(**house).answer(self))

    def fails(self, part: Part) -> tuple[Action, ...]:
        """A part breaks; if it is the one that was ordered to do something, that is not done."""
        under_way = self.play if part == "voice" else self.asked
        turn = under_way.turn if under_way and part != "recogniser" else None
        return self.happens(PartFailed(part, f"{part}.broken", turn))

    @property
    def words(self) -> str:
        """What was said last."""
        return "".join(prompt.text for prompt in self.said[-1].prompts)

    @property
    def attended(self) -> bool:
        """Whether an order of the present turn is under way, whose answer will move the call on."""
        under_way = (self.play, self.wait, self.asked)
        return any(order is not None and order.turn == self.state.turn for order in under_way)

    def _ordered(self, action: Action) -> None:
        match action:
            case Play():
                self.play, self.expect, self.wait = action, None, None
                self.said.append(action)
            case StopPlaying():
                self.play = None
            case Expect():
                self.expect = action
            case Wait(clock="call"):
                self.call_clock = action
            case Wait():
                self.wait = action
            case AskFaq() | LookUp() | Transfer() | Record() | RequestCallback() | SendSms():
                self.asked = action
            case HangUp():
                self.hung_up = action
            case FinishRecording() | DiscardCallRecording() | DropMessage():
                pass

    def _over(self, event: Event) -> None:
        """The order that this event answers is no longer under way."""
        match event:
            case PromptFinished() | PartFailed(part="voice") if self.play and event.turn == self.play.turn:
                self.play = None
            case TimedOut(clock="call"):
                self.call_clock = None
            case TimedOut() if self.wait and event.turn == self.wait.turn:
                self.wait = None
            case (
                FaqAnswered() | LookedUp() | TransferEnded() | MessageRecorded() | CallbackBooked() | SmsSent()
                | PartFailed()
            ):  # fmt: skip
                if self.asked and event.turn == self.asked.turn:
                    self.asked = None


@dataclass(frozen=True, slots=True)
class Surround:
    """How the house and the carrier answer."""

    facts: dict[str, Json] = field(default_factory=lambda: {"open": True, "say": "開いています。", "next": ""})
    outcome: Outcome = "connected"
    hits: tuple[FaqHit, ...] = ()
    broken: frozenset[str] = frozenset()
    """Of `recogniser voice faq lookup recorder transfer tickets sms`."""
    message_seconds: float = 0.0
    """How long a caller who is asked for a message speaks."""
    duty_closed: bool = False
    """Against its nature, the duty desk is as closed as the others."""

    def answer(self, world: World) -> Event:
        """The answer to what only the house or the carrier can answer."""
        order = world.asked
        match order:
            case AskFaq():
                return self._or_failed("faq", FaqAnswered(order.turn, self.hits))
            case LookUp():
                duty = order.arguments.get("department") == world.dialog.duty and not self.duty_closed
                facts = {"open": True, "next": ""} if duty and self.facts else self.facts
                return self._or_failed("lookup", LookedUp(order.turn, order.what, facts))
            case Transfer():
                return self._or_failed("transfer", TransferEnded(order.turn, self.outcome))
            case Record():
                name = "m.wav" if self.message_seconds else ""
                return self._or_failed("recorder", MessageRecorded(order.turn, name, self.message_seconds))
            case RequestCallback():
                return self._or_failed("tickets", CallbackBooked(order.turn, "1001"))
            case SendSms():
                return self._or_failed("sms", SmsSent(order.turn))
        raise AssertionError("nothing is asked")

    def spoken(self, world: World) -> Event:
        """The end of what is being said."""
        assert world.play is not None
        return self._or_failed("voice", PromptFinished(world.play.turn))

    def _or_failed(self, part: str, answer: Event) -> Event:
        if part not in self.broken:
            return answer
        return PartFailed(part, f"{part}.broken", answer.turn)  # type: ignore[arg-type, union-attr]
