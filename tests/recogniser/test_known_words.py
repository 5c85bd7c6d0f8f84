"""What a model can hear is asked once."""

from pathlib import Path

import pytest

from voicebot.recogniser.known_words import KnownWords, Unknown


class Engine:
    """A model that knows words without an x."""

    def __init__(self) -> None:
        self.loaded = 0
        self.asked: list[str] = []

    def __call__(self) -> Unknown:
        self.loaded += 1
        return self.unknown

    def unknown(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        self.asked += phrases
        return tuple(word for phrase in phrases for word in phrase.split() if "x" in word)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with a model's file."""
    folder = tmp_path / "vosk-model-xx"
    (folder / "am").mkdir(parents=True)
    (folder / "am" / "final.mdl").write_bytes(b"model")
    return folder


def test_only_what_is_new_is_asked(tmp_path: Path, model: Path) -> None:
    """Also by the next process; the model is not even loaded when nothing is new."""
    file, engine = tmp_path / "data" / "words.json", Engine()
    words = KnownWords(file, model, engine)
    assert words.unknown(("ab xc", "de", "xc xd")) == ("xc", "xd")
    assert words.unknown(("de", "ab xc")) == ("xc",)
    again = KnownWords(file, model, engine)
    assert again.unknown(("ab xc",)) == ("xc",)
    assert engine.loaded == 1
    assert again.unknown(("ab xc", "fx")) == ("xc", "fx")
    assert engine.asked == ["ab xc", "de", "xc xd", "fx"]


def test_another_model_is_asked_anew(tmp_path: Path, model: Path) -> None:
    """Installed over the old one, under the same name."""
    file, engine = tmp_path / "words.json", Engine()
    KnownWords(file, model, engine).unknown(("x",))
    (model / "am" / "final.mdl").write_bytes(b"another model")
    KnownWords(file, model, engine).unknown(("x",))
    assert engine.loaded == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"model": 1, "unknown": []}', "\xff"])
def test_a_file_that_is_none_only_costs_time(tmp_path: Path, model: Path, text: str) -> None:
    """It is written again."""
    file, engine = tmp_path / "words.json", Engine()
    file.write_text(text, "latin-1")
    assert KnownWords(file, model, engine).unknown(("x",)) == ("x",)
    assert KnownWords(file, model, Engine()).unknown(("x",)) == ("x",)
    nowhere = KnownWords(tmp_path / "words.json" / "under a file", model, engine)
    assert nowhere.unknown(("x",)) == ("x",)
