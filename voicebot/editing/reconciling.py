"""A text brought to say something else with the fewest changes: what stays as it was keeps its lines and comments."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from voicebot.documents import Path, read
from voicebot.editing.edits import add_item, add_key, delete, set_value
from voicebot.editing.values import Value, as_read
from voicebot.errors import ContentError


def brought_to(text: str, where: Path, wanted: Mapping[str, Value], file: str = "") -> str:
    """The text whose mapping at a path says what is wanted.

    Args:
        text: The file.
        where: Keys, and numbers of items from 0.
        wanted: What shall stand there. Keys that are there stay in their order, new ones follow in theirs.
        file: The file's name, for messages.

    Raises:
        ContentError: there is no mapping at the path, or it is written in a way that cannot be edited safely.
    """
    return _mapping(text, where, _at(text, where, file), wanted, file)


def _mapping(text: str, where: Path, now: object, wanted: Mapping[str, Value], file: str) -> str:
    if not isinstance(now, dict) or (now and not wanted):
        return set_value(text, where, wanted, file)
    if now and not (now.keys() & wanted.keys()):
        return set_value(text, where, wanted, file)
    for key in [key for key in now if key not in wanted]:
        text = delete(text, (*where, key), file)
    for key, value in wanted.items():
        if key not in now:
            text = add_key(text, (*where, key), value, file)
        elif now[key] != as_read(value):
            text = _value(text, (*where, key), now[key], value, file)
    return text


def _value(text: str, where: Path, now: object, wanted: Value, file: str) -> str:
    match wanted:
        case Mapping() if isinstance(now, dict) and wanted:
            return _mapping(text, where, now, wanted, file)
        case str() | int() | float() | None | Mapping():
            return set_value(text, where, wanted, file)
        case _ if isinstance(now, list) and any(isinstance(one, dict) for one in now) and wanted:
            return _items(text, where, now, wanted, file)
        case _:
            return set_value(text, where, wanted, file)


def _items(text: str, where: Path, now: list[object], wanted: Sequence[Value], file: str) -> str:
    """A list of mappings, item by item; one whose order changed is written anew as a whole."""
    said = [as_read(one) for one in wanted]
    if sorted(map(repr, now)) == sorted(map(repr, said)):
        return set_value(text, where, wanted, file)
    steps = SequenceMatcher(None, [*map(repr, now)], [*map(repr, said)], autojunk=False).get_opcodes()
    # From the end, so that the numbers of the items before stay right.
    for _, first, last, start, stop in reversed(steps):
        paired = min(last - first, stop - start)
        if stop - start > paired and first + paired < len(now):
            # Edits add only at the end of a list.
            return set_value(text, where, wanted, file)
        for at in range(last - 1, first + paired - 1, -1):
            text = delete(text, (*where, at), file)
        for step in range(paired - 1, -1, -1):
            if now[first + step] != said[start + step]:
                text = _value(text, (*where, first + step), now[first + step], wanted[start + step], file)
        for value in wanted[start + paired : stop]:
            text = add_item(text, where, value, file)
    return text


def _at(text: str, where: Path, file: str) -> object:
    document = read(text, file)
    data = document.data
    for part in where:
        try:
            data = data[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError) as error:
            raise ContentError(
                (document.fault(where, f"「{part}」がありません。ページを開き直してください。"),)
            ) from error
    return data
