"""The sorting list: which item is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.load import City
from voicebot.city.sorting import MOST, SortingList
from voicebot.voice.reading import reading


@pytest.fixture(scope="module")
def items(clerks: City) -> SortingList:
    """The demo city's list, with the readings of the real dictionary."""
    assert clerks.garbage is not None
    return clerks.garbage.items


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("アイロン", "アイロン"),
        ("古いアイロンを捨てたいんですけど", "アイロン"),
        ("乾電池は何ごみですか", "乾電池"),
        ("かんでんち", "乾電池"),
        ("えーと、傘です", "傘"),
        ("割れた鏡", "鏡"),
        ("こわれたラジオ", "ラジオ"),
        ("ペットボトルのふたの捨て方", "ペットボトルのふた"),
        ("ペットボトル", "ペットボトル"),
        ("羽毛布団", "布団"),
        ("スプレー缶に穴は開けるのですか", "スプレー缶"),
        ("使い終わった食用油はどうすればいいですか", "油"),
        ("スマホ", "携帯電話"),
        ("LED電球", "電球"),
        ("ステレオ", "ラジオ"),  # not cut at ステ(ル)
    ],
)
def test_an_item_is_found_in_what_residents_say(items: SortingList, said: str, item: str) -> None:
    """As text with its reading, and by the reading alone, as if every kanji were wrong."""
    for words in (said, ""):
        found = items.find(words, reading(said))
        assert ([one.name for one in found.items], found.sure) == ([item], True)


def test_by_its_reading_alone_even_the_shortest_name_is_found_when_nothing_else_is_said(items: SortingList) -> None:
    """A two-sound name inside other words could be anything."""
    assert [one.name for one in items.find("", "カサ").items] == ["傘"]
    assert items.find("みかん", "ミカン").items == ()  # not a can


def test_a_word_for_several_items_asks_which(items: SortingList) -> None:
    """All of them, none is sure."""
    found = items.find("電池", "デンチ")
    assert ({item.name for item in found.items}, found.sure) == ({"乾電池", "ボタン電池", "充電池"}, False)
    assert {item.name for item in items.find("缶").items} == {"空き缶", "スプレー缶"}


def test_a_name_heard_wrongly_is_asked_about(items: SortingList) -> None:
    """One wrong sound in five."""
    found = items.find("", "アイヨン")
    assert ([item.name for item in found.items], found.sure) == (["アイロン"], False)


@pytest.mark.parametrize("said", ["", "。", "転入届", "市役所の時間", "消しゴム", "犬の登録", "ごみ", "はい"])
def test_what_is_not_on_the_list_is_not_guessed(items: SortingList, said: str) -> None:
    """An invented answer is worse than none."""
    assert items.find(said, reading(said)).items == ()


def test_every_name_on_the_list_leads_to_its_item(items: SortingList) -> None:
    """Alone and within a question; surely, unless the name is shared."""
    for name in items.names:
        alone = items.find(name.words, name.sound)
        assert items.items[name.thing] in alone.items
        assert items.items[name.thing] in items.find(f"{name.words}は何ごみですか").items
        assert alone.sure or len({other.thing for other in items.names if other.sound == name.sound}) > 1


def test_one_wrong_sound_seldom_leads_to_another_item(items: SortingList) -> None:
    """Every sound of every name exchanged in turn: at most one in fifty is surely wrong."""
    tries = [
        (name, name.sound[:at] + "ヌ" + name.sound[at + 1 :]) for name in items.names for at in range(len(name.sound))
    ]
    wrong = [
        heard
        for name, heard in tries
        if (found := items.find("", heard)).sure and items.items[name.thing] not in found.items
    ]
    assert len(wrong) <= len(tries) / 50


@given(st.text(max_size=20), st.text(alphabet="アイウエカサタナハンーッ", max_size=20))
def test_anything_may_be_asked(items: SortingList, words: str, heard: str) -> None:
    """Never more than can be kept in mind, and sure means one."""
    found = items.find(words, heard)
    assert len(found.items) <= MOST
    assert not found.sure or len(found.items) == 1
