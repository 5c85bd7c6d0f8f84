"""The parts of a trial that only pretend: nothing is stored, sent or booked. The rest is what calls are given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from voicebot.actions import Action, Prompt
from voicebot.call.parts import Parts, Pools
from voicebot.edition import Edition
from voicebot.errors import VoiceError
from voicebot.events import Event
from voicebot.ports import Line, Voice
from voicebot.service import Service
from voicebot.transcripts.decision import Decision

TICKET = "1001"
"""The number that a call back is given."""


class Told(Protocol):
    """Takes every event and order in."""

    def __call__(self, seconds: float, record: Event | Action) -> None:
        """`seconds` after the start of the trial."""


@dataclass(slots=True)
class Messages:
    """Messages that are left in a trial: in memory, and gone with it."""

    sounds: dict[str, bytes] = field(default_factory=dict)

    def recorder(self) -> "Recorder":
        """Takes one message."""
        return Recorder(self)

    def drop(self, name: str) -> None:
        """It was recorded anew."""
        self.sounds.pop(name, None)


class Recorder:
    """Satisfies `ports.MessageRecorder`.

    Args:
        messages: Where the message stays while the trial lasts.
    """

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._sound = bytearray()

    def write(self, mulaw: bytes) -> None:
        """More of the message."""
        self._sound += mulaw

    def close(self) -> str:
        """Its name."""
        name = f"trial-{len(self._messages.sounds) + 1}"
        self._messages.sounds[name] = bytes(self._sound)
        return name

    def discard(self) -> None:
        """Nothing was said."""
        self._sound.clear()


@dataclass(frozen=True, slots=True)
class PlaysBack:
    """Satisfies `ports.Voice`: plays the trial's messages back, and leaves the rest to the voice of calls."""

    voice: Voice
    messages: Messages

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz.

        Raises:
            VoiceError: there is no such message, or no voice can say the prompt.
        """
        if not prompt.message:
            return self.voice.render(prompt)
        try:
            return self.messages.sounds[prompt.message]
        except KeyError as error:
            raise VoiceError("voice.no_message", "The message of this trial is gone; begin another one.") from error


@dataclass(frozen=True, slots=True)
class Record:
    """Satisfies `ports.Transcript`: tells, and keeps nothing."""

    told: Told

    def append(self, seconds: float, record: Event | Action) -> None:
        """Tell one event or order."""
        self.told(seconds, record)

    def keep_state(self, state: str) -> None:
        """A trial does not go on after a restart."""


@dataclass(frozen=True, slots=True)
class Pretence:
    """What all stretches of one trial share."""

    service: Service
    edition: Edition
    pools: Pools
    now: Callable[[], datetime]
    """The pretended time."""
    told: Told
    believed: Callable[[str], None]
    messages: Messages = field(default_factory=Messages)

    def parts(self, line: Line, decide: Callable[[Decision], None]) -> Parts:
        """What one stretch is given; `decide` is told what a carrier would be told."""
        service = self.service
        return Parts(
            line=line,
            recognisers=service.recognisers,
            activity=service.activities.take(),
            voice=PlaysBack(service.voices.for_call(), self.messages),
            answers=self.edition.answers,
            desk=self.edition.city_desk,
            transcript=Record(self.told),
            recorder=None,
            message_recorder=self.messages.recorder,
            decide=decide,
            book=lambda order: TICKET,
            send_sms=lambda order: None,
            drop_message=self.messages.drop,
            pools=self.pools,
            now=self.now,
            duty=self.edition.content.city.profile.duty,
            most_seconds=service.settings.max_call_seconds,
            believed=self.believed,
        )
