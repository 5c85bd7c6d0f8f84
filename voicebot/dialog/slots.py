"""Values that a caller can be asked for: understood from speech or keys, and said back.

A slot keeps a value in one canonical form (a date as 2026-11-24) and the words to say it with. Every guess of the
recogniser is tried, best first, as text and as reading, because either may be the one that parses.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from voicebot.events import Alternative
from voicebot.language.addresses import AddressFound, parse_address
from voicebot.language.dates import parse_date, say_date
from voicebot.language.fillers import strip_fillers
from voicebot.language.numbers import parse_number
from voicebot.language.phones import grouped, national_number, parse_phone, parse_postal
from voicebot.language.times import parse_time, say_time
from voicebot.language.yes_no import parse_yes_no

SlotKind = Literal["yes_no", "number", "date", "time", "phone", "postal", "district", "name", "text"]
DIGIT_KINDS: frozenset[SlotKind] = frozenset({"number", "date", "time", "phone", "postal"})
"""Kinds whose value can be entered by keys."""
VOLUNTEERED: tuple[SlotKind, ...] = ("district", "date", "time", "phone", "postal")
"""Kinds that are recognised beside the answer that was asked for; a bare number or a name could be anything."""
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What understanding depends on."""

    today: date
    districts: Mapping[str, str] = field(default_factory=dict)
    """Reading of each district of the city by its name."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a slot holds."""

    value: str
    """Canonical: ISO dates and times, digits, a district's name, はい/いいえ, or the words."""
    said: str
    """How it is said back."""
    sure: bool = True
    """Whether it may go without a question of its own."""


def understood(kind: SlotKind, heard: Sequence[Alternative], around: Surroundings) -> Value | None:
    """The value that was said; the first guess that holds one decides."""
    parse = _PARSERS[kind]
    found = ((place, parse(guess, around)) for place, guess in enumerate(heard))
    return next((_lowered(value, place) for place, value in found if value is not None), None)


def keyed(kind: SlotKind, digits: str, around: Surroundings) -> Value | None:
    """The value of digits entered by keys: a number, MMDD, HHMM, a telephone number, a postal code."""
    match kind:
        case "number":
            return Value(str(int(digits)), str(int(digits))) if digits else None
        case "date":
            return _dated(f"{int(digits[:-2])}月{int(digits[-2:])}日", around) if len(digits) in {3, 4} else None
        case "time":
            return _timed(f"{int(digits[:-2])}時{int(digits[-2:])}分") if len(digits) in {3, 4} else None
        case "phone":
            number = national_number(digits)
            return Value(number, "-".join(grouped(number))) if number else None
        case "postal":
            return Value(f"{digits[:3]}-{digits[3:]}", f"{digits[:3]}-{digits[3:]}") if len(digits) == 7 else None
        case _:
            return None


def _lowered(value: Value, place: int) -> Value:
    """A value that only a later guess held needs to be confirmed."""
    return value if place == 0 else Value(value.value, value.said, sure=False)


def _both(guess: Alternative) -> Iterator[str]:
    yield guess.text
    if guess.reading and guess.reading != guess.text:
        yield guess.reading


def _yes_no(guess: Alternative, around: Surroundings) -> Value | None:
    answer = parse_yes_no(guess.text, guess.reading)
    word = "はい" if answer else "いいえ"
    return None if answer is None else Value(word, word)


def _number(guess: Alternative, around: Surroundings) -> Value | None:
    number = next((found for text in _both(guess) if (found := parse_number(text)) is not None), None)
    return None if number is None else Value(str(number), str(number))


def _date(guess: Alternative, around: Surroundings) -> Value | None:
    return next((found for text in _both(guess) if (found := _dated(text, around))), None)


def _dated(text: str, around: Surroundings) -> Value | None:
    found = parse_date(text, around.today)
    if found is None:
        return None
    return Value(found.day.isoformat(), say_date(found.day, around.today), found.weekday_agrees is not False)


def _time(guess: Alternative, around: Surroundings) -> Value | None:
    return next((found for text in _both(guess) if (found := _timed(text))), None)


def _timed(text: str) -> Value | None:
    found = parse_time(text)
    return Value(found.time.isoformat("minutes"), say_time(found.time), found.certain) if found else None


def _phone(guess: Alternative, around: Surroundings) -> Value | None:
    found = next((number for text in _both(guess) if (number := parse_phone(text))), None)
    return Value(found.number, "-".join(found.groups), sure=False) if found else None


def _postal(guess: Alternative, around: Surroundings) -> Value | None:
    code = next((found for text in _both(guess) if (found := parse_postal(text))), None)
    return Value(code, code) if code else None


def _district(guess: Alternative, around: Surroundings) -> Value | None:
    found = parse_address(guess.text, around.districts, guess.reading)
    if found is None or found.district is None:
        return None
    return Value(found.district, _address(found), found.similarity >= SURE)


def _address(found: AddressFound) -> str:
    chome = f"{found.chome}丁目" if found.chome is not None else ""
    return f"{found.district}{chome}"


def _name(guess: Alternative, around: Surroundings) -> Value | None:
    words = strip_fillers(guess.text).strip("。、 ")
    for ending in ("と申します", "といいます", "と言います", "です"):
        words = words.removesuffix(ending)
    words = words.removeprefix("名前は").removeprefix("私は").strip("、 ")
    return Value(words, f"{words}様", sure=False) if words else None


def _text(guess: Alternative, around: Surroundings) -> Value | None:
    words = strip_fillers(guess.text).strip("。 ")
    return Value(words, words) if words else None


_PARSERS: Mapping[SlotKind, Callable[[Alternative, Surroundings], Value | None]] = {
    "yes_no": _yes_no,
    "number": _number,
    "date": _date,
    "time": _time,
    "phone": _phone,
    "postal": _postal,
    "district": _district,
    "name": _name,
    "text": _text,
}
