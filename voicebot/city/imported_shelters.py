"""Imported shelters beside those that staff have written, and which of them lie nearest to each district.

What staff have written comes first: whether a shelter is open, its note, its reading, and where a district goes. An
imported list adds the rest. Distances are as the crow flies: they choose which shelter to name, not the way there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voicebot.city.data_file import Imported, RefugeRow
from voicebot.city.districts import Districts
from voicebot.city.facilities import metres
from voicebot.city.facility_names import address_in_city, plain_name
from voicebot.city.names import Reader, spoken_name, word_form
from voicebot.city.shelters import Nearest, Place, Shelters
from voicebot.city.telephone_numbers import parse_number
from voicebot.language.kana import katakana

Located = tuple[str, tuple[float, float]]
"""An address and its position."""
MOST = 8
"""So many shelters a district is told of at most, by danger and one after the other."""


def merged_shelters(
    written: Shelters | None,
    files: Sequence[Imported],
    districts: Districts | None,
    located: Iterable[Located],
    city: str,
    reader: Reader | None = None,
) -> Shelters | None:
    """All shelters; None when there are none.

    Args:
        written: Those of `shelters.yaml`.
        files: The imported files, newest first.
        districts: The city's.
        located: Addresses with positions, to know where each district lies.
        city: Its name, as addresses begin with it.
        reader: The voice's dictionary.
    """
    rows = [row for each in files for row in each.rows.shelters]
    if not rows:
        return written
    base = written or Shelters({}, {})
    places = _places(base.shelters, rows, reader)
    spots = [(place.address, place.position) for place in places.values() if place.position]
    middle = _middles(districts, [*located, *spots], city) if districts else {}
    # The places of `nearest` must be the merged ones, which know more.
    nearest = {
        name: Nearest(tuple(places[place.name] for place in row.shelters), row.water)
        for name, row in base.nearest.items()
    }
    for name, position in middle.items():
        if name not in nearest:
            ordered = sorted(
                (place for place in places.values() if place.position),
                key=lambda place: metres(position, place.position or position),
            )
            nearest[name] = Nearest(tuple(ordered[: MOST * 4]), ())
    return Shelters(places, base.water, nearest, base.declared)


def _places(written: Mapping[str, Place], rows: Sequence[RefugeRow], reader: Reader | None) -> dict[str, Place]:
    places = dict(written)
    names = {word_form(name): name for name in written}
    for row in rows:
        known = names.get(word_form(row.name)) or names.get(word_form(plain_name(row.name)))
        if known is None:
            places[row.name] = _place(row, reader)
            names[word_form(row.name)] = row.name
        else:
            places[known] = _completed(places[known], row)
    return places


def _place(row: RefugeRow, reader: Reader | None) -> Place:
    reading, name = katakana(row.reading), plain_name(row.name)
    return Place(
        name=row.name,
        reading=reading or (reader(name, "ja") if reader else ""),
        dangers=frozenset(row.dangers),
        note=row.note,
        spoken=spoken_name(name, reading, reader) if reading else name,
        partly=frozenset(row.partly),
        numbers=_numbers(row),
        address=row.address,
        capacity=row.capacity,
        position=_position(row),
    )


def _completed(place: Place, row: RefugeRow) -> Place:
    """What one list does not say, another may; what has been said stands."""
    return replace(
        place,
        dangers=place.dangers or frozenset(row.dangers),
        partly=place.partly or frozenset(row.partly) - place.dangers,
        numbers=place.numbers or _numbers(row),
        address=place.address or row.address,
        capacity=place.capacity or row.capacity,
        position=place.position or _position(row),
    )


def _numbers(row: RefugeRow) -> tuple[str, ...]:
    found = []
    for number in row.number:
        try:
            found.append(parse_number(number))
        except ValueError:  # a list of shelters is worth having without one number
            continue
    return tuple(found)


def _position(row: RefugeRow) -> tuple[float, float] | None:
    return (row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None


def _middles(districts: Districts, located: Sequence[Located], city: str) -> dict[str, tuple[float, float]]:
    """Where each district lies: the middle of what stands in it."""
    found: dict[str, list[tuple[float, float]]] = {}
    rests = [(address_in_city(address, city), position) for address, position in located]
    # The longest name first: 本町東 is not 本町.
    by_length = sorted(((len(name), name, d.name) for d in districts for name in (d.name, *d.also)), reverse=True)
    for rest, position in rests:
        for _, name, district in by_length:
            if rest.startswith(name):
                found.setdefault(district, []).append(position)
                break
    return {
        name: (sum(lat for lat, _ in spots) / len(spots), sum(lon for _, lon in spots) / len(spots))
        for name, spots in found.items()
    }
