"""Checks that several of this room's files share: a written value, readings in kana, names that sound alike."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from voicebot.city.names import is_kana, word_form
from voicebot.documents import Document, Path
from voicebot.errors import Fault
from voicebot.language.kana import matching_form

Value = TypeVar("Value")


def read_value(
    document: Document, where: Path, reader: Callable[[str], Value], text: str, faults: list[Fault]
) -> Value | None:
    """What the text means; None, and a fault at its line, where the reader raises `ValueError`."""
    try:
        return reader(text)
    except ValueError as error:
        faults.append(document.fault(where, str(error)))
        return None


def kana_faults(document: Document, where: Path, name: str, reading: str) -> Iterator[Fault]:
    """A fault unless the reading is written in kana."""
    if not is_kana(reading):
        yield document.fault(where, f"「{name}」の読み「{reading}」は、かなだけで書いてください。")


def alike_faults(document: Document, where: Path, readings: Mapping[str, str]) -> Iterator[Fault]:
    """A fault, at the later one, for every two names that are written or sound alike.

    Args:
        document: The file.
        where: The mapping that has the names as its keys.
        readings: Reading of each name.
    """
    known: dict[str, str] = {}
    for name, reading in readings.items():
        others = [known.setdefault(form, name) for form in (word_form(name), matching_form(reading))]
        for other in dict.fromkeys(others):
            if other != name:
                message = f"「{other}」と「{name}」は、同じ字か同じ音で、聞き分けられません。片方を変えてください。"
                yield document.fault((*where, name), message)
