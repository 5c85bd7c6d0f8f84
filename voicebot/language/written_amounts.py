"""Money, measures, fractions, decimals and whole numbers as they are written. A step of `written.spoken`."""

import re

from voicebot.language.digits import digits_one_by_one
from voicebot.language.numbers import LIMIT, say_number

_UNITS = {
    "km/h": "キロメートル毎時", "kcal": "キロカロリー", "kWh": "キロワット時", "kW": "キロワット",
    "km2": "平方キロメートル", "cm2": "平方センチメートル", "m2": "平方メートル", "m3": "立方メートル",
    "km": "キロメートル", "cm": "センチ", "mm": "ミリ", "m": "メートル", "kg": "キログラム", "mg": "ミリグラム",
    "g": "グラム", "t": "トン", "mL": "ミリリットル", "ml": "ミリリットル", "kL": "キロリットル", "L": "リットル",
    "l": "リットル", "ℓ": "リットル", "ha": "ヘクタール", "W": "ワット", "V": "ボルト", "A": "アンペア",
    "GB": "ギガバイト", "MB": "メガバイト", "KB": "キロバイト", "kB": "キロバイト", "hPa": "ヘクトパスカル",
    "㎡": "平方メートル", "㎥": "立方メートル", "㎞": "キロメートル", "㎝": "センチ", "㎜": "ミリ",
    "㎏": "キログラム", "㎎": "ミリグラム", "㎢": "平方キロメートル", "㏄": "シーシー", "cc": "シーシー", "℃": "度",
    "°C": "度", "m²": "平方メートル", "m³": "立方メートル", "km²": "平方キロメートル",
}  # fmt: skip
_UNIT = re.compile(
    "(?<=[0-9])[ 　]?("
    + "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
    + ")(?![A-Za-z0-9])"
)
_CURRENCY = re.compile("[¥\\\\] ?([0-9][0-9,]*(?:\\.[0-9]+)?)([万億]?)(?:円|-|ー)?")
_COMMA = re.compile("(?<![0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_FLOOR = re.compile("(?<![A-Za-z0-9])(B|地下)?([0-9]{1,2})F(?![A-Za-z0-9])")
_BASEMENT = re.compile("(?<![A-Za-z0-9])B([0-9])(?=階)")
_TIMES = re.compile("(?<=[0-9チルリム])[ 　]*[×✕xX][ 　]*(?=[0-9])")
_MINUS = re.compile("(?<![0-9A-Za-z一-龠ァ-ヶー)）.,/:-])-(?=√?[0-9])")
_NO = re.compile("(?<![A-Za-z])(?:No\\.? ?|№ ?)(?=[0-9])")
_FRACTION = re.compile("(?<![0-9/])(?:([0-9]+)([ と荷]))?(√?)([0-9]+)/([0-9]+)(?![0-9/])")
_DECIMAL = re.compile("(?<![0-9A-Za-z.])([0-9]+)\\.([0-9]+)(?![0-9.])")
_MIDNIGHT = re.compile("(?<![0-9])0(?=時)")
# Figures behind a letter (A4, PM2, e5) are left: Open JTalk reads the pair, but not a letter before kanji.
_FIGURES = re.compile("[A-Za-z]-?[0-9.]+|[0-9]+")


def yen(text: str) -> str:
    """¥500 as 500円: before the signs become words, so that ¥500〜 is read like 500円〜."""
    return _CURRENCY.sub(r"\1\2円", text)


def amounts(text: str) -> str:
    """The text with every amount in words, and no figure left except behind a letter."""
    text = _COMMA.sub(lambda match: match.group().replace(",", ""), yen(text))
    text = _FLOOR.sub(lambda match: f"{'地下' if match[1] else ''}{match[2]}階", _BASEMENT.sub(r"地下\1", text))
    text = _UNIT.sub(lambda match: _UNITS[match[1]], text)
    text = re.sub("(?<=[0-9])[ 　]?%", "パーセント", _NO.sub("ナンバー", text))
    text = _MINUS.sub("マイナス", _TIMES.sub("かける", text))
    text = _DECIMAL.sub(_decimal, _FRACTION.sub(_fraction, text)).replace("√", "ルート")
    return _FIGURES.sub(lambda match: _whole(match.group()), _MIDNIGHT.sub("零", text))


def _fraction(match: re.Match[str]) -> str:
    """分母 before 分子; 1 1/2 is 一と二分の一."""
    whole = f"{match[1]}と" if match[1] else ""
    return f"{whole}{match[5]}分の{match[3]}{match[4]}"


def _decimal(match: re.Match[str]) -> str:
    whole = "零" if not int(match[1][-20:]) else _whole(match[1])
    return f"{whole}点" + "".join("零一二三四五六七八九"[int(digit)] for digit in match[2])


def _whole(figures: str) -> str:
    """Kanji; digit by digit where figures are no amount (007) or too long to have words."""
    if not figures[0].isdigit():
        return figures
    if (len(figures) > 1 and figures.startswith("0")) or len(figures) >= len(str(LIMIT)):
        return digits_one_by_one(figures)
    return say_number(int(figures))
