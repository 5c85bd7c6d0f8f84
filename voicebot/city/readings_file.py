"""`readings.yaml`: how the city's own words are said, with every fault at its line."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from voicebot.city.file_checks import kana_faults
from voicebot.city.names import is_kana
from voicebot.documents import Document, Strict, parse
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana
from voicebot.language.pronunciations import Pronunciation, Pronunciations

NAME = "readings.yaml"
LONGEST = 40
"""Signs of a word; what is longer is a sentence, in which the words should be corrected."""


def _plain(value: object) -> object:
    return {"reading": value} if isinstance(value, str) else value


class ReadingRow(Strict):
    """One word as written: its reading only, or with the accent."""

    reading: Annotated[str, Field(min_length=1)]
    accent: Annotated[int, Field(ge=0)] | None = None


class ReadingsFile(Strict):
    """The whole of `readings.yaml`."""

    readings: dict[str, Annotated[ReadingRow, BeforeValidator(_plain)]] = {}


def load_readings(document: Document) -> Pronunciations:
    """The words in the order of the file.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, ReadingsFile).readings
    faults = tuple(_faults(document, rows))
    if faults:
        raise ContentError(faults)
    return Pronunciations(tuple(Pronunciation(word, katakana(row.reading), row.accent) for word, row in rows.items()))


def _faults(document: Document, rows: Mapping[str, ReadingRow]) -> Iterator[Fault]:
    for word, row in rows.items():
        here = ("readings", word)
        if not word.strip() or len(word) > LONGEST or any(sign in word for sign in "{}|\n"):
            message = (
                f"「{word}」は言葉として使えません。{LONGEST}字までの、文の中にそのまま出てくる言葉を書いてください。"
            )
            yield document.fault(here, message)
        if any(sign.isdigit() for sign in word):
            message = (
                f"「{word}」には数字があります。数字の読み方は変えられません。数字でない部分だけを書いてください。"
            )
            yield document.fault(here, message)
        yield from kana_faults(document, (*here, "reading"), word, row.reading)
        count = len(Pronunciation(word, row.reading).morae) if is_kana(row.reading) else 0
        if count and row.accent is not None and row.accent > count:
            message = (
                f"「{word}」のアクセント(accent)は、0から{count}までの数です。"
                "何拍目のあとで音が下がるかを書いてください。下がらないときは0です。"
            )
            yield document.fault((*here, "accent"), message)
