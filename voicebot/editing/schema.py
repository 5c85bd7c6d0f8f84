"""JSON Schemas of the city's files, so that editors complete keys, explain them, and mark mistakes while typing.

They are derived from the same pydantic models that load the files. Editors type YAML values before a schema sees them
(`key: 1` is a number), while `documents` reads all as text; so wherever the model takes text, a schema takes numbers
too. What needs more than one file, or the words of another language, stays with `voicebot check`.

The dialect is draft-07, which every YAML editor knows; `$ref` has no neighbours in it (section 8.3).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from voicebot.city.departments_file import DepartmentsFile
from voicebot.city.districts_file import DistrictsFile
from voicebot.city.duty_doctors_file import DutyFile
from voicebot.city.facilities_file import FacilitiesFile
from voicebot.city.facts import FactsFile
from voicebot.city.garbage_file import GarbageFile
from voicebot.city.hours_file import HoursFile
from voicebot.city.profile import ProfileFile
from voicebot.city.readings_file import ReadingsFile
from voicebot.city.shelters_file import SheltersFile
from voicebot.dialog.files import DisasterFile, GrammarFile, LineFile, PhrasesFile, TreeFile
from voicebot.editing.descriptions import DESCRIPTIONS
from voicebot.editing.rules import RULES
from voicebot.faq.load import FaqFile
from voicebot.tuning.golden import TalksFile

FILES: Mapping[str, type[BaseModel]] = {
    "tree": TreeFile,
    "faq": FaqFile,
    "line": LineFile,
    "disaster": DisasterFile,
    "phrases": PhrasesFile,
    "grammar": GrammarFile,
    "departments": DepartmentsFile,
    "hours": HoursFile,
    "facts": FactsFile,
    "profile": ProfileFile,
    "readings": ReadingsFile,
    "districts": DistrictsFile,
    "facilities": FacilitiesFile,
    "garbage": GarbageFile,
    "shelters": SheltersFile,
    "duty": DutyFile,
    "talks": TalksFile,
}
"""The schemas, and the model of the files that each describes."""

_TRUE_OR_FALSE = "^([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)$"
_WHOLE = r"^[-+]?[0-9]+$"
_NUMBER = r"^[-+]?[0-9]+(\.[0-9]+)?$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = _DATE[:-1] + r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[-+][0-9]{2}:?[0-9]{2})?)?$"


def schemas() -> dict[str, str]:
    """Every schema as JSON text, by the name of its file."""
    return {
        f"{name}.schema.json": json.dumps(schema(model), ensure_ascii=False, indent=2) + "\n"
        for name, model in FILES.items()
    }


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of the files that the model reads."""
    generated = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_AsEditorsSee)
    definitions = generated.pop("$defs", {})
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", **_explained(model.__name__, generated)}
    explained = {name: _explained(name, one) for name, one in definitions.items()}
    return {**whole, "definitions": {**whole.get("definitions", {}), **explained}}


def _explained(name: str, generated: dict[str, Any]) -> dict[str, Any]:
    """A model's schema in Japanese and with the rules that its types do not tell."""
    words = DESCRIPTIONS.get(name, {})
    properties = {
        key: {**_tidy(one), "description": words.get(key, "")} for key, one in generated["properties"].items()
    }
    described = {**_tidy(generated), "description": words.get("", ""), "properties": properties}
    return RULES[name](described) if name in RULES else described


def _tidy(node: Any) -> Any:
    """Without English titles and empty defaults, and with nothing beside a `$ref`."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: value if key == "default" else _tidy(value)
        for key, value in node.items()
        if key not in {"title", "description"} and not (key == "default" and value in (None, "", [], {}))
    }
    return {"allOf": [{"$ref": kept.pop("$ref")}], **kept} if "$ref" in kept else kept


class _AsEditorsSee(GenerateJsonSchema):
    """Widens what pydantic says of the values to what an editor makes of them."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        json_schema = super().str_schema(schema)
        pattern = json_schema.get("pattern")
        if pattern is None:
            return {**json_schema, "type": ["string", "number", "boolean"]}
        if not re.search(pattern, "1"):
            return json_schema
        most = {} if re.search(pattern, "10") else {"maximum": 9}
        return {**json_schema, "type": ["string", "integer"], "minimum": 0, **most}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"type": ["boolean", "string"], "pattern": _TRUE_OR_FALSE}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": _WHOLE}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return {**super().float_schema(schema), "type": ["number", "string"], "pattern": _NUMBER}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": _DATE}

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": _MOMENT}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """The full form, and the short forms that the validator turns into it."""
        full = super().function_before_schema(schema)
        written: Any = schema["function"]["function"]
        return _with_short_forms(full, written)


def _with_short_forms(full: JsonSchemaValue, validator: Any) -> JsonSchemaValue:
    """Ask the validator itself which short forms it takes: those that it changes."""
    text: JsonSchemaValue = {"type": ["string", "number", "boolean"]}
    value: JsonSchemaValue = full.get("additionalProperties") or full.get("items") or {}
    forms: list[JsonSchemaValue] = []
    if validator("文") != "文":
        forms.append(text)
    if validator(["文"]) != ["文"]:
        forms.append(value)
    further: JsonSchemaValue = {}
    if validator({"ja": "文"}) == {"ja": ["文"]}:
        further["additionalProperties"] = {"anyOf": [text, value]}
    if validator("文") in ({"ja": "文"}, {"ja": ["文"]}):
        further["required"] = ["ja"]
    return {"anyOf": [*forms, {**full, **further}]} if forms else full
