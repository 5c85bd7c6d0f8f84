"""The city's YAML files as checked values, with every fault named by line and in plain Japanese.

All scalars are read as text (YAML's failsafe schema) and typed by the model they are meant for. So nothing is eaten on
the way: `key: 0` stays a key, `050-0000-0001` a telephone number, `8:30` a time, and はい/yes/on/no stay words.
This module knows nothing of dialogs, departments or files: it takes text and a pydantic model.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from voicebot.errors import ContentError, Fault

Path = tuple[str | int, ...]
DEEPEST = 30
"""Deeper nesting than this is a mistake; the city's files need less than ten."""
Model = TypeVar("Model", bound="Strict")
try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without its C parser: slower, the same result
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


class Strict(BaseModel):
    """Base of every model of a city's file: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as nested dicts, lists and strings, and where in the file each of them stands."""

    path: str
    data: object
    lines: Mapping[Path, int]

    def line(self, where: Path) -> int:
        """The line of the deepest part of `where` that exists in the file.

        Parts that a model adds (the tag of a union) are passed over.
        """
        found: Path = ()
        for part in where:
            if (*found, part) in self.lines:
                found = (*found, part)
        return self.lines.get(found, 1)

    def fault(self, where: Path, message: str) -> Fault:
        """A fault at that place."""
        return Fault(self.path, self.line(where), message)


def read(text: str, path: str) -> Document:
    """Parse YAML text.

    Raises:
        ContentError: the text is not YAML, is nested too deeply, a key stands twice, or a part is a copy of another
            (`*name`).
    """
    try:
        _check_depth(text, path)
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # What is missing at the end is reported one line behind it.
        line = min(mark.line + 1, max(len(text.splitlines()), 1)) if mark else 0
        message = (
            "YAMLとして読めません。字下げ(半角空白2つずつ)、コロンの後の空白、引用符の閉じ忘れを確かめてください。"
        )
        raise ContentError((Fault(path, line, f"{message}({error.problem})"),)) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise ContentError((Fault(path, 0, "使えない文字が含まれています。UTF-8で保存し直してください。"),)) from error
    reading = _Reading(path)
    data = reading.construct(root, ()) if root is not None else {}
    if reading.faults:
        raise ContentError(tuple(reading.faults))
    return Document(path, data, reading.lines)


def parse(document: Document, model: type[Model]) -> Model:
    """The document as a value of `model`.

    Raises:
        ContentError: with all faults of the file at once.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise ContentError(tuple(_faults(document, error, model))) from error


def suggestion(word: str, known: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """「(もしかして: …)」 for a word that looks like a known one, else nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"(もしかして: 「{near[0]}」)" if near else ""


def _check_depth(text: str, path: str) -> None:
    """Refuse what no person writes: composing it would overflow the stack and end the whole process."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            message = "入れ子が深すぎます。かっこの閉じ忘れを確かめてください。"
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise ContentError((Fault(path, line, message),))


@dataclass(slots=True)
class _Reading:
    """Collects lines and faults while a document is read; owns nothing that outlives `read`."""

    path: str
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    """Nodes by identity: one that comes again is an alias, which could contain itself."""

    def construct(self, node: yaml.Node, where: Path) -> object:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.fault(node, "「&」と「*」で同じところを写すことはできません。必要なところに、それぞれ書いてください。")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.construct(item, (*where, index)) for index, item in enumerate(node.value)]
        plain = not isinstance(node, yaml.ScalarNode) or not node.style
        return None if plain and node.value in {"", "~", "null"} else node.value

    def mapping(self, node: yaml.MappingNode, where: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.fault(
                    key_node, "「:」の左には、名前を一つ書いてください。{ } を含む文は、引用符で囲んでください。"
                )
                continue
            key = key_node.value
            if key in found:
                self.fault(key_node, f"「{key}」が二度書かれています。片方を消すか、名前を変えてください。")
            self.lines[(*where, key)] = key_node.start_mark.line + 1
            found[key] = self.construct(value_node, (*where, key))
        return found

    def fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append(Fault(self.path, node.start_mark.line + 1, message))


def _faults(document: Document, error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    for detail in error.errors():
        where = tuple(part for part in detail["loc"])
        yield document.fault(where, _in_japanese(detail, where, model))


def _in_japanese(detail: ErrorDetails, where: Path, model: type[BaseModel]) -> str:
    name = str(where[-1]) if where else "ファイル全体"
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "missing":
        return f"「{name}」がありません。書き足してください。"
    if kind == "extra_forbidden":
        return f"「{name}」という項目は使えません。{suggestion(name, _known_keys(model))}"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    value = detail["input"]
    shown = "空" if value is None else f"「{value}」" if isinstance(value, str | int | float) else "書き方"
    if kind in {"literal_error", "enum"}:
        return f"「{name}」の{shown}は使えません。使えるもの: {context.get('expected', '')}"
    expected = next((words for prefix, words in _EXPECTED.items() if kind.startswith(prefix)), detail["msg"])
    return f"「{name}」の{shown}は正しくありません。{expected}"


_EXPECTED = {
    "string": "文字を書いてください。",
    "int": "整数を書いてください。",
    "float": "数を書いてください。",
    "bool": "true か false を書いてください。",
    "datetime": "2027-03-31 10:00 のように日付と時刻を書いてください。",
    "date": "2027-03-31 のように日付を書いてください。",
    "list": "「- 」で始まる一覧にしてください。",
    "tuple": "「- 」で始まる一覧にしてください。",
    "dict": "「名前: 値」の形にしてください。",
    "model": "「名前: 値」の形にしてください。",
    "none": "何も書かないでください。",
    "greater": "値が小さすぎます。",
    "less": "値が大きすぎます。",
    "too_short": "一つ以上書いてください。",
    "too_long": "多すぎます。減らしてください。",
}


def _known_keys(model: type[BaseModel]) -> list[str]:
    """Every key of the model and of the models below it: enough to guess at a misspelt one."""
    seen: set[type[BaseModel]] = set()
    keys: list[str] = []
    waiting: list[object] = [model]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                seen.add(kind)
                keys += [field.alias or name for name, field in kind.model_fields.items()]
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += list(getattr(kind, "__args__", ()))
    return keys
