"""Prompts recorded by people: `recordings/prompts/NAME.wav`, used before any synthesis.

It knows files and their names, not synthesisers. For a prompt named 受付 the files are

    受付.wav            in the house's language (Japanese)          受付.slow.wav       the same, spoken slowly
    受付.ko.wav         in another language                         受付.ko.slow.wav
    受付.txt            optional, `.txt` beside any of them: the words that were recorded

Where there is a `.txt` and the prompt's text has changed since, the recording is not used: a fee that was raised must
not be told wrongly by an old recording. A slow prompt without a slow recording is synthesised.
"""

import unicodedata
from pathlib import Path

from voicebot.actions import Prompt
from voicebot.audio import wav
from voicebot.errors import VoiceError
from voicebot.voice import sound


class Recordings:
    """Plays what people have recorded.

    Args:
        folder: Where the WAV files are; it need not exist.
        language: Language of the files that name none.
    """

    identity = "recordings"

    def __init__(self, folder: Path, *, language: str = "ja") -> None:
        self._folder = folder
        self._language = language

    def speaks(self, language: str) -> bool:
        """A recording may be in any language."""
        return bool(language)

    def has(self, prompt: Prompt) -> bool:
        """Whether there is a recording of this prompt, usable or not."""
        return self._file(prompt) is not None

    def wording(self, prompt: Prompt) -> str:
        """What determines the sound: the file, its time and its size.

        Raises:
            VoiceError: there is no recording, or it is one of other words.
        """
        path = self._current(prompt)
        try:
            facts = path.stat()
        except OSError as error:
            raise _broken() from error
        return f"{path.name}:{facts.st_mtime_ns}:{facts.st_size}"

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz, as loud as the synthesis.

        Raises:
            VoiceError: there is no recording, or it is one of other words, or it cannot be read.
        """
        path = self._current(prompt)
        try:
            recording = wav.read(path.read_bytes())
        except (OSError, ValueError) as error:
            raise _broken() from error
        return sound.telephone(sound.from_pcm(recording.pcm, recording.channels), recording.rate)

    def words(self) -> dict[str, str | None]:
        """What is in the folder, as `recorded_words`."""
        return recorded_words(self._folder)

    def keep(self, prompt: Prompt, recording: bytes) -> None:
        """Put a recording of exactly this text into the folder, in place of what was there.

        Args:
            prompt: With its name, text, language, and whether it is spoken slowly.
            recording: A WAV file.

        Raises:
            VoiceError: it is no WAV file, the name is none of a file, or the folder cannot be written.
        """
        try:
            wav.read(recording)
        except ValueError as error:
            raise _broken() from error
        if not _is_plain(prompt.name):
            raise VoiceError("voice.no_recording", "A recording needs the name of a prompt.")
        path = self._file(prompt) or self._folder / f"{self._own_name(prompt)}.wav"
        # The sound first: with the words of before beside it it is not used, while new words would vouch for old sound.
        _write(path, recording)
        _write(path.with_suffix(".txt"), prompt.text.encode())

    def drop(self, prompt: Prompt) -> None:
        """Take a prompt's recording, and the words beside it, out of the folder, if there is one.

        Raises:
            VoiceError: the folder cannot be written.
        """
        path = self._file(prompt)
        try:
            if path is not None:
                path.unlink(missing_ok=True)
                path.with_suffix(".txt").unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable() from error

    def _own_name(self, prompt: Prompt) -> str:
        language = "" if prompt.language == self._language else f".{prompt.language}"
        return unicodedata.normalize("NFC", prompt.name) + language + (".slow" if prompt.slow else "")

    def _current(self, prompt: Prompt) -> Path:
        path = self._file(prompt)
        if path is None:
            raise VoiceError("voice.no_recording", "Put a WAV file with the prompt's name into recordings/prompts/.")
        if not _says(path, prompt.text):
            raise VoiceError("voice.old_recording", "The prompt's text has changed; record it again, with its .txt.")
        return path

    def _file(self, prompt: Prompt) -> Path | None:
        if not _is_plain(prompt.name):
            return None
        slow = ".slow" if prompt.slow else ""
        endings = [f".{prompt.language}{slow}"]
        if prompt.language == self._language:
            endings.append(slow)
        for ending in endings:
            for form in ("NFC", "NFD"):  # macOS writes names in the latter
                path = self._folder / (unicodedata.normalize(form, prompt.name) + ending + ".wav")
                if path.is_file():
                    return path
        return None


def recorded_words(folder: Path) -> dict[str, str | None]:
    """What is in the folder: each WAV file's name without its ending, and the words of the `.txt` beside it, if any."""
    found: dict[str, str | None] = {}
    for path in sorted(folder.glob("*.wav")):
        try:
            found[path.stem] = path.with_suffix(".txt").read_text(encoding="utf-8")
        except FileNotFoundError:
            found[path.stem] = None
        except (OSError, ValueError):
            found[path.stem] = ""  # as `_says`: words that cannot be read are not those of the prompt
    return found


def _is_plain(name: str) -> bool:
    """A file's name and not a way out of the folder."""
    return bool(name) and not name.startswith(".") and not any(sign in name for sign in "/\\\0")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise _unwritable() from error


def _unwritable() -> VoiceError:
    return VoiceError("voice.unwritable", "Let the service write into the folder recordings/prompts/.")


def _broken() -> VoiceError:
    return VoiceError("voice.broken_recording", "Save the recording again as 16-bit PCM WAV.")


def _says(path: Path, text: str) -> bool:
    """Whether the recording is of these words, as far as is written down."""
    try:
        recorded = path.with_suffix(".txt").read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return _bare(recorded) == _bare(text)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
