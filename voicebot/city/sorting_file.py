"""The `items` of `garbage.yaml` as a sorting list, with every fault at its line."""

from collections.abc import Iterator, Mapping

from voicebot.city.file_checks import kana_faults
from voicebot.city.names import Reader, reading_of, spoken_name
from voicebot.city.sorting import MOST, Item, Name, SortingList
from voicebot.documents import Document, Strict, suggestion
from voicebot.errors import Fault
from voicebot.language.kana import katakana

_MUST_STOP = ("。", "!", "?")


class ItemRow(Strict):
    """One item as written."""

    kind: str
    reading: str = ""
    also: tuple[str, ...] = ()
    hint: str = ""


def sorting_list(
    document: Document, rows: Mapping[str, ItemRow], kinds: tuple[str, ...], reader: Reader | None, faults: list[Fault]
) -> SortingList:
    """The items by all their names.

    No item may be written or sound like another. Another name that several items share is wanted: 「電池」 is then
    answered with the question which one, so at most as many may share it as can be kept in mind.
    """
    items = {name: _item(document, name, row, reader, faults) for name, row in rows.items()}
    names = tuple(name for key, row in rows.items() for name in _names(items[key], row, reader))
    for name, row in rows.items():
        if row.kind not in kinds:
            message = f"「{row.kind}」というごみの種類は kinds にありません。{suggestion(row.kind, kinds)}"
            faults.append(document.fault(("items", name, "kind"), message))
    faults += _same_names(document, names)
    faults += _crowds(document, names)
    return SortingList(tuple(items.values()), names)


def sentence(hint: str) -> str:
    """A hint as whole sentences: 「中身を使い切ってから」 is completed with 「、お出しください。」."""
    return f"{hint}、お出しください。" if hint and not hint.endswith(_MUST_STOP) else hint


def _item(document: Document, name: str, row: ItemRow, reader: Reader | None, faults: list[Fault]) -> Item:
    where = ("items", name)
    if row.reading:
        faults += kana_faults(document, (*where, "reading"), name, row.reading)
    if not (row.reading or reading_of(name, reader)):
        message = f"「{name}」の読みがわかりません。reading を、かなで書き足してください。"
        faults.append(document.fault(where, message))
    if "、" in name:
        faults.append(document.fault(where, f"品物の名前「{name}」に「、」は使えません。「・」などにしてください。"))
    spoken = spoken_name(name, katakana(row.reading), reader) if row.reading else name
    return Item(name, row.kind, sentence(row.hint), spoken)


def _names(item: Item, row: ItemRow, reader: Reader | None) -> Iterator[Name]:
    yield Name.of(item, item.name, row.reading or reading_of(item.name, reader))
    for word in row.also:
        yield Name.of(item, word, reading_of(word, reader))


def _same_names(document: Document, names: tuple[Name, ...]) -> Iterator[Fault]:
    """Items that are written or sound like another item's own or other name."""
    own: dict[Item, Name] = {}
    for name in names:
        own.setdefault(name.item, name)
    passed: set[Item] = set()
    for item, mine in own.items():
        passed.add(item)
        for other in names:
            # Of two own names only the later one is blamed.
            rival = other.item != item and (other is not own[other.item] or other.item in passed)
            if rival and (other.words == mine.words or (other.sound and other.sound == mine.sound)):
                message = f"「{item.name}」と「{other.item.name}」は、名前が同じ字か同じ音で、聞き分けられません。"
                yield document.fault(("items", item.name), f"{message}片方の名前か also を変えてください。")


def _crowds(document: Document, names: tuple[Name, ...]) -> Iterator[Fault]:
    shared: dict[str, dict[Item, None]] = {}
    for name in names:
        shared.setdefault(name.sound or name.words, {})[name.item] = None
    for crowd in shared.values():
        if len(crowd) > MOST:
            message = f"同じ呼び名の品物は{MOST}つまでです(電話で「どれですか」と尋ねるため)。減らしてください。"
            yield document.fault(("items", list(crowd)[-1].name, "also"), message)
