"""Japanese names in the letters of other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.romaji import hangul, latin


@pytest.mark.parametrize(
    ("reading", "in_latin", "in_hangul"),
    [
        ("ホンマチ", "Honmachi", "혼마치"),
        ("ちゅうおう", "Chuo", "주오"),
        ("カザミガオカ", "Kazamigaoka", "가자미가오카"),
        ("オオハシ", "Ohashi", "오하시"),
        ("キョウト", "Kyoto", "교토"),
        ("トウキョウ", "Tokyo", "도쿄"),
        ("サッポロ", "Sapporo", "삿포로"),
        ("マッチャ", "Matcha", "맛차"),
        ("シンデン", "Shinden", "신덴"),
        ("センター", "Senta", "센타"),
        ("ジュウジ", "Juji", "주지"),
        ("フジ", "Fuji", "후지"),
        ("", "", ""),
    ],
)
def test_names_are_written_as_signs_write_them(reading: str, in_latin: str, in_hangul: str) -> None:
    """Hepburn without marks for long vowels; Hangul by the notation of foreign words."""
    assert latin(reading) == in_latin
    assert hangul(reading) == in_hangul


@given(
    st.text(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワガギグゲゴバビブベボンッーャュョァィ",
        max_size=12,
    )
)
def test_any_kana_becomes_letters_of_the_language(reading: str) -> None:
    """No kana is left where kana are regular, and nothing raises where they are not."""
    assert isinstance(latin(reading), str)
    assert isinstance(hangul(reading), str)
    regular = "".join(sign for sign in reading if sign not in "ッーャュョァィ")
    assert latin(regular).isascii()
