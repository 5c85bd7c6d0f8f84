"""Values that a caller can be asked for: understood from speech or keys, and said back.

A slot keeps a value in one canonical form (a date as 2026-11-24) and the words to say it with. Every guess of the
recogniser is tried, best first, as text and as reading, because either may be the one that parses.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Literal

from voicebot.dialog.saying import say_clock, say_day, say_person, say_place
from voicebot.events import Alternative
from voicebot.language.addresses import parse_address
from voicebot.language.dates import parse_date
from voicebot.language.fillers import strip_fillers
from voicebot.language.numbers import parse_number
from voicebot.language.phones import grouped, national_number, parse_phone, parse_postal
from voicebot.language.times import parse_time
from voicebot.language.yes_no import parse_yes_no

SlotKind = Literal["yes_no", "number", "date", "time", "phone", "postal", "district", "name", "text"]
DIGIT_KINDS: frozenset[SlotKind] = frozenset({"number", "date", "time", "phone", "postal"})
"""Kinds whose value can be entered by keys."""
VOLUNTEERED: tuple[SlotKind, ...] = ("district", "date", "time", "phone", "postal")
"""Kinds that are recognised beside the answer that was asked for; a bare number or a name could be anything."""
SURE = 0.9
CHOME = re.compile("[0-9]+丁目$")
"""What a district's value may have behind its name."""
_LONGEST = 1000
"""So many signs nobody says in one breath, and no number has them."""
_MORNING = 7
YES_NO = ("はい", "いいえ")
"""The values of a slot of the kind `yes_no`."""
_MOST_YEARS = 200
_BARE_WEEKDAY = re.compile(r"[月火水木金土日](?:曜日?)?(?:です|でした|で)?")
_MY_NAME_IS = re.compile("^(?:(?:私|わたし|わたくし)(?:の|は)[、 ]*)?(?:お?名前は|氏名は)?")
_POLITE_ENDINGS = ("ですけど", "ですが", "なんです", "です")


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a form asks for."""

    name: str
    kind: SlotKind
    text: Mapping[str, str]
    label: Mapping[str, str]
    reword: Mapping[str, str] | None = None
    sounds: Mapping[str, str] = field(default_factory=dict)
    """Reading of the label in matching form, by language."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a slot holds."""

    value: str
    """Canonical: ISO dates and times, digits, a district's name (with its 丁目 if said), はい/いいえ, or the words."""
    said: str
    """How it is said back."""
    sure: bool = True
    """Whether it may go without a question of its own."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What understanding depends on."""

    today: date
    districts: Mapping[str, str] = field(default_factory=dict)
    """Reading of each district of the city by its name."""
    before: Value | None = None
    """What was understood before, and is now completed or corrected: 二丁目 is of the same district, a bare weekday of
    the same week."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """Each district as a prompt must hold it, by its name."""
    chome: Mapping[str, int] = field(default_factory=dict)
    """How many 丁目 a district has, by its name; a name that is missing may have any."""
    language: str = "ja"


def understood(kind: SlotKind, heard: Sequence[Alternative], around: Surroundings) -> Value | None:
    """The value that was said; the first guess that holds one decides."""
    parse = _PARSERS[kind]
    found = ((place, parse(guess, around)) for place, guess in enumerate(heard) if len(guess.text) <= _LONGEST)
    return next((_lowered(value, place) for place, value in found if value is not None), None)


def keyed(kind: SlotKind, digits: str, around: Surroundings) -> Value | None:
    """The value of digits entered by keys: a number, MMDD, HHMM, a telephone number, a postal code."""
    match kind:
        case "number":
            return Value(str(int(digits)), str(int(digits))) if 0 < len(digits) < _LONGEST else None
        case "date":
            return _dated(f"{int(digits[:-2])}月{int(digits[-2:])}日", around) if len(digits) in {3, 4} else None
        case "time":
            return _clock(digits, around) if len(digits) in {3, 4} else None
        case "phone":
            number = national_number(digits)
            return Value(number, "-".join(grouped(number))) if number else None
        case "postal":
            return Value(f"{digits[:3]}-{digits[3:]}", f"{digits[:3]}-{digits[3:]}") if len(digits) == 7 else None
        case _:
            return None


def _lowered(value: Value, place: int) -> Value:
    """A value that only a later guess held needs to be confirmed."""
    return value if place == 0 or value.value in YES_NO else replace(value, sure=False)


def _both(guess: Alternative) -> Iterator[str]:
    yield guess.text
    if guess.reading and guess.reading != guess.text:
        yield guess.reading


def _yes_no(guess: Alternative, around: Surroundings) -> Value | None:
    answer = parse_yes_no(guess.text, guess.reading)
    word = YES_NO[0 if answer else 1]
    return None if answer is None else Value(word, word)


def _number(guess: Alternative, around: Surroundings) -> Value | None:
    number = next((found for text in _both(guess) if (found := parse_number(text)) is not None), None)
    return None if number is None else Value(str(number), str(number))


def _date(guess: Alternative, around: Surroundings) -> Value | None:
    return next((found for text in _both(guess) if (found := _dated(text, around))), None)


def _dated(text: str, around: Surroundings) -> Value | None:
    found = parse_date(text, around.today)
    if found is None or abs(found.day.year - around.today.year) > _MOST_YEARS:
        return None
    if around.before and _BARE_WEEKDAY.fullmatch(strip_fillers(text).strip("。、 ")):
        near = date.fromisoformat(around.before.value)
        monday = near - timedelta(days=near.weekday())
        day = monday + timedelta(days=found.day.weekday())
        return Value(day.isoformat(), say_day(day, around.today, around.language))
    said = say_day(found.day, around.today, around.language)
    return Value(found.day.isoformat(), said, found.weekday_agrees is not False)


def _time(guess: Alternative, around: Surroundings) -> Value | None:
    return next((found for text in _both(guess) if (found := _timed(text, around))), None)


def _timed(text: str, around: Surroundings) -> Value | None:
    found = parse_time(text)
    if found is None:
        return None
    return Value(found.time.isoformat("minutes"), say_clock(found.time, around.language), found.certain)


def _clock(digits: str, around: Surroundings) -> Value | None:
    """Four digits are a clock of 24 hours; what small hours of the afternoon are meant for must be confirmed."""
    hour, minute = int(digits[:-2]), int(digits[-2:])
    if hour > 23 or minute > 59:
        return None
    if len(digits) == 3:
        return _timed(f"{hour}時{minute}分", around)
    at = time(hour, minute)
    return Value(at.isoformat("minutes"), say_clock(at, around.language), not 1 <= hour < _MORNING)


def _phone(guess: Alternative, around: Surroundings) -> Value | None:
    found = next((number for text in _both(guess) if (number := parse_phone(text))), None)
    return Value(found.number, "-".join(found.groups), sure=False) if found else None


def _postal(guess: Alternative, around: Surroundings) -> Value | None:
    code = next((found for text in _both(guess) if (found := parse_postal(text))), None)
    return Value(code, code) if code else None


def _district(guess: Alternative, around: Surroundings) -> Value | None:
    found = parse_address(guess.text, around.districts, guess.reading)
    if found is None:
        return None
    name = found.district
    if name is None:
        if found.chome is None or around.before is None:
            return None
        name = CHOME.sub("", around.before.value)
    last = around.chome.get(name)
    beyond = found.chome is not None and last is not None and not 1 <= found.chome <= last
    chome = None if beyond else found.chome  # 本町9丁目, where there are five: was it 本町?
    value = f"{name}{chome}丁目" if chome is not None else name
    said = say_place(name, chome, around.districts, around.spoken, around.language)
    return Value(value, said, not beyond and (found.district is None or found.similarity >= SURE))


def _name(guess: Alternative, around: Surroundings) -> Value | None:
    words = strip_fillers(guess.text).strip("。、 ")
    for ending in ("と申します", "といいます", "と言います", "です"):
        words = words.removesuffix(ending)
    words = _MY_NAME_IS.sub("", words).strip("、 ")
    return Value(words, say_person(words, around.language), sure=False) if words else None


def _text(guess: Alternative, around: Surroundings) -> Value | None:
    words = strip_fillers(guess.text).strip("。、 ")
    ending = next((ending for ending in _POLITE_ENDINGS if words.endswith(ending)), "")
    words = words.removesuffix(ending).strip("、 ") or words
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
