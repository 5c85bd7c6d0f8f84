"""Hides what could tell who called: numbers, mail addresses, names, addresses. Pure.

For exports and the terminal; the record itself keeps everything until its time is over. Rather too much is hidden than
too little, but short numbers (dates, times, fees, windows) stay readable. Numbers are found as figures, kanji, kana and
English or Korean words, because that is how recognisers write them.
"""

import re
from collections.abc import Iterator

_LABELS = {
    "ja": {
        "phone": "[電話番号]",
        "postal": "[郵便番号]",
        "my_number": "[マイナンバー]",
        "digits": "[番号]",
        "mail": "[メール]",
        "name": "[氏名]",
        "address": "[住所]",
        "private": "[個人情報]",
    },
    "en": {
        "phone": "[phone]",
        "postal": "[postal code]",
        "my_number": "[My Number]",
        "digits": "[number]",
        "mail": "[e-mail]",
        "name": "[name]",
        "address": "[address]",
        "private": "[personal]",
    },
}
LONG = 6
"""So many digits in a row are hidden; 六 digits are the shortest local telephone numbers without area code."""

# Lengths stay the same, so that what is found in the folded text can be cut out of the original.
_FOLD = {
    **{0xFF01 + offset: 0x21 + offset for offset in range(94)},
    **{code: code + 0x60 for code in range(0x3041, 0x3097)},
    **{upper: upper + 0x20 for upper in range(0x41, 0x5B)},
    **{0xFF21 + offset: 0x61 + offset for offset in range(26)},
    0x3000: 0x20,
    0x301C: 0x7E,
}
_SIGN = "0-9〇○零一二三四五六七八九"
_DIGIT = (
    f"(?:[{_SIGN}공영일이삼사오육칠팔구]"
    "|ゼロ|レイ|レー|マル|イチ|イッ|ニー|サン|ヨンー?|シチ|シー|ゴー|ロク|ナナ|ハチ|キュウ|キュー"
    f"|(?<![{_SIGN}])(?<![{_SIGN}]\\s)[ニシゴク]"  # after figures these are particles
    "|(?<![a-z])(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)(?![a-z]))"
)
_JOIN = "(?:ノバス|ノバシテ|ハイフン|ノ|,(?=\\s)|[\\s\\-‐‑–—−ー・.、()+]){0,3}"
_NUMBER = re.compile(f"\\+?{_DIGIT}(?:{_JOIN}{_DIGIT}){{{LONG - 1},}}")
_ONE = re.compile(_DIGIT)
_POSTAL = re.compile("〒?\\s*[0-9]{3}\\s*[-‐‑–—−ー]\\s*[0-9]{4}(?![0-9])")
_MAIL = re.compile(
    "[a-z0-9._%+-]+\\s*@\\s*[a-z0-9.-]+"
    "|[^\\s。、ハ]{1,40}\\s*アットマーク\\s*[^。、]{1,60}?(?:ドット\\s*(?:[a-z]+|コム|ジェイピー|ネット|オーアールジー)\\s*)+"
    "|[a-z0-9._-]+ at [a-z0-9. -]{1,40}? dot [a-z]+(?: dot [a-z]+)*"
)
_POLITE = "(?:デス|デゴザイマス|ト(?:モウシ|申シ|イイ|言イ|ユイ)マス|トモウス|ト申ス|ダ。)"
_NAME = re.compile(
    f"(?:ナマエ|名前|氏名|シメイ)(?:ハ|ワ|、|:|\\s)+(?P<a>[^、。\\s]{{1,20}}?)(?={_POLITE}|[、。\\s]|$)"
    f"|(?<![^、。\\s])(?P<b>[^、。\\s]{{1,16}}?)(?=ト(?:モウシ|申シ)マス)"
    "|(?<![^、。\\s])(?P<f>[^、。\\s]{1,16}?)(?=様[、。])"  # as the bot says it back
    f"|(?:ワタクシ|ワタシ|私|コチラ)(?:ハ|ワ|、)?\\s*(?P<c>[^、。\\s]{{1,16}}?)(?=ト(?:イイ|言イ|ユイ)マス)"
    "|my name is (?P<d>[a-z'-]+(?: [a-z'-]+){0,2})|(?:i'm|i am|this is) called (?P<e>[a-z'-]+(?: [a-z'-]+)?)"
)
_ADDRESS = re.compile(f"(?:住所|ジュウショ|ジューショ)(?:ハ|ワ|、|:|\\s)+(?P<a>[^。]{{1,60}}?)(?={_POLITE}|[。]|$)")
_ASKS = re.compile(
    "(?:名前|ナマエ|氏名|住所|ジュウショ|電話番号|デンワバンゴウ|生年月日|セイネンガッピ|マイナンバー|個人番号)(?:ヲ|ト|ハ)[^。]*"
    "(?:ドウゾ|願イ|ネガイ|教エ|オシエ|オッシャ|話シ|聞カセ|入力|デスカ|デショウカ)"
    "|your (?:full |last |first )?name|your address|your (?:tele)?phone number|your date of birth"
    "|(?:성함|이름|주소|전화번호|생년월일)[^.]*(?:주세요|니까|주십시오)"
)


def redact(text: str, language: str = "ja") -> str:
    """The text with labels such as `[電話番号]` in place of what is personal.

    Args:
        text: What was said, in any of the line's languages.
        language: Of the labels; English where it is not Japanese.
    """
    labels = _labels(language)
    folded = text.translate(_FOLD)
    pieces: list[str] = []
    position = 0
    for start, end, what in _chosen(folded):
        pieces += [text[position:start], labels[what]]
        position = end
    return "".join((*pieces, text[position:]))


def redact_reply(asked: str, heard: str, language: str = "ja") -> str:
    """A caller's reply without what is personal: all of it when the bot asked for a name, an address or a number."""
    if heard and _ASKS.search(asked.translate(_FOLD)):
        return withheld(language)
    return redact(heard, language)


def withheld(language: str = "ja") -> str:
    """What stands for words that are personal as a whole."""
    return _labels(language)["private"]


def redact_number(number: str | None, language: str = "ja") -> str:
    """A telephone number in a list: only whether there is one."""
    return _labels(language)["phone"] if number else ""


def _labels(language: str) -> dict[str, str]:
    return _LABELS.get(language, _LABELS["en"])


def _chosen(folded: str) -> Iterator[tuple[int, int, str]]:
    """Places to hide, from left to right; of two that overlap the earlier, then the longer."""
    position = 0
    for start, end, what in sorted(_found(folded), key=lambda place: (place[0], -place[1])):
        if start >= position and end > start:
            yield start, end, what
            position = end


def _found(folded: str) -> Iterator[tuple[int, int, str]]:
    for pattern, what in ((_MAIL, "mail"), (_POSTAL, "postal")):
        yield from ((*match.span(), what) for match in pattern.finditer(folded))
    for pattern, what in ((_NAME, "name"), (_ADDRESS, "address")):
        yield from ((*match.span(match.lastgroup or 0), what) for match in pattern.finditer(folded))
    for match in _NUMBER.finditer(folded):
        yield (*match.span(), _kind(match.group()))


def _kind(number: str) -> str:
    """What a long number probably is, by its length (a postal code has 7 digits, My Number 12)."""
    count = len(_ONE.findall(number))
    first = number.lstrip("+")[:2]
    zero = first[:1] in {"0", "〇", "○", "零"} or first in {"ゼロ", "レイ", "レー", "マル", "ze", "oh"}
    if count == 12 and not number.startswith("+"):
        return "my_number"
    if number.startswith("+") or (zero and count in {9, 10, 11}):
        return "phone"
    return "postal" if count == 7 and not zero else "digits"
