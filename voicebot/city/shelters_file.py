"""`shelters.yaml` as shelters and water supply points, with every fault at its line."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from voicebot.city.file_checks import alike_faults, kana_faults
from voicebot.city.names import Reader, spoken_name
from voicebot.city.shelters import DANGERS, Danger, Nearest, Place, Shelters
from voicebot.documents import Document, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana


class WaterRow(Strict):
    """One water supply point as written."""

    reading: str
    open: bool = False
    note: str = ""


class ShelterRow(WaterRow):
    """One shelter as written."""

    dangers: tuple[Danger, ...]


class NearestRow(Strict):
    """Where a district goes, as written."""

    shelters: Annotated[tuple[str, ...], Field(min_length=1)]
    water: tuple[str, ...] = ()


class SheltersFile(Strict):
    """The whole of `shelters.yaml`."""

    disaster: bool = False
    shelters: Annotated[dict[str, ShelterRow], Field(min_length=1)]
    water: dict[str, WaterRow] = {}
    nearest: dict[str, NearestRow]


def load_shelters(document: Document, districts: tuple[str, ...] | None, reader: Reader | None = None) -> Shelters:
    """The shelters and water supply points.

    Every district must name its shelters: in a disaster nobody may hear that there is none.

    Args:
        document: `shelters.yaml`.
        districts: Names of the districts; None when they are not known and so cannot be checked.
        reader: The voice's dictionary, so that names which it misreads are spoken by their reading.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, SheltersFile)
    faults = [
        *_name_faults(document, "shelters", rows.shelters),
        *_name_faults(document, "water", rows.water),
        *_danger_faults(document, rows),
        *_nearest_faults(document, rows),
        *_district_faults(document, rows, districts),
    ]
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: fault.line)))
    shelters = {name: _place(name, row, frozenset(row.dangers), reader) for name, row in rows.shelters.items()}
    water = {name: _place(name, row, frozenset(), reader) for name, row in rows.water.items()}
    nearest = {
        district: Nearest(tuple(shelters[name] for name in row.shelters), tuple(water[name] for name in row.water))
        for district, row in rows.nearest.items()
    }
    return Shelters(shelters, water, nearest, rows.disaster)


def _place(name: str, row: WaterRow, dangers: frozenset[Danger], reader: Reader | None) -> Place:
    reading = katakana(row.reading)
    note = f"{row.note}。" if row.note and not row.note.endswith("。") else row.note
    return Place(name, reading, dangers, row.open, note, spoken_name(name, reading, reader))


def _name_faults(document: Document, key: str, rows: Mapping[str, WaterRow]) -> Iterator[Fault]:
    for name, row in rows.items():
        yield from kana_faults(document, (key, name, "reading"), name, row.reading)
    yield from alike_faults(document, (key,), {name: row.reading for name, row in rows.items()})


def _danger_faults(document: Document, rows: SheltersFile) -> Iterator[Fault]:
    for name, row in rows.shelters.items():
        if not row.dangers:
            message = f"「{name}」の使える災害(dangers)を一つ以上書いてください。使えるもの: {'、'.join(DANGERS)}"
            yield document.fault(("shelters", name, "dangers"), message)


def _nearest_faults(document: Document, rows: SheltersFile) -> Iterator[Fault]:
    for district, row in rows.nearest.items():
        for key, names, known in (("shelters", row.shelters, rows.shelters), ("water", row.water, rows.water)):
            for place, name in enumerate(names):
                if name not in known:
                    message = f"「{name}」は、上の {key} にありません。{suggestion(name, tuple(known))}"
                    yield document.fault(("nearest", district, key, place), message)


def _district_faults(document: Document, rows: SheltersFile, districts: tuple[str, ...] | None) -> Iterator[Fault]:
    if districts is None:
        return
    for district in rows.nearest:
        if district not in districts:
            message = f"「{district}」という町は districts.yaml にありません。{suggestion(district, districts)}"
            yield document.fault(("nearest", district), message)
    for district in districts:
        if district not in rows.nearest:
            message = f"「{district}」の避難所がありません。nearest に書き足してください。"
            yield document.fault(("nearest",), message)
