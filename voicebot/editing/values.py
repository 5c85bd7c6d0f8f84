"""Values as YAML text, in the way that the city's files are written.

Lists of words stand in brackets, on further lines when they are long; sentences have quotes only when they need them.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from unicodedata import east_asian_width

import yaml

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Scalar | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written; the loader reads every scalar but None back as text."""

WIDTH = 112
"""Half-width columns of the longest line into which lists are broken."""
STEP = 2
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# A date stays without quotes: everybody writes it so.
_TEXTS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}


def as_read(value: Value) -> object:
    """The value as `documents.read` gives it back."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return None
        case str() | int() | float():
            return str(value)
        case Mapping():
            return {key: as_read(one) for key, one in value.items()}
        case _:
            return [as_read(one) for one in value]


def scalar(value: Scalar, *, in_flow: bool, like: yaml.ScalarNode | None = None) -> str:
    """A scalar, quoted when it must be, or when the one it replaces was.

    Args:
        value: What to write. Texts that other readers would take for numbers or for true and false are quoted too.
        in_flow: Whether it stands within brackets or braces.
        like: The scalar that stood there.
    """
    if value is None:
        return "null"
    text = str(as_read(value))
    style = like.style if like is not None else None
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    plain = None if style == '"' else _plain(text, in_flow)
    if plain is None:
        return _quoted(text)
    usual = not isinstance(value, str) or plain.tag in _TEXTS or (like is not None and like.tag == plain.tag)
    return text if usual else _quoted(text)


def flow(value: Value) -> str:
    """The value on one line, in brackets and braces."""
    match value:
        case None | str() | int() | float():
            return scalar(value, in_flow=True)
        case Mapping():
            return "{" + ", ".join(f"{scalar(key, in_flow=True)}: {flow(one)}" for key, one in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(flow, value)) + "]"


def hung(words: Sequence[str], indent: int) -> list[str]:
    """A list in brackets, its items already written, over as many lines as it needs; each begins with the indent."""
    lines: list[str] = []
    line = " " * indent + "["
    for number, one in enumerate(words):
        word = one + ("," if number + 1 < len(words) else "]")
        if columns(f"{line} {word}") > WIDTH and not line.endswith("["):
            lines.append(line)
            line = " " * (indent + 1) + word
        else:
            line += word if line.endswith("[") else f" {word}"
    return [*lines, line]


def entry(key: str, value: Value, indent: int, *, braces: bool = False) -> list[str]:
    """Lines of `key: value` in a block mapping; a mapping stands in braces if wished and short enough."""
    start = f"{' ' * indent}{scalar(key, in_flow=False)}:"
    match value:
        case None:
            return [start]
        case str() | int() | float():
            return [f"{start} {scalar(value, in_flow=False)}"]
        case Mapping():
            short = f"{start} {flow(value)}"
            if not value or (braces and are_words(value.values()) and columns(short) <= WIDTH):
                return [short]
            return [start, *mapping(value, indent + STEP)]
        case _:
            if not are_words(value):
                return [start, *(line for one in value for line in item(one, indent + STEP, braces=True))]
            short = f"{start} {flow(value)}"
            return [short] if columns(short) <= WIDTH else [start, *hung([*map(flow, value)], indent + STEP)]


def mapping(value: Mapping[str, Value], indent: int) -> list[str]:
    """Lines of a block mapping; what it holds is in braces where it is short."""
    return [line for key, one in value.items() for line in entry(key, one, indent, braces=True)]


def item(value: Value, indent: int, *, braces: bool) -> list[str]:
    """Lines of `- value` in a block list; a mapping stands in braces if wished and short enough."""
    start = " " * indent + "- "
    match value:
        case None | str() | int() | float():
            return [start + scalar(value, in_flow=False)]
        case Mapping() if value:
            short = start + flow(value)
            if braces and columns(short) <= WIDTH:
                return [short]
            first, *rest = mapping(value, indent + STEP)
            return [start + first[indent + STEP :], *rest]
        case _:
            return [start + flow(value)]


def columns(text: str) -> int:
    """Half-width columns that the text is wide."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def are_words(values: Iterable[Value]) -> bool:
    """Whether they are all scalars."""
    return all(isinstance(value, Scalar) for value in values)


def _plain(text: str, in_flow: bool) -> yaml.ScalarNode | None:
    """How the text is read without quotes; None when it would not be read as itself."""
    if not text.isprintable():
        return None
    try:
        root = yaml.compose(f"[{text}]" if in_flow else f"- {text}", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    items = root.value if isinstance(root, yaml.SequenceNode) else []
    if len(items) != 1 or not isinstance(items[0], yaml.ScalarNode) or items[0].style or items[0].value != text:
        return None
    # These the loader reads as nothing at all.
    return None if items[0].tag.endswith(":null") else items[0]


def _quoted(text: str) -> str:
    """In double quotes: JSON's escapes are YAML's, but for some signs that only YAML does not allow."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)
