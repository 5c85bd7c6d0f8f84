"""Calendars and departments from a few lines of YAML, and the demo city."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from voicebot.city.hours import Calendar
from voicebot.city.hours_file import load_hours
from voicebot.city.load import City, load
from voicebot.documents import read
from voicebot.voice.reading import reading

TOKYO = ZoneInfo("Asia/Tokyo")
CALENDARS = """
calendars:
  本庁:
    week: {月-金: 8:30-17:15}
    special:
      - {date: 12-29..01-03, hours: 休み, reason: {ja: 年末年始, en: the New Year holidays, ko: 연말연시}}
  市民課:
    based_on: 本庁
    week: {木: 8:30-19:00, 第2日曜: 9:00-12:00}
    special:
      - {date: 2026-11-08, hours: 休み, reason: {ja: 選挙事務のため, en: election work, ko: 선거 사무}}
      - {date: 2026-11-14, hours: 9:00-12:00, reason: 臨時開庁}
      - {date: 2026-12-28, hours: 8:30-12:00, reason: 仕事納めのため}
  昼休み:
    week: {月-金: "8:30-12:00、13:00-17:15"}
  夜間:
    week: {月-金: 17:15-翌8:30, 土・日・祝日: 24時間}
  図書館:
    week: {火-日: 9:30-18:00, 祝日: 9:30-17:00, 月: 休み}
    after_holiday: 次の平日に休む
  守衛室:
    week: {毎日: 24時間}
  休館中:
    week: {月-金: 9:00-17:00}
    special:
      - {date: 2026-11-01..2027-03-31, hours: 休み, reason: 改修工事}
"""


@pytest.fixture(scope="session")
def calendars() -> Mapping[str, Calendar]:
    """Calendars of every kind, in Tokyo."""
    return load_hours(read(CALENDARS, "hours.yaml"), TOKYO)


@pytest.fixture(scope="session")
def moment() -> Callable[[str], datetime]:
    """A moment in Tokyo from its ISO text."""
    return lambda text: datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.fixture(scope="session")
def texts() -> Mapping[str, str]:
    """The demo city's files."""
    folder = Path(__file__).parents[2] / "dialogs" / "minato"
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("data/*.yaml")])
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


@pytest.fixture(scope="session")
def minato(texts: Mapping[str, str]) -> City:
    """The demo city."""
    return load(texts)


@pytest.fixture(scope="session")
def clerks(texts: Mapping[str, str]) -> City:
    """The demo city with the real dictionary, as calls have it."""
    return load(texts, reading)
