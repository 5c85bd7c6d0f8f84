"""The `items` of `garbage.yaml` as a sorting list, with every fault at its line."""

from collections.abc import Iterator, Mapping

from voicebot.city.calling import Called
from voicebot.city.file_checks import kana_faults
from voicebot.city.names import Reader, reading_of, spoken_name
from voicebot.city.sorting import MOST, Item, SortingList
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
    items = tuple(_item(document, name, row, reader, faults) for name, row in rows.items())
    names = tuple(name for at, row in enumerate(rows.values()) for name in _names(at, items[at].name, row, reader))
    for name, row in rows.items():
        if row.kind not in kinds:
            message = f"「{row.kind}」というごみの種類は kinds にありません。{suggestion(row.kind, kinds)}"
            faults.append(document.fault(("items", name, "kind"), message))
    faults += _same_names(document, items, names)
    faults += _crowds(document, items, names)
    return SortingList(items, names)


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


def _names(at: int, name: str, row: ItemRow, reader: Reader | None) -> Iterator[Called]:
    yield Called.of(at, name, row.reading or reading_of(name, reader))
    for word in row.also:
        yield Called.of(at, word, reading_of(word, reader))


def _same_names(document: Document, items: tuple[Item, ...], names: tuple[Called, ...]) -> Iterator[Fault]:
    """Items that are written or sound like another item's own or other name."""
    own: dict[int, Called] = {}
    for name in names:
        own.setdefault(name.thing, name)
    for at, mine in own.items():
        for other in names:
            # Of two own names only the later one is blamed.
            rival = other.thing != at and (other is not own[other.thing] or other.thing < at)
            if rival and (other.words == mine.words or (other.sound and other.sound == mine.sound)):
                item, another = items[at].name, items[other.thing].name
                message = f"「{item}」と「{another}」は、名前が同じ字か同じ音で、聞き分けられません。"
                yield document.fault(("items", item), f"{message}片方の名前か also を変えてください。")


def _crowds(document: Document, items: tuple[Item, ...], names: tuple[Called, ...]) -> Iterator[Fault]:
    shared: dict[str, dict[int, None]] = {}
    for name in names:
        shared.setdefault(name.sound or name.words, {})[name.thing] = None
    for crowd in shared.values():
        if len(crowd) > MOST:
            message = f"同じ呼び名の品物は{MOST}つまでです(電話で「どれですか」と尋ねるため)。減らしてください。"
            yield document.fault(("items", items[list(crowd)[-1]].name, "also"), message)
