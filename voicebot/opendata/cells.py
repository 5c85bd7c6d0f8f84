"""What one cell of a published list means: flags, telephone numbers, coordinates, dates, days of the week."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from voicebot.city.days import WEEKDAYS, parse_days
from voicebot.city.telephone_numbers import parse_number
from voicebot.language.eras import ERAS

EMPTY = frozenset(
    [
        "",
        "-",
        "－",
        "−",
        "ー",
        "―",
        "–",
        "—",
        "なし",
        "無し",
        "無",
        "N/A",
        "n/a",
        "NULL",
        "null",
        "None",
        "未定",
        "*",
        "/",
        "・",
        "、",
    ]
)
YES = frozenset(
    [
        "○",
        "◯",
        "〇",
        "◎",
        "●",
        "1",
        "1.0",
        "有",
        "あり",
        "有り",
        "可",
        "TRUE",
        "true",
        "True",
        "はい",
        "Y",
        "yes",
        "✓",
        "✔",
        "レ",
        "対応",
        "該当",
    ]
)
PARTLY = frozenset(["△", "▲", "一部", "一部可", "条件付き", "2階以上", "２階以上", "要確認"])
NO = EMPTY | frozenset(
    [
        "×",
        "✕",
        "✗",
        "✖",
        "x",
        "X",
        "0",
        "0.0",
        "不可",
        "FALSE",
        "false",
        "False",
        "いいえ",
        "N",
        "no",
        "非対応",
        "非該当",
    ]
)
_NUMBER = re.compile(r"(?:\+81[- ]?|0)\d{1,4}[-( ]{0,2}\d{1,4}[-) ]{0,2}\d{3,4}(?!\d)")
_DMS = re.compile(r"(\d{2,3})[°度]\s*(\d{1,2})[′'分]\s*(\d{1,2}(?:\.\d+)?)[″\"秒]?")
_DATE = re.compile(
    r"(?:(?P<year>\d{4})|(?P<era>[^\d\s]{1,2}?)\.?\s*(?P<of>\d{1,2}|元))\s*(?:年|[-/.])\s*"
    r"(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})\s*日?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_YEARS = {word: era.first_year for era in ERAS for word in (era.name, era.name[0], era.letter)}
JAPAN = ((20.0, 46.0), (122.0, 154.0))
"""Latitudes and longitudes of Japan, from 沖ノ鳥島 to 択捉島 and from 与那国島 to 南鳥島."""


def narrow(text: str) -> str:
    """One width, single blanks, one kind of dash and wave."""
    plain = unicodedata.normalize("NFKC", text).replace("〜", "~")
    return " ".join(re.sub(r"[‐‑–—−―]", "-", plain).split())


def is_empty(text: str) -> bool:
    """Whether the cell says nothing: blank, a dash, なし."""
    return text.strip() in EMPTY


def flag(text: str) -> bool | None:
    """What a ○△× flag says: yes, no, or None for partly.

    Raises:
        ValueError: in Japanese: it is none of the usual signs.
    """
    plain = text.strip()
    first = plain[:1]
    if plain in YES or (first in YES and not first.isdigit()):
        return True
    if plain in PARTLY or first in PARTLY:
        return None
    if plain in NO:
        return False
    raise ValueError(f"「{plain[:20]}」は○・△・×として読めません。○、△、×のどれかにしてください。")


def telephone_numbers(text: str) -> tuple[str, ...]:
    """Every telephone number in the cell as it is written at home, the first one first.

    Raises:
        ValueError: in Japanese: there is something, but no number of Japan.
    """
    plain = re.sub(r"[‐‑–—−―ー]", "-", unicodedata.normalize("NFKC", text))
    if is_empty(plain):
        return ()
    found: list[str] = []
    fault = ""
    for match in _NUMBER.finditer(plain):
        number = re.sub(r"[( ]+", "-", match[0].replace(")", "-")).replace("--", "-").strip("-")
        try:
            parse_number(number)
        except ValueError as error:
            fault = str(error)
            continue
        found.append(number)
    if not found:
        raise ValueError(fault or f"「{plain[:20]}」は電話番号として読めません。市外局番から書いてください。")
    return tuple(dict.fromkeys(found))


def degree(text: str) -> float | None:
    """A coordinate in degrees; None when the cell is empty.

    Raises:
        ValueError: in Japanese: it is no number.
    """
    plain = narrow(text)
    if is_empty(plain) or plain in {"0", "0.0"}:
        return None
    found = _DMS.search(plain)
    if found:
        return int(found[1]) + int(found[2]) / 60 + float(found[3]) / 3600
    try:
        return float(plain)
    except ValueError as error:
        raise ValueError(
            f"「{plain[:20]}」は緯度・経度として読めません。35.6895 のように、度で書いてください。"
        ) from error


def position(latitude: str, longitude: str) -> tuple[tuple[float, float] | None, str]:
    """Latitude and longitude, and what was wrong with them ("" for nothing).

    Exchanged columns are put right; what lies outside Japan is dropped.
    """
    try:
        lat, lon = degree(latitude), degree(longitude)
    except ValueError as error:
        return None, str(error)
    if lat is None or lon is None:
        return None, ""
    if _inside(lat, lon):
        return (lat, lon), ""
    if _inside(lon, lat):
        return (lon, lat), "緯度と経度が逆になっています。入れ替えて取り込みました。元の表も直してください。"
    return None, "緯度・経度が日本の外を指しています。位置を使わずに取り込みました。元の表を確かめてください。"


def _inside(latitude: float, longitude: float) -> bool:
    (south, north), (west, east) = JAPAN
    return south <= latitude <= north and west <= longitude <= east


def day(text: str) -> date | None:
    """A date: 2026-04-01, 2026/4/1, 令和8年4月1日, R8.4.1, 20260401; None when the cell is empty.

    Raises:
        ValueError: in Japanese: it is no date.
    """
    plain = narrow(text)
    if is_empty(plain):
        return None
    compact = _COMPACT.fullmatch(plain)
    found = None if compact else _DATE.match(plain)
    try:
        if compact:
            return date(int(compact[1]), int(compact[2]), int(compact[3]))
        if found:
            return date(_year(found), int(found["month"]), int(found["day"]))
    except (ValueError, KeyError) as error:
        raise ValueError(f"「{plain[:20]}」は暦にない日付です。") from error
    raise ValueError(f"「{plain[:20]}」は日付として読めません。2026-04-01 のように書いてください。")


def _year(found: re.Match[str]) -> int:
    if found["year"]:
        return int(found["year"])
    era = found["era"]
    return _FIRST_YEARS[era.upper()] + (1 if found["of"] == "元" else int(found["of"])) - 1


def weekdays(text: str) -> str:
    """Days of the week as the city's files write them: 「月火水木金」 is 「月-金」; "" when nothing is said.

    Raises:
        ValueError: in Japanese: they cannot be read.
    """
    whole = re.sub(r"[\s/]", "", narrow(text)).replace("~", "-")
    plain = whole.replace("曜日", "").replace("曜", "")
    if is_empty(plain):
        return ""
    if plain in {"年中無休", "無休", "365日", "年中", "通年", "全日", "毎日", WEEKDAYS}:
        return "毎日"
    if re.fullmatch(r"土・?日・?祝日?(?:以外|を除く|除く)", plain):
        return "月-金"
    if re.fullmatch(f"[{WEEKDAYS}]+", plain):
        return _ranges(sorted({WEEKDAYS.index(each) for each in plain}))
    written = whole if "第" in whole else plain
    parse_days(written)
    return written


def _ranges(days: Sequence[int]) -> str:
    """月-金, 火・木, 月-水・金."""
    runs: list[list[int]] = []
    for each in days:
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    parts = (
        f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" if len(run) > 2 else "・".join(WEEKDAYS[each] for each in run)
        for run in runs
    )
    return "・".join(parts)
