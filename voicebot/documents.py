"""The city's YAML files as checked values, with every fault named by line and in plain Japanese.

All scalars are read as text (YAML's failsafe schema) and typed by the model they are meant for. So nothing is eaten on
the way: `key: 0` stays a key, `050-0000-0001` a telephone number, `8:30` a time, and はい/yes/on/no stay words.
This module knows nothing of dialogs, departments or files: it takes text and a pydantic model.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

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


@lru_cache(maxsize=256)  # the loaders of the rooms and the checks read the same files
def read(text: str, path: str) -> Document:
    """Parse YAML text. The document is shared: nobody may change it.

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
        line, cure = _cure(error.problem or "", text.splitlines(), line)
        raise ContentError((Fault(path, line, f"YAMLとして読めません。{cure}"),)) from error
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


_NO_SPACE = re.compile(r"\s*(?:- )?(?P<name>[^\s\"'#:{\[：]+)(?P<colon>:(?=[^\s/])|：)")
"""A name whose colon has no space behind it, or is a full-width one."""
_OPEN_BRACE = re.compile(r":\s+\{[^{}]*\}[^\s,#]")
"""A text that begins with a blank, without quotes."""


def _cure(problem: str, lines: Sequence[str], line: int) -> tuple[int, str]:
    """The line where the mistake was probably made, and what to do about it, for the parser's English problem."""
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        # The parser notices it where the next name comes.
        for number in range(line, max(line - 3, 0), -1):
            found = _NO_SPACE.match(lines[number - 1])
            if found:
                return number, f"「{found['name']}」のうしろは、半角の「:」と、半角の空白一つにしてください。"
        if lines[line - 1].count(": ") > 1:
            return line, '文の中に「: 」があります。文の全体を「"」で囲んでください。'
        return line, "この行か、すぐ上の行で、行の頭の空白の数が違います。半角の空白で、ほかの行とそろえてください。"
    if _OPEN_BRACE.search(lines[line - 1] if lines else ""):
        return line, '「{」で始まる文は、全体を「"」で囲んでください。'
    for words, cure in _CURES.items():
        if words in problem:
            return line, cure
    return line, f"字下げ(半角空白2つずつ)、コロンの後の空白、引用符の閉じ忘れを確かめてください。({problem})"


_CURES = {
    "cannot start any token": "この行に、タブか、引用符で囲むべき記号(@、`、% など)があります。"
    "タブは半角の空白に直し、記号で始まる文は引用符で囲んでください。",
    "unexpected end of stream": "引用符が閉じていません。この行より上で開いた引用符を確かめてください。",
    "did not find expected ',' or": "かっこの中です。言葉の間の「,」か、閉じるかっこを確かめてください。",
    "did not find expected node content": "かっこの中です。余分な「,」や、閉じるかっこを確かめてください。",
    "did not find expected key": "この行の頭の空白の数が違うか、上の行のかっこや引用符が閉じていません。",
    "did not find expected '-' indicator": "この行の頭の空白の数が違います。ほかの「- 」の行とそろえてください。",
    "undefined alias": "「*」で始まる文は、引用符で囲んでください。",
    "but found another document": "「---」の行は使えません。消してください。",
}
"""The parser's words for what is wrong, and the cure."""


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
    name = _named(where)
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "missing":
        return f"{name}がありません。書き足してください。"
    if kind == "extra_forbidden":
        return f"{name}という項目は使えません。{suggestion(str(where[-1]), _known_keys(model))}"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    value = detail["input"]
    if value is None:
        return f"{name}が空です。{_expected(kind, context, detail['msg'])}"
    shown = f"の「{value}」" if isinstance(value, str | int | float) and value != "" else "の書き方"
    if kind in {"literal_error", "enum"}:
        known = [word for word in _ALLOWED.findall(str(context.get("expected", ""))) if word]
        return f"{name}{shown}は使えません。{suggestion(str(value), known)}使えるもの: {'、'.join(known)}"
    return f"{name}{shown}は正しくありません。{_expected(kind, context, detail['msg'])}"


def _named(where: Path) -> str:
    """What is wrong, as staff see it: 「key」, 「choices」の2番目, or 「prompt」(ja) for one language of a text."""
    parts = [part for part in where if not isinstance(part, str) or not part.startswith("function-")]
    if not parts:
        return "ファイル全体"
    last = parts[-1]
    if isinstance(last, int):
        return f"{_named(tuple(parts[:-1]))}の{last + 1}番目"
    if _LANGUAGE.fullmatch(last) and len(parts) > 1:
        return f"{_named(tuple(parts[:-1]))}({last})"
    return f"「{last}」"


def _expected(kind: str, context: Mapping[str, Any], message: str) -> str:
    """What should stand there."""
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return _PATTERNS[str(context["pattern"])]
    for end, words in (("ge", "以上"), ("gt", "より大きく"), ("le", "以下"), ("lt", "より小さく")):
        if end in context:
            return f"{context[end]:g}{words}にしてください。"
    if kind == "string_too_short" and context.get("min_length") != 1:
        return f"{context['min_length']}字以上書いてください。"
    return next((words for prefix, words in _EXPECTED.items() if kind.startswith(prefix)), message)


_LANGUAGE = re.compile("[a-z]{2}")
_ALLOWED = re.compile("'([^']*)'")
"""pydantic tells allowed values as 'a', 'b' or 'c'."""
_PATTERNS = {
    "^[0-9*#]$": "0から9、*、# のどれか一つを書いてください。",
    "^[0-9*#]+$": "0から9、*、# だけで書いてください。",
    "^[0-9*#w]*$": "0から9、*、#、w だけで書いてください。",
}
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
