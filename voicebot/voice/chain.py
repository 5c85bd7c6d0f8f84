"""Which voice says a prompt: a recording by a person, else the chosen voice, else the next one that can.

Within one call and language the voice only ever changes once a synthesiser has failed, and then stays: a voice that
comes and goes sounds like another person each time. This module knows the order and the cache, not the synthesisers.
"""

import logging
import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.language.pronunciations import Pronunciations
from voicebot.voice.cache import SoundCache, key
from voicebot.voice.phrases import Phrase
from voicebot.voice.recordings import Recordings
from voicebot.voice.sound import RENDERING

log = logging.getLogger(__name__)
MOST_TAUGHT = 8
"""So many sets of a city's words are kept: what is published, earlier ones, and what staff try."""


class Engine(Protocol):
    """One way to make sound; used by several threads at once."""

    @property
    def identity(self) -> str:
        """Name, version and fixed settings: with the wording, all that determines the sound."""

    def speaks(self, language: str) -> bool:
        """Whether it is worth trying."""

    def wording(self, prompt: Prompt) -> str:
        """What exactly is said. Raises `VoiceError`."""

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz. Raises `VoiceError`."""


@runtime_checkable
class Learning(Protocol):
    """An engine that can be told how a city says its own words."""

    def taught(self, known: Pronunciations) -> Engine:
        """The same engine, with these words."""


@runtime_checkable
class Spelling(Protocol):
    """An engine that can show how it reads."""

    def spelled(self, prompt: Prompt) -> tuple[Phrase, ...]:
        """Kana and accents. Raises `VoiceError`."""


def taught(engine: Engine, known: Pronunciations) -> Engine:
    """The engine with a city's own words, as far as it can learn."""
    return engine.taught(known) if isinstance(engine, Learning) else engine


class Voices:
    """The voices of the whole service, their failures, and the sound they have already made.

    Args:
        recordings: What people have recorded.
        engines: Synthesisers, the preferred one first.
        cache: Keeps the sound.
    """

    def __init__(self, recordings: Recordings, engines: Sequence[Engine], cache: SoundCache) -> None:
        self.recordings = recordings
        self._engines = tuple(engines)
        self._cache = cache
        self._failures: Counter[tuple[str, str]] = Counter()
        self._reported: set[tuple[str, str, str, bool]] = set()
        self._lock = threading.Lock()
        self._taught: OrderedDict[Pronunciations, Voices] = OrderedDict()

    def taught(self, known: Pronunciations) -> "Voices":
        """These voices with a city's own words; the sound of all else, and the failures, are shared."""
        if not known.words:
            return self
        with self._lock:
            voices = self._taught.get(known)
            if voices is None:
                engines = [taught(engine, known) for engine in self._engines]
                voices = self._taught[known] = Voices(self.recordings, engines, self._cache)
                voices._failures, voices._reported, voices._lock = self._failures, self._reported, self._lock
            self._taught.move_to_end(known)
            while len(self._taught) > MOST_TAUGHT:
                self._taught.popitem(last=False)
            return voices

    def for_call(self) -> "CallVoice":
        """The voice of one call."""
        return CallVoice(self)

    def failures(self) -> Mapping[tuple[str, str], int]:
        """How often which engine failed with which code, since the start."""
        with self._lock:
            return dict(self._failures)

    def engines(self, language: str) -> tuple[Engine, ...]:
        """Who speaks a language, the preferred one first."""
        return tuple(engine for engine in self._engines if engine.speaks(language))

    def name(self, language: str) -> str:
        """The voice that speaks a language unless it fails, for the record; empty when none does."""
        return next((engine.identity for engine in self.engines(language)), "")

    def spelled(self, prompt: Prompt) -> tuple[Phrase, ...]:
        """How the preferred voice reads a prompt; empty when it cannot tell.

        Raises:
            VoiceError: it failed.
        """
        first = next(iter(self.engines(prompt.language)), None)
        return first.spelled(prompt) if isinstance(first, Spelling) else ()

    def recorded(self, prompt: Prompt) -> bytes | None:
        """The recording of a prompt, if there is one that can be played; a broken one is reported once."""
        try:
            return self.recording(prompt)
        except VoiceError as error:
            self._report(error, prompt)
            return None

    def recording(self, prompt: Prompt) -> bytes | None:
        """As `recorded`, for who wants to know what is wrong with it.

        Raises:
            VoiceError: the recording is broken or out of date.
        """
        return self.said(self.recordings, prompt) if self.recordings.has(prompt) else None

    def said(self, engine: Engine, prompt: Prompt, *, beforehand: bool = False) -> bytes:
        """The prompt in one engine's voice, from the cache if it has been made before.

        Args:
            engine: Who says it.
            prompt: What is said.
            beforehand: Keep it on disk as well: the prompt is part of the city's content and holds nothing of a caller.

        Raises:
            VoiceError: the engine failed.
        """
        name = key(RENDERING, engine.identity, prompt.language, str(prompt.slow), engine.wording(prompt))
        known = self._cache.find(name)
        if known is not None and not (beforehand and not self._cache.on_disk(name)):
            return known
        made = engine.render(prompt) if known is None else known
        self._cache.keep(name, made, on_disk=beforehand)
        return made

    def count(self, engine: Engine, error: VoiceError) -> None:
        """Note that an engine failed."""
        with self._lock:
            self._failures[engine.identity, error.code] += 1
        log.warning("voice %s failed: %s", engine.identity, error.code)

    def _report(self, error: VoiceError, prompt: Prompt) -> None:
        fault = (error.code, prompt.name, prompt.language, prompt.slow)
        with self._lock:
            if fault in self._reported:
                return
            self._reported.add(fault)
            self._failures[self.recordings.identity, error.code] += 1
        log.warning("recording of prompt %s cannot be used: %s", prompt.name, error.code)


class CallVoice:
    """One call's voice; several of its prompts may be rendered at once."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._chosen: dict[str, int] = {}
        """By language, which of the engines speaks in this call; unlisted is the preferred one."""
        self._lock = threading.Lock()

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz; empty when the text has no words.

        Raises:
            VoiceError: no voice can say it.
        """
        recording = self._voices.recorded(prompt)
        if recording is not None:
            return recording
        failed: VoiceError | None = None
        engines = self._voices.engines(prompt.language)
        for index in range(self._chosen.get(prompt.language, 0), len(engines)):
            try:
                sound = self._voices.said(engines[index], prompt)
            except VoiceError as error:
                self._voices.count(engines[index], error)
                failed = error
            else:
                self._stay(prompt.language, index)
                return sound
        raise VoiceError(
            "voice.none", "No voice can say this prompt; record it, or see the voices' failures in the log."
        ) from failed

    def _stay(self, language: str, index: int) -> None:
        """Remember who spoke; never back to one before, which another thread may have found out to be broken."""
        with self._lock:
            self._chosen[language] = max(index, self._chosen.get(language, 0))
