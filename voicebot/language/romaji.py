"""Japanese names for those who speak another language: kana in Latin letters and in Hangul.

Latin letters follow the revised Hepburn system as road signs write it (without marks for long vowels); Hangul follows
the National Institute of Korean Language's notation of foreign words (외래어 표기법, table 4: voiceless at the
beginning of a word is written plain).
"""

import re

from voicebot.language.kana import katakana

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ",
    "m": "マミムメモ", "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ",
    "p": "パピプペポ",
}  # fmt: skip
_LATIN = {kana: sound + vowel for sound, row in _ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)} | {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ヤ": "ya", "ユ": "yu",
    "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu",
}  # fmt: skip
_SMALL_Y = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_HANGUL_FIRST = dict(
    zip("カキクケコタチツテトキャ", "가기구게고다지쓰데도갸", strict=False)
) | {"キャ": "갸", "キュ": "규", "キョ": "교", "チャ": "자", "チュ": "주", "チョ": "조"}  # fmt: skip
_HANGUL = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲ"
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポ",
        "아이우에오카키쿠케코사시스세소타치쓰테토나니누네노하히후헤호마미무메모야유요라리루레로와오"
        "가기구게고자지즈제조다지즈데도바비부베보파피푸페포",
        strict=True,
    )
) | {
    kana + small: syllable
    for kana, row in {
        "キ": "캬큐쿄", "ギ": "갸규교", "シ": "샤슈쇼", "ジ": "자주조", "チ": "차추초", "ニ": "냐뉴뇨", "ヒ": "햐휴효",
        "ビ": "뱌뷰뵤", "ピ": "퍄퓨표", "ミ": "먀뮤묘", "リ": "랴류료",
    }.items()
    for small, syllable in zip("ャュョ", row, strict=True)
}  # fmt: skip
_MORA = re.compile("[ァ-ヴ][ャュョァィゥェォ]?|.", re.DOTALL)
_LONG = re.compile("ou(?!n)|oo|uu")


def latin(reading: str) -> str:
    """A name in Latin letters, the first one large: ホンマチ is Honmachi, ミナトショウガッコウ is Minatoshogakko."""
    out, doubled = "", False
    for mora in _MORA.findall(katakana(reading)):
        if mora == "ッ":
            doubled = True
            continue
        sound = _latin(mora, out)
        out += (("t" if sound.startswith("ch") else sound[:1]) if doubled else "") + sound
        doubled = False
    return _LONG.sub(lambda match: match.group()[0], out).capitalize()


def _latin(mora: str, before: str) -> str:
    if mora == "ー":
        return ""
    sound = _LATIN.get(mora[0], mora[0])
    if len(mora) == 1:
        return sound
    if mora[1] in _SMALL_Y:
        return sound[:-1] + ("" if sound[:-1] in {"sh", "ch", "j"} else "y") + _SMALL_Y[mora[1]]
    return sound[:-1] + _SMALL[mora[1]]


def hangul(reading: str) -> str:
    """A name in Hangul: ホンマチ is 혼마치."""
    out = ""
    vowel = ""
    for mora in _MORA.findall(katakana(reading)):
        sound = _LATIN.get(mora[0], "")
        lengthens = mora == "ー" or (mora == "ウ" and vowel in {"o", "u"}) or (mora == "オ" and vowel == "o")
        if lengthens and out:
            continue
        if mora in {"ン", "ッ"} and out and _is_open(out[-1]):
            out = out[:-1] + chr(ord(out[-1]) + (4 if mora == "ン" else 19))
            vowel = ""
            continue
        syllable = (_HANGUL_FIRST.get(mora) if not out else None) or _HANGUL.get(mora) or _HANGUL.get(mora[0], mora)
        out += syllable
        vowel = {"ャ": "a", "ュ": "u", "ョ": "o"}.get(mora[-1], sound[-1:])
    return out


def _is_open(syllable: str) -> bool:
    """Whether a syllable of Hangul has no final consonant yet."""
    place = ord(syllable) - 0xAC00
    return 0 <= place < 11172 and place % 28 == 0
