"""The Japanese voice: Open JTalk with the voice Mei, in the process, a twentieth of real time.

Each sentence is analysed whole, so that readings, accents and melody are right, and then synthesised breath group by
breath group, so that the pauses are ours: longer for a caller who asked for ゆっくり. It knows pyopenjtalk and nothing
of recordings, caches or other voices. Any number of threads may speak at once, each with an engine of its own (about
1 MB); the vendor's shared engine would let them speak one after the other.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import pyopenjtalk
from pyopenjtalk.htsengine import HTSEngine
from pyopenjtalk.openjtalk import OpenJTalk

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.language.pronunciations import NONE, Pronunciations
from voicebot.voice import sound
from voicebot.voice.dictionary import analyser
from voicebot.voice.phrases import Pace, Phrase, pace, sentences

log = logging.getLogger(__name__)
Feature = Any
"""A word as Open JTalk's analysis gives it (the vendor's `NJDFeature`, a dict)."""

_SILENT = frozenset({"sil", "pau"})
_SHORTEST_BREATH = 6
_STRONG = 5.0
"""Morae by which a break may be off its ideal place to stand after は, ので, または … instead."""


class OpenJTalkVoice:
    """Speaks Japanese.

    Args:
        spoken: Turns what is written into what is said (`spoken(text, language)`).
        rate: Speaking rate; 1 is Mei's own.
        known: The city's own words.
    """

    def __init__(self, spoken: Callable[[str, str], str], *, rate: float = 1.0, known: Pronunciations = NONE) -> None:
        self._spoken = spoken
        self._rate = rate
        self._known = known
        self._analyser: OpenJTalk | None = None
        """Made when first needed; None is the vendor's own."""
        self._learning = threading.Lock()
        self._threads = threading.local()
        self.identity = f"openjtalk/mei_normal/{version('pyopenjtalk-plus')}/{rate:g}"

    def taught(self, known: Pronunciations) -> "OpenJTalkVoice":
        """The same voice with other words of a city, sharing its engines."""
        voice = OpenJTalkVoice(self._spoken, rate=self._rate, known=known)
        voice._threads = self._threads
        return voice

    def spelled(self, prompt: Prompt) -> tuple[Phrase, ...]:
        """How the prompt is said, in katakana, phrase by phrase.

        Raises:
            VoiceError: Open JTalk failed.
        """
        try:
            texts = sentences(self._spoken(prompt.text, prompt.language))
            return tuple(phrase for text in texts for phrase in phrases(self._words(text)))
        except Exception as error:  # as in `render`
            raise VoiceError("voice.openjtalk", "Open JTalk failed; install pyopenjtalk-plus again.") from error

    def speaks(self, language: str) -> bool:
        """Whether this voice knows the language."""
        return language == "ja"

    def wording(self, prompt: Prompt) -> str:
        """What exactly is said for a prompt, with the city's readings of the words in it."""
        text = self._spoken(prompt.text, prompt.language)
        return "\n".join((text, *(f"{each.word}\t{each.said}\t{each.accent}" for each in self._known.used_in(text))))

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz; empty when the text has no words.

        Raises:
            VoiceError: the language is not Japanese, or Open JTalk failed.
        """
        if not self.speaks(prompt.language):
            raise VoiceError("voice.no_language", "Open JTalk speaks Japanese only; use pyttsx3 for other languages.")
        speed = pace(self._rate, slow=prompt.slow)
        try:
            texts = sentences(self._spoken(prompt.text, prompt.language))
            groups = [group for text in texts for group in breath_groups(self._words(text), speed)]
            parts = [(self._say(labels, speed.rate), seconds) for labels, seconds in groups]
        except Exception as error:  # the vendor's C and its rules on odd text; a call must not end because of them
            raise VoiceError("voice.openjtalk", "Open JTalk failed; install pyopenjtalk-plus again.") from error
        return sound.speech(parts, self._engine().get_sampling_frequency())

    def _words(self, text: str) -> list[Feature]:
        words: list[Feature] = pyopenjtalk.run_frontend(text, normalize_mode="NFKC", jtalk=self._learned())
        return words

    def _learned(self) -> OpenJTalk | None:
        """What analyses the text; words that cannot be learned are said as the vendor reads them."""
        with self._learning:
            if self._analyser is None and self._known.words:
                try:
                    self._analyser = analyser(self._known)
                except VoiceError as error:
                    log.warning("the city's readings are not used: %s", error.code)
                    self._known = NONE
            return self._analyser

    def _engine(self) -> HTSEngine:
        if not hasattr(self._threads, "engine"):
            self._threads.engine = HTSEngine(pyopenjtalk.DEFAULT_HTS_VOICE)
        engine: HTSEngine = self._threads.engine
        return engine

    def _say(self, labels: list[str], rate: float) -> sound.Samples:
        engine = self._engine()
        engine.set_speed(rate)  # the engine forgets it after each synthesis
        samples = (engine.synthesize(labels) / 32768).astype(np.float32)
        samples_a_second = engine.get_sampling_frequency()
        return sound.trimmed(sound.faded(samples, samples_a_second), samples_a_second)


def phrases(words: Sequence[Feature]) -> list[Phrase]:
    """The accent phrases of a sentence's words."""
    found: list[Phrase] = []
    for word in words:
        kana = word["pron"].replace("’", "")
        if word["pos"] == "記号" or not kana.strip("、。？！"):
            found[-1:] = [Phrase(last.kana, last.accent, pause=True) for last in found[-1:]]
        elif word["chain_flag"] == 1 and found and not found[-1].pause:
            found[-1] = Phrase(found[-1].kana + kana, found[-1].accent)
        else:
            found.append(Phrase(kana, int(word["acc"])))
    return found


def breath_groups(sentence: Sequence[Feature], speed: Pace) -> list[tuple[list[str], float]]:
    """The HTS labels of a sentence's words, breath group by breath group, each with the seconds of silence after it.

    The labels keep the context of the whole sentence, so a group before a comma does not fall like an end. The silences
    at both ends of a group are left out: the engine, told to be slower, would mostly lengthen those (three quarters of
    the speed made the words of a short sentence 10 % longer instead of 33 %).
    """
    words = with_breaths(sentence, speed.breath_morae)
    labels = pyopenjtalk.make_label(words)
    borders = [at for at, label in enumerate(labels) if _phoneme(label) in _SILENT]
    spans = [(a, b) for a, b in pairwise(borders) if b - a > 1]
    last = len(spans) - 1
    return [
        (labels[a + 1 : b], speed.sentence_seconds if at == last else speed.clause_seconds)
        for at, (a, b) in enumerate(spans)
    ]


def with_breaths(words: Sequence[Feature], longest: int) -> list[Feature]:
    """The words with commas put in where more than `longest` morae would be said in one breath."""
    result: list[Feature] = []
    group: list[Feature] = []
    for word in words:
        if word["pos"] == "記号":
            result += [*_broken(group, longest), word]
            group = []
        else:
            group.append(word)
    return result + _broken(group, longest)


def _broken(group: list[Feature], longest: int) -> list[Feature]:
    """A group of words, halved where a phrase ends until no part is too long."""
    total = sum(word["mora_size"] for word in group)
    if total <= longest:
        return group
    places: list[tuple[float, int]] = []
    before = 0
    for at in range(1, len(group)):
        before += group[at - 1]["mora_size"]
        fits = _SHORTEST_BREATH <= before <= total - _SHORTEST_BREATH
        if fits and group[at]["chain_flag"] != 1:
            places.append((abs(before - total / 2) - _STRONG * _ends_a_clause(group[at - 1], group[at]), at))
    if not places:
        return group
    at = min(places)[1]
    return [*_broken(group[:at], longest), _comma(), *_broken(group[at:], longest)]


def _ends_a_clause(before: Feature, after: Feature) -> bool:
    strong = {"係助詞", "接続助詞"}
    return (before["pos"] == "助詞" and before["pos_group1"] in strong) or after["pos"] == "接続詞"


def _comma() -> Feature:
    return dict(pyopenjtalk.run_frontend("、")[0])


def _phoneme(label: str) -> str:
    """The phoneme of a full-context label (`p1^p2-p3+p4=p5/…`, p3)."""
    return label.split("-", 1)[1].split("+", 1)[0]
