"""How well and how fast callers are heard: `python -m bench.recognition [--quick]`.

Municipal questions (`questions.txt`) and short replies, spoken by synthesised voices over 8 kHz mu-law, and human
recordings from `../shared/data/speech` where that folder is present; a few Korean sentences for Vosk. Sound goes to the
recogniser as in a call: in 20 ms frames, a little silence before and behind.

Columns: character error rate on text (NFKC, letters and digits only) and on readings, which is what matching uses;
the delay from the end of the utterance to its words (median and 95th percentile); seconds of CPU for one second of
sound; memory of the process.
"""

import hashlib
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from voicebot.actions import Grammar, Prompt
from voicebot.audio.mulaw import SILENCE, decode
from voicebot.audio.resample import Upsampler
from voicebot.audio.wav import read, telephone
from voicebot.language.written import spoken
from voicebot.recogniser.choice import Loaded
from voicebot.recogniser.folders import Found
from voicebot.recogniser.install import inventory
from voicebot.recogniser.packaged import prepare, whisper_packaged
from voicebot.recogniser.vosk import VoskEngine
from voicebot.recogniser.whisper import WhisperEngine
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.kokoro import KokoroVoice
from voicebot.voice.openjtalk import OpenJTalkVoice
from voicebot.voice.reading import reading

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "var" / "models"
SOUNDS = ROOT / "var" / "bench" / "sounds"
HUMANS = ROOT.parent / "shared" / "data" / "speech"
FRAME = 160
"""Bytes of mu-law in 20 ms."""

TERMS = (
    *("住民票", "マイナンバーカード", "粗大ごみ", "印鑑登録", "国民健康保険", "固定資産税", "保育園", "介護"),
    *("年金", "戸籍", "婚姻届", "避難所", "水道", "児童手当"),
)
"""What an open question of a city hall is biased with; more than half of the questions name none of them."""

OPEN = Grammar("ja", "open", TERMS)
YES_NO = Grammar("ja", "yes_no", ("はい", "いいえ", "はい、そうです", "違います", "お願いします"))
REPLIES = ("はい", "いいえ", "はい、そうです", "違います", "お願いします", "いいえ、違います", "はい、お願いします")
KOREAN = ("안녕하세요", "쓰레기는 언제 버려요", "병원에 가고 싶어요", "오늘은 몇 시까지 해요", "도와주세요")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and its sound."""

    text: str
    mulaw: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """One recogniser on one set of sentences."""

    recogniser: str
    voice: str
    sentences: int
    text_errors: float
    """Percent of characters."""
    reading_errors: float
    """Percent of characters of the readings, of the best guess."""
    best_of_five: float
    """... of the best among the alternatives."""
    median_seconds: float
    slow_seconds: float
    """95th percentile."""
    load: float
    """CPU seconds for each second of sound."""
    megabytes: float
    """Of the process, with all that was loaded before."""


def run(quick: bool) -> list[Row]:
    """All rows; quick means a few sentences of one voice."""
    if whisper_packaged():
        prepare(MODELS, lambda what, done, total: None)
    rows = []
    for found in inventory(MODELS):
        if found.language in {"ja", ""}:
            engine = _engine(found)
            sets = _japanese(quick)
            rows += [_measured(found.name, engine, voice, grammar, said) for voice, grammar, said in sets]
        elif found.language == "ko":
            said = [Said(text, _sound("espeak", text, _espeak())) for text in KOREAN[: 2 if quick else None]]
            rows.append(_measured(found.name, _engine(found), "espeak", Grammar("ko", "open"), said))
    return rows


def _japanese(quick: bool) -> Iterator[tuple[str, Grammar, list[Said]]]:
    lines = (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").splitlines()
    questions = [line for line in lines if line and not line.startswith("#")][: 6 if quick else None]
    voices: dict[str, Callable[[str], bytes]] = {"mei": _render(OpenJTalkVoice(spoken))}
    if not quick:
        for voice in ("jf_alpha", "jm_kumo"):
            voices[voice] = _render(KokoroVoice(spoken, voice=voice, models=MODELS / "kokoro"))
    for voice, render in voices.items():
        yield voice, OPEN, [Said(text, _sound(voice, text, render)) for text in questions]
        yield f"{voice}, replies", YES_NO, [Said(text, _sound(voice, text, render)) for text in REPLIES]
    humans = list(_humans())
    if humans:
        yield "ten people", OPEN, humans[: 2 if quick else None]


def _humans() -> Iterator[Said]:
    """Read speech of people, about anything but city halls."""
    table = HUMANS / "transcripts.tsv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            for row in DictReader(file, delimiter="\t"):
                yield Said(row["text"], telephone(read((HUMANS / row["file"]).read_bytes())))


def _measured(name: str, engine: Loaded, voice: str, grammar: Grammar, said: list[Said]) -> Row:
    recogniser = engine.open(grammar.language)
    recogniser.expect(grammar)
    delays, texts, readings, best = [], _Errors(), _Errors(), _Errors()
    cpu = sound = 0.0
    for one in said:
        began = time.process_time()
        mulaw = bytes([SILENCE]) * 2400 + one.mulaw + bytes([SILENCE]) * 5600
        up = Upsampler()
        for at in range(0, len(mulaw), FRAME):
            recogniser.feed(up.push(decode(mulaw[at : at + FRAME])))
        recogniser.feed(up.flush())
        asked = time.perf_counter()
        found = recogniser.finish()
        delays.append(time.perf_counter() - asked)
        cpu += time.process_time() - began
        sound += len(mulaw) / 8000
        right = _plain(reading(one.text, grammar.language))
        heard = [_plain(guess.reading) for guess in found] or [""]
        texts.add(_plain(one.text), _plain(found[0].text) if found else "")
        readings.add(right, heard[0])
        best.add(right, min(heard, key=lambda guess: Levenshtein.distance(right, guess)))
    recogniser.close()
    slow = sorted(delays)[min(len(delays) - 1, round(0.95 * (len(delays) - 1)))]
    rates = (texts.percent, readings.percent, best.percent)
    return Row(name, voice, len(said), *rates, statistics.median(delays), slow, cpu / sound, _megabytes())


class _Errors:
    """Edits over the length of what is right."""

    def __init__(self) -> None:
        self._edits = self._length = 0

    def add(self, right: str, heard: str) -> None:
        self._edits += Levenshtein.distance(right, heard)
        self._length += len(right)

    @property
    def percent(self) -> float:
        return 100 * self._edits / max(1, self._length)


def _engine(found: Found) -> Loaded:
    return VoskEngine(found.folder, reading) if found.engine == "vosk" else WhisperEngine(found.folder, reading)


def _render(voice: OpenJTalkVoice | KokoroVoice) -> Callable[[str], bytes]:
    return lambda text: voice.render(Prompt(text))


def _espeak() -> Callable[[str], bytes]:
    voice = Pyttsx3Voice(spoken, reading, seconds=20.0)
    return lambda text: voice.render(Prompt(text, "ko"))


def _sound(voice: str, text: str, render: Callable[[str], bytes]) -> bytes:
    """The sentence as mu-law, kept between runs: synthesis takes longer than recognition."""
    path = SOUNDS / f"{voice}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.ulaw"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(text))
    return path.read_bytes()


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum() or sign == "ー")


def _megabytes() -> float:
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Print the table."""
    print(
        "recogniser               said by            n   text %  reading %  best of 5 %  median s   95 % s  load     MB"
    )
    for row in run("--quick" in sys.argv[1:]):
        rates = f"{row.text_errors:8.1f} {row.reading_errors:10.1f} {row.best_of_five:12.1f}"
        times = f"{row.median_seconds:9.2f} {row.slow_seconds:8.2f} {row.load:5.2f} {row.megabytes:6.0f}"
        print(f"{row.recogniser:24} {row.voice:16} {row.sentences:3} {rates} {times}")
    if not HUMANS.is_dir():
        print("(the human recordings are not here, so they were skipped)")


if __name__ == "__main__":
    main()
