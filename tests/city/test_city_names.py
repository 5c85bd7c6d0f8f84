"""Names: the form they are compared in and how a voice is given them."""

from voicebot.city.names import is_kana, spoken_name, word_form


def test_width_case_and_spaces_do_not_matter() -> None:
    """Staff and recognisers write them differently."""
    assert word_form("ＬＥＤ 電球") == word_form("led電球")


def test_only_kana_is_kana() -> None:
    """A reading in kanji could not be compared."""
    assert is_kana("みなとマチー")
    assert not is_kana("港まち")
    assert not is_kana("")


def test_a_name_gets_a_hint_only_where_the_dictionary_misreads_it() -> None:
    """The hint is resolved by the voice; a name that is read well stays plain."""
    dictionary = {"浜町": "ハマチョー", "本町": "ホンマチ", "中央": "チューオー"}

    def reader(text: str, language: str) -> str:
        return dictionary[text]

    assert spoken_name("浜町", "ハママチ", reader) == "{浜町|ハママチ}"
    assert spoken_name("本町", "ホンマチ", reader) == "本町"
    assert spoken_name("中央", "チュウオウ", reader) == "中央"
    assert spoken_name("みなと", "ミナト", reader) == "みなと"
    assert spoken_name("浜町", "ハママチ", None) == "浜町"
