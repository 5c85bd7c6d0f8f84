"""Everything that is known beforehand is said once before anybody calls: at the start, and when the content changes.

Never during a call: synthesis takes the cores that recognition needs. What is already on disk costs nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.voice.chain import Voices

Progress = Callable[[int, int], bool | None]
"""`progress(done, total)`; answering False stops the work (a call has come in), the rest is left for the next time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A prompt that cannot be said as things are."""

    prompt: Prompt
    code: str
    """Of the `VoiceError`."""
    message: str
    """The cure."""


def prepare(voices: Voices, prompts: Iterable[Prompt], progress: Progress | None = None) -> list[Failure]:
    """Make and keep the sound of every prompt, spoken normally and slowly, in its language's preferred voice.

    Returns:
        The prompts that could not be said, and the recordings that could not be played.
    """
    wanted = list(dict.fromkeys(replace(prompt, slow=slow) for prompt in prompts for slow in (False, True)))
    failures: list[Failure] = []
    for done, prompt in enumerate(wanted):
        if progress is not None and progress(done, len(wanted)) is False:
            return failures
        failures += _prepare(voices, prompt)
    if progress is not None:
        progress(len(wanted), len(wanted))
    return failures


def _prepare(voices: Voices, prompt: Prompt) -> list[Failure]:
    failures: list[Failure] = []
    try:
        if voices.recording(prompt) is not None:
            return failures
    except VoiceError as error:
        failures.append(Failure(prompt, error.code, error.message))
    engines = voices.engines(prompt.language)
    if not engines:
        cure = "No voice is installed for this language; record the prompt."
        return [*failures, Failure(prompt, "voice.no_language", cure)]
    try:
        voices.said(engines[0], prompt, beforehand=True)
    except VoiceError as error:
        voices.count(engines[0], error)
        failures.append(Failure(prompt, error.code, error.message))
    return failures
