"""The schemas accept what the loader accepts, and mark what people mistype."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, ValidationError

from voicebot.cli import app
from voicebot.dialog.files import NodeFile
from voicebot.dialog.phrases import COMMANDS, OFFERS, PHRASES
from voicebot.documents import read
from voicebot.editing.descriptions import DESCRIPTIONS
from voicebot.editing.phrase_descriptions import COMMAND_WORDS, OFFER_WORDS, PHRASE_WORDS
from voicebot.editing.schema import FILES, schema, schemas

ROOT = Path(__file__).parent.parent.parent
COMMITTED = ROOT / "docs" / "schema"
SHIPPED = {
    "tree": "dialogs/*/trees/*.yaml",
    "faq": "dialogs/*/faq/*.yaml",
    "grammar": "grammars/*/commands.yaml",
    "talks": "dialogs/*/talks/*.yaml",
    **{name: f"dialogs/*/{name}.yaml" for name in FILES if name not in {"tree", "faq", "grammar", "talks"}},
}
VALIDATORS = {name: Draft7Validator(schema(model)) for name, model in FILES.items()}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors read by: no dates, no yes and no."""

    yaml_implicit_resolvers: dict[str, Any] = {}


CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), None)
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(~|null|Null|NULL|)$"), None)
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), None)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), None
)


def as_editors_see(text: str) -> Any:
    """The text as a YAML 1.2 editor types it."""
    return _names_as_text(yaml.load(text, Loader=CoreLoader))  # noqa: S506  a SafeLoader with fewer types


def _names_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _names_as_text(one) for key, one in value.items()}
    return [_names_as_text(one) for one in value] if isinstance(value, list) else value


def shipped() -> Iterator[tuple[str, Path]]:
    """Every shipped file and the schema that is meant for it."""
    for name, pattern in SHIPPED.items():
        for path in sorted(ROOT.glob(pattern)):
            yield name, path


@pytest.mark.parametrize(("name", "path"), tuple(shipped()), ids=lambda value: getattr(value, "stem", value))
def test_every_shipped_file_validates_as_editors_read_it_and_as_text(name: str, path: Path) -> None:
    """Both, because the loader reads all as text."""
    text = path.read_text(encoding="utf-8")
    for data in (as_editors_see(text), read(text, path.name).data):
        assert [error.message for error in VALIDATORS[name].iter_errors(data)] == []


def test_every_kind_of_file_is_shipped_at_least_once() -> None:
    """Otherwise a schema would never meet a real file."""
    assert {name for name, _ in shipped()} == set(FILES)


NODE = "section: 課\nnodes:\n  あ:\n"
ENTRY = "department: 課\nentries:\n"
DUTY = (
    "center: {name: 急病センター, reading: きゅう, number: 050-0000-1000, subjects: [内科], hours: 24時間}\n"
    "subjects: {内科: [熱]}\n"
)
GOOD = [
    ("tree", NODE + "    {prompt: {ja: はい, en: Yes}, goto: 2}"),
    (
        "tree",
        NODE + "    {prompt: 文, choices: [{say: ごみ, key: 1, goto: あ}, {say: {ja: ごみ}, key: '#', goto: あ}]}",
    ),
    ("tree", NODE + "    {prompt: 文, choices: [{say: {ja: [ごみ], en: rubbish}, label: ごみ, key: 0, goto: あ}]}"),
    ("tree", NODE + "    {prompt: 文, open: true, bargein: no}"),
    ("tree", NODE + "    {ask: [{slot: 町名, kind: district, prompt: {ja: 町は, en: Where}}], goto: い, confirm: 文}"),
    ("tree", NODE + "    {when: [{open: 課, slot: 町名, goto: い}, {fact: 情報, value: 1, goto: う}], otherwise: 2}"),
    ("tree", NODE + "    {when: [{slot: 数, value: [1, 2], language: en, goto: い}], otherwise: う}"),
    (
        "tree",
        NODE + "    {lookup: garbage_day, with: {kind: 1}, found: '{say}', missing: 文, goto: い, department: 課}",
    ),
    ("tree", NODE + "    {prompt: 文, callback: 課}"),
    ("tree", NODE + "    {sms: {ja: 文, en: text}}"),
    ("disaster", "start: 案内\nuntil: 2026-11-26T17:00"),
    ("disaster", "start: 案内\nuntil: 2026-11-26 17:00:30+09:00"),
    ("disaster", "start: 案内\nuntil:"),
    ("line", "start: 案内\nstarts: {en: 2}"),
    ("faq", ENTRY + "  - {question: いつ, answer: 119, also: [12, はい], valid_until: 2027-03-31}"),
    ("facts", "facts: {料金: 300, 率: 1.5, 名: {value: 2, owner: 課}}"),
    ("line", 'start: 案内\nlimits: {no_input_seconds: "7", answer_confidence: 0.9}'),
    (
        "departments",
        "departments: {課: {reading: か, numbers: [0500000000], hours: 本庁, duties: [税], extension: 12}}",
    ),
    (
        "districts",
        "districts: {本町: {reading: ほんまち, chome: 5, garbage: {1丁目: 東}}, 浜: {reading: はま, garbage: 1}}",
    ),
    ("duty", DUTY + "days: {1月1日: なし, 1月2日: {内科: {午前: 甲, 昼: [甲, 乙]}}}"),
    ("hours", "calendars: {本庁: {week: {月: 休み}, special: [{date: 1月1日, hours: 休み, reason: 元日}]}}"),
]
BAD = [
    ("tree", NODE + "    {promt: 文, goto: い}", "a misspelt key"),
    ("tree", NODE + "    {prompt: 文, goto: い, answer: 文}", "two things at once"),
    ("tree", NODE + "    {prompt: 文}", "nothing to do"),
    ("tree", NODE + "    {prompt: 文, goto: }", "nowhere to go"),
    ("tree", NODE + "    {goto: い}", "nothing to say"),
    ("tree", NODE + "    {prompt: {en: Yes}, goto: い}", "no Japanese"),
    ("tree", NODE + "    {prompt: '', goto: い}", "an empty text"),
    ("tree", NODE + "    {prompt: 文, choices: [{say: ごみ, key: 12, goto: い}]}", "a key of two digits"),
    ("tree", NODE + "    {prompt: 文, choices: [{say: ごみ, key: x, goto: い}]}", "a key that is a letter"),
    ("tree", NODE + "    {prompt: 文, choices: [{say: [], goto: い}]}", "no way of saying it"),
    ("tree", NODE + "    {prompt: 文, choices: {say: ごみ, goto: い}}", "a mapping for a list"),
    ("tree", NODE + "    {prompt: 文, choices: [{say: ごみ}]}", "a choice that leads nowhere"),
    ("tree", NODE + "    {prompt: 文, open: はい}", "a word for true"),
    ("tree", NODE + "    {ask: [{slot: 町名, kind: district, prompt: 町は}]}", "a form that leads nowhere"),
    ("tree", NODE + "    {ask: [{slot: 町名, kind: town, prompt: 町は}], goto: い}", "no such kind of slot"),
    ("tree", NODE + "    {when: [{open: 課, goto: い}]}", "a branch without the rest"),
    ("tree", NODE + "    {when: [{goto: い}], otherwise: い}", "a case without a condition"),
    ("tree", NODE + "    {when: [{open: 課, value: 1, goto: い}], otherwise: い}", "a value of nothing"),
    ("tree", NODE + "    {when: [{fact: 情報, goto: い}], otherwise: い}", "a fact compared with nothing"),
    ("tree", NODE + "    {when: [{fact: 情報, slot: 数, value: 1, goto: い}], otherwise: い}", "a value of two"),
    ("tree", NODE + "    {when: [{happened: often, goto: い}], otherwise: い}", "nothing that can happen"),
    ("tree", NODE + "    {lookup: garbage_day, prompt: 文}", "a key of another node"),
    ("tree", NODE + "    {prompt: 文, transfer: 課, goto: い}", "going on after a transfer"),
    ("disaster", "start: 案内\nuntil: 明日", "no moment"),
    ("tree", "nodes: {}", "no section"),
    ("faq", ENTRY + "  - {question: いつ}", "no answer"),
    ("faq", ENTRY + "  - {question: いつ, answer: 文です, also: 一つ}", "a text for a list"),
    ("faq", ENTRY + "  - {question: いつ, answer: 文です, valid_until: 来年}", "no date"),
    ("line", "start: 案内\nlimits: {no_input_seconds: 1}", "too little patience"),
    ("line", "start: 案内\nlimits: {no_input_seconds: 長く}", "a word for a number"),
    ("phrases", "phrases: {no_input: 文}", "phrases missing"),
    ("departments", "departments: {課: {reading: か, numbers: [1], hours: 本庁}}", "no duties"),
    (
        "departments",
        "departments: {課: {reading: か, numbers: [1], hours: x, duties: [x], ring: both}}",
        "no such word",
    ),
    ("departments", "departments: {}", "no department"),
    ("hours", "calendars: {本庁: {week: 月-金}}", "a text for a mapping"),
    ("facts", "facts: {料金: {owner: 課}}", "no value"),
    ("profile", "name: 市", "most of it missing"),
    ("districts", "districts: {本町: {reading: ほんまち, chome: 五}}", "a word for a number"),
    ("garbage", "put_out_by: 8時\nholidays: たまに\nkinds: {}\nareas: {}", "a word that is not among two"),
    ("shelters", "shelters: {小学校: {reading: しょう, dangers: [火事]}}\nnearest: {}", "no such danger"),
    ("duty", DUTY + "days: {1月1日: 未定}", "a word for nobody that is another"),
]


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_short_forms_and_numbers_are_accepted(name: str, text: str) -> None:
    """By the schema and by the loader."""
    assert [error.message for error in VALIDATORS[name].iter_errors(as_editors_see(text))] == []
    FILES[name].model_validate(read(text, "x.yaml").data)


@pytest.mark.parametrize(("name", "text", "mistake"), BAD)
def test_what_people_mistype_is_marked(name: str, text: str, mistake: str) -> None:
    """One mistake each, in a file that is otherwise right."""
    assert not VALIDATORS[name].is_valid(as_editors_see(text)), mistake


def test_a_phrase_or_a_command_that_does_not_exist_is_marked() -> None:
    """Their names are the machine's, not the city's."""
    for name, kind in (("phrases", "phrases"), ("grammar", "commands"), ("grammar", "offers")):
        path = next(path for one, path in shipped() if one == name)
        data = as_editors_see(path.read_text(encoding="utf-8"))
        data[kind]["no_such_thing"] = next(iter(data[kind].values()))
        assert not VALIDATORS[name].is_valid(data)


VALUES: dict[str, Any] = {
    "prompt": st.sampled_from(["文", {"ja": "文", "en": "text"}, {"en": "text"}, None]),
    "choices": st.sampled_from(
        [[], [{"say": "はい", "goto": "あ"}], [{"say": {"ja": ["はい"]}, "goto": "あ", "key": "1"}]]
    ),
    "open": st.sampled_from(["true", "false", "yes"]),
    "end": st.sampled_from(["true", "false"]),
    "ask": st.sampled_from([[], [{"slot": "町名", "kind": "district", "prompt": "町は?"}]]),
    "when": st.sampled_from([[], [{"open": "課", "goto": "あ"}], [{"slot": "町名", "value": "本町", "goto": "あ"}]]),
    "with": st.sampled_from([{}, {"district": "{町名}"}]),
    "transfer": st.sampled_from(["課", "", None]),
    "bargein": st.sampled_from(["true", "no"]),
}


KEYS = [field.alias or key for key, field in NodeFile.model_fields.items()]


def nodes() -> st.SearchStrategy[dict[str, Any]]:
    """Nodes with any keys, right and wrong ones."""
    texts = st.sampled_from(["文", "1", None])
    return st.fixed_dictionaries({}, optional={key: VALUES.get(key, texts) for key in KEYS})


@given(nodes())
def test_no_node_that_the_loader_accepts_is_marked(node: dict[str, Any]) -> None:
    """False alarms would teach people to look away."""
    try:
        NodeFile.model_validate(node)
    except ValidationError:
        return
    tree = {"section": "課", "nodes": {"あ": node}}
    assert [error.message for error in VALIDATORS["tree"].iter_errors(tree)] == []


@given(st.sets(st.sampled_from(KEYS), max_size=5))
def test_a_node_is_marked_when_the_loader_says_that_it_does_not_do_one_thing(keys: set[str]) -> None:
    """The schema's own rule is the same as the model's, also for keys that belong to other nodes."""
    sample: dict[str, Any] = {
        "choices": [{"say": "はい", "goto": "あ"}],
        "open": "true",
        "bargein": "no",
        "end": "true",
        "ask": [{"slot": "町名", "kind": "district", "prompt": "町は?"}],
        "when": [{"open": "課", "goto": "あ"}],
        "with": {"district": "{町名}"},
    }
    node = {key: sample.get(key, "あ") for key in keys}
    try:
        NodeFile.model_validate(node)
        accepted = True
    except ValidationError:
        accepted = False
    assert VALIDATORS["tree"].is_valid({"section": "課", "nodes": {"あ": node}}) is accepted


def models() -> dict[str, type[BaseModel]]:
    """Every model below the files, by name."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[Any] = list(FILES.values())
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind.__name__ not in found:
                found[kind.__name__] = kind
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += getattr(kind, "__args__", ())
    return found


def test_every_key_of_every_model_has_its_words_in_japanese_and_no_words_are_left_over() -> None:
    """Editors show them beside the key."""
    expected = {
        name: {"", *(field.alias or key for key, field in model.model_fields.items())}
        for name, model in models().items()
    }
    assert {name: set(words) for name, words in DESCRIPTIONS.items()} == expected
    assert set(PHRASE_WORDS) == set(PHRASES)
    assert set(COMMAND_WORDS) == set(COMMANDS)
    assert set(OFFER_WORDS) == set(OFFERS)
    every = [
        text for table in (*DESCRIPTIONS.values(), PHRASE_WORDS, COMMAND_WORDS, OFFER_WORDS) for text in table.values()
    ]
    assert all(text.endswith("。") for text in every)


def properties_of(node: Any) -> Iterator[tuple[str, Any]]:
    """Every property that a schema describes."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield from value.items()
            if key not in {"oneOf", "anyOf"}:  # rules about keys, not descriptions of them
                yield from properties_of(value)


def test_every_property_in_the_written_schemas_is_described() -> None:
    """Also those that no model has, such as the names of the phrases."""
    for name, text in schemas().items():
        for key, one in properties_of(json.loads(text)):
            assert one.get("description"), f"{name}: {key}"


def test_the_schemas_are_valid_draft_07_and_their_patterns_are_understood_by_editors() -> None:
    """JavaScript knows no (?i) and no named groups."""
    for text in schemas().values():
        Draft7Validator.check_schema(json.loads(text))
        assert "(?" not in text.replace("(?:", "")


def test_the_committed_schemas_are_up_to_date() -> None:
    """`voicebot schema` renews them."""
    assert {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*.json")} == schemas()


def test_the_settings_in_the_readme_connect_every_schema_with_its_files() -> None:
    """So that they can be copied as they are."""
    (block,) = re.findall(r"```json\n(.*?)```", (COMMITTED / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert json.loads(block)["yaml.schemas"] == {
        f"docs/schema/{name}.schema.json": pattern for name, pattern in SHIPPED.items()
    }


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a folder that it makes."""
    app(["schema", "--output", str(tmp_path / "new")], standalone_mode=False)
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(schemas())
    assert f"Wrote {len(FILES)} schemas" in capsys.readouterr().out
