"""`departments.yaml` as departments, with every fault at its line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from voicebot.city.chains import circles
from voicebot.city.departments import OFFERS, Clash, Department, Departments, index
from voicebot.city.names import Reader, is_kana
from voicebot.city.telephone_numbers import is_address, parse_destination, parse_number
from voicebot.documents import Document, Path, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana

RINGING_AT_ONCE = 10
"""Twilio rings at most ten numbers of one `<Dial>` at the same time (twilio.com/docs/voice/twiml/number)."""


class DepartmentRow(Strict):
    """One department as written."""

    reading: str
    numbers: tuple[str, ...]
    hours: str
    also: tuple[str, ...] = ()
    names: dict[str, str] = {}
    duties: Annotated[tuple[str, ...], Field(min_length=1)]
    public_number: str | None = None
    closed: str = "message"
    ring: Literal["simultaneous", "in_order"] = "simultaneous"
    timeout_seconds: Annotated[int, Field(ge=10, le=120)] = 25
    wait_seconds: Annotated[int, Field(ge=10, le=600)] = 120
    talk_minutes: Annotated[int, Field(ge=0, le=240)] = 0
    whisper: bool = True
    screening: Annotated[str, Field(max_length=60)] = ""
    ask_caller: dict[str, Annotated[str, Field(min_length=1, max_length=80)]] = {}
    extension: Annotated[str, Field(pattern=r"^[0-9*#w]*$")] = ""
    next: str | None = None


class DepartmentsFile(Strict):
    """The whole of `departments.yaml`."""

    departments: Annotated[dict[str, DepartmentRow], Field(min_length=1)]


def load_departments(document: Document, calendars: Iterable[str] | None, reader: Reader | None = None) -> Departments:
    """The departments.

    Args:
        document: `departments.yaml`.
        calendars: Names of the calendars; None when they are not known and so cannot be checked.
        reader: Gives the readings of the departments' other names.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, DepartmentsFile).departments
    faults: list[Fault] = []
    departments = tuple(_department(document, name, row, faults) for name, row in rows.items())
    if calendars is not None:
        faults += _calendar_faults(document, rows, tuple(calendars))
    for key in ("next", "closed"):
        faults += _link_faults(document, rows, key, OFFERS)
    result, clashes = index(departments, reader)
    faults += (_clash_fault(document, clash) for clash in clashes)
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: fault.line)))
    return result


def _department(document: Document, name: str, row: DepartmentRow, faults: list[Fault]) -> Department:
    here = ("departments", name)
    if not is_kana(row.reading):
        message = f"「{name}」の読み「{row.reading}」は、かなだけで書いてください。"
        faults.append(document.fault((*here, "reading"), message))
    numbers = _numbers(document, here, row, faults)
    faults += _address_faults(document, here, row, numbers)
    public = _number(document, (*here, "public_number"), row.public_number, faults) if row.public_number else ""
    return Department(
        name=name,
        reading=katakana(row.reading),
        numbers=numbers,
        hours=row.hours,
        also=row.also,
        names=row.names,
        duties=row.duties,
        public_number=public or next((number for number in numbers if not is_address(number)), ""),
        closed=row.closed,
        sequential=row.ring == "in_order",
        timeout_seconds=row.timeout_seconds,
        extension=row.extension,
        wait_seconds=row.wait_seconds,
        talk_minutes=row.talk_minutes,
        whisper=row.whisper,
        screening=row.screening,
        ask_caller=row.ask_caller,
        next=row.next or "",
    )


def _numbers(document: Document, here: Path, row: DepartmentRow, faults: list[Fault]) -> tuple[str, ...]:
    where = (*here, "numbers")
    if not row.numbers:
        message = f"「{here[-1]}」に電話番号がありません。「numbers: [050-0000-1010]」のように一つ以上書いてください。"
        faults.append(document.fault(where, message))
    if len(row.numbers) > RINGING_AT_ONCE and row.ring == "simultaneous":
        message = f"一斉に鳴らせる電話は{RINGING_AT_ONCE}台までです。減らすか、ring: in_order にしてください。"
        faults.append(document.fault(where, message))
    numbers: list[str] = []
    for place, text in enumerate(row.numbers):
        number = _number(document, (*where, place), text, faults, parse_destination)
        if number and number in numbers:
            faults.append(document.fault((*where, place), f"「{text}」が二度書かれています。片方を消してください。"))
        if number:
            numbers.append(number)
    return tuple(numbers)


def _address_faults(document: Document, here: Path, row: DepartmentRow, numbers: tuple[str, ...]) -> Iterator[Fault]:
    """What cannot be done with SIP addresses: pressing keys, and telling them to callers."""
    if not any(is_address(number) for number in numbers):
        return
    if row.extension:
        message = "SIPアドレスには内線番号(extension)を付けられません。内線はアドレスの中に書いてください。"
        yield document.fault((*here, "extension"), message)
    if not row.public_number and all(is_address(number) for number in numbers):
        message = f"「{here[-1]}」には、住民に伝える電話番号(public_number)を書いてください。"
        yield document.fault(here, message)


def _number(
    document: Document,
    where: Path,
    text: str,
    faults: list[Fault],
    read: Callable[[str], str] = parse_number,
) -> str:
    try:
        return read(text)
    except ValueError as error:
        faults.append(document.fault(where, str(error)))
        return ""


def _calendar_faults(
    document: Document, rows: Mapping[str, DepartmentRow], calendars: tuple[str, ...]
) -> Iterator[Fault]:
    for name, row in rows.items():
        if row.hours not in calendars:
            message = f"「{row.hours}」という受付時間は hours.yaml にありません。{suggestion(row.hours, calendars)}"
            yield document.fault(("departments", name, "hours"), message)


def _link_faults(
    document: Document, rows: Mapping[str, DepartmentRow], key: str, words: tuple[str, ...]
) -> Iterator[Fault]:
    """Names that are not departments, and ways that lead back to where they began."""
    written = {name: getattr(row, key) for name, row in rows.items()}
    links = {name: target for name, target in written.items() if target is not None and target not in words}
    for name, target in links.items():
        if target not in rows:
            hint = suggestion(target, [*words, *(other for other in rows if other != name)])
            yield document.fault(("departments", name, key), f"「{target}」という部署はありません。{hint}")
    for circle in circles(links):
        message = f"{key} が輪になっています({' → '.join(circle)})。どれか一つを消すか、別の部署にしてください。"
        yield document.fault(("departments", circle[0], key), message)


def _clash_fault(document: Document, clash: Clash) -> Fault:
    same = f"読み「{clash.reading}」" if clash.reading else f"呼び名「{clash.word}」"
    message = f"「{clash.first.name}」と「{clash.second.name}」で{same}が同じです。片方を消すか、変えてください。"
    return document.fault(("departments", clash.second.name), message)
