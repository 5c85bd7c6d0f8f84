"""Changes by machine to a file that people keep by hand: only the lines that must change do.

Comments, the order of keys, quotes, brackets, blank lines and the ends of lines stay as people wrote them. After every
change the new text is read again: if it does not say exactly what was wanted (an alias, say, would change two
places at once) the change is refused, and nothing is lost.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import yaml

from voicebot.documents import Path, read
from voicebot.editing.places import Place, Source, end_of, find, line_end, line_start, source
from voicebot.editing.values import (
    STEP,
    WIDTH,
    Scalar,
    Value,
    are_words,
    as_read,
    columns,
    entry,
    flow,
    hung,
    item,
    mapping,
    scalar,
)
from voicebot.errors import ContentError

Change = tuple[int, int, str]
"""From this index to that one the text becomes another."""
_BY_HAND = "この書き方は、機械では直せません。ファイルを開いて、手で直してください。"


def set_value(text: str, where: Path, value: Value, file: str = "") -> str:
    """The text with another value at a path that exists.

    Args:
        text: The file.
        where: Keys, and numbers of items from 0.
        value: A scalar, a list or a mapping.
        file: The file's name, for messages.

    Raises:
        ContentError: there is nothing at the path, or the place is written in a way that cannot be edited safely.
    """
    now = source(text, file)
    place = find(now, where)
    if place.parent is None:
        raise now.refusal(where, "ファイル全体は置き換えられません。直す場所を選んでください。")
    start, end, new = _replacement(now, place, value)
    wanted = _changed(now, where[:-1], lambda above: above.__setitem__(where[-1], as_read(value)))
    return _checked(now, where, (start, end, new), wanted)


def add_item(text: str, where: Path, value: Value, file: str = "") -> str:
    """The text with one more item at the end of the list at a path (a way of asking, an entry, a choice).

    Raises:
        ContentError: there is no list at the path, or it cannot be edited safely.
    """
    return add_items(text, where, [value], file)


def add_items(text: str, where: Path, values: Sequence[Value], file: str = "") -> str:
    """The text with more items at the end of the list at a path, in one edit; as `add_item`.

    Raises:
        ContentError: there is no list at the path, or it cannot be edited safely.
    """
    now = source(text, file)
    place = find(now, where)
    if not isinstance(place.node, yaml.SequenceNode):
        raise now.refusal(where, f"「{_name(where)}」は一覧ではありません。「- 」か [ ] で書いてください。")
    if not place.children and place.key is not None and not place.in_flow and not are_words(values):
        change = _first_of_list(now, place, place.key.start_mark.column + STEP, values)
    else:
        new = ", ".join(map(flow, values))
        change = _into_flow(now, place, new) if place.is_flow else _into_list(now, place, values)
    return _checked(now, where, change, _changed(now, where, lambda here: here.extend(map(as_read, values))))


def add_key(text: str, where: Path, value: Value, file: str = "") -> str:
    """The text with a new key, the last part of the path, at the end of a mapping (a node, a fact).

    Raises:
        ContentError: there is no such mapping, it has the key already, or it cannot be edited safely.
    """
    now = source(text, file)
    *above, key = where
    place = find(now, tuple(above))
    if not isinstance(place.node, yaml.MappingNode) or not isinstance(key, str):
        raise now.refusal(
            where, f"「{_name(tuple(above))}」は「名前: 値」の形ではありません。書き方を確かめてください。"
        )
    if any(child.where[-1] == key for child in place.children):
        raise now.refusal(where, f"「{key}」はもうあります。別の名前にしてください。")
    if place.is_flow:
        change = _into_flow(now, place, f"{scalar(key, in_flow=True)}: {flow(value)}")
    else:
        change = _after(now, place.children, entry(key, value, place.column, braces=not _in_blocks(place)))
    wanted = _changed(now, tuple(above), lambda here: here.__setitem__(key, as_read(value)))
    return _checked(now, where, change, wanted)


def delete(text: str, where: Path, file: str = "") -> str:
    """The text without the item or the key at a path; of a list or mapping that held no other, `[]` or `{}` stays.

    Comments above the entry stay: they may be the heading of a group.

    Raises:
        ContentError: there is nothing at the path, or the place is written in a way that cannot be edited safely.
    """
    now = source(text, file)
    place = find(now, where)
    if place.parent is None:
        raise now.refusal(where, "ファイル全体は消せません。消す場所を選んでください。")
    siblings = place.parent.children
    if len(siblings) == 1:
        empty: Value = {} if isinstance(place.parent.node, yaml.MappingNode) else []
        return set_value(text, where[:-1], empty, file)
    at = siblings.index(place)
    change = _out_of_flow(now, siblings, at) if place.parent.is_flow else _out_of_block(now, siblings, at)
    return _checked(now, where, change, _changed(now, where[:-1], lambda above: above.__delitem__(where[-1])))


def _replacement(now: Source, place: Place, value: Value) -> Change:
    if isinstance(value, Scalar):
        like = place.node if isinstance(place.node, yaml.ScalarNode) else None
        return _inline(now, place, scalar(value, in_flow=place.in_flow, like=like))
    short = flow(value)
    line = now.text[line_start(now, place.start) : place.start]
    if not value or place.in_flow or place.key is None:
        return _inline(now, place, short)
    if place.is_block:
        return place.start, end_of(now, place), now.newline.join(_block(value, place.column))[place.column :]
    fits = columns(line + short) <= WIDTH
    if fits and (place.is_flow or _is_words(value) or not _in_blocks(place.parent)):
        return _inline(now, place, short)
    indent = place.key.start_mark.column + STEP
    lines = hung([*map(flow, value)], indent) if _is_words(value) else _block(value, indent)
    return _after_key(now, place), end_of(now, place), now.newline + now.newline.join(lines)


def _is_words(value: Value) -> bool:
    return isinstance(value, Sequence) and are_words(value)


def _block(value: Value, indent: int) -> list[str]:
    if isinstance(value, Mapping):
        return mapping(value, indent)
    items = value if isinstance(value, Sequence) else ()
    return [line for one in items for line in item(one, indent, braces=True)]


def _inline(now: Source, place: Place, new: str) -> Change:
    """In the place of the value, on the line where it begins or, when it had lines of its own, behind its key."""
    start, end = place.start, end_of(now, place)
    if place.is_block and place.key is not None:
        after = _after_key(now, place)
        return after, end, f" {new}{now.text[after : line_end(now, after)].rstrip()}"
    return start, end, new if now.text[start:end] else f" {new}"


def _after_key(now: Source, place: Place) -> int:
    """Index behind the colon."""
    key_end = place.key.end_mark.index if place.key is not None else place.start
    return now.text.index(":", key_end) + 1


def _into_flow(now: Source, place: Place, new: str) -> Change:
    """Before the closing bracket; a list that gets too long for its line goes on, or moves, to the next one."""
    if not place.children:
        return place.start + 1, place.start + 1, new
    last = end_of(now, place.children[-1])
    line = now.text[line_start(now, last) : line_end(now, last)]
    end = end_of(now, place)
    alone = not place.in_flow and not now.text[end : line_end(now, end)].strip()
    if alone and columns(f"{line}, {new}") > WIDTH and isinstance(place.node, yaml.SequenceNode):
        if place.node.start_mark.line != place.node.end_mark.line or place.key is None:
            return last, last, f",{now.newline}{' ' * (place.column + 1)}{new}"
        words = [now.text[child.start : end_of(now, child)] for child in place.children]
        lines = hung([*words, new], place.key.start_mark.column + STEP)
        return _after_key(now, place), end, now.newline + now.newline.join(lines)
    return last, last, f", {new}"


def _first_of_list(now: Source, place: Place, indent: int, values: Sequence[Value]) -> Change:
    """In place of `[]`, on lines of their own."""
    lines = [line for value in values for line in item(value, indent, braces=False)]
    return _after_key(now, place), end_of(now, place), now.newline + now.newline.join(lines)


def _into_list(now: Source, place: Place, values: Sequence[Value]) -> Change:
    items = [item(value, place.column, braces=not _in_blocks(place)) for value in values]
    lines = items[0]
    for following in items[1:]:
        lines += ["", *following] if _is_spaced(now, place.children) else following
    return _after(now, place.children, lines)


def _in_blocks(place: Place | None) -> bool:
    """Whether the last mapping in it is written without braces."""
    children = place.children if place is not None else []
    mappings = [child for child in children if isinstance(child.node, yaml.MappingNode)]
    return not mappings or mappings[-1].is_block


def _after(now: Source, siblings: list[Place], lines: list[str]) -> Change:
    """On lines of its own behind the last sibling, with a blank line between when there is one before the last."""
    at = line_end(now, end_of(now, siblings[-1]))
    return at, at, now.newline * (2 if _is_spaced(now, siblings) else 1) + now.newline.join(lines)


def _is_spaced(now: Source, siblings: list[Place]) -> bool:
    """Whether a blank line stands before the last sibling."""
    before = line_start(now, siblings[-1].entry_start)
    return len(siblings) > 1 and not now.text[line_start(now, before - 1) : before].strip()


def _out_of_flow(now: Source, siblings: list[Place], at: int) -> Change:
    if at == 0:
        return siblings[0].entry_start, siblings[1].entry_start, ""
    return end_of(now, siblings[at - 1]), end_of(now, siblings[at]), ""


def _out_of_block(now: Source, siblings: list[Place], at: int) -> Change:
    """With its lines, and one of the blank lines around it."""
    begin, end = _begin(now, siblings, at), end_of(now, siblings[at])
    start, stop = line_start(now, begin), line_end(now, end)
    if now.text[start:begin].strip():
        # Behind the dash of a list: the next key moves up to it.
        following = _begin(now, siblings, at + 1) if at + 1 < len(siblings) else stop
        if "#" in now.text[stop:following]:
            raise now.refusal(siblings[at].where, _BY_HAND)
        return begin, following, ""
    stop = min(stop + len(now.newline), len(now.text))
    above, below = now.text[:start], now.text[stop:]
    spaced = at == 0 or not above.rstrip(" \t\r\n") or re.search(r"\n[ \t]*\r?\n\Z", above) is not None
    if spaced and not below.strip():
        start = len(above.rstrip()) + len(now.newline)
    elif spaced:
        blank = re.match(r"(?:[ \t]*\r?\n)*", below)
        stop += blank.end() if blank else 0
    return start, stop, ""


def _begin(now: Source, siblings: list[Place], at: int) -> int:
    """Index of the key, or of the dash."""
    one = siblings[at]
    if one.key is not None:
        return one.entry_start
    least = end_of(now, siblings[at - 1]) if at else line_start(now, one.start)
    return now.text.rfind("-", least, one.start)


def _changed(now: Source, where: Path, change: Callable[[Any], None]) -> object:
    """What the file shall say: its data with something done to what is at the path."""
    data: Any = deepcopy(now.document.data)
    here = data
    for part in where:
        here = here[part]
    change(here)
    return data


def _checked(now: Source, where: Path, change: Change, wanted: object) -> str:
    """The new text, if it says what is wanted."""
    start, end, new = change
    text = now.text[:start] + new + now.text[end:]
    try:
        text.encode()
        said = read(text, now.document.path).data
    except (ContentError, UnicodeEncodeError) as error:
        raise now.refusal(where, _BY_HAND) from error
    if said != wanted:
        raise now.refusal(where, _BY_HAND)
    return text


def _name(where: Path) -> str:
    return " › ".join(str(part) for part in where)
