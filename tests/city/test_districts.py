"""Districts as values."""

from voicebot.city.districts import WHOLE, District, index, sound

HARBOUR = District("みなと町", "ミナトマチ", {"港団地": "ミナトダンチ"}, 3, {WHOLE: "東"})
BEACH = District("浜町", "ハママチ", {}, 4, {1: "東", 2: "東", 3: "南", 4: "南"})
EVEN = District("本町", "ホンマチ", {}, 2, {1: "東", 2: "東"})
BARE = District("千鳥", "チドリ")


def test_a_district_is_found_by_any_name_written_or_in_kana() -> None:
    """Also with 町 read the other way."""
    districts, clashes = index((HARBOUR, BEACH))
    assert clashes == ()
    for words in ("みなと町", "港団地", "みなとまち", "ミナトチョウ", "みなとだんち"):
        assert districts.find(words) is HARBOUR
    assert districts.find("はまちょう") is BEACH
    assert districts.find("やまちょう") is None
    assert districts.find("") is None
    assert districts.readings == {"みなと町": "ミナトマチ", "港団地": "ミナトダンチ", "浜町": "ハママチ"}


def test_the_garbage_area_may_depend_on_the_chome() -> None:
    """It is only asked for where it matters."""
    assert (HARBOUR.divided, HARBOUR.area(None), HARBOUR.area(2)) == (False, "東", "東")
    assert (EVEN.divided, EVEN.area(None), EVEN.area(9)) == (False, "東", "東")
    assert (BEACH.divided, BEACH.area(None), BEACH.area(2), BEACH.area(3), BEACH.area(9)) == (True, "", "東", "南", "")
    assert (BARE.divided, BARE.area(None)) == (False, "")


def test_districts_that_would_answer_to_the_same_are_told() -> None:
    """By writing, by sound, and by another name."""
    other = District("港区", "クミナト", {"湊団地": "みなとだんち"})
    _, (clash,) = index((HARBOUR, BEACH, other))
    assert (clash.first, clash.second, clash.word) == (HARBOUR, other, "湊団地")
    _, (clash,) = index((BEACH, District("濱町", "ハマチョウ")))
    assert clash.second.name == "濱町"


def test_the_two_readings_of_machi_are_one_sound_at_the_end_only() -> None:
    """マチダ stays what it is."""
    assert sound("ほんまち") == sound("ホンチョウ")
    assert sound("マチダ") != sound("チョウダ")
