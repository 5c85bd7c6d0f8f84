"""Whisper base on telephone sound: what is said is heard, what is not said is not."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.actions import Grammar
from voicebot.audio.mulaw import decode, encode
from voicebot.audio.resample import to_rate
from voicebot.errors import RecogniserError
from voicebot.language.kana import similarity
from voicebot.recogniser.whisper import (
    FRAME,
    LONGEST_SECONDS,
    RATE,
    TAIL_FRAMES,
    WINDOWS,
    WhisperEngine,
    WhisperRecogniser,
    pieces,
    window,
)
from voicebot.voice.reading import reading

Speak = Callable[[str], bytes]
slow = pytest.mark.slow
YES_NO = Grammar("ja", "yes_no", ("はい", "いいえ", "はい、そうです", "違います"))
CHOICES = Grammar("ja", "choices", ("住民票", "税金", "ごみ", "一番", "二番", "三番", "もう一度", "オペレーター"))
OPEN = Grammar("ja", "open", ("住民票", "マイナンバーカード", "粗大ごみ", "印鑑登録", "国民健康保険"))
SECONDS = 2.0
LONG = (
    "住民票の写しはどこで取れますか。",
    "引っ越しの手続きは土曜日でもできますか。",
    "水道が止まってしまったのですが、どこに連絡すればいいですか。",
    "休日に診てもらえる病院を知りたいです。",
    "税金を分割で払うことはできますか。",
    "母子手帳はどこでもらえますか。",
    "市民プールの料金はいくらですか。",
    "図書館は何時まで開いていますか。",
)


def hear(recogniser: WhisperRecogniser, pcm: bytes) -> list[str]:
    """The alternatives' texts for one utterance in 20 ms frames."""
    for at in range(0, len(pcm), 640):
        assert recogniser.feed(pcm[at : at + 640]) == ""
    return [one.text for one in recogniser.finish()]


def times() -> npt.NDArray[np.float64]:
    """The moments of the samples at 8 kHz."""
    return np.arange(round(8000 * SECONDS)) / 8000


def telephone(samples: npt.NDArray[np.float64]) -> bytes:
    """Samples at 8 kHz as the recogniser gets them after the telephone."""
    pcm = np.clip(samples * 32767, -32768, 32767).astype("<i2").tobytes()
    return to_rate(decode(encode(pcm)), 8000, RATE)


def noise(kind: str, level: float) -> npt.NDArray[np.float64]:
    """White or pink noise at a level in dB."""
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(len(times())))
    hertz = np.maximum(np.fft.rfftfreq(len(times()), 1 / 8000), 20)
    samples = np.fft.irfft(spectrum / np.sqrt(hertz) if kind == "pink" else spectrum, len(times()))
    return np.asarray(samples / samples.std() * 10 ** (level / 20))


def tone(*hertz: float) -> npt.NDArray[np.float64]:
    """Steady sines of these frequencies."""
    return np.asarray(sum(np.sin(2 * np.pi * one * times()) for one in hertz) * (0.3 / len(hertz)))


def keys() -> npt.NDArray[np.float64]:
    """Three keys pressed one after the other (ITU-T Q.23)."""
    pressed = [(697, 1209), (770, 1336), (941, 1336)]
    return np.asarray(
        sum(tone(*pair) * ((times() > 0.2 + 0.5 * i) & (times() < 0.45 + 0.5 * i)) for i, pair in enumerate(pressed))
    )


def melody() -> npt.NDArray[np.float64]:
    """Plucked notes with overtones, as music on hold has."""
    samples = np.zeros(len(times()))
    for i, step in enumerate((0, 4, 7, 12, 7, 4, 0, 5)):
        since = times() - 0.25 * i
        note = sum(np.sin(2 * np.pi * 262 * 2 ** (step / 12) * k * since) / k for k in (1, 2, 3, 4))
        samples += np.where((since >= 0) & (since < 0.25), note * np.exp(-3 * np.maximum(since, 0)) * 0.2, 0)
    return samples


NOT_SPEECH = {
    "silence": lambda: np.zeros(len(times())),
    "line noise": lambda: noise("white", -60),
    "white noise, soft": lambda: noise("white", -45),
    "white noise": lambda: noise("white", -30),
    "white noise, loud": lambda: noise("white", -15),
    "pink noise, soft": lambda: noise("pink", -45),
    "pink noise": lambda: noise("pink", -30),
    "pink noise, loud": lambda: noise("pink", -15),
    "hum": lambda: sum(tone(50 * k) / k for k in range(1, 12)),
    "dial tone": lambda: tone(400),
    "busy tone": lambda: tone(400) * (times() % 1 < 0.5),
    "keys": keys,
    "chord": lambda: tone(262, 330, 392),
    "music": melody,
    "breath": lambda: noise("white", -25) * np.clip(np.sin(2 * np.pi * times() / 2), 0, 1) ** 2,
    "heavy breath": lambda: noise("white", -15) * np.clip(np.sin(2 * np.pi * times() / 2), 0, 1) ** 2,
    "clicks": lambda: np.where(np.arange(len(times())) % 3200 < 20, 0.8, 0.0),
}


@slow
@pytest.mark.parametrize("kind", NOT_SPEECH)
def test_nothing_is_heard_where_nobody_speaks(whisper: WhisperEngine, kind: str) -> None:
    """Also after prompts that make Whisper want to answer yes."""
    recogniser = whisper.open("ja")
    pcm = telephone(np.asarray(NOT_SPEECH[kind]()))
    for grammar in (YES_NO, CHOICES):
        recogniser.expect(grammar)
        assert hear(recogniser, pcm) == []


@slow
def test_a_question_is_heard(whisper: WhisperEngine, speak: Speak) -> None:
    """A resident's sentence, its reading, and further guesses."""
    recogniser = whisper.open("ja")
    recogniser.expect(OPEN)
    recogniser.feed(speak("住民票の写しはどこで取れますか。"))
    found = recogniser.finish()
    assert similarity(found[0].reading, "ジューミンヒョーノウツシワドコデトレマスカ") > 0.85
    assert 0.3 < found[0].confidence <= 1
    assert 1 < len(found) <= 5
    assert len({one.text for one in found}) == len(found)


@slow
def test_of_many_words_those_that_sound_near_are_expected(whisper: WhisperEngine, speak: Speak) -> None:
    """More words than a prompt holds do not bury the one that was said, and nothing is echoed into silence."""
    others = tuple(f"{first}{second}課" for first in "東西南北中上下内外山" for second in "田川野原村島林沢谷木")
    recogniser = whisper.open("ja")
    recogniser.expect(Grammar("ja", "open", (*others, "印鑑登録証明書")))
    recogniser.feed(speak("印鑑登録証明書が欲しいのですが、何が必要でしょうか。"))
    assert "印鑑登録証明書" in recogniser.finish()[0].text
    recogniser.feed(telephone(noise("white", -25)))
    assert recogniser.finish() == ()


@slow
def test_a_yes_is_heard(whisper: WhisperEngine, speak: Speak) -> None:
    """One syllable and a half at telephone quality."""
    recogniser = whisper.open("ja")
    recogniser.expect(YES_NO)
    assert hear(recogniser, speak("はい。"))[0] == "はい。"


@slow
def test_frames_and_threads_do_not_change_the_words(whisper: WhisperEngine, speak: Speak) -> None:
    """The same sound in frames, in odd pieces, and in two calls at once."""
    pcm = speak("粗大ごみの出し方を教えてください。")

    def heard(block: int) -> list[str]:
        recogniser = whisper.open("ja")
        recogniser.expect(OPEN)
        for at in range(0, len(pcm), block):
            recogniser.feed(pcm[at : at + block])
        return [one.text for one in recogniser.finish()]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(heard, (640, 7777))
    assert first
    assert first == second


@slow
def test_a_grammar_counts_from_the_next_utterance(whisper: WhisperEngine, speak: Speak) -> None:
    """What comes up while the caller speaks does not change what is being heard."""
    pcm = speak("はい。")
    recogniser = whisper.open("ja")
    recogniser.expect(YES_NO)
    recogniser.feed(pcm[:6400])
    recogniser.expect(Grammar("ja", "choices", ("配布", "灰皿")))
    recogniser.feed(pcm[6400:])
    assert recogniser.finish()[0].text == "はい。"


@slow
def test_a_long_utterance_is_heard_to_its_end(whisper: WhisperEngine, speak: Speak) -> None:
    """More than the 30 seconds of Whisper's window: cut in a pause, and joined again."""
    recogniser = whisper.open("ja")
    recogniser.expect(OPEN)
    pcm = b"".join(map(speak, LONG))
    assert LONGEST_SECONDS * RATE * 2 < len(pcm) < 2 * LONGEST_SECONDS * RATE * 2
    recogniser.feed(pcm)
    (found,) = recogniser.finish()
    assert similarity(found.reading, reading("".join(LONG), "ja")) > 0.8


@slow
def test_closing_forgets_the_sound(whisper: WhisperEngine, speak: Speak) -> None:
    """Nothing of a call is left for the next."""
    recogniser = whisper.open("ja")
    recogniser.feed(speak("はい。"))
    recogniser.close()
    assert recogniser.finish() == ()


@slow
def test_an_unknown_language_is_our_error(whisper: WhisperEngine) -> None:
    """Languages are named by their two letters."""
    assert whisper.open("en-US").rate == RATE
    with pytest.raises(RecogniserError, match="two-letter"):
        whisper.open("klingon")


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(RecogniserError, match="voicebot models prepare"):
        WhisperEngine(tmp_path, lambda text, language: text)


@slow
def test_a_damaged_model_is_our_error(tmp_path: Path, whisper_folder: Path) -> None:
    """Weights that are cut off, and a dictionary that is none."""
    for name, damage in {"one": "model.bin", "two": "tokenizer.json"}.items():
        shutil.copytree(whisper_folder, tmp_path / name)
        (tmp_path / name / damage).write_bytes(b"nonsense")
        with pytest.raises(RecogniserError, match="damaged"):
            WhisperEngine(tmp_path / name, lambda text, language: text)


@given(st.integers(0, 40 * RATE))
def test_the_window_holds_the_utterance_and_silence_behind_it(samples: int) -> None:
    """The smallest step that fits, up to Whisper's own 30 seconds."""
    frames = window(samples)
    assert frames in WINDOWS
    assert frames * FRAME >= min(samples + TAIL_FRAMES * FRAME, WINDOWS[-1] * FRAME)
    smaller = [step for step in WINDOWS if step < frames]
    assert not smaller or smaller[-1] * FRAME < samples + TAIL_FRAMES * FRAME


@given(seconds=st.floats(0, 100), pause=st.floats(0.3, 0.9))
def test_pieces_are_the_whole_and_fit(seconds: float, pause: float) -> None:
    """Nothing is lost or said twice, and no piece is longer than the window allows."""
    samples = np.ones(round(seconds * RATE), dtype=np.float32)
    quiet = round(pause * LONGEST_SECONDS * RATE)
    samples[quiet : quiet + RATE // 2] = 0
    found = pieces(samples)
    assert np.array_equal(np.concatenate(found), samples)
    assert all(len(piece) <= LONGEST_SECONDS * RATE for piece in found)
    if len(found) > 1 and pause > 0.55:
        assert quiet <= len(found[0]) <= quiet + RATE // 2
