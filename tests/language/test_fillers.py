"""Fillers go, meaning stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.fillers import strip_fillers


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("えーと、住民票が欲しいんですけど", "住民票が欲しい"),
        ("あのー、すみませんが、ごみの日を教えてください。", "ごみの日"),
        ("もしもし、粗大ごみなんですけど", "粗大ごみ"),
        ("もしもし、お願いします。市民課", "お願いします。市民課"),
        ("市民課をお願いします", "市民課"),
        ("住民票、えーと、写しを", "住民票、写しを"),
        ("エート、ジューミンヒョーオ、オシエテクダサイ", "ジューミンヒョー"),
        ("アノーゴミノヒナンデスケド", "ゴミノヒ"),
        ("税金について教えていただけますか", "税金"),
        ("あ、はい", "はい"),
        ("三千二百です", "三千二百です"),
    ],
)
def test_what_carries_no_meaning_goes(said: str, meant: str) -> None:
    """From the start, the end and the middle."""
    assert strip_fillers(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "はい",
        "もしもし",
        "お願いします",
        "えーと",
        "ええ",
        "うーん",
        "アーケード",
        "ダイエット教室",
        "エアコン",
        "マアジ",
        "あのう",
    ],
)
def test_an_utterance_is_never_emptied(said: str) -> None:
    """A word that stands alone is the answer; a word that only begins like a filler is a word."""
    assert strip_fillers(said) == said


@given(st.text(alphabet="えーとあのすみまん、。はいお願しま住民票ナデケドアイ "))
def test_stripping_again_changes_nothing(text: str) -> None:
    """And something of every utterance remains."""
    stripped = strip_fillers(text)
    assert strip_fillers(stripped) == stripped
    assert bool(stripped) == bool(text)
