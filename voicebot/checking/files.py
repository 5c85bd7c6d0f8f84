"""The city's files as documents, and where in them each node, phrase and answer stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voicebot.documents import Document, Path
from voicebot.errors import Fault

Place = tuple[Document, Path]
TREES, FAQ = "trees/", "faq/"


@dataclass(frozen=True, slots=True)
class Files:
    """The documents by path, the grammars as `grammars/ja/commands.yaml`."""

    documents: Mapping[str, Document]

    def nodes(self) -> dict[str, Place]:
        """Where each node of the trees stands."""
        return {
            name: (document, ("nodes", name))
            for document in self.under(TREES)
            for name in _mapping(document.data, "nodes")
        }

    def under(self, folder: str) -> Iterator[Document]:
        """The documents of a folder."""
        return (document for path, document in self.documents.items() if path.startswith(folder))

    def fault(self, path: str, where: Path, message: str) -> Fault:
        """A message at a place of a file, which may be missing."""
        document = self.documents.get(path)
        return document.fault(where, message) if document else Fault(path, 0, message)


def _mapping(data: object, key: str) -> Mapping[str, object]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
