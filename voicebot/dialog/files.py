"""The shape of the city's dialog files, as pydantic models: one door, where every mistake is named.

`docs/dialog-format.md` describes the same for people.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

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

    @model_validator(mode="after")
    def _one_kind(self) -> "NodeFile":
        for text in (self.prompt, self.reword, self.answer):
            if text is not None:
                _has_japanese(text)
        kinds = {
            "choices / open": bool(self.choices) or self.open,
            "goto": self.goto is not None,
            "answer": self.answer is not None,
            "transfer": self.transfer is not None,
            "message": self.message is not None,
            "end": self.end,
        }
        chosen = [name for name, present in kinds.items() if present]
        if len(chosen) != 1:
            found = "と".join(f"「{name}」" for name in chosen) or "どれもなし"
            raise ValueError(
                "このあと何をするかを一つだけ書いてください: choices か open(質問)、goto(次へ)、answer(回答)、"
                f"transfer(転送)、message(伝言)、end(終わり)。今は{found}です。"
            )
        if self.prompt is None and chosen[0] in {"choices / open", "goto", "end"}:
            raise ValueError("「prompt」(住民が最初に聞く文)がありません。書き足してください。")
        for name, written, kind in (
            ("prompt", self.prompt is not None and chosen[0] == "answer", "answer がないノード"),
            ("reword", self.reword is not None and not kinds["choices / open"], "質問(choices か open)"),
            ("department", bool(self.department) and chosen[0] != "answer", "回答(answer)"),
        ):
            if written:
                raise ValueError(f"「{name}」を書けるのは{kind}だけです。消すか、別のノードに分けてください。")
        return self


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
    limits: LimitsFile = LimitsFile()


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
    emergency: Templates
    emergency_unless: list[str] = []
    rules: dict[str, list[str]] = {}
