"""`districts.yaml`: the values it gives, and every fault at its line."""

import pytest

from voicebot.city.districts import WHOLE, Districts
from voicebot.city.districts_file import load_districts
from voicebot.documents import read
from voicebot.errors import ContentError, Fault

GOOD = """\
districts:
  みなと町: {reading: みなとまち, also: {港団地: みなとだんち}, chome: 3, garbage: 東}
  浜町:
    reading: はままち
    chome: 5
    garbage: {1・2丁目: 東, 3-5丁目: 南}
  千鳥: {reading: ちどり}
"""


def districts(text: str, areas: tuple[str, ...] | None = ("東", "南")) -> Districts:
    """The districts of a file."""
    return load_districts(read(text, "districts.yaml"), areas)


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a file."""
    with pytest.raises(ContentError) as caught:
        districts(text)
    return caught.value.faults


def test_everything_that_is_written_arrives() -> None:
    """And what is left out has its default."""
    harbour, beach, bird = districts(GOOD)
    assert (harbour.name, harbour.reading, harbour.chome) == ("みなと町", "ミナトマチ", 3)
    assert (harbour.also, harbour.areas) == ({"港団地": "ミナトダンチ"}, {WHOLE: "東"})
    assert beach.areas == {1: "東", 2: "東", 3: "南", 4: "南", 5: "南"}
    assert (bird.chome, bird.areas, bird.spoken) == (0, {}, "千鳥")


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = """\
districts:
  みなと町: {reading: 港町, chome: 3, garbage: 東北}
  浜町:
    reading: はままち
    chome: 4
    garbage:
      1・2丁目: 東
      2-3丁目: 南
      5丁目: 南
      奥: 東
  山町: {reading: やまちょう, also: {山団地: 山団地}}
  夜町: {reading: ヤママチ}
"""
    expected = {
        2: ("かなだけ", "もしかして: 「東」"),
        6: ("4丁目のごみの地区がありません",),
        8: ("2丁目が二度",),
        9: ("5丁目はありません",),
        10: ("丁目として読めません",),
        11: ("かなだけ",),
        12: ("「山町」と「夜町」は",),
    }
    found = list(faults(text))
    assert {fault.line for fault in found} == set(expected)
    for line, words in expected.items():
        for word in words:
            assert any(fault.line == line and word in fault.message for fault in found)
    assert len(found) == sum(len(words) for words in expected.values())


def test_readings_of_machi_that_callers_mix_up_are_a_clash() -> None:
    """はままち and はまちょう are one place for the ear only when the rest is the same."""
    (fault,) = faults("districts:\n  本町: {reading: ほんまち}\n  本丁: {reading: ほんちょう}\n")
    assert (fault.line, "聞き分けられません" in fault.message) == (3, True)


def test_unknown_areas_are_not_blamed_when_the_areas_cannot_be_read() -> None:
    """The file that cannot be read has its own fault."""
    assert len(districts(GOOD.replace("東", "どこか"), None).all) == 3


@pytest.mark.parametrize("text", ["", "districts: {}\n", "districts: {港: {chome: 3}}\n", "districts: [1]\n"])
def test_a_file_of_the_wrong_shape_gives_faults(text: str) -> None:
    """Never another error."""
    assert faults(text)
