"""How easily two words are taken for each other on the telephone.

Not how alike they look: 一階 and 七階 share one sign of two, and are taken for each other; 病院 and 美容院 differ in
two, and sound almost the same. Readings are cut into single sounds, and the cheapest way from one to the other is
counted (weighted edit distance). What a telephone line (300 to 3,400 Hz) carries badly costs less: voiced against
voiceless, the stops p t k among each other, s h and sh, nasals, r against d, a devoiced i or u, a long vowel, ッ.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import product

from voicebot.language.kana import matching_form

ALIKE_SHARE, ALIKE_SOUNDS = 0.18, 1.5
"""Readings are alike that differ in at most this share of their sounds, and in at most so many: 病院 and 美容院 (0.4
sounds, 5 %), 申し込み and 持ち込み (0.9, 9 %), 一階 and 七階 (1.2, 17 %). Not so 燃えるごみ and 燃えないごみ, which
differ in more than a syllable, nor 内科 and 外科 (47 %), 転入 and 転出 (29 %)."""
ALIKE_LETTERS = 0.12
"""The share for languages that are compared by their letters."""
_CONSONANTS: Mapping[str, str] = {
    "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ スセソ", "z": "ザ ズゼゾ", "t": "タ  テト", "d": "ダ  デド",
    "n": "ナニヌネノ", "h": "ハヒ ヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
    "": "アイウエオ",
}  # fmt: skip
_FURTHER: Mapping[str, tuple[str, ...]] = {
    "シ": ("S", "i"), "ジ": ("J", "i"), "チ": ("C", "i"), "ツ": ("T", "u"), "フ": ("F", "u"), "ヴ": ("b", "u"),
    "ヤ": ("y", "a"), "ユ": ("y", "u"), "ヨ": ("y", "o"), "ワ": ("w", "a"), "ヲ": ("o",), "ン": ("N",), "ッ": ("Q",),
    "ー": (":",), "ヂ": ("J", "i"), "ヅ": ("z", "u"),
}  # fmt: skip
_SMALL = {"ャ": ("y", "a"), "ュ": ("y", "u"), "ョ": ("y", "o"), "ァ": ("a",), "ィ": ("i",), "ゥ": ("u",),
          "ェ": ("e",), "ォ": ("o",)}  # fmt: skip
_SOUNDS = {
    **{
        sign: ((consonant, vowel) if consonant else (vowel,))
        for consonant, row in _CONSONANTS.items()
        for sign, vowel in zip(row, "aiueo", strict=True)
        if sign != " "
    },
    **_FURTHER,
}
_VOWELS = frozenset("aiueo")
_GROUPS = ("kg", "ktp", "gdb", "td", "pb", "sz", "SJ", "sST", "ShF", "SCy", "CJ", "CT", "QCkt", "nmN", "mb", "rd", "hF",
           "NQ:", "JC", "zT", "wy", "dn")  # fmt: skip
_NEAR, _FAR, _WEAK, _VOWEL_NEAR = 0.5, 1.0, 0.35, 0.7
_NEAR_VOWELS = frozenset({frozenset("iu"), frozenset("ie"), frozenset("ou"), frozenset("ao")})
_SEVEN = (("ナナ", "シチ"), ("ヨン", "シ"), ("キュー", "ク"))
"""Numerals that people also say otherwise than they are read."""
Sounds = tuple[str, ...]


def alike(first: str, second: str, language: str = "ja") -> bool:
    """Whether callers or a recogniser take the readings for each other."""
    cost, share = distance(first, second, language)
    return share <= ALIKE_SHARE and cost <= ALIKE_SOUNDS if language == "ja" else share <= ALIKE_LETTERS


def distance(first: str, second: str, language: str = "ja") -> tuple[float, float]:
    """In how many sounds two readings differ, weighted by how well a telephone tells them apart; and their share.

    Japanese readings are katakana; a numeral is tried in each way in which people say it (七階 ナナカイ, シチカイ).
    In other languages letters are compared, Korean ones sound by sound.
    """
    if language != "ja":
        left, right = (unicodedata.normalize("NFD", text.casefold()) for text in (first, second))
        return _shared(tuple(left), tuple(right))
    return min(_shared(left, right) for left, right in product(_said(first), _said(second)))


def sounds(reading: str) -> Sounds:
    """A reading in katakana as single sounds; the y of キャ is one of its own, and so are ン, ッ and ー."""
    found: list[str] = []
    for sign in reading:
        if sign in _SMALL:
            found = found[:-1] if found and found[-1] in _VOWELS else found
            found += _SMALL[sign]
        else:
            found += _SOUNDS.get(sign, (sign,))
    return tuple(found)


def _said(reading: str) -> Iterator[Sounds]:
    form = matching_form(reading)
    yield sounds(form)
    for usual, also in _SEVEN:
        if form.startswith(usual):
            yield sounds(also + form[len(usual) :])


def _shared(left: Sounds, right: Sounds) -> tuple[float, float]:
    cost = _cost(left, right)
    return cost, cost / max(len(left), len(right), 1)


def _cost(left: Sounds, right: Sounds) -> float:
    """The cheapest way from one to the other."""
    above = [0.0]
    for sound in right:
        above.append(above[-1] + _lost(sound))
    for one in left:
        row = [above[0] + _lost(one)]
        for place, other in enumerate(right):
            row.append(min(above[place] + _swapped(one, other), above[place + 1] + _lost(one), row[-1] + _lost(other)))
        above = row
    return above[-1]


def _lost(sound: str) -> float:
    """What it costs to miss a sound."""
    return _WEAK if sound in ":QyiuhSN" else _FAR


def _swapped(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return _VOWEL_NEAR if frozenset((one, other)) in _NEAR_VOWELS else _FAR
    near = any(one in group and other in group for group in _GROUPS)
    return _NEAR if near else _FAR
