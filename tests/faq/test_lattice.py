"""All the ways in which a text may have sounded."""

from voicebot.faq.lattice import ALONE, IN_ROW, IN_WORD, Lattice, lattice
from voicebot.faq.words import Word


def ways(found: Lattice) -> dict[str, float]:
    """Every whole sound, and what it costs."""
    reached: list[dict[str, float]] = [{} for _ in found.edges]
    reached[0][""] = 0.0
    for at, edges in enumerate(found.edges):
        for sound, cost in reached[at].items():
            for edge in edges:
                there = reached[edge.end]
                there[sound + edge.mora] = min(cost + edge.cost, there.get(sound + edge.mora, 99.0))
    return reached[-1]


def kanji(surface: str, reading: str, *signs: tuple[str, ...]) -> Word:
    """A word with the readings of its signs."""
    return Word(surface, surface, reading, content=True, noun=True, signs=signs)


TOWN = kanji("都", "ミヤコ", ("ト", "ミヤコ"))
PLACE = kanji("所", "トコロ", ("ショ", "トコロ"))
ROOM = kanji("間", "マ", ("カン", "マ"))
NOTE = Word("の", "の", "ノ", content=False)


def test_signs_in_a_row_are_read_in_every_way() -> None:
    """Each of them for itself."""
    found = ways(lattice([TOWN, PLACE, ROOM]))
    assert found["ミヤコトコロマ"] == 0.0
    assert found["トショカン"] == 3 * IN_ROW
    assert len(found) == 8


def test_a_sign_alone_or_within_a_word_is_rarely_wrong() -> None:
    """So its other readings cost more."""
    assert ways(lattice([NOTE, ROOM, NOTE]))["ノカンノ"] == ALONE
    assert ways(lattice([kanji("大人", "オトナ", ("ダイ",), ("ジン",))]))["ダイジン"] == 2 * IN_WORD


def test_what_was_typed_is_read_in_one_way() -> None:
    """Its kanji are the right ones."""
    assert ways(lattice([TOWN, PLACE, ROOM], certain=True)) == {"ミヤコトコロマ": 0.0}


def test_the_path_and_the_words_are_those_of_the_text() -> None:
    """Words without a sound are left out."""
    found = lattice([TOWN, Word("、", "、", "", content=False), NOTE])
    assert "".join(mora for _, mora in found.path) == "ミヤコノ"
    assert [(word.surface, word.start) for word in found.heard] == [("都", 0), ("の", found.path[-1][0])]
    assert lattice([]).path == ()


def test_a_sign_without_other_readings_is_no_dead_end_for_the_rest() -> None:
    """A word of which only some signs can be read otherwise."""
    assert ways(lattice([kanji("大人", "オトナ", ("ダイ",), ())])) == {"オトナ": 0.0}
