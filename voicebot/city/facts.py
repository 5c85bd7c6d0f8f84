"""Values that change often (fees, addresses, telephone numbers), kept once and used as `{facts.粗大_最低}` in texts.

The texts themselves belong to the dialog and the FAQ; this room only fills them in and says which names do not exist.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from voicebot.documents import Document, Path, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault, VoicebotError

_PLACE = re.compile(r"\{\s*facts\s*[.．]\s*([^{}]*?)\s*\}")
_NAME = re.compile(r"[^\s{}.．:]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """One value and who answers for it."""

    value: str
    owner: str = ""
    """The department that keeps it up to date."""
    valid_until: date | None = None
    """The last day on which it is right; None for no end."""


def _plain(value: object) -> object:
    return {"value": value} if isinstance(value, str) else value


class FactRow(Strict):
    """A value as written: plain, or with its owner and its last day."""

    value: Annotated[str, Field(min_length=1)]
    owner: str = ""
    valid_until: date | None = None


class FactsFile(Strict):
    """The whole of `facts.yaml`."""

    facts: dict[str, Annotated[FactRow, BeforeValidator(_plain)]]


def load_facts(document: Document, departments: tuple[str, ...] | None = None) -> Mapping[str, Fact]:
    """The facts by name.

    Args:
        document: `facts.yaml`.
        departments: Names that an owner may have; None when they are not known and so cannot be checked.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, FactsFile).facts
    faults = tuple(_faults(document, rows, departments))
    if faults:
        raise ContentError(faults)
    return {name: Fact(row.value, row.owner, row.valid_until) for name, row in rows.items()}


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with every `{facts.name}` replaced by its value.

    Raises:
        VoicebotError: a name that is not among the facts.
    """
    unknown = unknown_names(text, facts)
    if unknown:
        raise VoicebotError("city.unknown_fact", " ".join(_unknown(name, facts) for name in unknown))
    return _PLACE.sub(lambda place: facts[place[1]], text)


def pieces(text: str, facts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The text with its values put in, in pieces: the words, and the name of the value that they are, else "".

    A value that is not among the facts stays as it is written.
    """
    found: list[tuple[str, str]] = []
    end = 0
    for one in _PLACE.finditer(text):
        found += [(text[end : one.start()], ""), (facts.get(one[1], one[0]), one[1])]
        end = one.end()
    return tuple(piece for piece in (*found, (text[end:], "")) if piece[0])


def unknown_names(text: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The names used in the text that are not among the facts, each once."""
    return tuple(dict.fromkeys(name for name in _PLACE.findall(text) if name not in facts))


def filled(document: Document, facts: Mapping[str, str]) -> Document:
    """A YAML file in which every `{facts.name}` is replaced by its value, each text at its old line.

    Raises:
        ContentError: with a fault for every name that is not among the facts.
    """
    faults = tuple(unknown_facts(document, facts))
    if faults:
        raise ContentError(faults)
    return replace(document, data=_filled(document.data, facts))


def unknown_facts(document: Document, facts: Mapping[str, str]) -> Iterator[Fault]:
    """A fault, at its line, for every unknown name in any text of a YAML file."""
    for where, text in _texts(document.data, ()):
        for name in unknown_names(text, facts):
            yield document.fault(where, _unknown(name, facts))


def _unknown(name: str, facts: Mapping[str, str]) -> str:
    return f"「facts.{name}」は facts.yaml にありません。{suggestion(name, tuple(facts))}"


def _texts(data: object, where: Path) -> Iterator[tuple[Path, str]]:
    match data:
        case str():
            yield where, data
        case dict():
            for key, value in data.items():
                yield from _texts(value, (*where, key))
        case list():
            for number, value in enumerate(data):
                yield from _texts(value, (*where, number))


def _filled(data: object, facts: Mapping[str, str]) -> object:
    match data:
        case str():
            return fill(data, facts)
        case dict():
            return {key: _filled(value, facts) for key, value in data.items()}
        case list():
            return [_filled(value, facts) for value in data]
    return data


def _faults(document: Document, rows: Mapping[str, FactRow], departments: tuple[str, ...] | None) -> Iterator[Fault]:
    for name, row in rows.items():
        if not _NAME.fullmatch(name):
            yield document.fault(("facts", name), f"「{name}」には空白、点、コロン、かっこを使わないでください。")
        if _PLACE.search(row.value) or "\n" in row.value:
            message = f"「{name}」の値は一行で書き、ほかの {{facts.…}} を使わないでください。"
            yield document.fault(("facts", name), message)
        if departments is not None and row.owner and row.owner not in departments:
            hint = suggestion(row.owner, departments)
            yield document.fault(("facts", name, "owner"), f"「{row.owner}」という部署はありません。{hint}")
