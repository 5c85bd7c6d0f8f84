"""The catalogue's entries are of one form, and names tell languages."""

import re

import pytest

from voicebot.recogniser.catalogue import BY_NAME, CATALOGUE, language_of, suggested


def test_names_are_unique_and_downloadable() -> None:
    """Every Vosk model has a name of the maker's form, an address, a size, a licence and a language."""
    names = [one.name for one in CATALOGUE]
    assert len(set(names)) == len(names)
    for one in CATALOGUE:
        if one.engine == "vosk":
            assert re.fullmatch(r"vosk-model-[a-z0-9._-]+", one.name.lower())
            assert one.url == f"https://alphacephei.com/vosk/models/{one.name}.zip"
            assert re.fullmatch(r"[a-z]{2}", one.language)
        assert one.megabytes > 0
        assert one.licence


def test_sums_are_sums() -> None:
    """MD5 and SHA-256 in hexadecimal, each different from the others."""
    md5s = [one.md5 for one in CATALOGUE if one.md5]
    assert all(re.fullmatch(r"[0-9a-f]{32}", md5) for md5 in md5s)
    assert len(set(md5s)) == len(md5s)
    for one in CATALOGUE:
        assert all(re.fullmatch(r"[0-9a-f]{64}", found) for found in one.files.values())


def test_the_small_japanese_model_is_known_to_the_last_file() -> None:
    """The model that most cities will install is checked file by file."""
    japanese = BY_NAME["vosk-model-small-ja-0.22"]
    assert japanese.md5
    assert {"am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst", "graph/words.txt"} <= set(japanese.files)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("vosk-model-small-ja-0.22", "ja"),
        ("vosk-model-small-cn-0.22", "zh"),
        ("vosk-model-vn-0.4", "vi"),
        ("vosk-model-en-us-0.42-gigaspeech", "en"),
        ("vosk-model-small-ca-0.4", "ca"),
        ("vosk-model-spk-0.4", ""),
        ("my-own-model", ""),
    ],
)
def test_names_tell_languages(name: str, language: str) -> None:
    """Also of models that the catalogue lacks; the maker's codes for Chinese and Vietnamese are ours then."""
    assert language_of(name) == language


def test_the_small_model_is_suggested() -> None:
    """A city hall that asks for Japanese should not download a gigabyte at first."""
    assert suggested("ja") == "vosk-model-small-ja-0.22"
    assert suggested("ko") == "vosk-model-small-ko-0.22"
    assert suggested("xx") == ""
