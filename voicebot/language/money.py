"""Amounts of yen, said and understood: 千二百円, 1万2千円, センニヒャクエン."""

import re

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact
from voicebot.language.numbers import NUMBER, number_reading, number_value, parse_number, say_number

_AMOUNT = re.compile(f"(?P<number>{NUMBER})(?:円|エン)(?!グン|キ|ソウ|チョウ|ドウ|ジン)|¥(?P<sign>[0-9]+)")


def say_money(yen: int) -> str:
    """The amount in kanji: 千二百円, ゼロ円. Raises `ValueError` from 10**20 on."""
    return f"{say_number(yen)}円"


def money_reading(yen: int) -> str:
    """The amount in katakana: センニヒャクエン, ヨエン. Raises `ValueError` from 10**20 on."""
    number = number_reading(yen)
    return (number.removesuffix("ヨン") + "ヨ" if number.endswith("ヨン") else number) + "エン"


def parse_money(text: str) -> int | None:
    """The first amount in an utterance, or the number that it consists of; None when there is none."""
    stripped = strip_fillers(text)
    spelled = re.sub("[¥￥]", "¥", stripped)
    if sign := re.search("¥ ?([0-9,]+)", spelled):
        return number_value(sign[1].replace(",", ""))
    if match := _AMOUNT.search(compact(spelled)):
        return number_value(match["number"])
    return parse_number(stripped)
