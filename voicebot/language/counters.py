"""Counted things: イッカイ, サンボン, ハツカ, ヒトリ, as a reading and back.

Kanji numerals with their counter are read rightly by Open JTalk; this is for matching, for synthesisers that know no
kanji and for understanding answers. Rules of euphony: 常用漢字表's readings and the tables of Japanese counters in
school grammars; where two forms are current (ハチフン, ハップン) one is said and both are understood.
"""

import re
from dataclasses import dataclass

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact
from voicebot.language.numbers import NUMBER, number_reading, number_value

_NATIVE = ("", "ヒトツ", "フタツ", "ミッツ", "ヨッツ", "イツツ", "ムッツ", "ナナツ", "ヤッツ", "ココノツ", "トオ")
_DAYS = {
    1: "ツイタチ", 2: "フツカ", 3: "ミッカ", 4: "ヨッカ", 5: "イツカ", 6: "ムイカ", 7: "ナノカ", 8: "ヨウカ",
    9: "ココノカ", 10: "トオカ", 14: "ジュウヨッカ", 20: "ハツカ", 24: "ニジュウヨッカ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a counter sounds behind a number."""

    reading: str
    doubles: str = ""
    """Last digits before which the number ends in ッ: of 1, 6, 8 and 0 (ten, hundred)."""
    after: tuple[tuple[str, str], ...] = ()
    """Other forms of the counter, by last digits."""
    special: tuple[tuple[int, str], ...] = ()
    """Whole readings."""
    digits: tuple[tuple[int, str], ...] = ()
    """Other forms of the last digit."""


_K = "1680"
_FOUR = ((4, "ヨ"),)
_RULES = {
    "階": _Rule("カイ", _K, (("3", "ガイ"),)),
    "回": _Rule("カイ", _K),
    "か月": _Rule("カゲツ", _K),
    "か所": _Rule("カショ", _K),
    "個": _Rule("コ", _K),
    "件": _Rule("ケン", _K),
    "軒": _Rule("ケン", _K, (("3", "ゲン"),)),
    "歳": _Rule("サイ", "180", special=((20, "ハタチ"),)),
    "冊": _Rule("サツ", "180"),
    "週間": _Rule("シュウカン", "180"),
    "世帯": _Rule("セタイ", "0"),
    "通": _Rule("ツウ", "180"),
    "丁目": _Rule("チョウメ", "180"),
    "頭": _Rule("トウ", "180"),
    "点": _Rule("テン", "180"),
    "袋": _Rule("フクロ", special=((1, "ヒトフクロ"), (2, "フタフクロ"))),
    "本": _Rule("ホン", _K, (("1680", "ポン"), ("3", "ボン"))),
    "匹": _Rule("ヒキ", _K, (("1680", "ピキ"), ("3", "ビキ"))),
    "杯": _Rule("ハイ", _K, (("1680", "パイ"), ("3", "バイ"))),
    "泊": _Rule("ハク", _K, (("134680", "パク"),)),
    "分": _Rule("フン", _K, (("134680", "プン"),)),
    "人": _Rule("ニン", special=((1, "ヒトリ"), (2, "フタリ")), digits=_FOUR),
    "時": _Rule("ジ", digits=((4, "ヨ"), (7, "シチ"), (9, "ク")), special=((0, "レイジ"),)),
    "時間": _Rule("ジカン", digits=((4, "ヨ"), (9, "ク"))),
    "年": _Rule("ネン", digits=_FOUR),
    "円": _Rule("エン", digits=_FOUR),
    "月": _Rule("ガツ", digits=((4, "シ"), (7, "シチ"), (9, "ク"))),
    "日": _Rule("ニチ", digits=((9, "ク"), (7, "シチ")), special=tuple(_DAYS.items())),
    "番": _Rule("バン"),
    "枚": _Rule("マイ"),
    "台": _Rule("ダイ"),
    "名": _Rule("メイ"),
    "号": _Rule("ゴウ"),
    "つ": _Rule("", special=tuple(enumerate(_NATIVE))[1:]),
}
_ALIASES = {
    "ヶ月": "か月",
    "ヵ月": "か月",
    "カ月": "か月",
    "ケ月": "か月",
    "箇月": "か月",
    "ヶ所": "か所",
    "カ所": "か所",
    "箇所": "か所",
    "才": "歳",
}
_ENDINGS = {"1": "イチ", "6": "ロク", "8": "ハチ"}


def count_reading(number: int, counter: str) -> str:
    """Number and counter in katakana with their euphony: (3, "本") is サンボン, (20, "日") ハツカ.

    A counter that is not in the table raises `ValueError`; so does つ above ten.
    """
    rule = _RULES.get(_ALIASES.get(counter, counter))
    special = dict(rule.special).get(number) if rule else None
    if rule is None or (counter == "つ" and special is None):
        raise ValueError(
            "This counter has no reading here; write number and counter and let the synthesiser read them."
        )
    return special or _compound(number, rule)


def parse_count(text: str, counter: str) -> int | None:
    """How many of the counter were said, from text or reading; None when it is not a count of it.

    Native numerals (ひとつ, ふたり, はつか) are understood, a bare number too.
    """
    plain = re.sub("(?:デス|クライ|グライ|ホド|デオネガイシマス|オネガイシマス)+$", "", compact(strip_fillers(text)))
    name = _ALIASES.get(counter, counter)
    rule = _RULES.get(name, _Rule(compact(counter)))
    for number, reading in rule.special:
        if plain == reading:
            return number
    if name in {"つ", "個"} and plain in _NATIVE[1:]:
        return _NATIVE.index(plain)
    written = {name, counter, *(alias for alias, meant in _ALIASES.items() if meant == name)}
    forms = {rule.reading, *map(compact, written), *(form for _, form in rule.after)}
    ending = "|".join(sorted((re.escape(form) for form in forms if form), key=len, reverse=True))
    match = re.fullmatch(f"({NUMBER})(?:{ending})", plain) or re.fullmatch(f"({NUMBER})ツ?", plain)
    return number_value(match[1]) if match else None


def _compound(number: int, rule: _Rule) -> str:
    last = str(number % 10)
    words = number_reading(number)
    for digit, other in rule.digits:
        if number % 10 == digit:
            plain = number_reading(digit)
            words = words.removesuffix(plain) + other
    counter = next((form for lasts, form in rule.after if _ends(number, lasts)), rule.reading)
    if last in rule.doubles and _ends(number, last):
        words = _doubled(words)
    return words + counter


def _ends(number: int, lasts: str) -> bool:
    """Whether the number's last digit is listed; a round number counts as 0 up to hundreds (ジュッポン, ヒャッポン)."""
    last = str(number % 10)
    return last in lasts and (last != "0" or (number != 0 and number % 1000 != 0))


def _doubled(words: str) -> str:
    for ending in ("イチ", "ロク", "ハチ", "ジュウ", "ヒャク", "ビャク", "ピャク"):
        if words.endswith(ending):
            return words.removesuffix(ending) + ending[:-1] + "ッ"
    return words
