"""What a caller hears about shelters and water supply points."""

from datetime import datetime

from voicebot.city.district_answers import ASK_DISTRICT, TO_A_PERSON, Answer, Arguments, asked_district
from voicebot.city.load import City
from voicebot.city.shelters import (
    ASKED,
    DANGERS,
    Danger,
    Place,
    Refuge,
    danger_called,
    shelter_for,
    shelters_for,
    water_for,
)
from voicebot.city.telephone_numbers import national

_NOWHERE: Answer = {
    "found": False, "name": "", "reading": "", "open": False, "near": False, "district": "", "missing": "",
    "others": "", "sms": "",
}  # fmt: skip
_BE_SAFE = "危ないと感じたら、待たずに、安全な所へ避難してください。"


def shelter(city: City, arguments: Arguments, now: datetime) -> Answer:
    """The shelter of a `district`, fit for a `danger` if one is named; in a disaster an open one before a closed one.

    - `found`, `name`, `reading`, `open` (now), `near` (False: not one of the district's own), `district`, `say`.
    - `others`: up to two further ones, joined by 、; `sms`: all of them with address and number, for a text message.
    - `disaster`: whether there is one now; `missing`: `district` or `danger` when that must be asked first.
    """
    shelters = city.shelters
    if shelters is None or city.districts is None:
        return {**_NOWHERE, "disaster": False, "say": f"避難所は、ここではわかりません。{_BE_SAFE}{TO_A_PERSON}"}
    asked, words = asked_district(city, arguments), arguments.get("danger", "")
    danger = danger_called(words)
    answer = {**_NOWHERE, "disaster": shelters.disaster}
    if asked is None:
        return {**answer, "missing": "district", "say": f"町の名前がわかりませんでした。{ASK_DISTRICT}"}
    answer["district"] = asked.district.name
    if words and danger is None:
        return {**answer, "missing": "danger", "say": f"{'、'.join(ASKED)}の、どれですか。"}
    found = shelter_for(shelters, asked.district.name, danger)
    if found is None:
        return {**answer, "say": f"{danger}のときの避難所は、決まっていません。{_BE_SAFE}"}
    place = asked.district.spoken or asked.district.name
    say = _in_disaster(place, found, danger) if shelters.disaster else _in_peace(place, found, danger)
    further = shelters_for(shelters, asked.district.name, danger)
    others = "、".join(each.spoken or each.name for each in further if each.name != found.place.name)
    texts = "\n".join(_text(each) for each in (further or (found.place,)))
    return {**answer, **_facts(found), "say": say, "others": others, "sms": texts}


def water(city: City, arguments: Arguments, now: datetime) -> Answer:
    """The water supply point of a `district`, an open one before a closed one; keys as for `shelter`."""
    shelters = city.shelters
    if shelters is None or city.districts is None:
        return {**_NOWHERE, "disaster": False, "say": f"給水所は、ここではわかりません。{TO_A_PERSON}"}
    asked = asked_district(city, arguments)
    answer = {**_NOWHERE, "disaster": shelters.disaster}
    if asked is None:
        return {**answer, "missing": "district", "say": f"町の名前がわかりませんでした。{ASK_DISTRICT}"}
    answer["district"] = asked.district.name
    found = water_for(shelters, asked.district.name)
    if found is None:
        return {**answer, "say": f"給水所は、決まっていません。{TO_A_PERSON}"}
    place, name = asked.district.spoken or asked.district.name, found.place.spoken or found.place.name
    if found.place.open:
        note = found.place.note or "入れ物をお持ちください。"
        say = f"{place}{_nearest(found)}、開いている給水所は、{name}です。{note}"
    else:
        say = f"ただいま、給水所は開いていません。開くときは、{place}の方は、{name}です。"
    return {**answer, **_facts(found), "say": say}


def _in_disaster(district: str, found: Refuge, danger: Danger | None) -> str:
    name = found.place.spoken or found.place.name
    fit = f"{danger}のときに使える" if danger else ""
    if found.place.open:
        return f"{district}{_nearest(found)}、{fit}開いている避難所は、{name}です。{found.place.note}"
    return f"{district}の避難所は、{name}ですが、まだ開いていません。{found.place.note or _BE_SAFE}"


def _in_peace(district: str, found: Refuge, danger: Danger | None) -> str:
    name = found.place.spoken or found.place.name
    if danger:
        return f"{district}{_nearest(found)}、{danger}のときの避難所は、{name}です。ふだんは、開いていません。"
    dangers = "、".join(one for one in ASKED if one in found.place.dangers)
    when = f"{dangers}のときに使え、" if dangers else ""
    return f"{district}{_nearest(found)}避難所は、{name}です。{when}ふだんは、開いていません。"


def _nearest(found: Refuge) -> str:
    return "からいちばん近い" if found.near else "の近くにはありませんが"


def _facts(found: Refuge) -> Answer:
    place = found.place
    return {"found": True, "name": place.name, "reading": place.reading, "open": place.open, "near": found.near}


def _text(place: Place) -> str:
    numbers = "、".join(national(number) for number in place.numbers)
    dangers = "・".join(one for one in DANGERS if one in place.dangers)
    partly = "・".join(one for one in DANGERS if one in place.partly)
    written = (
        place.address,
        numbers,
        f"使える災害 {dangers}" if dangers else "",
        f"一部だけ {partly}" if partly else "",
    )
    return " ".join((place.name, *(part for part in written if part)))
