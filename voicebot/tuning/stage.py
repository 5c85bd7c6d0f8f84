"""The machine with other content, on which a stored caller is met again. Pure; takes no time and makes no sound.

What the bot asks of the city is looked up anew at the moment of the call; what the world did (how transfers ended) is
as it was. A prompt is heard to its end unless the caller interrupted it then.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from voicebot.actions import (
    Action,
    AskFaq,
    FinishRecording,
    HangUp,
    LookUp,
    Play,
    RequestCallback,
    SendSms,
    Transfer,
)
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.errors import VoicebotError
from voicebot.events import (
    CallbackBooked,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    Heard,
    LookedUp,
    MessageRecorded,
    Outcome,
    PartFailed,
    PromptFinished,
    SmsSent,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.ports import Answers, CityDesk
from voicebot.tuning.stored_calls import Input, Move, StoredCall

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class World:
    """The content that is tried."""

    dialog: Dialog
    answers: Answers
    desk: CityDesk


class Stage:
    """One conversation of one stored caller with other content.

    Args:
        world: The content.
        call: The stored call; only its moment, language and transfers are looked at.
    """

    def __init__(self, world: World, call: StoredCall) -> None:
        self._world = world
        self._call = call
        self._transfers = deque(each for move in call.moves for each in move.dialled)
        self._speaking = -1
        self.state = State(language=call.language)
        self.assumed = False
        """Whether a department was dialled that was not dialled then: nobody knows whether it would have answered."""
        self._seconds = 0.0

    @property
    def over(self) -> bool:
        """Whether the conversation has ended."""
        return self.state.phase == "ended"

    @property
    def question(self) -> str:
        """What is being asked; "" for nothing."""
        asked = self.state.question
        return asked.name if asked is not None and self.state.phase == "asking" else ""

    def begin(self) -> Move:
        """The telephone is answered."""
        call, move = self._call, Move()
        self._run(move, CallStarted(call.call, call.caller, "", call.language, call.at))
        return move

    def meet(self, given: Input) -> Move:
        """The caller does this now."""
        turn = self.state.turn
        match given.kind:
            case "said":
                events: tuple[Event, ...] = (SpeechStarted(turn), Heard(turn, given.guesses))
            case "pressed":
                events = (DigitPressed(given.digit),)
            case "silent" if given.clock == "max_speech":
                events = (SpeechStarted(turn), TimedOut(turn, "max_speech"))
            case "silent":
                events = (TimedOut(0 if given.clock == "call" else turn, given.clock),)
            case "left" if isinstance(given.event, MessageRecorded):
                events = (MessageRecorded(turn, given.event.recording, given.event.seconds),)
            case "failed" if isinstance(given.event, PartFailed):
                failed = given.event
                events = (PartFailed(failed.part, failed.code, None if failed.turn is None else turn),)
            case _:
                events = () if given.event is None else (given.event,)
        move = Move()
        self._seconds = given.seconds
        self._run(move, *events)
        return move

    def hear(self, move: Move, prompts: int = MOST_STEPS) -> None:
        """The bot speaks so many prompts to the end; what it does by itself then is added to the move."""
        for _ in range(prompts):
            if self._speaking != self.state.turn or self.over:
                break
            self._speaking = -1
            self._run(move, PromptFinished(self.state.turn))
            move.finished += 1

    def _run(self, move: Move, *events: Event) -> None:
        waiting: deque[Event] = deque(events)
        for _ in range(MOST_STEPS):
            if not waiting:
                break
            self.state, actions = step(self._world.dialog, self.state, waiting.popleft())
            for action in actions:
                move.order(action)
                waiting.extend(self._answered(action, move))

    def _answered(self, action: Action, move: Move) -> Sequence[Event]:
        """What the world says to an order at once."""
        match action:
            case Play():
                self._speaking = action.turn
            case AskFaq():
                return (self._searched(action),)
            case LookUp():
                return (self._looked_up(action),)
            case Transfer():
                outcome = self._outcome(action.department)
                move.dialled.append((action.department, outcome))
                move.ended = move.ended or outcome in {"connected", "caller_gone"}
                return (TransferEnded(action.turn, outcome),)
            case RequestCallback():
                return (CallbackBooked(action.turn, "1001"),)
            case SendSms():
                return (SmsSent(action.turn),)
            case FinishRecording() | HangUp() | _:
                pass  # what was left as a message comes as an input of the caller
        return ()

    def _outcome(self, department: str) -> Outcome:
        """How being connected with this department ended then."""
        for place, (dialled, outcome) in enumerate(self._transfers):
            if dialled == department:
                del self._transfers[place]
                return outcome
        self.assumed = True
        return "connected"

    def _searched(self, order: AskFaq) -> Event:
        try:
            hits = self._world.answers.search(order.alternatives, order.language)
            return FaqAnswered(order.turn, hits, self._world.answers.route(order.alternatives, order.language))
        except VoicebotError as error:
            return PartFailed("faq", error.code, order.turn)

    def _looked_up(self, order: LookUp) -> Event:
        try:
            facts = self._world.desk.look_up(order.what, order.arguments, self._now)
            return LookedUp(order.turn, order.what, facts)
        except VoicebotError as error:
            return PartFailed("lookup", error.code, order.turn)

    @property
    def _now(self) -> datetime:
        return self._call.at + timedelta(seconds=self._seconds)
