"""A recogniser that hears what it was told: for typed conversations and for tests.

It must not know sound or models.
"""

from collections import deque
from collections.abc import Iterable
from threading import Lock

from voicebot.actions import Grammar
from voicebot.events import Alternative
from voicebot.recogniser.hypotheses import Reader, alternatives


class ScriptedRecogniser:
    """Gives back prepared utterances, one at each `finish`.

    Args:
        language: The language of the conversation.
        reader: Gives the reading of a text.
        script: What will be heard, in order; each either a text (certain) or alternatives, best first.
    """

    rate = 8000
    deferred = False

    def __init__(self, language: str, reader: Reader, script: Iterable[str | tuple[Alternative, ...]] = ()) -> None:
        self._language = language
        self._reader = reader
        self._script = deque(script)
        self._lock = Lock()
        self.expected: list[Grammar] = []
        """The grammars that were asked for, in order."""
        self.fed = 0
        """Samples heard so far."""

    def say(self, utterance: str | tuple[Alternative, ...]) -> None:
        """Add something to be heard later; may be called from any thread."""
        with self._lock:
            self._script.append(utterance)

    def expect(self, grammar: Grammar) -> None:
        """Note the grammar; it limits nothing."""
        self.expected.append(grammar)

    def feed(self, pcm: bytes) -> str:
        """Count the sound; the partial text is the next prepared utterance, or nothing."""
        self.fed += len(pcm) // 2
        with self._lock:
            return _text(self._script[0]) if self._script else ""

    def finish(self) -> tuple[Alternative, ...]:
        """The next prepared utterance; empty when there is none left."""
        with self._lock:
            utterance = self._script.popleft() if self._script else ()
        if isinstance(utterance, str):
            return alternatives([(utterance, 1.0)], self._language, self._reader)
        return utterance

    def close(self) -> None:
        """Forget what was not heard."""
        with self._lock:
            self._script.clear()


def _text(utterance: str | tuple[Alternative, ...]) -> str:
    if isinstance(utterance, str):
        return utterance
    return utterance[0].text if utterance else ""
