"""Questions spoken by a resident's voice and heard by the bot; sounds and hearings are kept: both take seconds."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.events import Alternative
from voicebot.simulator.overhearing import Overheard, Overhearing

TRIES = 8
"""A call gives up on words that take ten seconds; a measurement on a busy machine waits and tries again."""
PAUSE_SECONDS = 3.0


class SpokenQuestions:
    """Says and hears.

    Args:
        folder: Where sounds and hearings are kept.
        speak: The resident's voice: text to mu-law at 8 kHz.
        voice: What this voice is, so that another one does not meet its sounds.
        overhearing: The bot's ear.
        ear: What this ear is (recogniser, model, settings).
        fresh: Whether to hear again what has been heard already.
        wait: Lets seconds pass.
    """

    def __init__(
        self,
        folder: Path,
        speak: Callable[[str], bytes],
        voice: str,
        overhearing: Overhearing,
        ear: str,
        *,
        fresh: bool = False,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._speak = speak
        self._voice = voice
        self._overhearing = overhearing
        self._ear = ear
        self._fresh = fresh
        self._wait = wait

    def hear(self, text: str, grammar: Grammar) -> Overheard:
        """What the bot hears when this is said to it.

        Raises:
            VoicebotError: the voice or the recogniser failed.
        """
        sound = self._sound(text)
        key = json.dumps([hashlib.sha256(sound).hexdigest(), self._ear, asdict(grammar)], ensure_ascii=False)
        path = self._folder / "heard" / f"{_digest(key)}.json"
        if path.is_file() and not self._fresh:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return Overheard(tuple(Alternative(*one) for one in kept["alternatives"]), kept["utterances"])
        heard = self._listen(sound, grammar)
        alternatives = [[one.text, one.reading, one.confidence] for one in heard.alternatives]
        _keep(path, json.dumps({"alternatives": alternatives, "utterances": heard.utterances}).encode())
        return heard

    def _listen(self, sound: bytes, grammar: Grammar) -> Overheard:
        for _ in range(TRIES - 1):
            try:
                return self._overhearing.hear(sound, grammar)
            except RecogniserError as error:
                if error.code != "recogniser.timeout":
                    raise
            self._wait(PAUSE_SECONDS)
        return self._overhearing.hear(sound, grammar)

    def _sound(self, text: str) -> bytes:
        path = self._folder / "sounds" / f"{_digest(self._voice + text)}.ulaw"
        if not path.is_file():
            _keep(path, self._speak(text))
        return path.read_bytes()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all: the command may be interrupted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_bytes(data)
    draft.replace(path)
