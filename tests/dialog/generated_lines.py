"""Small random dialogs, always valid, as the YAML that staff would write."""

import json
from typing import Any

from hypothesis import strategies as st
from little_line import SURROUNDINGS, sources

from voicebot.dialog.load import load
from voicebot.dialog.tree import Dialog

WORDS = ("ごみ", "住民票", "税金", "水道", "学校", "図書館の本", "犬の登録", "引っ越し")
DEPARTMENTS = tuple(SURROUNDINGS.departments)
_DIALOGS: dict[str, Dialog] = {}


def _node(kind: int, at: int, count: int, pick: int) -> dict[str, Any]:
    """Node number `at` of `count`; `say` nodes lead onwards only, so that they make no circle."""
    text = f"{at}番目の案内です。"
    onward = f"節{at + 1}" if at + 1 < count else "節0"
    match kind % 6:
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
    fixed = {"prompt": text, "choices": _choices(at, count, pick)}
    more = {"open": "true"} if pick % 2 else {"reword": "言い直します。"}
    return {**fixed, **more, "bargein": str(pick % 3 > 0).lower()}


def _choices(at: int, count: int, pick: int) -> list[dict[str, Any]]:
    targets = sorted({(at + 1) % count, pick % count, 0})
    return [
        {"say": [WORDS[place]], "key": str(place + 1), "goto": f"節{target}"} for place, target in enumerate(targets)
    ]


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
            waiting += [node["goto"]] if "goto" in node else []
    return {name: nodes[name] for name in seen}


def _loaded(kinds: list[tuple[int, int]]) -> Dialog:
    nodes = {f"節{at}": _node(kind, at, len(kinds), pick) for at, (kind, pick) in enumerate(kinds)}
    tree = json.dumps({"section": "総合案内", "nodes": _reached(nodes)}, ensure_ascii=False)
    if tree not in _DIALOGS:
        _DIALOGS[tree] = load(sources(tree, line="start: 節0"), SURROUNDINGS)
    return _DIALOGS[tree]


generated_lines = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 11)), min_size=1, max_size=7).map(_loaded)
"""Dialogs of one to seven nodes of every kind."""
