"""Digits one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.digits import digit_groups, digits_one_by_one, parse_digits

GROUPS = st.lists(st.text(alphabet="0123456789", min_size=2, max_size=4), min_size=2, max_size=4)


@given(GROUPS)
def test_what_is_said_is_understood(groups: list[str]) -> None:
    """With its groups, from our own way of saying them."""
    said = digits_one_by_one("-".join(groups))
    assert digit_groups(said) == tuple(groups)
    assert digit_groups(said.replace("、", "ノ")) == tuple(groups)
    assert digit_groups("電話番号は" + "-".join(groups) + "です") == tuple(groups)


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_an_unbroken_row_is_understood(digits: str) -> None:
    """In every script."""
    kanji = "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)
    short = "".join(
        ("レイ", "イチ", "ニ", "サン", "シ", "ゴ", "ロク", "シチ", "ハチ", "ク")[int(digit)] for digit in digits
    )
    assert parse_digits(digits) == parse_digits(kanji) == parse_digits(short) == digits


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ("れい きゅう まる のひとつ", ("090", "1")),
        ("０５０ー００００ー１２３４", ("050", "0000", "1234")),
        ("ゼロゴーゼロ、ゼロゼロゼロゼロ、ゴーロクナナハチ", ("050", "0000", "5678")),
        ("でんわばんごうはぜろごーぜろのぜろぜろぜろぜろのいちにさんしです", ("050", "0000", "1234")),
        ("五二のばす一一〇〇", ("52", "1100")),
        ("ゴジュウニのセンヒャク", ("52", "1100")),
        ("ゼロ キュー ゼロ イチ", ("0901",)),
        ("050 0000 1234", ("050", "0000", "1234")),
        ("ニイチ", ("21",)),
        ("三", ("3",)),
        ("今日は5日です", ()),
        ("住民票", ()),
    ],
)
def test_digits_as_callers_say_them(said: str, groups: tuple[str, ...]) -> None:
    """Whatever they put between."""
    assert digit_groups(said) == groups


def test_signs_and_rooms() -> None:
    """# has a name, and a room's 0 is マル."""
    assert digits_one_by_one("#9110") == "シャープキューイチイチゼロ"
    assert digits_one_by_one("101", zero="マル") == "イチマルイチ"


@given(st.text(alphabet="ゼロイチニサンシのー、-090 です円番あ"))
def test_never_raises(text: str) -> None:
    """And what is understood are digits."""
    assert all(group.isdigit() for group in digit_groups(text))
