"""`profile.yaml`: what the city is called, where its clocks are, and who is always there."""

from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from voicebot.city.holidays import Names
from voicebot.city.names import is_kana
from voicebot.city.spoken_hours import LANGUAGES
from voicebot.documents import Document, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana


@dataclass(frozen=True, slots=True)
class Profile:
    """The city itself."""

    name: str
    reading: str
    """In katakana."""
    names: Names
    """In other languages, by language code."""
    languages: tuple[str, ...]
    """Languages the line speaks, the first one first."""
    zone: ZoneInfo
    switchboard: str
    """The department where a person sits while the city hall is open."""
    duty: str
    """The department that is there day and night: the last rung."""


class ProfileFile(Strict):
    """The whole of `profile.yaml`."""

    name: Annotated[str, Field(min_length=1)]
    name_reading: str
    names: dict[str, str] = {}
    languages: Annotated[tuple[str, ...], Field(min_length=1)] = ("ja",)
    zone: str = "Asia/Tokyo"
    switchboard: str
    duty: str


def load_profile(document: Document, departments: tuple[str, ...] | None) -> Profile:
    """The profile.

    Args:
        document: `profile.yaml`.
        departments: Names of the departments; None when they are not known and so cannot be checked.

    Raises:
        ContentError: with all faults of the file at once.
    """
    row = parse(document, ProfileFile)
    faults: list[Fault] = []
    if not is_kana(row.name_reading):
        faults.append(document.fault(("name_reading",), f"読み「{row.name_reading}」は、かなだけで書いてください。"))
    for place, language in enumerate(row.languages):
        if language not in LANGUAGES:
            message = f"「{language}」では受付時間を案内できません。使えるもの: {'、'.join(LANGUAGES)}"
            faults.append(document.fault(("languages", place), message))
    for key, name in (("switchboard", row.switchboard), ("duty", row.duty)):
        if departments is not None and name not in departments:
            message = f"「{name}」という部署は departments.yaml にありません。{suggestion(name, departments)}"
            faults.append(document.fault((key,), message))
    zone = _zone(document, row.zone, faults)
    if faults or zone is None:
        raise ContentError(tuple(faults))
    reading = katakana(row.name_reading)
    return Profile(row.name, reading, row.names, row.languages, zone, row.switchboard, row.duty)


def _zone(document: Document, name: str, faults: list[Fault]) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"「{name}」という標準時はありません。日本なら「Asia/Tokyo」と書いてください。"
        faults.append(document.fault(("zone",), message))
        return None
