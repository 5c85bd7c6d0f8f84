"""A conversation without a telephone: typed words for speech, prompts as text, no waiting.

Runs the same machine with the same FAQ and the same city as a call; only sound and time are left out. Used by the
terminal and by golden talks.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    Expect,
    FinishRecording,
    Grammar,
    HangUp,
    LookUp,
    Play,
    Prompt,
    Record,
    RequestCallback,
    SendSms,
    Transfer,
)
from voicebot.dialog.machine import step
from voicebot.dialog.phrases import REVIEW
from voicebot.dialog.saying import as_written
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.errors import VoicebotError
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
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
from voicebot.ports import Answers, CityDesk, Reader
from voicebot.tuning.nearness import Seen, near

MOST_STEPS = 100
"""A machine that answers itself so often without the caller is running in a circle."""
MESSAGE_SECONDS = 10.0


@dataclass(slots=True)
class Reply:
    """What the bot did after one thing the caller did."""

    said: list[str] = field(default_factory=list)
    """Prompts, in order."""
    prompts: list[Prompt] = field(default_factory=list)
    """The same as the voice is given them, also those without words."""
    matches: tuple[Seen, ...] = ()
    """What of the question, and of what works everywhere, was nearest to the words."""
    hits: tuple[FaqHit, ...] = ()
    answers: list[str] = field(default_factory=list)
    """The FAQ entries and answer nodes that were given as answers."""
    grammar: Grammar | None = None
    """What is expected next; None when nothing is listened to."""
    dialled: list[str] = field(default_factory=list)
    """The departments that were dialled, in order."""
    callback: str = ""
    """The department that promised to call back."""
    sms: str = ""
    """The text message that was sent."""
    message: bool = False
    """Whether the caller is asked to leave a message now."""
    refused_recording: bool = False
    """Whether the call's recording was stopped and deleted."""
    ended: bool = False

    @property
    def transfer(self) -> str:
        """The department that was dialled last, "" if none was."""
        return self.dialled[-1] if self.dialled else ""

    @property
    def text(self) -> str:
        """All that was said."""
        return "".join(self.said)


class Talk:
    """One conversation.

    Args:
        dialog: The city's dialog.
        answers: The city's FAQ.
        desk: The city's facts.
        reader: Readings of what is typed.
        now: The moment at which the conversation takes place.
        transfers: How transfers end, in order; after the last one they all succeed.
        held: Whether transfers for which nothing is given wait until `transferred` tells how they end.
        watch: Told of every event before it is stepped, while `state` is still the one before, and of every order.
    """

    def __init__(
        self,
        dialog: Dialog,
        answers: Answers,
        desk: CityDesk,
        reader: Reader,
        now: datetime,
        transfers: tuple[Outcome, ...] = (),
        *,
        held: bool = False,
        watch: Callable[[Event | Action], None] = lambda record: None,
    ) -> None:
        self._dialog = dialog
        self._answers = answers
        self._desk = desk
        self._reader = reader
        self._now = now
        self._transfers = deque(transfers)
        self._held = held
        self._watch = watch
        self.state = State()

    def begin(self, language: str = "ja") -> Reply:
        """The telephone is answered."""
        return self._run(CallStarted("talk", None, "", language, self._now))

    def say(self, *texts: str) -> Reply:
        """The caller speaks; several texts are the recogniser's guesses, best first."""
        language = self.state.language
        guesses = tuple(
            Alternative(text, self._reader(text, language), 1.0 - place / 10) for place, text in enumerate(texts)
        )
        return self.hear(guesses)

    def hear(self, guesses: tuple[Alternative, ...]) -> Reply:
        """The caller speaks, and these are the recogniser's guesses, best first; none for sound without words."""
        seen = near(self._dialog, self.state, guesses)
        reply = self._run(SpeechStarted(self.state.turn), Heard(self.state.turn, guesses))
        reply.matches = seen
        return reply

    def noise(self) -> Reply:
        """Sound without words."""
        return self._run(SpeechStarted(self.state.turn), Heard(self.state.turn, ()))

    def press(self, keys: str) -> Reply:
        """The caller presses keys."""
        return self._run(*(DigitPressed(key) for key in keys))

    def silence(self) -> Reply:
        """The caller says nothing, or presses no further key, until the patience is over."""
        if self.state.phase == "recording":
            return self._run(MessageRecorded(self.state.turn, "", 0.0))
        return self._run(TimedOut(self.state.turn, "digits" if self.state.keys else "no_input"))

    def leave_message(self) -> Reply:
        """The caller leaves a message and is then silent, which leaves it as it is."""
        reply = self._run(self._message(self.state.turn))
        if self.state.question is not None and self.state.question.name == REVIEW:
            further = self.silence()
            reply.said += further.said
            reply.ended = further.ended
        return reply

    def transferred(self, outcome: Outcome) -> Reply:
        """The transfer that was held has ended."""
        return self._run(TransferEnded(self.state.turn, outcome))

    def _run(self, *events: Event) -> Reply:
        reply = Reply()
        waiting: deque[Event] = deque(events)
        for _ in range(MOST_STEPS):
            if not waiting:
                return reply
            event = waiting.popleft()
            self._watch(event)
            self.state, actions = step(self._dialog, self.state, event)
            for action in actions:
                self._watch(action)
                waiting.extend(self._answer(action, reply))
        raise VoicebotError("talk.circle", "The dialog talks to itself without end; run voicebot check.")

    def _answer(self, action: Action, reply: Reply) -> tuple[Event, ...]:
        """Carry out an order at once."""
        match action:
            case Play():
                reply.said += [as_written(prompt.text) for prompt in action.prompts if prompt.text]
                reply.prompts += action.prompts
                reply.answers += [action.answers] if action.answers else []
                return (PromptFinished(action.turn),)
            case Expect():
                reply.grammar = action.grammar
            case AskFaq():
                return (self._asked(action, reply),)
            case LookUp():
                return (self._looked_up(action),)
            case Transfer():
                reply.dialled.append(action.department)
                if self._held and not self._transfers:
                    return ()
                outcome = self._transfers.popleft() if self._transfers else "connected"
                return (TransferEnded(action.turn, outcome),)
            case RequestCallback():
                reply.callback = action.department
                return (CallbackBooked(action.turn, "1001"),)
            case SendSms():
                reply.sms = action.text
                return (SmsSent(action.turn),)
            case Record():
                reply.message = True
            case FinishRecording():
                return (self._message(action.turn),)
            case DiscardCallRecording():
                reply.refused_recording = True
            case HangUp():
                reply.ended = True
        return ()

    @staticmethod
    def _message(turn: int) -> MessageRecorded:
        return MessageRecorded(turn, "message.wav", MESSAGE_SECONDS)

    def _asked(self, order: AskFaq, reply: Reply) -> Event:
        try:
            reply.hits = self._answers.search(order.alternatives, order.language)
            departments = self._answers.route(order.alternatives, order.language)
        except VoicebotError as error:
            return PartFailed("faq", error.code, order.turn)
        return FaqAnswered(order.turn, reply.hits, departments)

    def _looked_up(self, order: LookUp) -> Event:
        try:
            return LookedUp(order.turn, order.what, self._desk.look_up(order.what, order.arguments, self._now))
        except VoicebotError as error:
            return PartFailed("lookup", error.code, order.turn)
