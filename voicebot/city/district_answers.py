"""Which district a caller means, and what every answer about districts shares.

An answer is plain data; its `say` is spoken as it stands. When nothing is `found`, `say` tells what to do instead and
`missing` names the argument to ask for, "" where asking again does not help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicebot.city.districts import District
from voicebot.city.load import City
from voicebot.events import Json
from voicebot.language.addresses import AddressFound, parse_address
from voicebot.language.kana import compact
from voicebot.language.numbers import parse_number

Answer = Mapping[str, Json]
Arguments = Mapping[str, str]

TO_A_PERSON = "職員とお話しになりたい方は、ゼロ番を押してください。"
ASK_DISTRICT = "お住まいの町の名前を、もう一度お話しください。"
SURE = 0.9
"""Likeness of a district's sound from which on it needs no question, as in `language.addresses`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A district as it was asked about."""

    district: District
    chome: int | None
    sure: bool


def district(city: City, arguments: Arguments, now: datetime) -> Answer:
    """Which district `said` (with its `reading`) names; `district`, if given, is what was understood before.

    - `found`, `district`, `chome` (number or None), `sure` (False: ask whether it was meant), `say`.
    - `chome_needed`: its garbage days depend on the 丁目, and none was said.
    """
    asked = _understood(city, arguments.get("said", ""), arguments.get("reading", ""), arguments.get("district", ""))
    if asked is None:
        return _unknown_district(city)
    name, last = asked.district.spoken or asked.district.name, asked.district.chome
    beyond = asked.chome is not None and not 1 <= asked.chome <= last
    place = f"{name}{asked.chome}丁目" if asked.chome is not None else name
    say = f"{place}ですね。" if asked.sure else f"{place}、でよろしいですか。"
    if beyond:
        parts = f"{name}は、{last}丁目までです。" if last else f"{name}には、丁目がありません。"
        say = f"{parts}{ASK_DISTRICT}"
    return {
        "found": not beyond,
        "district": asked.district.name,
        "chome": None if beyond else asked.chome,
        "sure": asked.sure,
        "chome_needed": asked.district.divided and (beyond or asked.chome is None),
        "say": say,
        "missing": "said" if beyond else "",
    }


def _unknown_district(city: City) -> Answer:
    known = city.districts is not None
    say = f"町の名前がわかりませんでした。{ASK_DISTRICT}" if known else f"町の名前では、お調べできません。{TO_A_PERSON}"
    missing = "said" if known else ""
    nothing: Answer = {"found": False, "district": "", "chome": None, "sure": False, "chome_needed": False}
    return {**nothing, "missing": missing, "say": say}


def asked_district(city: City, arguments: Arguments) -> Asked | None:
    """The district of the arguments `district` and `chome`; None when it is not given or there is none like it.

    `district` is the name from an earlier answer, or a caller's words as far as they leave no doubt.
    """
    words = arguments.get("district", "")
    found = _understood(city, words, "", "") if words else None
    if found is None or not found.sure:
        return None
    text = compact(arguments.get("chome", ""))
    chome = parse_number(text.removesuffix("丁目")) if text else found.chome
    return Asked(found.district, chome if chome is None or 1 <= chome <= found.district.chome else None, sure=True)


def readings(city: City, names: Sequence[str]) -> str:
    """The readings of names to choose from, joined by 、, so that they can be chosen by voice."""
    return "、".join((city.reader(name, "ja") if city.reader else "") or name for name in names)


def _understood(city: City, said: str, reading: str, before: str) -> Asked | None:
    if city.districts is None:
        return None
    exact = city.districts.find(said)
    if exact is not None:
        return Asked(exact, None, sure=True)
    found = parse_address(said, city.district_readings, reading)
    name = before if found is None or found.district is None else found.district
    known = city.districts.find(name) if name else None
    if found is None or known is None:
        return None
    return Asked(known, found.chome, _is_sure(found))


def _is_sure(found: AddressFound) -> bool:
    """A 丁目 alone corrects a district that is known already."""
    return found.district is None or found.similarity >= SURE
