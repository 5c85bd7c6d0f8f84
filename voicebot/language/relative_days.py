"""Days told by their distance from today: あす, 来週の月曜, 今度の日曜, 三日後.

Weeks begin on Monday (JIS X 0301), so 来週の日曜 said on a Saturday is eight days away; only on a Sunday 今週 is the
week that begins tomorrow, as calendars on the wall have it. Works on `kana.compact` text.
"""

import re
from datetime import date, timedelta

from voicebot.language.numbers import NUMBER, number_value

WEEKDAY = "(?P<weekday>[月火水木金土日]曜|(?:ゲツ|カ|スイ|モク|キン|ド|ニチ)ヨウ)(?:ビ|日)?"
"""A regular expression for a weekday, with a group `weekday`."""

_SIGNS = {
    "月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6,
    "ゲツ": 0, "カ": 1, "スイ": 2, "モク": 3, "キン": 4, "ド": 5, "ニチ": 6,
}  # fmt: skip
_KANJI = {"明々後日": 3, "明後日": 2, "明日": 1, "翌日": 1, "今日": 0, "本日": 0, "一昨日": -2, "昨日": -1}
_KANA = {
    "シアサッテ": 3, "アサッテ": 2, "ミョウゴニチ": 2, "アス": 1, "アシタ": 1, "ミョウニチ": 1, "ヨクジツ": 1,
    "キョウ": 0, "ホンジツ": 0, "オトトイ": -2, "オトツイ": -2, "イッサクジツ": -2, "キノウ": -1, "サクジツ": -1,
}  # fmt: skip
_KANJI_WORD = re.compile("|".join(_KANJI))
# キョウ, アス, キノウ are parts of many words in kana (東京, アスファルト, 機能): only between particles.
_KANA_WORD = re.compile(
    f"(?:^|(?<=[ハワニノデガヲトモ]))(?:{'|'.join(_KANA)})"
    "(?=$|[ハワノニモガヲ](?!リ|ウ)|デ(?:ス|モ|$|オネガイ)|カラ|マデ|ゴ(?:ゼン|ゴ)|ジュウ|[0-9一-龠])"
)
_WEEKS = {
    "再来週": 2, "サライシュウ": 2, "来週": 1, "ライシュウ": 1, "翌週": 1, "今週": 0, "コンシュウ": 0, "先週": -1,
    "センシュウ": -1,
}  # fmt: skip
_IN_WEEK = re.compile(f"(?P<word>{'|'.join(_WEEKS)})ノ?{WEEKDAY}")
_NEXT = re.compile(f"(?:今度|コンド|次|ツギ)ノ?{WEEKDAY}")
_ANY = re.compile(f"(?<![0-9一二三四五第]){WEEKDAY}")
_SPANS = {
    "フツカ": 2,
    "ミッカ": 3,
    "ヨッカ": 4,
    "イツカ": 5,
    "ムイカ": 6,
    "ナノカ": 7,
    "ヨウカ": 8,
    "ココノカ": 9,
    "トオカ": 10,
}
_AWAY = re.compile("[後前ゴ]|マエ")
_SHIFT = re.compile(
    f"(?:(?P<native>{'|'.join(_SPANS)})|(?P<count>{NUMBER})(?P<unit>日|ニチ|週間|シュウカン))(?P<way>後|ゴ(?!ロ|ゼン|ゴ)|前|マエ)"
)


def relative_day(plain: str, today: date) -> tuple[date, str] | None:
    """The day told relative to today, and the words for it; None when there is none."""
    weekday = "曜" in plain or "ヨウ" in plain
    for step in (_shifted, *((_in_week, _next) if weekday else ()), _named, *((_weekday,) if weekday else ())):
        if found := step(plain, today):
            distance, words = found
            try:
                return today + timedelta(days=distance), words
            except OverflowError:  # 九億日後
                return None
    return None


def weekday_number(word: str) -> int:
    """0 for Monday (月曜, ゲツヨウ) to 6 for Sunday."""
    return _SIGNS[word.removesuffix("曜").removesuffix("ヨウ")]


def _shifted(plain: str, _: date) -> tuple[int, str] | None:
    match = _SHIFT.search(plain) if _AWAY.search(plain) else None
    if match is None:
        return None
    count = _SPANS[match["native"]] if match["native"] else number_value(match["count"])
    if count is None or count > 3_650_000:
        return None
    days = count * (7 if match["unit"] in {"週間", "シュウカン"} else 1)
    return (-days if match["way"] in {"前", "マエ"} else days), match.group()


def _in_week(plain: str, today: date) -> tuple[int, str] | None:
    match = _IN_WEEK.search(plain)
    if match is None:
        return None
    distance = 7 * _WEEKS[match["word"]] + weekday_number(match["weekday"]) - today.weekday()
    on_sunday = today.weekday() == 6 and distance < 0 and _WEEKS[match["word"]] == 0
    return distance + 7 * on_sunday, match.group()


def _next(plain: str, today: date) -> tuple[int, str] | None:
    match = _NEXT.search(plain)
    return ((weekday_number(match["weekday"]) - today.weekday() - 1) % 7 + 1, match.group()) if match else None


def _named(plain: str, _: date) -> tuple[int, str] | None:
    match = _KANJI_WORD.search(plain) or _KANA_WORD.search(plain)
    return ({**_KANJI, **_KANA}[match.group()], match.group()) if match else None


def _weekday(plain: str, today: date) -> tuple[int, str] | None:
    match = _ANY.search(plain)
    return ((weekday_number(match["weekday"]) - today.weekday()) % 7, match.group()) if match else None
