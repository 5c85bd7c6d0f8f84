"""Japan's national holidays, by the kept library `holidays`.

The library follows the Act on National Holidays (国民の祝日に関する法律, Act 178 of 1948): article 2 names the days,
article 3 paragraph 2 gives the substitute holiday (振替休日), paragraph 3 the day between two holidays (国民の休日).
The equinoxes are forecast by astronomy; the Cabinet Office announces them each February for the year after.
Opening hours are not known here.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

Names = Mapping[str, str]
"""What something is called, by language code; `ja` is always there."""


def national_holiday(day: date) -> Names | None:
    """What the holiday is called in Japanese and English, None on other days (and after 2099)."""
    return _of_year(day.year).get(day)


@lru_cache(maxsize=16)
def _of_year(year: int) -> Mapping[date, Names]:
    japanese = holidays.country_holidays("JP", years=year, language="ja")
    english = holidays.country_holidays("JP", years=year, language="en_US")
    return {day: {"ja": name, "en": english[day]} for day, name in japanese.items()}
