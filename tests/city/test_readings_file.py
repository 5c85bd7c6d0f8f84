"""`readings.yaml`."""

import pytest

from voicebot.city.readings_file import load_readings
from voicebot.documents import read
from voicebot.errors import ContentError
from voicebot.language.pronunciations import Pronunciation


def loaded(text: str) -> tuple[Pronunciation, ...]:
    """The words of a file."""
    return load_readings(read(text, "readings.yaml")).words


def faults(text: str) -> list[str]:
    """What is said about a file."""
    with pytest.raises(ContentError) as caught:
        loaded(text)
    return [str(fault) for fault in caught.value.faults]


def test_readings_stand_alone_or_with_an_accent() -> None:
    """Hiragana becomes katakana."""
    text = "readings:\n  生田: しょうだ\n  みなと市: {reading: みなとし, accent: 2}\n"
    assert loaded(text) == (Pronunciation("生田", "ショウダ"), Pronunciation("みなと市", "ミナトシ", 2))


def test_a_city_may_have_none() -> None:
    """An empty list is no fault."""
    assert loaded("readings: {}\n") == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("生田: 生田", "かなだけ"),
        ("生田: {reading: しょうだ, accent: 4}", "0から3まで"),
        ("生田: {reading: しょうだ, accent: 一}", "整数"),
        ("119番: ひゃくじゅうきゅうばん", "数字"),
        ('"{生田}": しょうだ', "言葉として使えません"),
        (f"{'あ' * 41}: あ", "言葉として使えません"),
    ],
)
def test_faults_are_told_with_their_line(row: str, told: str) -> None:
    """And the cure."""
    (fault,) = faults(f"readings:\n  森: もり\n  {row}\n")
    assert fault.startswith("readings.yaml:3: ")
    assert told in fault
