"""How somebody wants to try the line, as it stands in the page's address. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from voicebot.events import Outcome

By = Literal["voice", "text"]
Disaster = Literal["", "on", "off"]
DRAFT = "draft"
OUTCOMES: tuple[Outcome, ...] = ("connected", "busy", "no_answer", "declined", "failed")
"""How a transfer can be pretended to end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The conditions of a trial; whatever is not understood is left at its default."""

    by: By = "voice"
    content: str = ""
    """`""` for what is in force, `draft`, or the number of a release."""
    at: datetime | None = None
    """The pretended moment in the city's time, without zone; None for now."""
    disaster: Disaster = ""
    """`""` leaves it as the content has it."""
    language: str = ""
    """`""` for the city's first."""
    outcome: Outcome | None = None
    """How every transfer ends; None asks each time."""


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """The conditions from an address."""
    by, disaster, outcome = given.get("by", ""), given.get("disaster", ""), given.get("transfer", "")
    content = given.get("content", "")
    return Wanted(
        cast(By, by) if by in get_args(By) else "voice",
        content if content == DRAFT or (content.isdecimal() and len(content) < 9) else "",
        _moment(given.get("at", "")),
        cast(Disaster, disaster) if disaster in get_args(Disaster) else "",
        given.get("language", "")[:5],
        next((each for each in OUTCOMES if each == outcome), None),
    )


def _moment(text: str) -> datetime | None:
    """`2027-01-02T21:00`; as exact as a golden talk's `at`."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None
