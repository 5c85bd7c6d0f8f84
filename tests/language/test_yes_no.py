"""Yes, no, and the wisdom to ask again."""

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.yes_no import parse_yes_no

YES = [
    "はい",
    "ええ",
    "うん",
    "そうです",
    "お願いします",
    "はい、お願いします",
    "それで",
    "それでお願いします",
    "はいそうです",
    "そう",
    "オッケーです",
    "はい、大丈夫です",
    "はいはい",
    "間違いありません",
    "問題ないです",
    "構いません",
    "ええ、そうです",
    "あ、はい",
    "はい、市民課です",
    "それで結構です",
    "もちろんです",
    "はい、合ってます",
    "いいですよ",
    "はい、いいです",
    "はい、そうなんです",
    "そうですね",
    "うん、そう",
    "はい、わかりました",
]
NO = [
    "いいえ",
    "いや",
    "違います",
    "結構です",
    "ちがう",
    "いえ",
    "いえ、違います",
    "いいえ、結構です",
    "いりません",
    "いえ、大丈夫です",
    "もういいです",
    "ううん、違います",
    "はい、違います",
    "やめます",
    "そうじゃないです",
    "ちょっと違います",
    "特にありません",
    "ないです",
    "だめです",
    "いいや",
    "キャンセルします",
    "要りません",
    "いえいえ、大丈夫です",
    "違うと思います",
]
UNSURE = [
    "大丈夫です",
    "いいです",
    "うーん",
    "住民票",
    "ごみの日が違う場所を知りたい",
    "灰を捨てたい",
    "はい、結構です",
    "いいえ、そうです",
    "えーと",
    "入ります",
    "廃棄物",
    "今後は、",
    "家庭、",
    "配達",
    "ないものを探して",
    "はいいいえ",
]


@pytest.mark.parametrize(
    ("said", "meant"),
    [(said, meant) for answers, meant in ((YES, True), (NO, False), (UNSURE, None)) for said in answers],
)
def test_the_many_ways_of_saying_it(said: str, meant: bool | None) -> None:
    """From the text, from the reading alone, and from both."""
    reading = pyopenjtalk.g2p(said, kana=True)
    assert parse_yes_no(said) is meant
    assert parse_yes_no("", reading) is meant
    assert parse_yes_no(said, reading) is meant


@pytest.mark.parametrize(
    ("text", "reading", "meant"),
    [
        ("灰", "ハイ", True),
        ("肺、お願いします", "ハイ、オネガイシマス", True),
        ("家", "イエ", False),
        ("はい市民課です", "ハイシミンカデス", True),
        ("誓います", "チカイマス", False),
    ],
)
def test_wrong_homophones_are_understood_through_their_reading(text: str, reading: str, meant: bool) -> None:
    """A recogniser writes ashes and hears yes."""
    assert parse_yes_no(text, reading) is meant


def test_text_and_reading_that_contradict_are_unsure() -> None:
    """Then the caller is asked again."""
    assert parse_yes_no("はい", "イイエ") is None
    assert parse_yes_no("", "") is None


@given(
    st.text(alphabet="はいえうんそでですちがけっこう、 違結構大丈夫イエハー"),
    st.text(alphabet="ハイエウンソデスチガケッコー、"),
)
def test_never_raises(text: str, reading: str) -> None:
    """Whatever was heard."""
    assert parse_yes_no(text, reading) in {True, False, None}
