"""Strings of digits (telephone numbers, postal codes, reception numbers), as operators say them and callers answer.

Operators lengthen the digits of one mora (ニー, ゴー) so that all last equally long, say ヨン ナナ キュー instead of
シ シチ ク (シ, シチ and イチ are one sound for old ears on the telephone), and pause between groups. This module does
not know what a string of digits means: see `phones`.
"""

import re

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact, katakana
from voicebot.language.numbers import NUMBER, number_value

_SPOKEN = dict(
    zip("0123456789", ("ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュー"), strict=True)
)
_SIGNS = {"#": "シャープ", "*": "コメジルシ", "+": "プラス"}
_WORDS = (
    "[0〇零○◯]|ゼロ|ゼーロ|レイ|レー|マル|[丸令]",
    "[1一]|イチ|イッ|ヒトツ",
    "[2二]|ニー|ニイ(?!チ)|ニ|フタツ|フタ",
    "[3三]|サン|ミッツ",
    "[4四]|ヨンー?|ヨッツ|シー|シイ(?!チ)|シ(?!チ)|ヨ(?=[イニサゴロナハキゼレ])",
    "[5五]|ゴー|ゴウ|ゴ|イツツ",
    "[6六]|ロク|ムッツ",
    "[7七]|ナナツ|ナナ|シチ|ヒチ",
    "[8八]|ハチ|ヤッツ",
    "[9九]|キューウ?|キュウ|ココノツ|クー|クウ|ク",
)
_DIGIT = "|".join(f"(?P<d{digit}>{words})" for digit, words in enumerate(_WORDS))
_HARD = "ノバシ(?:ボー|ボウ|テ)|ノバス|ハイフン|カッコ(?:トジ)?|バー|ノ|(?<=[0-9〇一二三四五六七八九])ー|[-‐‑–—−()]"
_SOFT = r"[\s、。,.・]+"
_TOKEN = re.compile(f"{_DIGIT}|(?P<hard>{_HARD})|(?P<soft>{_SOFT})")
_ANY_DIGIT = re.compile("|".join(_WORDS))
_POLITE = re.compile("(?:デス|デゴザイマス|ニナリマス|ニオネガイシマス|バンゴー?|バンゴウ|番|バン|[。、\\s])+$")
_PIECES = re.compile("[0-9A-Za-z#*+]+")
_NUMBER = re.compile(NUMBER)
_ENOUGH = 3
"""So many digits in a row are digits even inside a sentence; fewer may be particles (ニ) and syllables (シ, ク, ゴ)."""


def digits_one_by_one(text: str, zero: str = "ゼロ") -> str:
    """Digits in katakana, one by one, a pause (、) for whatever stood between groups: ゼロゴーゼロ、ゼロゼロ....

    `zero` may be マル where a number is usually said so (room 101). #, * and + have their names; letters are kept.
    """
    words = {**_SPOKEN, **_SIGNS, "0": zero}
    return "、".join("".join(words.get(sign, sign) for sign in piece) for piece in _PIECES.findall(katakana(text)))


def parse_digits(text: str) -> str | None:
    """The digits of an utterance without separators; None when they cannot be told."""
    groups = digit_groups(text)
    return "".join(groups) if groups else None


def digit_groups(text: str) -> tuple[str, ...]:
    """The digits as the caller grouped them (by の, ハイフン, のばす, or a pause); empty when they cannot be told.

    Takes figures, kanji, kana or a mixture. Either the whole utterance is digits, or the longest run of at least three
    digits in it is taken (電話番号は…です).
    """
    plain = _POLITE.sub("", katakana(strip_fillers(text)))
    if whole := _named(plain):
        return whole
    best: tuple[str, ...] = ()
    position = 0
    while found := _ANY_DIGIT.search(plain, position):
        position = found.start()
        groups, end = _run(plain, position)
        if sum(map(len, groups)) > sum(map(len, best)):
            best = groups
        position = max(end, position + 1)
    whole_is_digits = _run(plain, 0) == (best, len(plain))
    return best if whole_is_digits or sum(map(len, best)) >= _ENOUGH else ()


def _run(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The groups that begin here, and where they end."""
    groups: list[tuple[str, str]] = []
    position, border = start, "hard"
    while match := _TOKEN.match(text, position):
        position = match.end()
        kind = match.lastgroup or ""
        if kind in {"hard", "soft"}:
            border = "hard" if "hard" in {kind, border} else "soft"
        elif border:
            groups.append((border, kind[1]))
            border = ""
        else:
            groups[-1] = (groups[-1][0], groups[-1][1] + kind[1])
    return _joined(groups), position


def _joined(groups: list[tuple[str, str]]) -> tuple[str, ...]:
    """Pauses make groups only where nothing stronger does, and not when they stand between all digits."""
    pauses = all(border != "hard" for border, _ in groups[1:]) and any(len(digits) > 1 for _, digits in groups)
    joined: list[str] = []
    for border, digits in groups:
        if border == "hard" or pauses or not joined:
            joined.append(digits)
        else:
            joined[-1] += digits
    return tuple(joined)


def _named(text: str) -> tuple[str, ...]:
    """Groups said as numbers (ゴジュウニ ノ センヒャク); empty when any group is neither digits nor a number."""
    groups: list[str] = []
    for part in re.split(f"(?:{_HARD}|{_SOFT})+", text):
        digits, end = _run(part, 0)
        plain = compact(part)
        if part and end == len(part) and len(digits) == 1:
            groups.append(digits[0])
        elif _NUMBER.fullmatch(plain) and (value := number_value(plain)) is not None:
            groups.append(str(value))
        else:
            return ()
    return tuple(groups) if any(len(group) > 1 for group in groups) and len(groups) > 1 else ()
