"""What the types of the models do not tell: which keys go together, and which names there are."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from voicebot.city.duty_doctors_file import NOBODY
from voicebot.dialog.files import BELONGS, WRITTEN
from voicebot.dialog.phrases import COMMANDS, OFFERS, PHRASES
from voicebot.editing.phrase_descriptions import COMMAND_WORDS, OFFER_WORDS, PHRASE_WORDS
from voicebot.tuning.golden import OUTCOMES

Schema = dict[str, Any]

ONE_OF: Mapping[str, tuple[str, ...]] = {
    "choices": ("prompt",),
    "open": ("prompt",),
    "ask": ("goto",),
    "answer": (),
    "lookup": (),
    "transfer": (),
    "message": (),
    "callback": (),
    "sms": (),
    "when": ("otherwise",),
    "end": ("prompt",),
    "goto": ("prompt",),
}
"""The keys that decide what a node does, and what each needs; a node has one (`choices` and `open` go together, and
`goto` decides only when nothing else does)."""
_QUESTION = ("choices", "open")
_CONDITIONS = ("open", "slot", "language", "fact", "happened")


def _given(key: str) -> Schema:
    """The key is there and says something."""
    return {"required": [key], "properties": {key: {"not": {"enum": [None, False, "false", "", []]}}}}


def _node(schema: Schema) -> Schema:
    """A node does one thing."""
    question = {
        "anyOf": [_given(key) for key in _QUESTION],
        "required": [*ONE_OF["open"]],
        "not": {"anyOf": [*_foreign("choices / open"), *_others(_QUESTION)]},
    }
    others = [
        {"allOf": [_given(key), *map(_given, needs)], "not": {"anyOf": [*_foreign(key), *_others((key,))]}}
        for key, needs in ONE_OF.items()
        if key not in _QUESTION
    ]
    return {**schema, "anyOf": [question, *others]}


def _foreign(kind: str) -> list[Schema]:
    """Keys that a node of this kind may not have."""
    return [{"required": [WRITTEN.get(name, name)]} for name, kinds in BELONGS.items() if kind not in kinds]


def _others(keys: tuple[str, ...]) -> list[Schema]:
    """What makes another node of it; `goto` does not, where it may stand."""
    return [_given(key) for key in ONE_OF if key not in {*keys, "goto"}]


def _case(schema: Schema) -> Schema:
    """A case says on what it depends, and a value says of what it is."""
    slot, fact = _given("slot"), _given("fact")
    some_value = {"required": ["value"], "properties": {"value": {"not": {"enum": [[]]}}}}
    rules = [
        {"if": some_value, "then": {"anyOf": [slot, fact]}},
        {"not": {"allOf": [slot, fact]}},
        {"if": fact, "then": some_value},
    ]
    return {**schema, "anyOf": [_given(key) for key in _CONDITIONS], "allOf": rules}


def _phrases(schema: Schema) -> Schema:
    texts = schema["properties"]["phrases"]
    words = {name: _phrase(name, blanks) for name, blanks in PHRASES.items()}
    properties = {**schema["properties"], "phrases": _only(texts, "text", words)}
    return {**schema, "properties": properties, "definitions": {"text": texts["additionalProperties"]}}


def _phrase(name: str, blanks: Iterable[str]) -> str:
    usable = "".join(f" {{{blank}}}" for blank in blanks)
    return PHRASE_WORDS.get(name, "") + (f"差し込める言葉:{usable}" if usable else "")


def _grammar(schema: Schema) -> Schema:
    properties = schema["properties"]
    commands, offers = properties["commands"], properties["offers"]
    return {
        **schema,
        "properties": {
            **properties,
            "commands": _only(commands, "CommandFile", {name: COMMAND_WORDS.get(name, "") for name in COMMANDS}),
            "offers": _only(offers, "ways", {name: OFFER_WORDS.get(name, "") for name in OFFERS}),
        },
        "definitions": {"ways": offers["additionalProperties"]},
    }


def _talk(schema: Schema) -> Schema:
    """Transfers end in Japanese words too."""
    words = {"items": {"enum": [*OUTCOMES, *OUTCOMES.values()]}}
    transfers = {**schema["properties"]["transfers"], **words}
    return {**schema, "properties": {**schema["properties"], "transfers": transfers}}


def _talk_line(schema: Schema) -> Schema:
    """A line says one thing; keys may be written as a number."""
    return {**schema, "minProperties": 1, "maxProperties": 1}


def _duty(schema: Schema) -> Schema:
    """A day with a doctor, or a word for none."""
    days = schema["properties"]["days"]
    either = {**days, "additionalProperties": {"anyOf": [{"const": NOBODY}, days["additionalProperties"]]}}
    return {**schema, "properties": {**schema["properties"], "days": either}}


def _only(mapping: Schema, definition: str, words: Mapping[str, str]) -> Schema:
    """A mapping that has these keys, all of them, and no others."""
    return {
        **{key: value for key, value in mapping.items() if key != "additionalProperties"},
        "properties": {
            name: {"allOf": [{"$ref": f"#/definitions/{definition}"}], "description": text}
            for name, text in words.items()
        },
        "required": list(words),
        "additionalProperties": False,
    }


RULES: Mapping[str, Callable[[Schema], Schema]] = {
    "NodeFile": _node,
    "CaseFile": _case,
    "PhrasesFile": _phrases,
    "GrammarFile": _grammar,
    "DutyFile": _duty,
    "TalkFile": _talk,
    "TalkLineFile": _talk_line,
}
"""By model, what completes its schema."""
