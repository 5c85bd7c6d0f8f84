"""Addresses inside a city."""

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.addresses import CLOSE_ENOUGH, AddressFound, corrected, parse_address

DISTRICTS = {
    "本町": "ホンマチ", "緑町": "ミドリマチ", "港町": "ミナトマチ", "中央": "チュウオウ",
    "袖ケ江町": "ソデガエマチ", "西本町": "ニシホンマチ", "東浜": "ヒガシハマ",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "district", "numbers"),
    [
        ("本町二丁目", "本町", (2, None, None)),
        ("ほんまちのにちょうめです", "本町", (2, None, None)),
        ("緑町3丁目2番1号", "緑町", (3, 2, 1)),
        ("みどりちょう三丁目", "緑町", (3, None, None)),
        ("中央2-3-1", "中央", (2, 3, 1)),
        ("緑町4-5", "緑町", (None, 4, 5)),
        ("西本町一丁目の三の二です", "西本町", (1, 3, 2)),
        ("東浜です", "東浜", (None, None, None)),
        ("えーと、港町の十二番地の三なんですけど", "港町", (None, 12, 3)),
        ("袖ケ江町25番地", "袖ケ江町", (None, 25, None)),
        ("五番地です", None, (None, 5, None)),
    ],
)
def test_addresses_as_callers_say_them(
    said: str, district: str | None, numbers: tuple[int | None, int | None, int | None]
) -> None:
    """From the text and from the reading of Open JTalk."""
    for heard in (said, pyopenjtalk.g2p(said, kana=True)):
        found = parse_address(heard, DISTRICTS)
        assert found is not None
        assert (found.district, (found.chome, found.banchi, found.go)) == (district, numbers)


def test_a_district_heard_wrongly_is_found_by_its_sound() -> None:
    """And is less sure, so that it can be confirmed."""
    found = parse_address("港待ち", DISTRICTS, reading="ミナドマチ")
    assert found is not None
    assert found.district == "港町"
    assert CLOSE_ENOUGH <= found.similarity < 0.9


@pytest.mark.parametrize("said", ["住民票", "第三水曜日", "サンチョウニ行ッタ", ""])
def test_what_is_no_address(said: str) -> None:
    """Neither a district nor a number of one."""
    assert parse_address(said, DISTRICTS) is None


@pytest.mark.parametrize("said", ["いえ、二丁目です", "3丁目じゃなくて2丁目です", "イエ、ニチョーメデス"])
def test_a_correction_changes_only_what_it_names(said: str) -> None:
    """The district stays, numbers below the corrected one are forgotten."""
    before = AddressFound("本町", 1.0, 3, 4, 5, correction=False)
    now = parse_address(said, DISTRICTS)
    assert now is not None
    assert now.correction
    assert corrected(before, now) == AddressFound("本町", 1.0, 2, None, None, correction=False)


def test_a_corrected_district_begins_anew() -> None:
    """The numbers belonged to the wrong one."""
    before = AddressFound("本町", 1.0, 3, 4, 5, correction=False)
    now = parse_address("違います、緑町です", DISTRICTS)
    assert now is not None
    assert corrected(before, now) == AddressFound("緑町", 1.0, None, None, None, correction=False)
    lower = parse_address("いえ、六番地です", DISTRICTS)
    assert lower is not None
    assert corrected(before, lower) == AddressFound("本町", 1.0, 3, 6, None, correction=False)


@given(st.text(alphabet="本町緑中央二三丁目番地のホンマチミドリチョウメニサン12-、です", max_size=15))
def test_never_raises(text: str) -> None:
    """And names only districts that there are."""
    found = parse_address(text, DISTRICTS, reading=text)
    assert found is None or found.district is None or found.district in DISTRICTS
