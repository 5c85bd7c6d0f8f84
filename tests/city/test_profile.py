"""`profile.yaml`."""

import pytest

from voicebot.city.profile import Profile, load_profile
from voicebot.documents import read
from voicebot.errors import ContentError

GOOD = """\
name: みなと市
name_reading: みなとし
names: {en: Minato City}
languages: [ja, en]
zone: Asia/Tokyo
switchboard: 総合案内
duty: 守衛室
"""
NAMES = ("総合案内", "守衛室")


def profile(text: str, departments: tuple[str, ...] | None = NAMES) -> Profile:
    """The profile of a file."""
    return load_profile(read(text, "profile.yaml"), departments)


def test_everything_that_is_written_arrives() -> None:
    """Nothing is lost on the way."""
    city = profile(GOOD)
    assert (city.name, city.reading, city.names) == ("みなと市", "ミナトシ", {"en": "Minato City"})
    assert (city.languages, city.zone.key) == (("ja", "en"), "Asia/Tokyo")
    assert (city.switchboard, city.duty) == NAMES


def test_a_city_speaks_japanese_in_tokyo_time_unless_it_says_otherwise() -> None:
    """A small city writes four lines."""
    short = "name: みなと市\nname_reading: みなとし\nswitchboard: 総合案内\nduty: 守衛室\n"
    assert (profile(short).languages, profile(short).zone.key) == (("ja",), "Asia/Tokyo")


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = GOOD.replace("みなとし", "港市").replace("ja, en", "ja, xx").replace("Asia/Tokyo", "Asia/Minato")
    with pytest.raises(ContentError) as caught:
        profile(text.replace("switchboard: 総合案内", "switchboard: 総合安内").replace("duty: 守衛室", "duty: 宿直"))
    assert [fault.line for fault in caught.value.faults] == [2, 4, 6, 7, 5]
    assert "もしかして: 「総合案内」" in caught.value.message


@pytest.mark.parametrize("zone", ["../etc/passwd", "", "/etc/localtime", "日本"])
def test_a_zone_that_is_not_one_is_a_fault_and_no_other_error(zone: str) -> None:
    """Zone names are looked up as paths, so strange ones must not get through."""
    with pytest.raises(ContentError):
        profile(GOOD.replace("Asia/Tokyo", f"'{zone}'"))


def test_departments_are_not_blamed_when_they_cannot_be_read() -> None:
    """The file that cannot be read has its own fault."""
    assert profile(GOOD.replace("守衛室", "宿直"), None).duty == "宿直"
