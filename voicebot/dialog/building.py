"""What building a dialog from files needs throughout: readings, facts, names of departments, and a list of faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import TypeVar

from voicebot.dialog.templates import expand
from voicebot.dialog.tree import Phrase, Texts
from voicebot.documents import Document, Path, Strict, parse, read, suggestion
from voicebot.errors import ContentError, Fault, VoicebotError
from voicebot.language.kana import matching_form

Named = tuple[str, str]
"""A file's path, for messages, and its text."""
Model = TypeVar("Model", bound=Strict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the dialog must know of the city."""

    reader: Callable[[str, str], str]
    departments: Mapping[str, tuple[str, ...]]
    """Every department's name, and the ways people name it, the official name first."""
    switchboard: str
    duty: str
    fill: Callable[[str], str] = str
    """Puts the city's facts into a text; raises `VoicebotError` for a fact that does not exist."""
    facts: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    chome: Mapping[str, int] = field(default_factory=dict)
    spoken_districts: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC
    vocabulary: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(slots=True)
class Builder:
    """Collects faults while it builds; owns nothing that outlives `load`."""

    around: Surroundings
    rules: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def file(self, named: Named, model: type[Model]) -> tuple[Document, Model] | None:
        """A file as document and model; None, and faults, when it cannot be used."""
        try:
            document = read(named[1], named[0])
            return document, parse(document, model)
        except ContentError as error:
            self.faults += error.faults
            return None

    def ways(self, document: Document, where: Path, templates: list[str], language: str) -> tuple[Phrase, ...]:
        """Templates as phrases with readings."""
        phrases: list[str] = []
        for template in templates:
            try:
                phrases += expand(template, self.rules.get(language))
            except VoicebotError as error:
                self.faults.append(document.fault(where, error.message))
        return self.phrases(tuple(dict.fromkeys(phrases)), language)

    def phrases(self, texts: tuple[str, ...], language: str) -> tuple[Phrase, ...]:
        """Texts with their readings."""
        return tuple(Phrase(text, matching_form(self.around.reader(text, language))) for text in texts)

    def sounds(self, texts: Texts) -> Texts:
        """The readings of a text, by language."""
        return {language: matching_form(self.around.reader(text, language)) for language, text in texts.items()}

    def texts(self, document: Document, where: Path, texts: Texts) -> Texts:
        """Texts with the city's facts filled in."""
        filled: dict[str, str] = {}
        for language, text in texts.items():
            try:
                filled[language] = self.around.fill(text)
            except VoicebotError as error:
                self.faults.append(document.fault(where, error.message))
        return filled

    def department(self, document: Document, where: Path, name: str) -> str:
        """The name; a fault when the city has no such department."""
        if name and name not in self.around.departments:
            known = tuple(self.around.departments)
            message = f"「{name}」という課はありません。{suggestion(name, known)}departments.yaml を確かめてください。"
            self.faults.append(document.fault(where, message))
        return name
