"""Which garbage is collected where and when."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.days import parse_days, parse_period
from voicebot.city.garbage import (
    HORIZON_DAYS,
    Closure,
    Extra,
    Garbage,
    Kind,
    is_collected,
    next_collection,
)
from voicebot.city.load import City

BURNABLE, PLASTIC, METAL, BULKY = "燃えるごみ", "プラスチック", "燃えないごみ", "粗大ごみ"
KINDS = {
    name: Kind(name, reading, also)
    for name, reading, also in (
        (BURNABLE, "モエルゴミ", ("可燃ごみ",)),
        (PLASTIC, "プラスチック", ()),
        (METAL, "モエナイゴミ", ()),
        (BULKY, "ソダイゴミ", ()),
    )
}
AREAS = {
    "東": {BURNABLE: parse_days("月・木"), PLASTIC: parse_days("水"), METAL: parse_days("第2・第4水曜")},
    "西": {BURNABLE: parse_days("火・金"), METAL: parse_days("最終木曜")},
}
CLOSED = (Closure(parse_period("12月31日から1月3日まで"), "年末年始"),)
GARBAGE = Garbage(KINDS, AREAS, time(8), "朝8時", {"資源": (PLASTIC, METAL)}, closures=CLOSED)
EXTRA = Garbage(
    KINDS, AREAS, time(8), "朝8時", closures=CLOSED, on_holidays=False,
    extras=(Extra(parse_period("2027-01-02"), (BURNABLE,), ("西",)), Extra(parse_period("2027-01-03"), (METAL,))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("area", "kinds", "first", "day", "collected"),
    [
        ("東", (BURNABLE,), "2026-11-22", "2026-11-23", (BURNABLE,)),  # a holiday is as usual
        ("東", (BURNABLE,), "2026-11-23", "2026-11-23", (BURNABLE,)),
        ("東", (METAL,), "2026-11-22", "2026-11-25", (METAL,)),  # the fourth Wednesday
        ("東", (METAL,), "2026-11-26", "2026-12-09", (METAL,)),
        ("東", tuple(KINDS), "2026-11-24", "2026-11-25", (PLASTIC, METAL)),
        ("東", (METAL, PLASTIC), "2026-11-26", "2026-12-02", (PLASTIC,)),
        ("西", (METAL,), "2026-11-27", "2027-01-28", (METAL,)),  # the last Thursday of December is 31 December
    ],
)
def test_the_next_collection(
    area: str, kinds: tuple[str, ...], first: str, day: str, collected: tuple[str, ...]
) -> None:
    """By weekday, by the n-th weekday, and past closures."""
    found = next_collection(GARBAGE, area, kinds, date.fromisoformat(first))
    assert found is not None
    assert (found.day.isoformat(), found.kinds) == (day, collected)


def test_a_collection_that_is_left_out_says_why() -> None:
    """Else the caller would think that we are wrong."""
    found = next_collection(GARBAGE, "西", (BURNABLE,), date(2026, 12, 30))
    assert found is not None
    assert (found.day, found.skipped) == (date(2027, 1, 5), "年末年始")
    holiday = next_collection(EXTRA, "東", (BURNABLE,), date(2026, 11, 22))
    assert holiday is not None
    assert (holiday.day, holiday.skipped) == (date(2026, 11, 26), "勤労感謝の日")


def test_an_extra_collection_wins_over_a_closure_in_its_areas() -> None:
    """Without areas it is everywhere."""
    day = date(2027, 1, 2)
    assert is_collected(EXTRA, "西", BURNABLE, day)
    assert not is_collected(EXTRA, "東", BURNABLE, day)
    assert all(is_collected(EXTRA, area, METAL, date(2027, 1, 3)) for area in AREAS)


def test_what_has_no_days_is_never_collected() -> None:
    """The look-up ends."""
    assert next_collection(GARBAGE, "東", (BULKY,), date(2026, 11, 22)) is None
    assert not GARBAGE.has_days(BULKY)
    assert GARBAGE.has_days(PLASTIC)


@pytest.mark.parametrize(
    ("words", "reading", "kinds"),
    [
        ("燃えるごみ", "", (BURNABLE,)),
        ("可燃ごみ", "", (BURNABLE,)),
        ("もえないごみ", "", (METAL,)),
        ("燃え無い護美", "モエナイゴミ", (METAL,)),
        ("資源", "", (PLASTIC, METAL)),
        ("住民票", "ジューミンヒョー", ()),
        ("", "", ()),
    ],
)
def test_kinds_are_found_by_any_name(words: str, reading: str, kinds: tuple[str, ...]) -> None:
    """Written, by sound, and several by the name of a group."""
    assert GARBAGE.kinds_called(words, reading) == kinds


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.data())
def test_the_next_collection_is_a_collection_and_none_lies_between(
    minato: City, first: date, data: st.DataObject
) -> None:
    """For every area and kinds of the demo city."""
    garbage = minato.garbage
    assert garbage is not None
    area = data.draw(st.sampled_from(sorted(garbage.areas)))
    kinds = tuple(data.draw(st.lists(st.sampled_from(list(garbage.kinds)), min_size=1, unique=True)))
    found = next_collection(garbage, area, kinds, first)
    last = found.day if found else first + timedelta(days=HORIZON_DAYS + 1)
    for number in range((last - first).days):
        assert not any(is_collected(garbage, area, kind, first + timedelta(days=number)) for kind in kinds)
    if found:
        assert found.day >= first
        assert set(found.kinds) == {kind for kind in kinds if is_collected(garbage, area, kind, found.day)} != set()
    else:
        assert not any(kind in garbage.areas[area] for kind in kinds)
