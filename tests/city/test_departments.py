"""Who is meant by a name."""

from voicebot.city.departments import Department, index


def department(name: str, reading: str, *also: str, **names: str) -> Department:
    """A department in short."""
    return Department(name, reading, ("+815000001010",), "本庁", also, names)


CITIZENS = department("市民課", "シミンカ", "住民票の係", en="Citizens Division")
WATER = department("水道課", "スイドウカ", "すいどうの係", "げすい")


def test_a_department_is_found_by_its_name_its_other_names_and_in_other_languages() -> None:
    """By anything that people call it, spacing and case aside."""
    departments, clashes = index((CITIZENS, WATER))
    assert clashes == ()
    for words in ("市民課", " 市民課 ", "住民票の係", "citizens division", "CITIZENS  DIVISION"):
        assert departments.find(words) is CITIZENS
    assert departments.find("環境課") is None
    assert list(departments) == [CITIZENS, WATER]


def test_only_the_official_name_names_it() -> None:
    """An alias finds, but does not name."""
    departments, _ = index((CITIZENS, WATER))
    assert departments.named("市民課") is CITIZENS
    assert departments.named("住民票の係") is None


def test_a_homophone_is_found_by_its_reading() -> None:
    """Spelling variants of one sound are one."""
    departments, _ = index((CITIZENS, WATER))
    assert departments.find("私民家", "シミンカ") is CITIZENS
    assert departments.find("すいどーか") is WATER
    assert departments.find("ゲスイ") is WATER


def test_the_reader_makes_other_names_findable_by_sound() -> None:
    """Without a reader, words in kanji have no sound."""
    readings = {"住民票の係": "ジュウミンヒョウノカカリ"}
    departments, _ = index((CITIZENS, WATER), lambda text, language: readings.get(text, "") if language == "ja" else "")
    assert departments.find("住民表の係", "ジューミンヒョーノカカリ") is CITIZENS
    assert index((CITIZENS, WATER))[0].find("住民表の係", "ジューミンヒョーノカカリ") is None


def test_two_departments_that_sound_alike_clash_once() -> None:
    """Readings are compared as sounds, not as spellings."""
    other = department("私民課", "しみんか")
    _, (clash,) = index((CITIZENS, WATER, other))
    assert (clash.first, clash.second, clash.reading) == (CITIZENS, other, "しみんか")


def test_two_departments_with_the_same_word_clash() -> None:
    """The same alias in two places would send callers to either."""
    other = department("戸籍課", "コセキカ", "住民票の係")
    _, (clash,) = index((CITIZENS, other))
    assert (clash.word, clash.reading) == ("住民票の係", "")


def test_a_name_that_is_missing_in_a_language_is_said_in_japanese() -> None:
    """Japanese always exists."""
    assert CITIZENS.called("en") == "Citizens Division"
    assert CITIZENS.called("ko") == "市民課"
