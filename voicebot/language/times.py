"""Times of day, ranges and durations, as people say them.

午前12時 and 午後12時 are taken as a digital clock shows them (0:00 and 12:00); the law of 1872 (太政官布告 no. 337)
calls noon 午前12時, so noon is always said as 正午 here. Opening hours are not known here.
"""

import re
from dataclasses import dataclass, replace
from datetime import time

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact
from voicebot.language.numbers import NUMBER, number_value

_PERIODS = {
    "morning": "午前|ゴゼン|今朝|ケサ|早朝|ソウチョウ|朝方|アサガタ|朝|アサ|明ケ方|アケガタ|am|a.m",
    "noon": "昼間|ヒルマ|オ昼|昼|オヒル|ヒル",
    "evening": "午後|ゴゴ|夕方|ユウガタ|夕刻|ユウコク|pm|p.m",
    "night": "今夜|コンヤ|今晩|コンバン|夜分|毎晩|毎夜|夜(?!中|半)|ヨル|晩",
    "midnight": "真夜中|マヨナカ|夜中|ヨナカ|夜半|ヤハン|深夜|シンヤ|未明|ミメイ",
}
_PERIOD = "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _PERIODS.items()) + ")"
_CLOCK = "(?P<clock>[0-9]{1,2}):(?=[0-5][0-9](?![0-9]))"
_HOUR = f"(?:(?P<hour>{NUMBER})(?:時(?![間的停給])|ジ(?![ュョャ]|カン|テキ))|{_CLOCK})"
_MINUTE = f"(?:(?P<minute>{NUMBER})(?:分(?!ノ)|フン|プン)|(?P<half>半|ハン)|(?<=:)(?P<digits>[0-5][0-9]))"
_WAY = "(?P<before>前|マエ)?"
_TIME = re.compile(
    f"(?:{_PERIOD}ノ?)?(?:(?P<midday>正午|ショウゴ)ノ?(?:(?P<past>{NUMBER})(?:分|フン|プン))?|{_HOUR}{_MINUTE}?){_WAY}"
)
_SIGN = re.compile("[時ジ:]|正午|ショウゴ")
_BETWEEN = re.compile("から|カラ|[〜～~]|(?<=[0-9時分半])[-−](?=[0-9])")
_DURATION = re.compile(
    f"(?:(?P<hours>{NUMBER})(?:時間|ジカン)(?P<half>半|ハン)?)?(?:(?P<minutes>{NUMBER})(?:分|フン|プン)(?:間|カン)?)?"
)


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time that somebody spoke of."""

    time: time
    certain: bool
    """False when 午前 or 午後 was neither said nor clear: one to six o'clock is then taken as afternoon."""
    next_day: bool
    """Whether it was counted past midnight (25時, 夜の12時)."""
    words: str
    """What was understood as the time, in `kana.compact` form."""


def parse_time(text: str) -> TimeFound | None:
    """The first time of day in an utterance (text or katakana reading); None when there is none."""
    plain = compact(strip_fillers(text))
    if not _SIGN.search(plain):
        return None
    return next((found for match in _TIME.finditer(plain) if (found := _found(match))), None)


def parse_range(text: str) -> tuple[TimeFound, TimeFound] | None:
    """From when to when: 午前8時半から午後5時15分まで, 9時〜12時; None unless both ends are there.

    An end without 午前 or 午後 is the first such time after the beginning.
    """
    parts = _BETWEEN.split(strip_fillers(text), maxsplit=1)
    if len(parts) < 2:
        return None
    start, end = parse_time(parts[0]), parse_time(parts[1])
    if start is None or end is None:
        return None
    if not end.certain and not start.next_day:
        end = _after(start, end)
    return start, end


def say_time(at: time) -> str:
    """午前8時半, 午後5時15分, 正午, 午前0時; seconds are not said."""
    if (at.hour, at.minute) == (12, 0):
        return "正午"
    minutes = "半" if at.minute == 30 else f"{at.minute}分" if at.minute else ""
    return f"{'午前' if at.hour < 12 else '午後'}{at.hour % 12}時{minutes}"


def say_range(start: time, end: time) -> str:
    """午前8時半から午後5時15分まで; an end that is not after the start is 翌日の."""
    return f"{say_time(start)}から{'翌日の' if end <= start else ''}{say_time(end)}まで"


def say_duration(minutes: int) -> str:
    """1時間半, 45分, 2時間15分."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}分"
    return f"{hours}時間" + ("半" if rest == 30 else f"{rest}分" if rest else "")


def parse_duration(text: str) -> int | None:
    """Minutes of a duration (一時間半, 90分, ニジカンジュップン); None when none was said."""
    for match in _DURATION.finditer(compact(strip_fillers(text))):
        if match.group():
            hours, minutes = (number_value(match[name] or "0") for name in ("hours", "minutes"))
            return (hours or 0) * 60 + (30 if match["half"] else 0) + (minutes or 0)
    return None


def _found(match: re.Match[str]) -> TimeFound | None:
    period = next((name for name in _PERIODS if match[name]), None)
    hour = 12 if match["midday"] else number_value(match["hour"] or match["clock"])
    minute = 30 if match["half"] else number_value(match["past"] or match["minute"] or match["digits"] or "0")
    if hour is None or minute is None or hour > 30 or minute > 59:
        return None
    hour, next_day = _hour(hour, "noon" if match["midday"] else period)
    total = hour * 60 + (-minute if match["before"] and (match["minute"] or match["past"]) else minute)
    certain = (
        bool(period or match["midday"] or match["clock"]) or not 1 <= (number_value(match["hour"] or "0") or 0) <= 12
    )
    return TimeFound(time(total // 60 % 24, total % 60), certain, next_day or total >= 24 * 60, match.group())


def _hour(hour: int, period: str | None) -> tuple[int, bool]:
    """The hour of the day, and whether it is the next day's."""
    if hour > 23:
        return hour - 24, True
    match period:
        case "morning":
            return hour % 12 if hour <= 12 else hour, False
        case "evening":
            return hour % 12 + 12 if hour <= 12 else hour, False
        case "noon":
            return (hour + 12 if hour < 6 else hour), False
        case "night":
            return (0, True) if hour == 12 else (hour + 12 if 4 < hour < 12 else hour, False)
        case "midnight":
            return (0, True) if hour == 12 else (hour + 12 if 9 < hour < 12 else hour, False)
        case _:
            return (hour + 12 if 0 < hour < 7 else hour), False


def _after(start: TimeFound, end: TimeFound) -> TimeFound:
    """Of the two readings of an uncertain end, the first that is later than the start."""
    hour = end.time.hour % 12
    for candidate in (end.time.replace(hour=hour), end.time.replace(hour=hour + 12)):
        if candidate > start.time:
            return replace(end, time=candidate, certain=start.certain)
    return end
