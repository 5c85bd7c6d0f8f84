"""The shape of the city's dialog files, as pydantic models: one door, where every mistake is named.

`docs/dialog-format.md` describes the same for people.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from voicebot.dialog.slots import SlotKind
from voicebot.documents import Strict


def _by_language(value: Any) -> Any:
    return {"ja": value} if isinstance(value, str) else value


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _ways_by_language(value: Any) -> Any:
    value = {"ja": value} if isinstance(value, str | list) else value
    return {language: _one_or_many(ways) for language, ways in value.items()} if isinstance(value, dict) else value


def _has_japanese(value: dict[str, Any]) -> dict[str, Any]:
    if "ja" not in value:
        raise ValueError("日本語(ja)の文がありません。書き足してください。")
    return value


Sentence = Annotated[str, Field(min_length=1)]
Text = Annotated[dict[str, Sentence], BeforeValidator(_by_language), Field(min_length=1)]
"""A text, or the same text in several languages (`{ja: …, en: …}`)."""
Templates = Annotated[list[str], Field(min_length=1)]
Ways = Annotated[dict[str, Templates], BeforeValidator(_ways_by_language), Field(min_length=1)]
"""Ways of saying something: templates, by language when there is more than Japanese."""
Key = Annotated[str, Field(pattern=r"^[0-9*#]$")]


class ChoiceFile(Strict):
    """One line under `choices:`."""

    say: Ways
    goto: str
    key: Key = ""
    label: Text | None = None
    yomi: list[str] = []

    @model_validator(mode="after")
    def _complete(self) -> "ChoiceFile":
        _has_japanese(self.say)
        if self.label is not None:
            _has_japanese(self.label)
        return self


class SlotFile(Strict):
    """One line under `ask:`."""

    slot: Annotated[str, Field(min_length=1)]
    kind: SlotKind
    prompt: Text
    reword: Text | None = None
    label: Text | None = None

    @model_validator(mode="after")
    def _complete(self) -> "SlotFile":
        for text in (self.prompt, self.reword, self.label):
            if text is not None:
                _has_japanese(text)
        return self


class CaseFile(Strict):
    """One line under `when:`."""

    goto: str
    open: str = ""
    slot: str = ""
    value: Annotated[list[str], BeforeValidator(_one_or_many)] = []
    language: str = ""
    fact: str = ""
    happened: Literal["", "answered", "not_reached", "not_understood", "recording_refused"] = ""

    @model_validator(mode="after")
    def _says_something(self) -> "CaseFile":
        conditions = [self.open, self.slot, self.language, self.fact, self.happened]
        if not any(conditions):
            raise ValueError("条件がありません。open(課)、slot、language、fact、happened のどれかを書いてください。")
        if self.value and not (self.slot or self.fact):
            raise ValueError("「value」は、slot か fact と一緒に書いてください。")
        if self.slot and self.fact:
            raise ValueError("「slot」と「fact」は、一つの条件に一緒に書けません。行を分けてください。")
        if self.fact and not self.value:
            raise ValueError("「fact」には、比べる値(value)も書いてください。")
        return self


class NodeFile(Strict):
    """A node. Which keys it has decides what it does."""

    prompt: Text | None = None
    reword: Text | None = None
    choices: list[ChoiceFile] = []
    open: bool = False
    bargein: bool = True
    goto: str | None = None
    answer: Text | None = None
    department: str = ""
    transfer: str | None = None
    message: str | None = None
    end: bool = False
    ask: list[SlotFile] = []
    confirm: Text | None = None
    when: list[CaseFile] = []
    otherwise: str | None = None
    lookup: str | None = None
    arguments: Annotated[dict[str, str], Field(alias="with")] = {}
    found: Text | None = None
    missing: Text | None = None
    callback: str | None = None
    sms: Text | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "NodeFile":
        for text in (self.prompt, self.reword, self.answer, self.confirm, self.found, self.missing, self.sms):
            if text is not None:
                _has_japanese(text)
        chosen = [kind for kind in KINDS if self._is(kind)]
        # `goto` makes a node of its own only when nothing else does: forms and look-ups go on from there.
        if len(chosen) > 1 and chosen[-1] == "goto":
            chosen.pop()
        if len(chosen) != 1:
            found = "と".join(f"「{name}」" for name in chosen) or "どれもなし"
            raise ValueError(
                "このあと何をするかを一つだけ書いてください: choices か open(質問)、ask(聞き取り)、goto(次へ)、"
                "answer(回答)、"
                "lookup(照会)、transfer(転送)、message(伝言)、callback(折り返し)、sms(ショートメッセージ)、"
                f"when(分かれ道)、end(終わり)。今は{found}です。"
            )
        self._fits(chosen[0])
        return self

    def _is(self, kind: str) -> bool:
        return self.open or bool(self.choices) if kind == "choices / open" else bool(getattr(self, kind))

    def _fits(self, kind: str) -> None:
        """Every key that is written belongs to the kind of node."""
        if self.prompt is None and kind in {"choices / open", "goto", "end"}:
            raise ValueError("「prompt」(住民が最初に聞く文)がありません。書き足してください。")
        if kind == "ask" and not self.goto:
            raise ValueError("「goto」(聞き取ったあとの行き先)がありません。書き足してください。")
        if kind == "when" and not self.otherwise:
            raise ValueError("「otherwise」(どれにも当てはまらないときの行き先)がありません。書き足してください。")
        for name, kinds in BELONGS.items():
            if name in self.model_fields_set and kind not in kinds:
                shown = "、".join(kinds)
                raise ValueError(
                    f"「{WRITTEN.get(name, name)}」を書けるのは、{shown} のあるノードだけです。"
                    "消すか、別のノードに分けてください。"
                )


KINDS = (
    "choices / open", "ask", "answer", "lookup", "transfer", "message", "callback", "sms", "when", "end", "goto",
)  # fmt: skip
_SAYING = ("choices / open", "ask", "transfer", "message", "callback", "sms", "end", "goto")
BELONGS = {
    "prompt": _SAYING,
    "reword": ("choices / open",),
    "bargein": ("choices / open", "goto"),
    "department": ("answer", "lookup"),
    "confirm": ("ask",),
    "goto": ("ask", "lookup", "goto"),
    "otherwise": ("when",),
    "arguments": ("lookup",),
    "found": ("lookup",),
    "missing": ("lookup",),
}
"""What kinds of node a key belongs to."""
WRITTEN = {"arguments": "with"}
"""Keys that are written otherwise than they are called here."""


class TreeFile(Strict):
    """One file of a section (課)."""

    section: str
    nodes: dict[str, NodeFile]


class LimitsFile(Strict):
    """Patience and thresholds; every value has a default."""

    no_input_seconds: Annotated[float, Field(ge=3, le=30)] = 7.0
    max_speech_seconds: Annotated[float, Field(ge=5, le=60)] = 25.0
    message_seconds: Annotated[float, Field(ge=10, le=300)] = 120.0
    message_silence_seconds: Annotated[float, Field(ge=2, le=20)] = 5.0
    call_seconds: Annotated[float, Field(ge=60, le=7200)] = 900.0
    answer_confidence: Annotated[float, Field(gt=0, le=1)] = 0.80
    confirm_confidence: Annotated[float, Field(gt=0, le=1)] = 0.60
    offer_confidence: Annotated[float, Field(gt=0, le=1)] = 0.45
    choice_confidence: Annotated[float, Field(gt=0, le=1)] = 0.80
    choice_confirm_confidence: Annotated[float, Field(gt=0, le=1)] = 0.62

    @model_validator(mode="after")
    def _in_order(self) -> "LimitsFile":
        rising = self.offer_confidence <= self.confirm_confidence <= self.answer_confidence
        if not rising or self.choice_confirm_confidence > self.choice_confidence:
            raise ValueError(
                "確信度は offer、confirm、answer の順に大きく、choice_confirm は choice 以下にしてください。"
            )
        return self


class LineFile(Strict):
    """`line.yaml`: where calls begin, and the line's patience."""

    start: str
    starts: dict[str, str] = {}
    limits: LimitsFile = LimitsFile()
    recorded: list[str] = []
    """Nodes and phrases that a person has recorded, or is to record."""


class DisasterFile(Strict):
    """`disaster.yaml`: the pack that replaces the greeting while it is in force."""

    start: str
    until: datetime | None = None
    """Local time of the city; empty while there is no disaster."""


class PhrasesFile(Strict):
    """`phrases.yaml`: the machine's own sentences."""

    phrases: dict[str, Text]


class CommandFile(Strict):
    """A command that works everywhere."""

    say: Templates
    key: Key = ""


class GrammarFile(Strict):
    """`grammars/<language>/commands.yaml`: how people say what is said everywhere."""

    commands: dict[str, CommandFile]
    yes: Templates
    no: Templates
    connect: Templates
    offers: dict[str, Templates]
    languages: dict[str, CommandFile] = {}
    emergency: Templates
    emergency_unless: list[str] = []
    rules: dict[str, list[str]] = {}
