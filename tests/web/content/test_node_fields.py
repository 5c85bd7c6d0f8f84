"""A node as a form, and back."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from voicebot.editing.scenes import scenes_of
from voicebot.editing.values import Value
from voicebot.web.staff.content.node_fields import KINDS, Field, kind_of, languages_of, wanted

ROOT = Path(__file__).parents[3]
TREES = ROOT / "dialogs" / "minato" / "trees"


def typed(fields: tuple[Field, ...], data: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """The form as a browser sends it when nobody touches it."""
    found: dict[str, str] = {}
    for field in fields:
        value, name = data.get(field.name), prefix + field.name
        match field.shape:
            case "text" | "ways":
                texts = value if isinstance(value, dict) else {"ja": value or ""}
                for code, text in texts.items():
                    found[f"{name}.{code}"] = text if isinstance(text, str) else "\r\n".join(text)
            case "words":
                found[name] = "\r\n".join(value) if isinstance(value, list) else str(value or "")
            case "flag" | "unless":
                if value == "true" if field.shape == "flag" else value != "false":
                    found[name] = "on"
            case "pairs":
                for at, (key, said) in enumerate(value.items() if isinstance(value, dict) else ()):
                    found |= {f"{name}.{at}.name": key, f"{name}.{at}.value": said}
            case "rows":
                for at, row in enumerate(value if isinstance(value, list) else ()):
                    found |= typed(field.rows, row, f"{name}.{at}.")
            case _:
                found[name] = str(value or "")
    return found


def test_a_form_that_nobody_touches_changes_nothing() -> None:
    """Every node of the shipped city, of every kind."""
    files = {f"trees/{path.name}": path.read_text("utf-8") for path in TREES.glob("*.yaml")}
    scenes = scenes_of(files)
    kinds = set()
    for name, scene in scenes.items():
        assert scene.data is not None
        kind = kind_of(scene.data)
        kinds.add(kind)
        assert wanted(kind, typed(KINDS[kind], scene.data), scene.data) == scene.data, name
    assert kinds == set(KINDS)


QUESTION: dict[str, Value] = {
    "prompt": "ご用件は。\n",
    "open": "true",
    "promt": "書き間違い",
    "choices": [
        {"say": "ごみ", "key": "1", "goto": "ごみ"},
        {"say": {"ja": ["税"], "en": ["tax"]}, "goto": "税金", "kye": "2"},
    ],
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, QUESTION),
        ({"prompt.ja": "ご用件をどうぞ。"}, QUESTION | {"prompt": "ご用件をどうぞ。"}),
        ({"prompt.en": "How can I help?"}, QUESTION | {"prompt": {"ja": "ご用件は。\n", "en": "How can I help?"}}),
        ({"reword.ja": " もう一度。 "}, QUESTION | {"reword": "もう一度。"}),
        ({"open": ""}, {key: value for key, value in QUESTION.items() if key != "open"}),
        ({"bargein": ""}, QUESTION | {"bargein": "false"}),
    ],
)
def test_what_is_typed_is_what_is_wanted(change: dict[str, str], expected: dict[str, Value]) -> None:
    """A key that the form does not know stays: it may be misspelt, and somebody wants it back."""
    form = typed(KINDS["ask"], QUESTION) | {"bargein": "on"} | change
    assert wanted("ask", form, QUESTION) == expected


def test_a_choice_keeps_how_it_was_written() -> None:
    """One way of saying it without brackets, two with."""
    change = {"bargein": "on", "choices.0.say.ja": "ごみ\r\n\r\nゴミ ", "choices.1.key": "2"}
    form = typed(KINDS["ask"], QUESTION) | change
    choices = wanted("ask", form, QUESTION)["choices"]
    assert choices == [
        {"say": ["ごみ", "ゴミ"], "key": "1", "goto": "ごみ"},
        {"say": {"ja": ["税"], "en": ["tax"]}, "key": "2", "goto": "税金", "kye": "2"},
    ]


def test_the_kind_is_told_by_what_is_written_and_so_are_the_languages() -> None:
    """An empty node says something: there is nothing else to do with it."""
    assert kind_of({}) == "say"
    assert kind_of({"goto": "x", "ask": [{}]}) == "form"
    assert kind_of({"open": "false", "answer": "x"}) == "answer"
    assert languages_of(QUESTION) == {"ja", "en"}
    assert languages_of({"prompt": "x"}) == frozenset()
