"""Hours of one day as staff write them: 「8:30-12:00、13:00-17:15」「17:15-翌8:30」「24時間」「休み」.

Text in, minutes out. Days and calendars are not known here.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

MINUTES_A_DAY = 24 * 60
CLOSED_WORDS = frozenset({"休み", "休", "休業", "休館", "閉庁", "閉館"})
_CLOCK = r"(翌日?)?(\d{1,2})(?::(\d{2})|時(?:(半)|(\d{1,2})分)?)"
_RANGE = re.compile(rf"{_CLOCK}-{_CLOCK}")
_CURE = "「8:30-17:15」「8:30-12:00、13:00-17:15」「17:15-翌8:30」「24時間」「休み」のどれかの形で書いてください。"


@dataclass(frozen=True, slots=True)
class TimeRange:
    """An unbroken stretch of opening time that begins on a day."""

    start: int
    """Minutes after midnight, 0 to 1,439."""
    end: int
    """Minutes after the midnight of the day it begins on; above 1,440 when it goes on into the next day."""


Ranges = tuple[TimeRange, ...]
"""The opening hours of one day, in order and apart from each other; empty means closed."""

ALL_DAY: Ranges = (TimeRange(0, MINUTES_A_DAY),)


def parse_ranges(text: str) -> Ranges:
    """The hours that the text means.

    Raises:
        ValueError: in Japanese, with the cure.
    """
    plain = plain_text(text)
    if plain in CLOSED_WORDS:
        return ()
    if plain == "24時間":
        return ALL_DAY
    ranges = sorted((_range(piece, text) for piece in re.split(r"[,、・/と]", plain)), key=lambda item: item.start)
    for earlier, later in pairwise(ranges):
        if later.start < earlier.end:
            raise ValueError(f"「{text}」は時間が重なっています。重ならないように書いてください。")
    return tuple(ranges)


def plain_text(text: str) -> str:
    """The text with half-width signs, one kind of dash and no spaces: 「８：３０〜１７：１５」 is 「8:30-17:15」."""
    plain = unicodedata.normalize("NFKC", text).replace("まで", "").replace("から", "-")
    return re.sub(r"[〜~‐‑–—−]", "-", re.sub(r"\s", "", plain))


def _range(piece: str, text: str) -> TimeRange:
    found = _RANGE.fullmatch(piece)
    if found is None:
        raise ValueError(f"「{text}」は時間として読めません。{_CURE}")
    start = _minutes(found.groups()[:5], text)
    end = _minutes(found.groups()[5:], text)
    if start >= MINUTES_A_DAY:
        raise ValueError(f"「{text}」の始まりは0:00から23:59までにしてください。")
    if end <= start:
        raise ValueError(f"「{text}」は終わりが始まりより前です。翌朝までなら「17:15-翌8:30」のように書いてください。")
    if end - start > MINUTES_A_DAY:
        raise ValueError(f"「{text}」は24時間より長くなっています。日ごとに分けて書いてください。")
    return TimeRange(start, end)


def _minutes(groups: tuple[str | None, ...], text: str) -> int:
    next_day, hour, colon_minute, half, minute = groups
    minutes = int(hour or 0) * 60 + (30 if half else int(colon_minute or minute or 0))
    if minutes > MINUTES_A_DAY or int(colon_minute or minute or 0) > 59:
        raise ValueError(f"「{text}」は時刻として読めません。0:00から24:00までで書いてください。")
    return minutes + (MINUTES_A_DAY if next_day else 0)
