"""What one call is given: the ports, and the pools in which what blocks is run."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from voicebot.actions import RequestCallback, SendSms
from voicebot.events import Event
from voicebot.ports import (
    Answers,
    CallRecorder,
    CityDesk,
    Line,
    MessageRecorder,
    Recognisers,
    Transcript,
    Voice,
    VoiceActivity,
)
from voicebot.transcripts.decision import Decision

Report = Callable[[Event], None]
"""Puts an event into the call's inbox; may be called from the event loop only."""


@dataclass(frozen=True, slots=True)
class Pools:
    """Threads by what they do, so that a slow part cannot hold up another. Shared by all calls."""

    decode: Executor
    """Recognition: one thread for each core."""
    render: Executor
    """Synthesis of what was not known beforehand."""
    ask: Executor
    """Searches, look-ups, and the store."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything one call needs from the world."""

    line: Line
    recognisers: Recognisers
    activity: VoiceActivity
    voice: Voice
    answers: Answers
    desk: CityDesk
    transcript: Transcript
    recorder: CallRecorder | None
    """None when calls are not recorded."""
    message_recorder: Callable[[], MessageRecorder]
    decide: Callable[[Decision], None]
    """Stores what the carrier shall do when the stream has ended. Blocks."""
    book: Callable[[RequestCallback], str]
    """Notes a call back; the number of its ticket. Blocks, may raise `VoicebotError`."""
    send_sms: Callable[[SendSms], None]
    """Sends a text message. Blocks, may raise `VoicebotError`."""
    pools: Pools
    now: Callable[[], datetime]
    """The city's local time."""
    duty: str
    """The department that is always there; where callers go when we break."""
    most_seconds: float = 900.0
    """A call is brought to its end after this, even where the city's dialog allows more."""
    drop_message: Callable[[str], None] = lambda recording: None
    """Deletes a message that the caller has replaced. Blocks, may raise `VoicebotError`."""
    believed: Callable[[str], None] = lambda words: None
    """Told of the caller's words so far, while they speak. Must be quick and must not raise."""
