"""Number words of a sentence as figures: 三月一日水曜日 3月1日(水), 三分の一 1/3, 五十番目 50番目.

The inverse of `written.spoken` for what a recogniser wrote in kanji numerals: for operators' eyes and for comparing
texts. Words that only contain a numeral (一緒, 三重県, 千葉) are left; so are readings in kana.
"""

import re

from voicebot.language.numbers import number_value

_NUMERAL = "[〇零一二三四五六七八九十百千万億兆]"
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_COUNTER = (
    "年|月|日|時|分|秒|円|人|名|歳|才|個|枚|本|冊|台|回|階|番|号|件|世紀|週|か|カ|ヶ|ヵ|丁目|世帯|点|通|度|羽|匹|頭|つ|キロ|メートル"
    "|グラム|センチ|リットル|パーセント|倍|割|点|班|位|級|組|代|億|兆|万"
)
# A single numeral is a number only before what is counted or by itself: 一緒, 一般, 三重, 四国, 五輪, 八百屋 stay.
_END = "(?=$|[、。をはがもにでとのへ 　]|あげ|数え|寄付|ぐらい|くらい|ほど|以|だ|で|まで|から)"
_SIGN = "(?P<minus>マイナス)?"
_FRACTION = re.compile(
    f"{_SIGN}(?:(?P<whole>{_NUMERAL}+)[と荷])?(?P<below>{_NUMERAL}+)分の(?P<above>{_NUMERAL}+)(?!{_NUMERAL})"
)
_DECIMAL = re.compile(f"{_SIGN}(?P<whole>{_NUMERAL}+)点(?P<part>[〇零一二三四五六七八九]+)")
_WORDS = (
    "一緒|一般|一部|一応|一旦|一切|一体|一生懸命|一所懸命|一人前|一日中|一戸建|一番(?!目|地|線|窓|号)|三重[県市]|千葉|千代|八百屋|百貨店"
    "|万一|万が一|四国|九州|七夕|二重|五輪|(?<!時)十分(?!の|前|過|間|頃|ほど|後)"
)
_NUMBER = re.compile(
    f"(?P<word>{_WORDS})|(?<!{_NUMERAL})(?:(?P<minus>マイナス)|(?<=第))?(?P<number>{_NUMERAL}+)"
    f"(?:(?=から{_NUMERAL}+(?:{_COUNTER}))|(?={_COUNTER})|{_END})"
    f"|(?<=第)(?P<ordinal>{_NUMERAL}+)|(?P<long>{_NUMERAL}{{2,}})"
)
_WEEKDAY = re.compile("(?<=[0-9]日)([月火水木金土日])曜日")
_SPAN = re.compile("(?<=[0-9])から(?=[0-9]+(?:年|月|日|時|世紀|人))")


def figures(text: str) -> str:
    """The sentence with its kanji numerals as figures; never raises, and leaves a text without numerals untouched."""
    text = _NUMBER.sub(_number, _DECIMAL.sub(_decimal, _FRACTION.sub(_fraction, text)))
    return _SPAN.sub("〜", _WEEKDAY.sub(r"(\1)", text))


def _value(words: str) -> str:
    value = number_value(words)
    return words if value is None else str(value)


def _number(match: re.Match[str]) -> str:
    if match["word"]:
        return match["word"]
    words = match["number"] or match["ordinal"] or match["long"]
    return ("-" if match["minus"] else "") + _value(words)


def _decimal(match: re.Match[str]) -> str:
    sign = "-" if match["minus"] else ""
    return f"{sign}{_value(match['whole'])}." + "".join(_DIGITS[digit] for digit in match["part"])


def _fraction(match: re.Match[str]) -> str:
    sign = "-" if match["minus"] else ""
    whole = f"{_value(match['whole'])} " if match["whole"] else ""
    return f"{sign}{whole}{_value(match['above'])}/{_value(match['below'])}"
