"""Imported shelters beside written ones."""

from voicebot.city.data_file import read_imported
from voicebot.city.districts import District, index
from voicebot.city.imported_shelters import merged_shelters
from voicebot.city.shelters import Nearest, Place, Shelters, shelter_for, shelters_for

LIST = """
set: 指定緊急避難場所
shelters:
  - {name: 東小学校, dangers: [洪水, 地震], number: 050-0000-1801, address: みなと市本町1,
     latitude: 34.1, longitude: 137.5}
  - {name: 西中学校, dangers: [地震], partly: [洪水], address: みなと市本町2, latitude: 34.11, longitude: 137.50}
  - {name: 遠い体育館, dangers: [津波, 洪水], address: みなと市岩崎9, latitude: 34.30, longitude: 137.50}
"""
FILES = read_imported({"data/s.yaml": LIST}, [])
DISTRICTS = index((District("本町", "ホンマチ"), District("岩崎", "イワサキ"), District("無人島", "ムジントウ")))[0]


def test_a_district_goes_to_what_lies_nearest_to_its_middle() -> None:
    """The middle of what stands in it; a district where nothing stands has none of its own."""
    found = merged_shelters(None, FILES, DISTRICTS, [], "みなと市")
    assert found is not None
    assert [place.name for place in shelters_for(found, "本町", None)] == ["東小学校", "西中学校", "遠い体育館"]
    assert [place.name for place in shelters_for(found, "本町", "洪水")] == ["東小学校", "遠い体育館"]
    far = shelter_for(found, "無人島", "津波")
    assert far is not None
    assert (far.place.name, far.near) == ("遠い体育館", False)


def test_what_staff_have_written_comes_first_and_is_completed() -> None:
    """Whether it is open is theirs to say; address and number come from the list."""
    mine = Place("東小学校", "ヒガシショウガッコウ", frozenset({"津波"}), open=True, note="一階は使えません。")
    written = Shelters({"東小学校": mine}, {}, {"本町": Nearest((mine,), ())})
    found = merged_shelters(written, FILES, DISTRICTS, [], "みなと市")
    assert found is not None
    (place,) = found.nearest["本町"].shelters
    assert (place.open, place.note, place.dangers) == (True, "一階は使えません。", frozenset({"津波"}))
    assert (place.address, place.numbers) == ("みなと市本町1", ("+815000001801",))
    assert found.disaster


def test_without_imported_shelters_nothing_changes() -> None:
    """Also none is none."""
    assert merged_shelters(None, (), DISTRICTS, [], "みなと市") is None
