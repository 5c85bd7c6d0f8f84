"""Japanese eras (元号) and their years.

Boundaries: 明治 from the day Japan took the Gregorian calendar, 1 January of its year 6 (太政官布告 no. 337 of 1872);
大正 30 July 1912, 昭和 25 December 1926 and 平成 8 January 1989 are the first days by the imperial edicts and 政令
no. 1 of 1989; 令和 1 May 2019 by 政令 no. 143 of 2019. In edicts of 1912 and 1926 the day of change belongs to both
eras; here it is the new one's.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """An era and where it begins."""

    name: str
    reading: str
    letter: str
    first_day: date
    first_year: int


ERAS = (
    Era("令和", "レイワ", "R", date(2019, 5, 1), 2019),
    Era("平成", "ヘイセイ", "H", date(1989, 1, 8), 1989),
    Era("昭和", "ショウワ", "S", date(1926, 12, 25), 1926),
    Era("大正", "タイショウ", "T", date(1912, 7, 30), 1912),
    Era("明治", "メイジ", "M", date(1873, 1, 1), 1868),
)
"""Newest first."""


def era_of(day: date) -> tuple[Era, int] | None:
    """The era of a day and its year in it; None before 1873."""
    for era in ERAS:
        if day >= era.first_day:
            return era, day.year - era.first_year + 1
    return None


def western_year(name: str, year: int) -> int | None:
    """The Gregorian year of an era's year, by its name, reading or letter.

    Years past an era's end are counted on: forms printed before a change of era say 平成34年.
    """
    return next((era.first_year + year - 1 for era in ERAS if name in {era.name, era.reading, era.letter}), None)
