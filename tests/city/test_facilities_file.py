"""Places as written."""

from zoneinfo import ZoneInfo

import pytest

from voicebot.city.facilities_file import index, load_facilities
from voicebot.documents import read
from voicebot.errors import ContentError

TOKYO = ZoneInfo("Asia/Tokyo")
LINE = "  - {name: 図書館, reading: としょかん, kind: 図書館, number: 050-0000-1170, address: みなと市本町1, "


def loaded(*lines: str) -> str:
    """The text of a file."""
    return "facilities:\n" + "\n".join(lines) + "\n"


def test_a_place_has_numbers_hours_and_a_position() -> None:
    """Hours by the rules of `hours.yaml`."""
    text = loaded(LINE + "week: {火-日: 9:30-18:00, 祝日: 休み}, latitude: 34.1, longitude: 137.5}")
    (place,) = load_facilities(read(text, "facilities.yaml"), TOKYO)
    assert (place.numbers, place.position, place.on_holidays) == (("+815000001170",), (34.1, 137.5), True)
    assert place.calendar is not None
    assert place.calendar.weekly[0] == ()


@pytest.mark.parametrize(
    ("rest", "words"),
    [("number: 119}", "緊急通報"), ("week: {月-金: あさ}}", "時間として読めません"), ("reading: 図書館}", "かなだけ"),
     ("latitude: 1.0}", "latitude")],
)  # fmt: skip
def test_faults_stand_at_their_lines(rest: str, words: str) -> None:
    """Also those of the hours, which another reader finds."""
    text = loaded("  - {name: 市役所}", "  - {name: 東館, " + rest)
    with pytest.raises(ContentError) as caught:
        load_facilities(read(text, "facilities.yaml"), TOKYO)
    assert [fault.line for fault in caught.value.faults] == [3]
    assert words in caught.value.faults[0].message


def test_one_place_of_two_lists_is_one_and_two_of_one_name_are_told_apart() -> None:
    """A list of telephone numbers holds the library too; two clinics of one name lie in two towns."""
    text = loaded(
        "  - {name: みなと市立図書館, number: 050-0000-1170, address: みなと市本町1}",
        "  - {name: 図書館, number: 050-0000-1171, kind: 市の部署}",
        "  - {name: 長尾医院, number: 050-0000-1201, address: みなと市浜町1-1}",
        "  - {name: 長尾医院, number: 050-0000-1202, address: みなと市旭町2-1}",
        "  - {name: 長尾医院, number: 050-0000-1202, address: みなと市旭町2-1}",
    )
    found = index(load_facilities(read(text, "facilities.yaml"), TOKYO), "みなと市")
    assert [place.name for place in found] == ["みなと市立図書館", "長尾医院", "長尾医院"]
    assert found.all[0].numbers == ("+815000001170", "+815000001171")
    assert [place.spoken for place in found.find("長尾医院").places] == ["浜町の長尾医院", "旭町の長尾医院"]
    assert found.find("旭町の長尾医院").sure
