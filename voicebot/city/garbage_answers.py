"""What a caller hears about garbage: the next collection, and how an item is thrown away."""

from datetime import date, datetime, timedelta

from voicebot.city.district_answers import ASK_DISTRICT, TO_A_PERSON, Answer, Arguments, Asked, asked_district, readings
from voicebot.city.garbage import Collection, Garbage, is_collected, next_collection
from voicebot.city.load import City
from voicebot.city.opening_ja import say_day
from voicebot.city.sorting import MOST as MOST_CASES
from voicebot.city.sorting import Case, Item

LONGEST_TEXT = 300
"""Signs of a text message."""
_NO_DAYS: Answer = {"found": False, "next": None, "kind": "", "district": "", "missing": "", "sms": ""}
_NO_ITEM: Answer = {
    "found": False, "item": "", "kind": "", "collected": False, "candidates": "", "missing": "", "sms": "",
}  # fmt: skip


def garbage_day(city: City, arguments: Arguments, now: datetime) -> Answer:
    """When garbage is collected next in a `district` (`chome` where days differ), of one `kind` or of any.

    `kind` may be any of a kind's names, or of a group of kinds; its `reading` helps where it was heard. A collection of
    today counts until the hour by which garbage must be out.

    - `found`, `next` (ISO date or None), `kind` (those collected on it, joined by 、), `district`, `say`.
    - `missing`: `district`, `chome` or `kind` when that must be asked first.
    """
    garbage = city.garbage
    if garbage is None or city.districts is None:
        return {**_NO_DAYS, "say": f"ごみの収集日は、ここではわかりません。{TO_A_PERSON}"}
    asked = asked_district(city, arguments)
    if asked is None:
        return {**_NO_DAYS, "missing": "district", "say": f"町の名前がわかりませんでした。{ASK_DISTRICT}"}
    name = asked.district.spoken or asked.district.name
    area = asked.district.area(asked.chome)
    if area not in garbage.areas:
        missing = "chome" if asked.district.divided else ""
        ask = f"{name}は、丁目によって収集日が違います。何丁目ですか。"
        say = ask if missing else f"{name}の収集日は、ここではわかりません。{TO_A_PERSON}"
        return {**_NO_DAYS, "district": asked.district.name, "missing": missing, "say": say}
    words = arguments.get("kind", "")
    kinds = garbage.kinds_called(words, arguments.get("reading", "")) if words else tuple(garbage.kinds)
    if not kinds:
        say = "ごみの種類がわかりませんでした。燃えるごみ、のように、もう一度お話しください。"
        return {**_NO_DAYS, "district": asked.district.name, "missing": "kind", "say": say}
    return _day(garbage, area, kinds, asked, now)


def garbage_item(city: City, arguments: Arguments, now: datetime) -> Answer:
    """How `item` (a caller's words, with their `reading`) is thrown away.

    - `found`, `item`, `kind`, `collected` (whether the kind has collection days), `say`.
    - `candidates`: names joined by 、 among which to choose when it is not clear; "" when nothing is near.
    """
    if city.garbage is None or not city.garbage.items.items:
        return {**_NO_ITEM, "say": f"ごみの分け方は、ここではわかりません。{TO_A_PERSON}"}
    words = arguments.get("item", "")
    reading = arguments.get("reading", "") or (city.reader(words, "ja") if city.reader and words else "")
    found = city.garbage.items.find(words, reading)
    if not found.items:
        say = f"一覧に見つかりませんでした。別の呼び方でお話しください。{TO_A_PERSON}"
        return {**_NO_ITEM, "missing": "item", "say": say}
    if not found.sure:
        names = [item.name for item in found.items]
        ask = "ですか。" if len(found.items) == 1 else "の、どれですか。"
        say = "、".join(item.spoken for item in found.items) + ask
        offered = {"candidates": "、".join(names), "readings": readings(city, names)}
        return {**_NO_ITEM, **offered, "missing": "item", "say": say}
    return _item(city.garbage, found.items[0])


def _item(garbage: Garbage, item: Item) -> Answer:
    kind = garbage.kinds[item.kind]
    return {
        "found": True,
        "item": item.name,
        "kind": kind.name,
        "collected": garbage.has_days(kind.name),
        "candidates": "",
        "missing": "",
        "say": _how(garbage, item),
        "sms": "\n".join(_line(garbage, item, case) for case in item.cases)[:LONGEST_TEXT],
    }


def _how(garbage: Garbage, item: Item) -> str:
    """One or two sentences; of several makes of an item the first ones."""
    name, cases = item.spoken or item.name, item.cases
    kind = garbage.kinds[cases[0].kind]
    if len(cases) == 1:
        when = f"{cases[0].when}、は、" if cases[0].when else ""
        return f"{name}は、{when}{kind.predicate}。{cases[0].hint or kind.hint}"
    if len({case.kind for case in cases}) == 1:
        hints = {case.hint for case in cases}
        return f"{name}は、{kind.predicate}。{hints.pop() if len(hints) == 1 else kind.hint}"
    *parts, last = (f"{case.when or 'そのほか'}は、{garbage.kinds[case.kind].predicate}" for case in cases[:MOST_CASES])
    spoken = "。".join((*parts, last))
    more = "ほかにも、種類によって違うものがあります。" if len(cases) > MOST_CASES else ""
    return f"{name}は、ものによって違います。{spoken}。{more}"


def _line(garbage: Garbage, item: Item, case: Case) -> str:
    when = f"({case.when})" if case.when else ""
    return f"{item.name}{when}: {case.kind} {case.hint or garbage.kinds[case.kind].hint}".strip()


def _day(garbage: Garbage, area: str, kinds: tuple[str, ...], asked: Asked, now: datetime) -> Answer:
    today = now.date()
    too_late = now.time() >= garbage.put_out_by
    found = next_collection(garbage, area, kinds, today + timedelta(days=too_late))
    place = asked.district.spoken or asked.district.name
    if asked.district.divided:
        place = f"{place}{asked.chome}丁目"
    if found is None:
        return {**_NO_DAYS, "district": asked.district.name, "kind": "、".join(kinds), "say": _never(garbage, kinds)}
    missed = too_late and any(is_collected(garbage, area, kind, today) for kind in kinds)
    return {
        "found": True,
        "next": found.day.isoformat(),
        "kind": "、".join(found.kinds),
        "district": asked.district.name,
        "missing": "",
        "say": _next(place, kinds, found, today) + _remark(garbage, area, found, missed),
    }


def _next(place: str, asked: tuple[str, ...], found: Collection, today: date) -> str:
    kinds, day = "と".join(found.kinds), say_day(found.day, today)
    return (
        f"{place}の、次の{kinds}は、{day}です。"
        if len(asked) == 1
        else f"{place}の、次の収集は、{day}の、{kinds}です。"
    )


def _never(garbage: Garbage, kinds: tuple[str, ...]) -> str:
    kind = garbage.kinds[kinds[0]]
    if garbage.has_days(kind.name):
        return f"これからの収集の予定がわかりません。{TO_A_PERSON}"
    return f"{kind.name}は、決まった収集日がありません。{kind.hint or TO_A_PERSON}"


def _remark(garbage: Garbage, area: str, found: Collection, missed: bool) -> str:
    """The one thing worth adding: a second sentence is remembered, a third is not."""
    if found.skipped:
        return f"{found.skipped}のため、お休みの回があります。"
    if area in garbage.remarks:
        return garbage.remarks[area]
    if not garbage.put_out_words:
        return ""  # nobody has written until when it must be out
    if missed:
        return f"きょうの分は、{garbage.put_out_words}まででした。"
    return f"{garbage.put_out_words}までにお出しください。"
