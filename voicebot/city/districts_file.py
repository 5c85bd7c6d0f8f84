"""`districts.yaml` as districts, with every fault at its line."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from voicebot.city.districts import WHOLE, Clash, District, Districts, index
from voicebot.city.file_checks import kana_faults
from voicebot.city.names import Reader, spoken_name
from voicebot.city.time_ranges import plain_text
from voicebot.documents import Document, Path, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana

_EVERYWHERE = ""
_CHOME = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
_CHOME_LIST = re.compile(r"\d{1,2}(?:-\d{1,2})?(?:[・,、と]\d{1,2}(?:-\d{1,2})?)*丁目")


def _everywhere(value: object) -> object:
    return {_EVERYWHERE: value} if isinstance(value, str) else value


class DistrictRow(Strict):
    """One district as written."""

    reading: str
    also: dict[str, str] = {}
    chome: Annotated[int, Field(ge=0, le=99)] = 0
    garbage: Annotated[dict[str, str], BeforeValidator(_everywhere)] = {}


class DistrictsFile(Strict):
    """The whole of `districts.yaml`."""

    districts: Annotated[dict[str, DistrictRow], Field(min_length=1)]


def load_districts(document: Document, areas: tuple[str, ...] | None, reader: Reader | None = None) -> Districts:
    """The districts.

    Two districts that sound alike are a fault, because a caller would be told the days and shelters of the wrong one.

    Args:
        document: `districts.yaml`.
        areas: Names of the garbage areas; None when they are not known and so cannot be checked.
        reader: The voice's dictionary, so that names which it misreads are spoken by their reading.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, DistrictsFile).districts
    faults: list[Fault] = []
    districts = tuple(_district(document, name, row, reader, faults) for name, row in rows.items())
    if areas is not None:
        faults += _area_faults(document, rows, areas)
    result, clashes = index(districts)
    faults += (_clash_fault(document, clash) for clash in clashes)
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: fault.line)))
    return result


def _district(document: Document, name: str, row: DistrictRow, reader: Reader | None, faults: list[Fault]) -> District:
    here = ("districts", name)
    for where, reading in (((*here, "reading"), row.reading), *(((*here, "also", k), v) for k, v in row.also.items())):
        faults += kana_faults(document, where, name, reading)
    return District(
        name=name,
        reading=katakana(row.reading),
        also={other: katakana(reading) for other, reading in row.also.items()},
        chome=row.chome,
        areas=_areas(document, (*here, "garbage"), row, faults),
        spoken=spoken_name(name, katakana(row.reading), reader),
    )


def _areas(document: Document, where: Path, row: DistrictRow, faults: list[Fault]) -> Mapping[int, str]:
    areas: dict[int, str] = {}
    for text, area in row.garbage.items():
        numbers = (WHOLE,) if text == _EVERYWHERE else _chome(text)
        if not numbers:
            message = f"「{text}」は丁目として読めません。「1丁目」「1・2丁目」「3-5丁目」のように書いてください。"
            faults.append(document.fault((*where, text), message))
        for number in numbers:
            if number > row.chome:
                message = f"{number}丁目はありません。chome(丁目の数)は{row.chome}です。どちらかを直してください。"
                faults.append(document.fault((*where, text), message))
            elif number in areas:
                message = f"{number}丁目が二度書かれています。片方を消してください。"
                faults.append(document.fault((*where, text), message))
            areas[number] = area
    missing = [str(number) for number in range(1, row.chome + 1) if number not in areas]
    if areas and WHOLE not in areas and missing:
        message = f"{'・'.join(missing)}丁目のごみの地区がありません。書き足してください。"
        faults.append(document.fault(where, message))
    return areas


def _chome(text: str) -> tuple[int, ...]:
    plain = plain_text(text)
    if not _CHOME_LIST.fullmatch(plain):
        return ()
    return tuple(
        number for first, last in _CHOME.findall(plain) for number in range(int(first), int(last or first) + 1)
    )


def _area_faults(document: Document, rows: Mapping[str, DistrictRow], areas: tuple[str, ...]) -> Iterator[Fault]:
    for name, row in rows.items():
        for text, area in row.garbage.items():
            if area not in areas:
                message = f"「{area}」というごみの地区は garbage.yaml にありません。{suggestion(area, areas)}"
                yield document.fault(("districts", name, "garbage", *([text] if text else [])), message)


def _clash_fault(document: Document, clash: Clash) -> Fault:
    message = (
        f"「{clash.first.name}」と「{clash.second.name}」は、「{clash.word}」が同じ字か同じ音で、聞き分けられません。"
        "前に地域の名前を付けるなど、片方の名前と読みを変えてください。"
    )
    return document.fault(("districts", clash.second.name), message)
