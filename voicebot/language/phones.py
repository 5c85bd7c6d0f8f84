"""Telephone numbers and postal codes of Japan: understood from speech, checked by shape, read back in groups.

Shapes are those of the Ministry of Internal Affairs' numbering plan: a number at a fixed line has 10 digits with its
0 (0AB-J, also 0120 and 0570), mobile, IP and data lines (050, 060, 070, 080, 090) and 0800 have 11. Whether a number
is in service is not known here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from voicebot.language.digits import digit_groups, digits_one_by_one
from voicebot.language.kana import katakana

_SHAPE = re.compile("0[5-9]0[0-9]{8}|0[1-9][0-9]{8}")
_TEN_BUT_ELEVEN = re.compile("0[5-9]0|0800")
_ONE_DIGIT = re.compile(
    "[0-9]+|[〇零○◯一二三四五六七八九丸令]|ゼ|レ[イー]|マル|イチ|イッ|ニ|サン|ヨ|シ|ゴ|ロ[クッ]|ナナ|ヒチ|ハ[チッ]|キュ|ク|ヒト|フタ|ミッ|イツ|ムッ|ヤッ|ココノ"
)
_POSTAL_CODE_IS = re.compile("郵便番号(?:は|ハ)?|ユウビンバンゴウ(?:ハ|ワ)?")
_FREE = re.compile("フリーダイヤル|フリーダイアル|フリーコール")
_ABROAD = re.compile(r"^(?:\+|プラス)\s*81[-\s(]*0?[)\s-]*")


@dataclass(frozen=True, slots=True)
class PhoneFound:
    """A telephone number that a caller said."""

    number: str
    """National digits, with the leading 0."""
    groups: tuple[str, ...]
    """The digits in groups for reading back: the caller's own when they are a sensible three, else the usual ones."""


def national_number(text: str) -> str | None:
    """The digits, with the leading 0, of a number written in any usual way; None when it is no number of Japan."""
    plain = katakana(text).strip()
    digits = re.sub("[^0-9]", "", _ABROAD.sub("0", plain))
    return digits if _valid(digits) else None


def parse_phone(text: str, area_codes: Iterable[str] = ()) -> PhoneFound | None:
    """The telephone number said in an utterance; None unless it has the shape of one.

    Args:
        text: What was said, as text or as a katakana reading.
        area_codes: The city's own area codes (0767), for grouping.
    """
    plain = katakana(text)
    if not _may_hold_digits(plain):
        return None
    free = _FREE.search(plain)
    said = plain[free.end() :] if free else _ABROAD.sub("0", plain)
    groups = digit_groups(said)
    if free and sum(map(len, groups)) == 6:
        groups = ("0120", *groups)
    number = "".join(groups)
    if not _valid(number):
        return None
    return PhoneFound(number, groups if _sensible(groups) else grouped(number, area_codes))


def grouped(number: str, area_codes: Iterable[str] = ()) -> tuple[str, ...]:
    """The usual three groups of a national number: 050-0000-1234, 0120-000-123, 03-0000-1234.

    Without a table of area codes other fixed lines are 3-3-4, unless one of `area_codes` leads.
    """
    known = sorted((code for code in area_codes if number.startswith(code)), key=len, reverse=True)
    if len(number) == 11:
        sizes = (4, 3) if number.startswith("0800") else (3, 4)
    elif number.startswith(("0120", "0570", "0180", "0990")):
        sizes = (4, 3)
    elif known:
        sizes = (len(known[0]), 6 - len(known[0]))
    else:
        sizes = (2, 4) if number.startswith(("03", "06")) else (3, 3)
    first, second = sizes[0], sizes[0] + sizes[1]
    return number[:first], number[first:second], number[second:]


def say_phone(groups: Iterable[str]) -> str:
    """The groups digit by digit with a pause between: ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン."""
    return digits_one_by_one("-".join(groups))


def parse_postal(text: str) -> str | None:
    """The postal code said, as 926-0811; None unless seven digits were said."""
    plain = _spelled(text)
    if not _may_hold_digits(plain):
        return None
    digits = "".join(digit_groups(_POSTAL_CODE_IS.sub("", plain)))
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 else None


def say_postal(code: str) -> str:
    """The postal code digit by digit in its two groups."""
    return digits_one_by_one(code)


def _may_hold_digits(plain: str) -> bool:
    """Whether there are digits enough for a number at all; a look that spares most utterances the parsing."""
    found = _ONE_DIGIT.findall(plain)
    return len(found) > 1 or len("".join(found)) >= 7


def _spelled(text: str) -> str:
    return katakana(text).replace("ユービンバンゴー", "ユウビンバンゴウ").lstrip("〒 ")


def _valid(number: str) -> bool:
    if not _SHAPE.fullmatch(number):
        return False
    return (len(number) == 11) == bool(_TEN_BUT_ELEVEN.match(number))


def _sensible(groups: tuple[str, ...]) -> bool:
    return len(groups) == 3 and all(2 <= len(group) <= 5 for group in groups) and len(groups[-1]) in {3, 4}
