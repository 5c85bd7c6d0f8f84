"""Whole numbers, from a value to words and from words to a value.

Words come as kanji (三千二百), as figures (3,200), mixed (3千2百) or as a katakana reading (サンゼンニヒャク): all
are parsed. Euphony is that of the usual dictionaries of pronunciation. This module does not know what is counted: see
`counters`, `money`, `dates`; digits said one by one are in `digits`.
"""

import re
from collections.abc import Callable

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact

LIMIT = 10**20
"""Numbers of this size and above have no words here."""

_UNITS = ("", "万", "億", "兆", "京")
_UNIT_READINGS = ("", "マン", "オク", "チョウ", "ケイ")
_DIGITS = ("", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ")
_THOUSANDS = {1: "セン", 3: "サンゼン", 8: "ハッセン"}
_HUNDREDS = {1: "ヒャク", 3: "サンビャク", 6: "ロッピャク", 8: "ハッピャク"}
_DOUBLED = re.compile(r"イチ(?=[チセ])|ハチ(?=チ)|ジュウ(?=チ)|イチ(?=ケ)|ロク(?=ケ)|ハチ(?=ケ)|ジュウ(?=ケ)")
_DOUBLES = {"イチ": "イッ", "ロク": "ロッ", "ハチ": "ハッ", "ジュウ": "ジュッ"}

_WORDS = {
    0: "0|〇|零|ゼロ|レイ",
    1: "1|一|壱|イチ|イッ",
    2: "2|二|弐|ニイ|ニ",
    3: "3|三|参|サン",
    4: "4|四|ヨン|シイ|シ|ヨ(?=ジ(?!ュ)|ニン|ネン|エン|ニチ|バン)",
    5: "5|五|ゴウ|ゴオ|ゴ",
    6: "6|六|ロク|ロッ",
    7: "7|七|ナナ|シチ|ヒチ",
    8: "8|八|ハチ|ハッ",
    9: "9|九|キュウ|ク",
}
_DIGIT = "(?:" + "|".join(_WORDS[value] for value in range(1, 10)) + ")"
_VALUES = tuple((re.compile(words.split("(?=")[0]), value) for value, words in _WORDS.items())
_TEN = "(?:十|拾|ジュウ|ジュッ|ジッ)"
_HUNDRED = "(?:百|ヒャク|ビャク|ピャク|ヒャッ|ビャッ|ピャッ)"
_THOUSAND = "(?:千|セン|ゼン)"
_BIG = ("(?:京|ケイ)", "(?:兆|チョウ)", "(?:億|オク)", "(?:万|マン)")
_START = f"(?=[0-9]|{_DIGIT}|{_TEN}|{_HUNDRED}|{_THOUSAND})"
_SECTION = f"{_START}(?:{_DIGIT}?{_THOUSAND})?(?:{_DIGIT}?{_HUNDRED})?(?:{_DIGIT}?{_TEN})?(?:[0-9]+|{_DIGIT})?"
_POSITIONAL = "[〇零一二三四五六七八九]{2,}(?![十百千万億兆])"
_WORDED = "".join(f"(?:{_SECTION}{unit})?" for unit in _BIG) + f"(?:{_SECTION})?"
NUMBER = f"(?:{_POSITIONAL}|{_START}{_WORDED}|〇|零|ゼロ|レイ(?!ワ))"
"""A regular expression, without groups, for a number in any script inside `compact` text."""

_ALONE = _SECTION.replace(_WORDS[4], _WORDS[4].split("(?=")[0])  # what follows the number is no longer there
_PARTS = re.compile("".join(f"(?:({_ALONE}){unit})?" for unit in _BIG) + f"({_ALONE})?")
_SECTION_PARTS = re.compile(
    f"(?:(?P<thousand>{_DIGIT})?(?P<k>{_THOUSAND}))?(?:(?P<hundred>{_DIGIT})?(?P<h>{_HUNDRED}))?"
    f"(?:(?P<ten>{_DIGIT})?(?P<t>{_TEN}))?(?P<one>[0-9]+|{_DIGIT}|ヨ)?"
)
_POSITIONAL_PATTERN = re.compile(_POSITIONAL)
_COUNTED = (
    "円|番|人|名|ツ|回|歳|才|個|枚|本|冊|台|件|号|階|年|月|日|時|分|丁|週|世帯|箇|カ|ヶ|ヵ|点|通|袋"
    "|エン|バン|ニン|メイ|コ|マイ|サイ|ダイ|ケン|ゴウ"
)
_ENDING = (
    r"(?:クライ|グライ|ホド|グチ|メ)?(?:デス|ニナリマス|ダ|ダト思イマス|ダトオモイマス|デゴザイマス|カナ|デスネ|ネ|ヨ)*"
)
_WHOLE = re.compile(f"(?P<minus>マイナス|-)?(?P<number>{NUMBER})(?:{_COUNTED})?{_ENDING}")
_FIGURES = re.compile("[0-9]+(?:[兆億万千百][0-9]*)*")
_KANJI = re.compile(f"[〇零一二三四五六七八九十百千万億兆]+(?=$|{_COUNTED}|デス)")


def say_number(number: int) -> str:
    """The number in kanji, which every Japanese synthesiser reads with its euphony: 三千二百.

    千 leads a group of ten thousands as 一千 (一千万). Raises `ValueError` from 10**20 on.
    """
    return _say(number, _kanji_group, _UNITS)


def number_reading(number: int) -> str:
    """The number in katakana: サンゼンニヒャク. Raises `ValueError` from 10**20 on."""
    return _DOUBLED.sub(lambda match: _DOUBLES[match.group()], _say(number, _read_group, _UNIT_READINGS))


def parse_number(text: str) -> int | None:
    """The number that an utterance consists of, or the only one in it; None when there is none or more than one.

    Takes text or a katakana reading; politeness, a counter and です around the number are passed over.
    """
    plain = compact(strip_fillers(text))
    if match := _WHOLE.fullmatch(plain):
        value = number_value(match["number"])
        return -value if value is not None and match["minus"] else value
    for pattern in (_FIGURES, _KANJI):
        if found := pattern.findall(plain):
            return number_value(found[0]) if len(found) == 1 else None
    return None


def number_value(words: str) -> int | None:
    """The value of what `NUMBER` matched in `compact` text; None when it is not one number."""
    if _POSITIONAL_PATTERN.fullmatch(words):
        return int("".join(str(digit_value(sign)) for sign in words))
    if words in {"〇", "零", "ゼロ", "レイ"}:
        return 0
    match = _PARTS.fullmatch(words)
    if match is None or not words:
        return None
    sections = [_section_value(part) if part else 0 for part in match.groups()]
    total = sum(value * 10_000 ** (4 - place) for place, value in enumerate(sections))
    return total if total < LIMIT else None


def digit_value(word: str) -> int | None:
    """The value of a single digit word in any script (`compact` form)."""
    return next((value for pattern, value in _VALUES if pattern.fullmatch(word)), None)


def _section_value(words: str) -> int:
    """Below ten thousand, except for figures, which may be longer."""
    match = _SECTION_PARTS.fullmatch(words)
    if match is None:
        return 0
    total = 0
    for unit, digit, value in (("k", "thousand", 1000), ("h", "hundred", 100), ("t", "ten", 10)):
        if match[unit]:
            total += value * _one(match[digit] or "一")
    return total + _one(match["one"] or "0")


def _one(word: str) -> int:
    if word.isascii():
        return int(word[-25:])
    return next((value for pattern, value in _VALUES if pattern.fullmatch(word)), 0)


def _say(number: int, group: Callable[[int, bool], str], units: tuple[str, ...]) -> str:
    if abs(number) >= LIMIT:
        raise ValueError("Numbers from 10**20 on have no words; say them with digits_one_by_one.")
    places = [(abs(number) // 10_000**place % 10_000, place) for place in reversed(range(len(units)))]
    words = "".join(group(value, place > 0) + units[place] for value, place in places if value)
    return ("マイナス" if number < 0 else "") + (words or "ゼロ")


def _kanji_group(value: int, leads: bool) -> str:
    words = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            shown = unit == 1 or digit > 1 or (unit == 1000 and leads)
            words += ("〇一二三四五六七八九"[digit] if shown else "") + sign
    return words


def _read_group(value: int, leads: bool) -> str:
    thousand, hundred, ten, one = (value // unit % 10 for unit in (1000, 100, 10, 1))
    words = ""
    if thousand:
        words += "イッセン" if leads and thousand == 1 else _THOUSANDS.get(thousand, _DIGITS[thousand] + "セン")
    if hundred:
        words += _HUNDREDS.get(hundred, _DIGITS[hundred] + "ヒャク")
    if ten:
        words += (_DIGITS[ten] if ten > 1 else "") + "ジュウ"
    return words + _DIGITS[one]
