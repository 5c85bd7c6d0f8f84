"""What two versions of the city's files say differently, in words for people who do not read YAML. Pure.

Entries of a list are known again by what names them (the question of a FAQ entry, the name of a talk), so that a new
entry in the middle is one difference and not one for each entry behind it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voicebot.documents import read
from voicebot.editing.labels import FILES, FOLDERS, KEYS, VALUES
from voicebot.errors import ContentError

NAMING = ("question", "name", "id", "slot", "word", "date", "label", "say")
"""Keys by which an entry of a list is known again, the best first."""
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs."""

    path: str
    """Of the file."""
    place: tuple[str, ...]
    """Where in the file, from the outside in, in Japanese; empty for the file as a whole."""
    before: str
    """Empty when it is new."""
    after: str
    """Empty when it is gone."""


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Everything that differs, by file."""
    paths = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    return tuple(each for path in paths for each in _of_file(path, before.get(path), after.get(path)))


def file_label(path: str) -> str:
    """What staff call a file: 「FAQ 市民課」."""
    if path in FILES:
        return FILES[path]
    folder, _, rest = path.partition("/")
    return f"{FOLDERS[folder]} {rest.removesuffix('.yaml')}" if folder in FOLDERS and rest else path


def _of_file(path: str, before: str | None, after: str | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(path, (), _cut(before or ""), _cut(after or ""))
        return
    try:
        found = list(_of_values(path, (), read(before, path).data, read(after, path).data))
    except ContentError:
        # What cannot be read cannot be compared by what it says.
        found = [Difference(path, (), _cut(before), _cut(after))]
    yield from found or [Difference(path, ("書き方・注釈だけの変更",), "", "")]


def _of_values(path: str, place: tuple[str, ...], before: object, after: object, of: str = "") -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        renamed = _renamed(before, after)
        if renamed is not None:
            was, now = renamed
            yield Difference(path, (*place, was, "名前"), was, now)
            yield from _of_values(path, (*place, now), before[was], after[now])
            before = {key: value for key, value in before.items() if key != was}
            after = {key: value for key, value in after.items() if key != now}
        for key in [*before, *(each for each in after if each not in before)]:
            label = KEYS.get(str(key), str(key))
            yield from _of_values(path, (*place, label), before.get(key), after.get(key), str(key))
    elif _are_named(before) and _are_named(after):
        old, new = _by_name(before), _by_name(after)
        for name in [*old, *(each for each in new if each not in old)]:
            yield from _of_values(path, (*place, f"「{name}」"), old.get(name), new.get(name))
    elif _are_words(before) and _are_words(after):
        old_words, new_words = _words(before), _words(after)
        gone = [each for each in old_words if each not in new_words]
        come = [each for each in new_words if each not in old_words]
        reordered = not gone and not come
        yield Difference(
            path, place, in_words(old_words if reordered else gone), in_words(new_words if reordered else come)
        )
    else:
        yield Difference(path, place, _of_key(of, before), _of_key(of, after))


def _renamed(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, str] | None:
    """The one entry that is gone and the one that is new, when they say nearly the same."""
    gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
    if len(gone) != 1 or len(come) != 1:
        return None
    old, new = before[gone[0]], after[come[0]]
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        same = sum(key in new and new[key] == value for key, value in old.items())
        return (gone[0], come[0]) if same * 2 >= max(len(old), len(new)) and same > 1 else None
    return (gone[0], come[0]) if old == new else None


def in_words(value: object) -> str:
    """A value of a file as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "はい" if value else "いいえ"
        case Mapping():
            return _cut(
                "\n".join(f"{KEYS.get(str(key), key)}: {_of_key(str(key), each)}" for key, each in value.items())
            )
        case list() | tuple():
            plain = all(not isinstance(each, Mapping | list | tuple) for each in value)
            return _cut(("、" if plain else "\n").join(map(in_words, value)))
        case _:
            return _cut(str(value))


def _of_key(key: str, value: object) -> str:
    """The value of a key, by its word where it is one of some."""
    return VALUES.get(key, {}).get(str(value)) or in_words(value)


def _name(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    return next((in_words(item[key]) for key in NAMING if key in item), "")


def _are_named(value: object) -> bool:
    """Whether it is a list of entries that all have a name of their own."""
    if not isinstance(value, list):
        return False
    names = [_name(each) for each in value]
    return all(names) and len(set(names)) == len(names)


def _by_name(value: object) -> dict[str, object]:
    return {_name(each): each for each in value} if isinstance(value, list) else {}


def _words(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _are_words(value: object) -> bool:
    return isinstance(value, list) and not any(isinstance(each, Mapping | list) for each in value)


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
