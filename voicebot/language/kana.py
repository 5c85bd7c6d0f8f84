"""Kana forms in which words are compared: one spelling for each sound.

A recogniser returns kanji that may be the wrong homophone, so matching is done on readings; two dictionaries spell
one reading differently (トオカ, トウカ, トーカ). This module knows sounds only, not words.
"""

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

_SMALL = "ァィゥェォャュョヮ"
_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパァャヮヵ",
    "イ": "イキシチニヒミリギジヂビピィヰ",
    "ウ": "ウクスツヌフムユルグズヅブプゥュヴ",
    "エ": "エケセテネヘメレゲゼデベペェヱ",
    "オ": "オコソトノホモヨロヲゴゾドボポォョ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_LENGTHEN = {"ア": "アー", "イ": "イー", "ウ": "ウー", "エ": "エイー", "オ": "オウー"}
_VOWELS = re.compile("[アイウエオー]+")
_KATAKANA_ONLY = re.compile("[ァ-ヴー]*")
_PLAIN_VOWEL = {"ア": "ア", "イ": "イ", "ウ": "ウ", "エ": "イ", "オ": "ウ"}
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_SAME_SOUND = str.maketrans({"ヂ": "ジ", "ヅ": "ズ", "ヲ": "オ", "ヰ": "イ", "ヱ": "エ", "ヮ": "ワ", "ヵ": "カ"})
_BIG = str.maketrans("ァィゥェォ", "アイウエオ")
_FOREIGN = {
    "ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴュ": "ビュ", "ヴ": "ブ",
    "ティ": "テ", "ディ": "デ", "テュ": "チュ", "デュ": "ジュ", "トゥ": "ト", "ドゥ": "ド",
    "ファ": "フア", "フィ": "フイ", "フェ": "フエ", "フォ": "フオ", "フュ": "ヒュ",
    "ウィ": "ウイ", "ウェ": "ウエ", "ウォ": "ウオ", "イェ": "イエ", "シェ": "セ", "ジェ": "ゼ",
    "クァ": "カ", "グァ": "ガ", "スィ": "シ", "ズィ": "ジ",
}  # fmt: skip
_FOREIGN_PATTERN = re.compile("|".join(_FOREIGN))
_UNUSUAL = re.compile("[ァィゥェォヮヵヂヅヲヰヱヴ]")
_UNUSUAL_SMALL = re.compile("[テデフ]ュ")
_SIGN = re.compile(r"[-:/.%+]")
_STRAY_SIGN = re.compile(r"(?<![0-9a-z])[-:/.%](?![0-9a-z])|(?<![0-9])%|\+(?![0-9])")
_MORA = re.compile(f".[{_SMALL}]?", re.DOTALL)


def katakana(text: str) -> str:
    """NFKC (half-width kana and full-width letters unified), then hiragana as katakana; the rest as it is."""
    return unicodedata.normalize("NFKC", text).translate(_HIRAGANA)


def compact(text: str) -> str:
    """`katakana` without punctuation and spaces, lower case, every ー spelled as the vowel it stands for.

    This is the form that the parsers of this room read: ジュー and ジュウ are one, and no vowel is merged across the
    border of two words (ゴ オク stays ゴオク). Kanji, figures and letters stay; of signs only +, -, :, /, . and % stay,
    and they only beside a figure or letter.
    """
    plain = _spell_out(_kept(katakana(text), "+-:/.%"))
    return _STRAY_SIGN.sub("", plain) if _SIGN.search(plain) else plain


def matching_form(reading: str) -> str:
    """The one form in which two readings are compared.

    Long vowels become ー (オウ, オオ, オー; エイ, エー; アア ...), ヂ ヅ ヲ become ジ ズ オ, foreign sounds become what
    elderly speakers and dictionaries make of them (ティ テ, ファ フア), spaces and punctuation go, ッ and ン stay.
    Whether ハ is the particle (ワ) cannot be known and is left. Other scripts are lower-cased and kept.
    """
    plain = reading if _KATAKANA_ONLY.fullmatch(reading) else _kept(katakana(reading), "")
    return fold_long(plain_sounds(plain))


def plain_sounds(text: str) -> str:
    """Katakana with one sign for each sound (ヂ ジ, ヲ オ, ティ テ), long vowels as they are."""
    # Two looks: one pattern for both would be tried at every sign.
    if not _UNUSUAL.search(text) and not ("ュ" in text and _UNUSUAL_SMALL.search(text)):
        return text
    return _FOREIGN_PATTERN.sub(lambda match: _FOREIGN[match.group()], text.translate(_SAME_SOUND)).translate(_BIG)


def fold_long(text: str) -> str:
    """Every sign that lengthens the vowel before it as ー, once (コオオリ, コウリ, コーリ: コーリ)."""
    return _VOWELS.sub(_folded, text.lstrip("ー"))


def similarity(a: str, b: str) -> float:
    """How alike two readings sound, 0 to 1.

    One minus the Levenshtein distance over the length of the longer, on matching forms. 0 when either is empty, because
    nothing said is like nothing.
    """
    left, right = matching_form(a), matching_form(b)
    return Levenshtein.normalized_similarity(left, right) if left and right else 0.0


def morae(reading: str) -> tuple[str, ...]:
    """The beats of a reading: キョウト is (キョ, ウ, ト); ッ, ン and ー are beats of their own."""
    return tuple(_MORA.findall(_kept(katakana(reading), "")))


def _kept(text: str, signs: str) -> str:
    """Letters, marks and figures, lower case; anything else only if listed."""
    if text.isalnum():
        return unicodedata.normalize("NFC", text.lower())
    kept = "".join(sign for sign in text.lower() if sign in signs or unicodedata.category(sign)[0] in "LMN")
    return unicodedata.normalize("NFC", kept)


def _spell_out(text: str) -> str:
    """ー as the vowel that a dictionary in kana would write (ジュー ジュウ, レー レイ, ゴー ゴウ)."""
    if "ー" not in text:
        return text
    out: list[str] = []
    for sign in text:
        vowel = _VOWEL.get(out[-1], "") if sign == "ー" and out else ""
        out.append(_PLAIN_VOWEL.get(vowel, sign))
    return "".join(out)


def _folded(run: re.Match[str]) -> str:
    """A row of vowels, by the vowel of the sign before it."""
    start = run.start()
    vowel = _VOWEL.get(run.string[start - 1], "") if start else ""
    out = ""
    for sign in run.group():
        if sign == "ー" or sign in _LENGTHEN.get(vowel, ""):
            out = out if out.endswith("ー") else f"{out}ー"
        else:
            out += sign
            vowel = sign
    return out


def windows(text: str, width: int) -> tuple[str, ...]:
    """Every stretch of `width` characters of a text, or the whole of a shorter one."""
    return tuple(text[start : start + width] for start in range(max(len(text) - width, 0) + 1))
