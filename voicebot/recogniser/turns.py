"""When the caller begins and ends a turn, decided from speech probabilities and the words so far.

Pure: time is counted in seconds of audio and never read from a clock, so the same sound gives the same decisions
however it is cut into pieces. This module must not know engines, models or who plays the prompts.

Engines' own end-pointing is not used: its silence can't be set while a call runs, and nothing in it counts the time
in which nobody speaks.
"""

from dataclasses import dataclass
from typing import Literal

from voicebot.actions import Grammar, GrammarKind
from voicebot.language.sentence_ends import bare, is_whole

Turn = Literal["started", "ended"]

EXACT = 1e-6
"""Seconds; sums of fractions of a second are only this equal."""

_SILENCE_BY_KIND: dict[GrammarKind, float] = {"yes_no": 0.4, "choices": 0.5, "open": 0.7, "digits": 1.1}


def patience(grammar: Grammar) -> float:
    """Seconds of silence that end an answer of this kind, when the dialog does not say otherwise.

    Japanese callers judge replies after 400-600 ms best (IEICE HCS2015-93); an open answer holds pauses for thought,
    and digits are read out in groups with a breath between them, so these get more.
    """
    return _SILENCE_BY_KIND[grammar.kind]


def whole(words: str, grammar: Grammar) -> bool:
    """Whether the words so far are a whole answer: one that was offered, or, to an open question, any whole sentence.

    Args:
        words: As the engine wrote them; empty while it does not tell any.
        grammar: What was asked.
    """
    if grammar.kind == "open":
        return is_whole(words, grammar.language)
    if grammar.kind == "digits" or not words:
        return False
    return bare(words) in {bare(phrase) for phrase in grammar.phrases}


@dataclass(frozen=True, slots=True)
class Patience:
    """How much sound it takes to believe that a turn began or ended. All in seconds, but for the two levels."""

    end_silence_seconds: float = 0.7
    complete_silence_seconds: float = 0.3
    """Silence that is enough once the words so far already are a whole answer."""
    start_seconds: float = 0.16
    """Speech that starts a turn while we are silent: longer than a click, shorter than a はい."""
    bargein_seconds: float = 0.3
    """Speech that starts a turn over our own prompt, whose echo may come back on the caller's line."""
    preroll_seconds: float = 0.3
    """Sound before the first speech that the recogniser should hear too: soft first consonants lie there."""
    level_on: float = 0.5
    level_off: float = 0.35
    """Speech begins at `level_on` and lasts until the probability falls below `level_off` (hysteresis)."""


GAP_SECONDS = 0.065
"""Pieces of speech this near to one another are one (two windows of the activity detector)."""

BLIP_SECONDS = 0.065
"""Sound shorter than this does not renew the patience with a caller who has fallen silent."""


class Endpointer:
    """Listens to one caller, turn after turn: `started`, then `ended`, and again."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._next = patience
        self._voiced = False
        self.speaking = False
        self._begin()

    def expect(self, patience: Patience) -> None:
        """Use this patience from now on; a turn under way keeps its own to the end."""
        self._next = patience
        if not self.speaking:
            self._patience = patience

    @property
    def buffer_seconds(self) -> float:
        """The longest `utterance_seconds` at a start: how much sound the caller of `push` must keep at hand."""
        patience = self._patience
        need = max(patience.start_seconds, patience.bargein_seconds)
        # Worst case: single windows of speech, each followed by the longest gap (two windows) that still joins them.
        return patience.preroll_seconds + need * 3 + 2 * GAP_SECONDS

    @property
    def utterance_seconds(self) -> float:
        """Length of the latest sound that belongs to the turn, with the pre-roll before its first speech."""
        return self._heard + self._patience.preroll_seconds

    @property
    def speech_seconds(self) -> float:
        """How long the caller has spoken in this turn (or spoke in the last one), without the silence at the end."""
        return max(0.0, self._heard - self._silence)

    def push(self, probability: float, seconds: float, *, playing: bool = False, complete: bool = False) -> Turn | None:
        """Hear a piece of sound.

        Args:
            probability: How likely it is speech, 0 to 1.
            seconds: Its length.
            playing: Our own prompt is audible meanwhile.
            complete: The words recognised so far are already a whole answer (see `whole`).
        """
        level = self._patience.level_off if self._voiced else self._patience.level_on
        self._voiced = probability >= level
        return self._push_speaking(seconds, complete) if self.speaking else self._push_waiting(seconds, playing)

    def reset(self) -> None:
        """Forget the turn under way, as when a key was pressed instead."""
        self.speaking = self._voiced = False
        self._patience = self._next
        self._begin()

    def _begin(self) -> None:
        self._heard = 0.0  # since the first speech of the turn, gaps and trailing silence included
        self._speech = 0.0
        self._silence = 0.0
        self._resumed = 0.0
        self._over = False

    def _push_waiting(self, seconds: float, playing: bool) -> Turn | None:
        if self._over and self._voiced:
            self._begin()
        if not self._voiced:
            self._push_gap(seconds)
            return None
        self._heard += seconds
        self._speech += seconds
        self._silence = 0.0
        need = self._patience.bargein_seconds if playing else self._patience.start_seconds
        if self._speech + EXACT < need:
            return None
        self.speaking = True
        return "started"

    def _push_gap(self, seconds: float) -> None:
        if self._speech == 0.0 or self._over:
            return
        self._heard += seconds
        self._silence += seconds
        if self._silence > GAP_SECONDS + EXACT:
            self._begin()

    def _push_speaking(self, seconds: float, complete: bool) -> Turn | None:
        self._heard += seconds
        if self._voiced:
            self._resumed += seconds
            if self._resumed + EXACT >= BLIP_SECONDS:
                self._silence = 0.0
            return None
        if self._silence:  # the blip was part of the silence
            self._silence += self._resumed
        self._resumed = 0.0
        self._silence += seconds
        patience = self._patience
        shorter = min(patience.complete_silence_seconds, patience.end_silence_seconds)
        if self._silence + EXACT < (shorter if complete else patience.end_silence_seconds):
            return None
        self.speaking = False
        self._patience = self._next
        self._over = True
        return "ended"
