"""A scripted resident: what a person on the telephone says, presses and waits for, 20 ms at a time.

The resident hears only whether somebody speaks, not what is said. Nothing here waits: whoever owns the line asks for
the next 20 ms. Speech is synthesised before the call (`rehearsed`), so that a slow voice does not disturb the clock.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Literal, assert_never

from voicebot.errors import VoicebotError
from voicebot.simulator.handset import Background, through_handset
from voicebot.simulator.hearing import FRAME_SECONDS, SILENCE, frames_of, is_voiced

Farewell = Literal["stop", "reset", "vanish"]
Speak = Callable[[str], bytes]
"""`speak(words)` gives mu-law at 8 kHz."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say something now."""

    words: str
    sound: bytes = b""
    """mu-law; filled in by `rehearsed`."""


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys one after the other."""

    keys: str
    gap_seconds: float = 0.3


@dataclass(frozen=True, slots=True)
class Silence:
    """Say nothing for a while."""

    seconds: float


@dataclass(frozen=True, slots=True)
class WaitForPrompt:
    """Listen until the other side has said something since we last spoke, and has come to an end."""

    silence_seconds: float = 1.0
    """That much silence is the end of a prompt, and no pause between two sentences."""
    at_most_seconds: float = 30.0
    """Then the script goes on although nothing was said."""


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Speak when the other side has been speaking for this long."""

    after_seconds: float
    words: str
    sound: bytes = b""
    at_most_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class HangUp:
    """Hang up: `stop` as the carrier reports it properly, `reset` or `vanish` when the connection just breaks."""

    how: Farewell = "stop"


@dataclass(frozen=True, slots=True)
class Noise:
    """From now on there is noise around the caller; see `handset.Background` for the level."""

    level: float


Step = Say | Press | Silence | WaitForPrompt | Interrupt | HangUp | Noise


@dataclass(frozen=True, slots=True)
class Resident:
    """A person with a telephone. At the end of the script they listen, and hang up when nothing more comes."""

    steps: tuple[Step, ...]
    stays_seconds: float = 12.0
    """Silence after the script that makes them hang up."""
    seed: int = 0
    """Chooses the noise."""

    def __post_init__(self) -> None:
        for step in self.steps:
            if isinstance(step, Say | Interrupt) and not step.sound:
                raise VoicebotError(
                    "simulator.unspoken", "A resident's words have no sound yet; pass the steps through `rehearsed`."
                )


@dataclass(frozen=True, slots=True)
class Emission:
    """What comes from a person in 20 ms."""

    sound: bytes = SILENCE
    voiced: bool = False
    """Within words: from their first loud frame to their last, noise apart."""
    words: str = ""
    """What is being said, at the first frame of it."""
    key: str = ""
    hang_up: Farewell | None = None
    note: str = ""
    """Something a reader of the time line should know."""


def rehearsed(steps: Iterable[Step], speak: Speak, *, handset: bool = False) -> tuple[Step, ...]:
    """The steps with the sound of their words, through a telephone's narrow band if wanted.

    Args:
        steps: The script.
        speak: The resident's voice; each text is spoken once.
        handset: Whether to pass the voice through a telephone set's band.
    """
    spoken: dict[str, bytes] = {}

    def sound(words: str) -> bytes:
        if words not in spoken:
            spoken[words] = through_handset(speak(words)) if handset else speak(words)
        return spoken[words]

    return tuple(
        replace(step, sound=step.sound or sound(step.words)) if isinstance(step, Say | Interrupt) else step
        for step in steps
    )


def turn(text: str) -> tuple[Step, ...]:
    """One turn of a resident from a line of text, as the command line takes it.

    `key:12#` presses keys, `silence:3` says nothing, `noise:0.01` begins a noise, `interrupt:2:もしもし` speaks after
    two seconds of the prompt, `hangup`, `hangup:reset` and `hangup:vanish` hang up; everything else is said. Keys
    and words come after the prompt.

    Raises:
        VoicebotError: a number or a way to hang up is not understood.
    """
    order, _, rest = text.partition(":")
    try:
        match order:
            case "key":
                return (WaitForPrompt(), Press(rest))
            case "silence":
                return (Silence(float(rest)),)
            case "noise":
                return (Noise(float(rest)),)
            case "interrupt":
                seconds, _, words = rest.partition(":")
                return (Interrupt(float(seconds), words),)
            case "hangup":
                return (HangUp(_farewell(rest or "stop")),)
    except ValueError as error:
        raise VoicebotError("simulator.turn", f"After '{order}:' a number or a word is wrong; see --help.") from error
    return (WaitForPrompt(), Say(text))


def _farewell(word: str) -> Farewell:
    match word:
        case "stop" | "reset" | "vanish":
            return word
    raise ValueError(word)


class Performance:
    """A resident in one call. Ask for 20 ms after 20 ms."""

    def __init__(self, resident: Resident) -> None:
        self._resident = resident
        self._background: Background | None = None
        self._quiet_seconds = 0.0
        self._speech_seconds = 0.0
        self._has_heard = False
        self._script = self._perform()

    def tick(self, hears_speech: bool) -> Emission:
        """The next 20 ms of the person, who hears this meanwhile."""
        self._listen(hears_speech)
        emission = next(self._script)
        if emission.voiced or emission.key:
            self._has_heard = False
        return replace(emission, sound=self._background.mix(emission.sound)) if self._background else emission

    def _listen(self, hears_speech: bool) -> None:
        if hears_speech:
            self._quiet_seconds = 0.0
            self._has_heard = True
        else:
            self._quiet_seconds += FRAME_SECONDS
        # Half a second of silence, and the other side begins anew; shorter pauses belong to the same speech.
        self._speech_seconds = self._speech_seconds + FRAME_SECONDS if hears_speech or self._quiet_seconds < 0.5 else 0

    def _perform(self) -> Iterator[Emission]:
        for step in self._resident.steps:
            match step:
                case Say():
                    yield from self._speak(step.words, step.sound)
                case Press():
                    yield from self._press(step)
                case Silence():
                    yield from repeat(Emission(), round(step.seconds / FRAME_SECONDS))
                case WaitForPrompt():
                    yield from self._wait_for_prompt(step)
                case Interrupt():
                    yield from self._wait_for_speech(step)
                    yield from self._speak(step.words, step.sound)
                case HangUp():
                    yield from repeat(Emission(hang_up=step.how))
                case Noise():
                    self._background = Background(step.level, self._resident.seed)
                case _:
                    assert_never(step)
        while self._quiet_seconds < self._resident.stays_seconds:
            yield Emission()
        yield from repeat(Emission(hang_up="stop"))

    def _speak(self, words: str, sound: bytes) -> Iterator[Emission]:
        frames = list(frames_of(sound))
        loud = [number for number, frame in enumerate(frames) if is_voiced(frame)]
        first, last = (loud[0], loud[-1]) if loud else (0, -1)
        for number, frame in enumerate(frames):
            yield Emission(frame, voiced=first <= number <= last, words=words if number == first else "")

    def _press(self, step: Press) -> Iterator[Emission]:
        for key in step.keys:
            yield Emission(key=key)
            yield from repeat(Emission(), round(step.gap_seconds / FRAME_SECONDS))

    def _wait_for_prompt(self, step: WaitForPrompt) -> Iterator[Emission]:
        waited = 0.0
        while not (self._has_heard and self._quiet_seconds >= step.silence_seconds):
            if waited >= step.at_most_seconds:
                yield Emission(note="the resident waited in vain for a prompt to end")
                return
            waited += FRAME_SECONDS
            yield Emission()

    def _wait_for_speech(self, step: Interrupt) -> Iterator[Emission]:
        waited = 0.0
        while self._speech_seconds < step.after_seconds:
            if waited >= step.at_most_seconds:
                yield Emission(note="the resident waited in vain for speech to interrupt")
                return
            waited += FRAME_SECONDS
            yield Emission()
