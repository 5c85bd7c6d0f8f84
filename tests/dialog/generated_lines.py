"""Small random dialogs, always valid, as the YAML that staff would write."""

import json
from dataclasses import fields
from typing import Any

from hypothesis import strategies as st
from little_line import SURROUNDINGS, sources

from voicebot.dialog.load import load
from voicebot.dialog.tree import Dialog

WORDS = ("ごみ", "住民票", "税金", "水道", "学校", "図書館の本", "犬の登録", "引っ越し")
SLOTS = (
    ("町名", "district"), ("日にち", "date"), ("時刻", "time"), ("電話", "phone"), ("郵便番号", "postal"),
    ("個数", "number"), ("氏名", "name"), ("内容", "text"), ("はいいいえ", "yes_no"),
)  # fmt: skip


class Small(Dialog):
    """A dialog whose repr is the kinds of its nodes, so that a failure is readable."""

    __slots__ = ()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        return " ".join(f"{name}:{type(node).__name__}" for name, node in self.nodes.items())


DEPARTMENTS = tuple(SURROUNDINGS.departments)
_DIALOGS: dict[str, Dialog] = {}


def _node(kind: int, at: int, count: int, pick: int) -> dict[str, Any]:
    """Node number `at` of `count`; `say` nodes lead onwards only, so that they make no circle."""
    text = f"{at}番目の案内です。"
    onward = f"節{at + 1}" if at + 1 < count else "節0"
    match kind % 11:
        case 0 if at + 1 < count:
            return {"prompt": text, "goto": onward, "bargein": str(bool(pick % 2)).lower()}
        case 1:
            return {"answer": text, **({"department": DEPARTMENTS[pick % 4]} if pick % 2 else {})}
        case 2:
            return {"transfer": DEPARTMENTS[pick % 4], **({"prompt": text} if pick % 2 else {})}
        case 3:
            return {"message": DEPARTMENTS[pick % 4], **({"prompt": text} if pick % 2 else {})}
        case 4:
            return {"prompt": text, "end": "true"}
        case 6:
            return {"ask": _slots(pick), "goto": f"節{(at + pick) % count}", **({"prompt": text} if pick % 2 else {})}
        case 7 if at + 1 < count:
            return {"when": _cases(at, count, pick), "otherwise": onward}
        case 8 if at + 1 < count:
            return {"lookup": "garbage_day", "with": {"district": "{町名}"}, **({"goto": onward} if pick % 2 else {})}
        case 9:
            return {"callback": DEPARTMENTS[pick % 4], **({"prompt": text} if pick % 2 else {})}
        case 10:
            return {"sms": text, **({"prompt": text} if pick % 2 else {})}
    fixed = {"prompt": text, "choices": _choices(at, count, pick)}
    more = {"open": "true"} if pick % 2 else {"reword": "言い直します。"}
    return {**fixed, **more, "bargein": str(pick % 3 > 0).lower()}


def _choices(at: int, count: int, pick: int) -> list[dict[str, Any]]:
    targets = sorted({(at + 1) % count, pick % count, 0})
    return [
        {"say": [WORDS[place]], "key": str(place + 1), "goto": f"節{target}"} for place, target in enumerate(targets)
    ]


def _slots(pick: int) -> list[dict[str, str]]:
    """One to five things to ask for, of any kind."""
    chosen = [SLOTS[(pick + at) % len(SLOTS)] for at in range(1 + pick % 5)]
    return [{"slot": name, "kind": kind, "prompt": f"{name}をどうぞ。"} for name, kind in chosen]


def _cases(at: int, count: int, pick: int) -> list[dict[str, Any]]:
    """One or two conditions; they lead onwards only."""
    conditions: tuple[dict[str, Any], ...] = (
        {"open": DEPARTMENTS[pick % 4]},
        {"slot": SLOTS[pick % len(SLOTS)][0]},
        {"slot": "はいいいえ", "value": "はい"},
        {"happened": "not_understood", "language": "ja"},
        {"fact": "祭り", "value": ["あり", "なし"]},
        {"language": "en"},
    )
    last = count - 1
    targets = (min(at + 1 + pick % 3, last), last)
    return [
        {**conditions[(pick + place) % len(conditions)], "goto": f"節{target}"}
        for place, target in enumerate(targets[: 1 + pick % 2])
    ]


def _known(nodes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without slots that nobody asks for; they would be refused."""
    asked = {slot["slot"] for node in nodes.values() for slot in node.get("ask", ())}
    for node in nodes.values():
        for case in node.get("when", ()):
            if case.get("slot", "") not in {"", *asked}:
                del case["slot"]
                case.pop("value", None)
                case["happened"] = "answered"
        if "lookup" in node and "町名" not in asked:
            node["with"] = {"district": "本町"}
    return nodes


def _reached(nodes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What can be come to from the start; the rest would be refused."""
    seen: list[str] = []
    waiting = ["節0"]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.append(name)
            node = nodes[name]
            waiting += [choice["goto"] for choice in node.get("choices", ())]
            waiting += [case["goto"] for case in node.get("when", ())]
            waiting += [node[key] for key in ("goto", "otherwise") if key in node]
    return {name: nodes[name] for name in seen}


def _loaded(kinds: list[tuple[int, int]]) -> Dialog:
    nodes = {f"節{at}": _node(kind, at, len(kinds), pick) for at, (kind, pick) in enumerate(kinds)}
    tree = json.dumps({"section": "総合案内", "nodes": _known(_reached(nodes))}, ensure_ascii=False)
    if tree not in _DIALOGS:
        dialog = load(sources(tree, line="start: 節0"), SURROUNDINGS)
        _DIALOGS[tree] = Small(**{field.name: getattr(dialog, field.name) for field in fields(dialog)})
    return _DIALOGS[tree]


generated_lines = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 44)), min_size=1, max_size=7).map(_loaded)
"""Dialogs of one to seven nodes of every kind."""
