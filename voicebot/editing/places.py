"""Where in the text of a file a value stands, by its path, and what stands around it."""

from dataclasses import dataclass

import yaml

from voicebot.documents import Document, Path, read
from voicebot.errors import ContentError


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be edited: what it says, and its nodes with their places."""

    text: str
    document: Document
    root: yaml.Node

    @property
    def newline(self) -> str:
        """How lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def refusal(self, where: Path, message: str) -> ContentError:
        """An error at that place."""
        return ContentError((self.document.fault(where, message),))


@dataclass(frozen=True, slots=True)
class Place:
    """One value."""

    node: yaml.Node
    where: Path
    key: yaml.Node | None = None
    """Of the mapping in which it stands."""
    parent: "Place | None" = None

    @property
    def start(self) -> int:
        """Index of its first character."""
        return int(self.node.start_mark.index)

    @property
    def column(self) -> int:
        """Of its first character; for a block list that of the dashes, for a block mapping that of the keys."""
        return int(self.node.start_mark.column)

    @property
    def in_flow(self) -> bool:
        """Whether it stands within brackets or braces."""
        return self.parent is not None and (self.parent.is_flow or self.parent.in_flow)

    @property
    def is_flow(self) -> bool:
        """Whether it is a list or a mapping in brackets or braces."""
        return isinstance(self.node, yaml.CollectionNode) and bool(self.node.flow_style)

    @property
    def is_block(self) -> bool:
        """Whether it is a list or a mapping without brackets or braces."""
        return isinstance(self.node, yaml.CollectionNode) and not self.node.flow_style

    @property
    def children(self) -> "list[Place]":
        """The values of a mapping, or the items of a list."""
        if isinstance(self.node, yaml.MappingNode):
            return [Place(one, (*self.where, str(key.value)), key, self) for key, one in self.node.value]
        if isinstance(self.node, yaml.SequenceNode):
            return [Place(one, (*self.where, at), None, self) for at, one in enumerate(self.node.value)]
        return []

    @property
    def entry_start(self) -> int:
        """Index of the first character of what belongs to it: its key, or itself."""
        return int(self.key.start_mark.index) if self.key is not None else self.start


def source(text: str, path: str) -> Source:
    """The file, ready to be edited.

    Raises:
        ContentError: it is not YAML, or holds nothing.
    """
    document = read(text, path)
    if text.startswith("\ufeff"):
        message = "先頭に目に見えない印(BOM)があります。「UTF-8(BOMなし)」で保存し直してください。"
        raise ContentError((document.fault((), message),))
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        raise ContentError((document.fault((), "ファイルが空です。中身を書いてから、直してください。"),))
    return Source(text, document, root)


def find(source: Source, where: Path) -> Place:
    """The value at a path.

    Raises:
        ContentError: there is none.
    """
    place = Place(source.root, ())
    for part in where:
        found = next((child for child in place.children if child.where[-1] == part), None)
        if found is None:
            name = " › ".join(f"{one + 1}番目" if isinstance(one, int) else one for one in where)
            message = f"「{name}」がありません。ほかの人が直したかもしれません。ページを開き直して、確かめてください。"
            raise source.refusal(where, message)
        place = found
    return place


def end_of(source: Source, place: Place) -> int:
    """Index behind the last character of a value, without the blank lines and comments that follow it."""
    children = place.children
    if place.is_block and children:
        return end_of(source, children[-1])
    end = int(place.node.end_mark.index)
    if isinstance(place.node, yaml.ScalarNode) and place.node.style in ("|", ">"):
        return len(source.text[:end].rstrip())
    return end


def line_start(source: Source, index: int) -> int:
    """Index of the beginning of the line."""
    return source.text.rfind("\n", 0, index) + 1


def line_end(source: Source, index: int) -> int:
    """Index of the end of the line, before its line break."""
    end = source.text.find("\n", index)
    end = len(source.text) if end < 0 else end
    return end - 1 if source.text[index:end].endswith("\r") else end
