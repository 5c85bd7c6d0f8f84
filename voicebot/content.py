"""The city's folder as one checked value: departments, hours, facts, FAQ, trees and phrases.

Everything is loaded or nothing: with one fault anywhere the whole content is refused and what was running goes on.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from voicebot.actions import Prompt
from voicebot.city.facts import fill
from voicebot.city.load import City
from voicebot.city.load import load as load_city
from voicebot.city.names import spoken_name
from voicebot.dialog.building import Named, Surroundings
from voicebot.dialog.check import leads_to
from voicebot.dialog.files import DisasterFile, GrammarFile, LineFile, PhrasesFile, TreeFile
from voicebot.dialog.load import Sources
from voicebot.dialog.load import load as load_dialog
from voicebot.dialog.phrases import PHRASES
from voicebot.dialog.tree import AskNode, BranchNode, Dialog, SayNode
from voicebot.documents import Document, Strict, parse, read
from voicebot.errors import ContentError, Fault
from voicebot.faq.learned import NAME as SEARCH
from voicebot.faq.learned import loads as learned_weights
from voicebot.faq.load import Entry, FaqFile
from voicebot.faq.load import load as load_faq
from voicebot.faq.vocabulary import vocabulary
from voicebot.faq.weights import Learned
from voicebot.ports import Reader

Files = Mapping[str, str]
"""The texts of a city's folder by path, and the ways of saying what is said everywhere as `grammars/…`."""
TALKS = "talks/"
"""Folder of the golden talks: they test the content and are no part of it."""
GRAMMARS = "grammars/"
"""Where ways of saying things stand among the files."""
_WORDS = 1000
"""So many words are told to the recogniser; each turn of a call's record holds them."""
_SHAPES: Mapping[str, type[Strict]] = {
    "trees": TreeFile,
    "faq": FaqFile,
    "grammars": GrammarFile,
    "line.yaml": LineFile,
    "phrases.yaml": PhrasesFile,
    "disaster.yaml": DisasterFile,
}
"""The models of the files that are read after the city's own, by name or folder."""


@dataclass(frozen=True, slots=True)
class Content:
    """One version of everything that staff have written."""

    city: City
    dialog: Dialog
    entries: tuple[Entry, ...]
    fingerprint: str
    learned: Learned = field(default_factory=dict)
    """What the search of this city's FAQ has learned; empty for what comes with voicebot."""

    @property
    def duties(self) -> Mapping[str, tuple[str, ...]]:
        """What each department is called beside its name, and what it deals with."""
        return {each.name: (*each.also, *each.duties) for each in self.city.departments}


def load(folder: Path, grammars: Path, reader: Reader, pretended: Mapping[str, str] | None = None) -> Content:
    """Read a city's folder; as `load_files`.

    Args:
        folder: The city's folder.
        grammars: Ways of saying what is said everywhere.
        reader: Gives readings.
        pretended: Values that replace those of `facts.yaml`, by name; for trying what will be said.

    Raises:
        ContentError: with every fault that can be seen; faults of the departments hide those of the trees.
    """
    return load_files(read_folder(folder, grammars), reader, pretended)


def read_folder(folder: Path, grammars: Path) -> dict[str, str]:
    """The files of a city, with its golden talks.

    Raises:
        ContentError: a file cannot be read as text, or there is none.
    """
    texts = dict(_texts(folder, ""))
    if not any(not path.startswith(TALKS) for path in texts):
        message = ".yaml ファイルが一つもありません。VOICEBOT_CITY で都市のフォルダーを指してください。"
        raise ContentError((Fault(str(folder), 0, message),))
    return {**texts, **dict(_texts(grammars, GRAMMARS))}


def load_files(files: Files, reader: Reader, pretended: Mapping[str, str] | None = None) -> Content:
    """A city's files as one checked value.

    Args:
        files: The files.
        reader: Gives readings.
        pretended: Values that replace those of `facts.yaml`, by name; for trying what will be said.

    Raises:
        ContentError: with every fault that can be seen; faults of the departments hide those of the trees.
    """
    texts, spoken = _written(files), _spoken(files)
    try:
        city = load_city(texts, reader)
    except ContentError as error:
        # Names cannot be judged now; how the other files are written can.
        raise ContentError((*error.faults, *_misshapen(texts, spoken))) from error
    reader = city.reader or reader
    if pretended:
        values = {name: replace(fact, value=pretended.get(name, fact.value)) for name, fact in city.facts.items()}
        city = replace(city, facts=values)
    departments = {department.name: (department.name, *department.also) for department in city.departments}

    def filled(text: str) -> str:
        return fill(text, city.values)

    entries, learned, faults = _searched(texts, tuple(departments), filled)
    fingerprint = fingerprint_of(files)
    around = Surroundings(
        reader=reader,
        departments=departments,
        switchboard=city.profile.switchboard,
        duty=city.profile.duty,
        fill=filled,
        facts=city.values,
        districts=city.district_readings,
        chome={name: each.chome for each in city.districts or () for name in (each.name, *each.also)},
        spoken_districts={name: spoken_name(name, sounds, reader) for name, sounds in city.district_readings.items()},
        zone=city.profile.zone,
        vocabulary=_vocabulary(entries, city),
        fingerprint=fingerprint,
    )
    try:
        dialog = load_dialog(_sources(texts, spoken, city.profile.languages), around)
    except ContentError as error:
        raise ContentError((*faults, *error.faults)) from error
    if faults:
        raise ContentError(tuple(faults))
    return Content(city, dialog, entries, fingerprint, learned)


def fingerprint_of(files: Files) -> str:
    """What tells one content from another: everything but the golden talks."""
    digest = hashlib.sha256()
    for path, text in sorted(files.items()):
        if not path.startswith(TALKS):
            digest.update(f"{path}\0{text}\0".encode())
    return digest.hexdigest()[:16]


def documents_of(files: Files) -> Mapping[str, Document]:
    """The files that are the content, read, by path, for checks that name places.

    Raises:
        ContentError: a file cannot be read.
    """
    return {path: read(text, path) for path, text in files.items() if not path.startswith(TALKS)}


def talks_of(files: Files) -> tuple[Named, ...]:
    """The golden talks among the files, as `tuning.golden` takes them."""
    return _under(files, TALKS)


def essential_prompts(content: Content) -> Iterator[Prompt]:
    """What every call may need: the phrases, the nodes, and being connected with each department."""
    dialog = content.dialog
    for name, texts in dialog.phrases.items():
        if not PHRASES[name]:
            yield from (Prompt(text, language, name=name) for language, text in texts.items())
    for name, node in dialog.nodes.items():
        yield from (
            Prompt(text, language, name=name) for language, text in (getattr(node, "text", None) or {}).items() if text
        )
        if isinstance(node, AskNode) and node.reword:
            yield from (Prompt(text, language) for language, text in node.reword.items())
    for each in content.city.departments:
        yield from (Prompt(text, language) for language, text in each.ask_caller.items())
    for department in dialog.departments:
        for name in ("connecting", "message_kept"):
            for language, text in dialog.phrases[name].items():
                yield Prompt(text.format(department=department), language)


def first_prompts(content: Content) -> Iterator[Prompt]:
    """What a caller hears first: the announcements at the start and the questions that come after them."""
    dialog = content.dialog
    waiting, seen = [dialog.start], set[str]()
    while waiting:
        name = waiting.pop()
        node = dialog.nodes[name]
        if name not in seen and isinstance(node, SayNode | BranchNode | AskNode):
            seen.add(name)
            if not isinstance(node, BranchNode):
                yield Prompt(node.text["ja"], name=name)
            if not isinstance(node, AskNode):
                waiting += leads_to(node)


def further_prompts(content: Content) -> Iterator[Prompt]:
    """What answers may need: every answer, and asking whether it was meant."""
    confirm = content.dialog.phrases["confirm"]["ja"]
    for entry in content.entries:
        yield Prompt(entry.answer)
        yield Prompt(confirm.format(question=entry.question))


def _searched(
    texts: Mapping[str, str], departments: Sequence[str], filled: Callable[[str], str]
) -> tuple[tuple[Entry, ...], Learned, list[Fault]]:
    """What the search works on: the entries of the FAQ and what was learned about them, with the faults of both."""
    entries: tuple[Entry, ...] = ()
    learned: Learned = {}
    faults: list[Fault] = []
    try:
        entries = load_faq(_under(texts, "faq/"), tuple(departments), filled)
    except ContentError as error:
        faults += error.faults
    try:
        learned = learned_weights(texts[SEARCH]) if SEARCH in texts else {}
    except ContentError as error:
        faults += error.faults
    return entries, learned, faults


def _misshapen(texts: Mapping[str, str], spoken: Mapping[str, str]) -> Iterator[Fault]:
    """Faults of single files that show without knowing the city."""
    grammars = {f"grammars/{path}": text for path, text in spoken.items() if path.endswith("/commands.yaml")}
    for path, text in (*texts.items(), *grammars.items()):
        model = _SHAPES.get(path) or _SHAPES.get(path.split("/")[0])
        if model is None:
            continue
        try:
            parse(read(text, path), model)
        except ContentError as error:
            yield from error.faults


def _written(files: Files) -> dict[str, str]:
    """What staff write for the content itself.

    Raises:
        ContentError: a file that every city needs is missing.
    """
    texts = {path: text for path, text in files.items() if not path.startswith((TALKS, GRAMMARS))}
    missing = [name for name in ("line.yaml", "phrases.yaml") if name not in texts]
    if missing:
        raise ContentError(tuple(Fault(name, 0, f"「{name}」がありません。作ってください。") for name in missing))
    return texts


def _spoken(files: Files) -> dict[str, str]:
    """Ways of saying what is said everywhere, by path inside their folder."""
    return {path.removeprefix(GRAMMARS): text for path, text in files.items() if path.startswith(GRAMMARS)}


def _sources(texts: dict[str, str], spoken: dict[str, str], languages: Sequence[str]) -> Sources:
    """The files; ways of speaking only of the languages that the city speaks, Japanese always among them."""
    return Sources(
        line=("line.yaml", texts["line.yaml"]),
        disaster=("disaster.yaml", texts["disaster.yaml"]) if "disaster.yaml" in texts else None,
        phrases=("phrases.yaml", texts["phrases.yaml"]),
        trees=_under(texts, "trees/"),
        grammars={
            path.split("/")[0]: (f"grammars/{path}", text)
            for path, text in spoken.items()
            if path.endswith("/commands.yaml") and path.split("/")[0] in {"ja", *languages}
        },
    )


def _under(texts: Mapping[str, str], folder: str) -> tuple[Named, ...]:
    return tuple((path, text) for path, text in texts.items() if path.startswith(folder))


def _texts(folder: Path, prefix: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        name = prefix + path.relative_to(folder).as_posix()
        try:
            yield name, path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ContentError((Fault(name, 0, "UTF-8で保存されていません。UTF-8で保存し直してください。"),)) from error
        except OSError as error:
            raise ContentError((Fault(name, 0, "読めません。ファイルの権限を確かめてください。"),)) from error


def _vocabulary(entries: tuple[Entry, ...], city: City) -> tuple[str, ...]:
    """The words that residents' questions turn on, the most frequent first: a recogniser takes only so many."""
    words = vocabulary(entries)
    departments = [department.name for department in city.departments]
    duties = [duty for department in city.departments for duty in department.duties]
    own = [each.word for each in city.readings.words]
    return tuple(dict.fromkeys([*words[:20], *departments, *own, *duties, *words[20:]]))[:_WORDS]
