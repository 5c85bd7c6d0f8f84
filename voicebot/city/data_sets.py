"""Which open data a city has imported: what, from whom, from when, and whether it has grown old.

Values only; the rows themselves go where they belong (places, shelters, garbage, doctors on duty).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

USUAL_DAYS = {
    "指定緊急避難場所": 400,
    "指定避難所": 400,
    "医療機関": 200,
    "AED設置箇所": 400,
    "子育て施設": 400,
    "介護サービス事業所": 400,
    "公共施設": 400,
    "組織・電話番号": 400,
    "ごみ収集日": 400,
    "ごみ分別": 730,
}
"""After how many days a new edition is to be expected: a year and a month for what is issued with the fiscal year, half
a year and some for clinics, which open and close at any time."""
OTHERWISE_DAYS = 400
SOON_DAYS = 14
"""So long before the last day of a list with an end a warning is given."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """One imported file."""

    path: str
    """Inside the city's folder."""
    name: str
    """What it lists (AED設置箇所)."""
    rows: int
    source: str = ""
    """Who publishes it, and where."""
    licence: str = ""
    as_of: date | None = None
    """The day whose state it shows; None when nobody knows."""
    imported: date | None = None
    until: date | None = None
    """The last day that it knows of (doctors on duty, collection days); None when it has no end."""

    @property
    def dated(self) -> date | None:
        """The day from which its age counts: that of its state, else that of its import."""
        return self.as_of or self.imported


@dataclass(frozen=True, slots=True)
class Stale:
    """A set that should be replaced."""

    data: DataSet
    message: str
    """In Japanese, for city staff, with the cure."""


def stale(sets: Iterable[DataSet], today: date) -> tuple[Stale, ...]:
    """The sets that are older than a new edition usually takes to come, or whose days run out."""
    return tuple(Stale(each, message) for each in sets if (message := _complaint(each, today)))


def age_days(data: DataSet, today: date) -> int | None:
    """How old it is; None when nobody knows."""
    return (today - data.dated).days if data.dated else None


def _complaint(data: DataSet, today: date) -> str:
    cure = "新しい一覧を「voicebot data import」で取り込んでください。"
    if data.until is not None:
        left = (data.until - today).days
        if left < 0:
            return f"「{data.name}」は{data.until.isoformat()}で終わっています。{cure}"
        if left < SOON_DAYS:
            return f"「{data.name}」は、あと{left}日({data.until.isoformat()}まで)で終わります。{cure}"
    age, usual = age_days(data, today), USUAL_DAYS.get(data.name, OTHERWISE_DAYS)
    if age is None:
        return f"「{data.name}」がいつのものか、わかりません。もう一度取り込むときに --as-of で日付を書いてください。"
    if age > usual:
        return f"「{data.name}」は{age}日前のものです(目安は{usual}日まで)。{cure}"
    return ""
