"""The words that a recogniser is told to expect."""

from voicebot.faq.load import Entry
from voicebot.faq.vocabulary import MOST, vocabulary


def entry(question: str, keywords: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Entry:
    """An entry that is asked with these words."""
    return Entry(question, also, "", "", keywords)


def test_terms_of_the_questions_come_by_how_many_entries_use_them() -> None:
    """A term that one entry repeats counts once for it."""
    entries = (
        entry("粗大ごみの料金", also=("粗大ごみはいくら", "料金表はどこ", "料金は")),
        entry("水道の料金"),
        entry("住民票を取るには"),
    )
    assert vocabulary(entries)[0] == "料金"
    assert {"粗大", "水道", "住民票"} <= set(vocabulary(entries))


def test_keywords_count_as_they_are_written() -> None:
    """Staff's own words need not be one row of kanji."""
    assert "引っ越し" in vocabulary((entry("届け出は", keywords=("引っ越し",)),))


def test_terms_are_whole_rows_of_kanji_or_katakana() -> None:
    """Kana words and single kanji are no terms."""
    assert vocabulary((entry("マイナンバーカードを市でもらうのはどこですか"),)) == ("マイナンバーカード",)


def test_there_are_never_too_many() -> None:
    """A big FAQ has more terms than help."""
    entries = tuple(entry(chr(0x4E00 + place) + chr(0x5E02)) for place in range(MOST + 50))
    assert len(vocabulary(entries)) == MOST
