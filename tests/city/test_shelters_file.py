"""`shelters.yaml`: the values it gives, and every fault at its line."""

import pytest

from voicebot.city.shelters import Shelters
from voicebot.city.shelters_file import load_shelters
from voicebot.documents import read
from voicebot.errors import ContentError, Fault

GOOD = """\
disaster: true
shelters:
  小学校: {reading: しょうがっこう, dangers: [地震, 津波], open: true, note: 一階は使えません}
  公民館: {reading: こうみんかん, dangers: [洪水]}
water:
  公園: {reading: こうえん}
nearest:
  浜町: {shelters: [公民館, 小学校], water: [公園]}
  本町: {shelters: [小学校]}
"""


def shelters(text: str, districts: tuple[str, ...] | None = ("浜町", "本町")) -> Shelters:
    """The places of a file."""
    return load_shelters(read(text, "shelters.yaml"), districts)


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a file."""
    with pytest.raises(ContentError) as caught:
        shelters(text)
    return caught.value.faults


def test_everything_that_is_written_arrives() -> None:
    """And what is left out has its default."""
    found = shelters(GOOD)
    school, hall = found.shelters.values()
    assert (school.reading, school.dangers, school.open) == ("ショウガッコウ", {"地震", "津波"}, True)
    assert (school.note, hall.note, hall.open) == ("一階は使えません。", "", False)
    assert found.nearest["浜町"].shelters == (hall, school)
    assert [place.name for place in found.nearest["浜町"].water] == ["公園"]
    assert found.nearest["本町"].water == ()
    assert found.declared


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = """\
shelters:
  小学校: {reading: 小学校, dangers: [地震]}
  公民館: {reading: こうみんかん, dangers: [洪水]}
  光民館: {reading: コーミンカン, dangers: [洪水]}
water:
  公園: {reading: こうえん}
nearest:
  浜町: {shelters: [公民観], water: [公演]}
  本丁: {shelters: [小学校]}
"""
    found = sorted((fault.line, fault.message) for fault in faults(text))
    assert [line for line, _ in found] == [2, 4, 7, 8, 8, 9]
    messages = [message for _, message in found]
    assert "かなだけ" in messages[0]
    assert "「公民館」と「光民館」" in messages[1]
    assert "「本町」の避難所がありません" in messages[2]
    assert any("もしかして: 「公民館」" in message for message in messages[3:5])
    assert any("もしかして: 「公園」" in message for message in messages[3:5])
    assert "もしかして: 「本町」" in messages[5]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("dangers: [洪水]", "dangers: [大雨]", "大雨"),
        ("dangers: [洪水]", "dangers: []", "一つ以上"),
        ("open: true", "open: たぶん", "true か false"),
        ("shelters: [小学校]", "shelters: []", "一つ以上"),
        ("disaster: true", "disastar: true", "もしかして: 「disaster」"),
    ],
)
def test_a_wrong_value_is_named_with_the_cure(before: str, after: str, words: str) -> None:
    """Mistakes of shape, found by the model."""
    (fault,) = faults(GOOD.replace(before, after))
    assert words in fault.message


def test_unknown_districts_are_not_blamed_when_the_districts_cannot_be_read() -> None:
    """The file that cannot be read has its own fault."""
    assert set(shelters(GOOD, None).nearest) == {"浜町", "本町"}
