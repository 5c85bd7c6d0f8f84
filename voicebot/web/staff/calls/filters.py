"""The filters of the list as they stand in an address, so that a view can be kept and passed on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, get_args
from urllib.parse import urlencode

from voicebot.transcripts.call_choice import Choice, Reviewed
from voicebot.transcripts.call_list import Place
from voicebot.transcripts.outcome import CALL_OUTCOMES, CallOutcome
from voicebot.transcripts.reviews import REVIEW_OUTCOMES
from voicebot.transcripts.word_search import words_in

NAMES = (
    "q", "from", "to", "department", "outcome", "sure", "language", "lost", "reviewed", "judged", "number", "node",
    "entry", "release",
)  # fmt: skip
"""Of the fields, as they stand in an address."""
SURE = (50, 70, 85)
"""Percent of confidence that can be chosen."""
OUTCOMES: tuple[CallOutcome | Literal["", "open"], ...] = (*CALL_OUTCOMES, "open")
REVIEWED: tuple[Reviewed, ...] = get_args(Reviewed)
LONGEST = 200
_PLACE = re.compile(r"(-?[0-9]{1,12})~([A-Za-z0-9_-]{1,64})")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen, as typed.

    Args:
        fields: By name; what is empty, unknown or too long is left out.
        personal: Whether the caller's number may be asked for.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    personal: bool = True

    @classmethod
    def of(cls, given: Mapping[str, str], *, personal: bool) -> "Filters":
        """From an address or a form."""
        kept = {name: given.get(name, "").strip()[:LONGEST] for name in NAMES}
        if not personal:
            kept["number"] = ""
        return cls({name: value for name, value in kept.items() if value}, personal)

    def __getitem__(self, name: str) -> str:
        """A field; empty when nothing was chosen."""
        return self.fields.get(name, "")

    @property
    def any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.fields)

    @property
    def too_short(self) -> bool:
        """Whether words were typed that are too short to be looked for."""
        return len(words_in(self["q"])) < len(self["q"].split())

    def query(self, **more: str | int) -> str:
        """For an address, with other fields over it; an empty one takes a field away."""
        return urlencode({name: value for name, value in {**self.fields, **more}.items() if value != ""})

    def choice(self, zone: tzinfo) -> Choice:
        """What it means; what cannot be understood is no filter."""
        until = _day(self["to"])
        return Choice(
            words=words_in(self["q"]),
            since=_midnight(_day(self["from"]), zone),
            until=_midnight(until + timedelta(days=1) if until else None, zone),
            department=self["department"],
            outcome=next((each for each in OUTCOMES if each == self["outcome"]), ""),
            below=_number(self["sure"]) / 100 if _number(self["sure"]) in SURE else None,
            language=self["language"],
            not_understood=self["lost"] == "1",
            reviewed=next((each for each in REVIEWED if each == self["reviewed"]), ""),
            judged=next((each for each in REVIEW_OUTCOMES if each == self["judged"]), ""),
            number=_digits(self["number"]),
            node=self["node"],
            entry=self["entry"],
            release=_number(self["release"]) or None,
        )


def place_in(text: str) -> Place | None:
    """The place that an address names; None for the beginning."""
    found = _PLACE.fullmatch(text)
    return Place(int(found[1]), found[2]) if found else None


def place_text(place: Place | None) -> str:
    """A place for an address."""
    return f"{int(place.at)}~{place.call_id}" if place else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 < day.year < 9000 else None


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=zone) if day else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _digits(text: str) -> str:
    """The digits as they end a number in E.164: without the zero before a whole national number."""
    found = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return found[1:] if len(found) >= 10 and found.startswith("0") else found
