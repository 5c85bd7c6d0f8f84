"""What a caller hears about places: telephone numbers, opening hours, and which ones lie near."""

from datetime import datetime

from voicebot.city.days import WEEKDAYS
from voicebot.city.district_answers import ASK_DISTRICT, TO_A_PERSON, Answer, Arguments, asked_district, readings
from voicebot.city.facilities import MOST, Facility, FoundPlaces
from voicebot.city.facility_names import address_in_city, plain_name
from voicebot.city.holidays import national_holiday
from voicebot.city.hours import Calendar
from voicebot.city.load import City
from voicebot.city.opening_ja import say, say_time
from voicebot.city.situation import situation
from voicebot.city.telephone_numbers import national
from voicebot.city.time_ranges import ALL_DAY, MINUTES_A_DAY, Ranges

LONGEST_TEXT = 300
"""Signs of a text message: Japanese telephones show five parts of it as one."""
_NOWHERE: Answer = {
    "found": False, "name": "", "number": "", "address": "", "open": None, "candidates": "", "missing": "", "sms": "",
}  # fmt: skip


def facility(city: City, arguments: Arguments, now: datetime) -> Answer:
    """The telephone number and the opening hours of the place called `name` (a caller's words, with `reading`).

    - `found`, `name`, `number` (050-0000-1801, "" if it has none), `address`, `open` (None where that is not known),
      `say`, `sms` (name, number, address and hours for a text message).
    - `candidates`: names joined by 、 among which to choose when it is not clear; "" when nothing is near.
    - `missing`: `name` when it must be asked again.
    """
    if city.facilities is None:
        return {**_NOWHERE, "say": f"施設の電話番号は、ここではわかりません。{TO_A_PERSON}"}
    words = arguments.get("name", "")
    reading = arguments.get("reading", "") or (city.reader(words, "ja") if city.reader and words else "")
    found = city.facilities.find(words, reading, arguments.get("kind", ""))
    if not found.places:
        say_it = f"その名前の施設は、見つかりませんでした。別の呼び方でお話しください。{TO_A_PERSON}"
        return {**_NOWHERE, "missing": "name", "say": say_it}
    if not found.sure:
        return _which(city, found)
    return _about(found.places[0], now)


def nearby(city: City, arguments: Arguments, now: datetime) -> Answer:
    """Places of a `kind` (AED, 公民館) near the middle of a `district`, up to three; keys as for `facility`."""
    asked, kind = asked_district(city, arguments), arguments.get("kind", "")
    if city.facilities is None or kind not in city.facilities.kinds:
        return {**_NOWHERE, "say": f"近くの施設は、ここではわかりません。{TO_A_PERSON}"}
    if asked is None:
        return {**_NOWHERE, "missing": "district", "say": f"町の名前がわかりませんでした。{ASK_DISTRICT}"}
    district = asked.district
    of_kind = [place for place in city.facilities if place.kind == kind]
    inside = [
        place
        for place in of_kind
        if address_in_city(place.address, city.profile.name).startswith((district.name, *district.also))
    ]
    spots = [place.position for place in inside if place.position]
    if not inside or (spots and len(inside) < MOST):
        spots = spots or [
            place.position
            for place in city.facilities
            if place.position and address_in_city(place.address, city.profile.name).startswith(district.name)
        ]
        if spots:
            middle = (sum(lat for lat, _ in spots) / len(spots), sum(lon for _, lon in spots) / len(spots))
            inside += [place for place in city.facilities.near(middle, kind) if place not in inside]
    place, near = district.spoken or district.name, inside[:MOST]
    if not near:
        return {**_NOWHERE, "say": f"{place}の近くの{kind}は、わかりません。{TO_A_PERSON}"}
    names = "、".join(dict.fromkeys(f"{_called(each)}{f'の{each.place}' if each.place else ''}" for each in near))
    say_it = f"{place}の近くの{kind}は、{names}です。"
    texts = "\n".join(_text(each) for each in near)
    return {**_NOWHERE, **_facts(near[0], now), "say": say_it, "sms": texts[:LONGEST_TEXT]}


def _which(city: City, found: FoundPlaces) -> Answer:
    names = [_plain(place) for place in found.places]
    offered = {"candidates": "、".join(names), "readings": readings(city, names)}
    spoken = "、".join(_called(place) for place in found.places)
    ask = "ですか。" if len(found.places) == 1 else "の、どれですか。"
    more = "など、いくつかあります。名前を、もう少しくわしくお話しください。" if found.further else ask
    return {**_NOWHERE, **offered, "missing": "name", "say": f"{spoken}{more}"}


def _about(place: Facility, now: datetime) -> Answer:
    name = _called(place)
    where = f"{name}の{place.place}にあります。" if place.place else ""
    number = f"電話は、{national(place.numbers[0])}です。" if place.numbers else ""
    hours = _hours(place, now)
    if hours:
        sentence = f"{where or f'{name}は、'}{hours}{number}" if not where else f"{where}{hours}"
    elif place.numbers:
        sentence = f"{where}{name}の電話番号は、{national(place.numbers[0])}です。"
    elif place.address:
        sentence = where or f"{name}の住所は、{place.address}です。電話番号は、登録がありません。"
    else:
        sentence = where or f"{name}の電話番号は、登録がありません。{TO_A_PERSON}"
    return {**_NOWHERE, **_facts(place, now), "say": sentence}


def _facts(place: Facility, now: datetime) -> Answer:
    known = place.calendar is not None and place.certain and _speaks_of_today(place, now)
    return {
        "found": True,
        "name": place.name,
        "number": national(place.numbers[0]) if place.numbers else "",
        "address": place.address,
        "open": situation(place.calendar, now).is_open if known and place.calendar else None,
        "sms": _text(place)[:LONGEST_TEXT],
    }


def _hours(place: Facility, now: datetime) -> str:
    """Until when it is open today or when next; the usual hours where exceptions are not known for certain."""
    if place.calendar is None:
        return ""
    if place.certain and _speaks_of_today(place, now):
        return say(situation(place.calendar, now))
    return f"ふだんは、{usual_hours(place.calendar)}ですが、例外の日があります。"


def _speaks_of_today(place: Facility, now: datetime) -> bool:
    return place.on_holidays or national_holiday(now.date()) is None


def usual_hours(calendar: Calendar) -> str:
    """The week as it is said: 火曜日から日曜日の、午前9時半から午後7時まで."""
    groups: list[tuple[list[int], Ranges]] = []
    for day, ranges in enumerate(calendar.weekly):
        if groups and groups[-1][1] == ranges:
            groups[-1][0].append(day)
        else:
            groups.append(([day], ranges))
    spoken = [f"{_days(days)}{_ranges(ranges)}" for days, ranges in groups if ranges]
    return "、".join(spoken) or "お休み"


def _days(days: list[int]) -> str:
    if len(days) == len(WEEKDAYS):
        return "毎日、"
    if len(days) > 2:
        return f"{WEEKDAYS[days[0]]}曜日から{WEEKDAYS[days[-1]]}曜日の、"
    return f"{'と'.join(f'{WEEKDAYS[day]}曜日' for day in days)}の、"


def _ranges(ranges: Ranges) -> str:
    if ranges == ALL_DAY:
        return "24時間"
    return "と".join(f"{_clock(item.start)}から{_clock(item.end)}まで" for item in ranges)


def _clock(minutes: int) -> str:
    if minutes == MINUTES_A_DAY:
        return "夜の12時"
    clock = minutes % MINUTES_A_DAY
    next_day = "翌日の" if minutes > MINUTES_A_DAY else ""
    return next_day + say_time(datetime(2000, 1, 1, clock // 60, clock % 60))


def _called(place: Facility) -> str:
    return place.spoken or plain_name(place.name)


def _plain(place: Facility) -> str:
    """Its name without hints for the voice."""
    return plain_name(place.name) if "{" in place.spoken or not place.spoken else place.spoken


def _text(place: Facility) -> str:
    lines = [
        place.name,
        "、".join(national(number) for number in place.numbers),
        place.address,
        place.place,
        "・".join(place.subjects),
        usual_hours(place.calendar) if place.calendar else "",
        place.note,
        place.details,
    ]
    return "\n".join(line for line in lines if line)
