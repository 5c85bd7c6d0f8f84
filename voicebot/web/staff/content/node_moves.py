"""What the buttons of a node's form do: a new line, another order, another kind. Pure."""

from collections.abc import Mapping

from voicebot.editing.values import Value
from voicebot.web.staff.content.node_fields import KINDS

Node = dict[str, Value]
_TEXTS = ("prompt", "answer", "sms")
"""Keys that hold what a node says; one becomes the other when the kind changes."""
NEW_WORDS = "新しい言葉"


def fresh(kind: str, name: str, department: str, said: Value = "") -> Node:
    """A new node of a kind, written so that only words have to be filled in.

    Args:
        kind: Of `node_fields.KINDS`.
        name: The node's own name: where it leads until another goal is chosen.
        department: Where it leads if it is to a department.
        said: What it says.
    """
    text = said or f"「{name}」の文です。ここを書き直してください。"
    match kind:
        case "say":
            return {"prompt": text, "goto": name}
        case "ask":
            return {"prompt": text, "open": "true", "choices": [fresh_row("choices", name, department, 0)]}
        case "form":
            return {**_said(said), "ask": [fresh_row("ask", name, department, 0)], "goto": name}
        case "answer":
            return {"answer": text}
        case "lookup":
            return {"lookup": "garbage_day", "department": department}
        case "sms":
            return {"sms": text}
        case "branch":
            return {"when": [fresh_row("when", name, department, 0)], "otherwise": name}
        case "end":
            return {"prompt": text, "end": "true"}
        case _:
            return {**_said(said), kind: department}


def fresh_row(field: str, name: str, department: str, count: int) -> Node:
    """A new line of a list that has `count` lines."""
    match field:
        case "choices":
            return {"say": [f"{NEW_WORDS}{count + 1}"], "goto": name}
        case "ask":
            words = f"{NEW_WORDS}{count + 1}"
            return {"slot": words, "kind": "text", "prompt": f"{words}をお話しください。"}
        case _:
            return {"open": department, "goto": name}


def changed_kind(data: Mapping[str, Value], kind: str, name: str, department: str) -> Node:
    """A node as another kind: what it says and where it goes on stay as far as the other kind has them."""
    said = next((data[key] for key in _TEXTS if data.get(key)), "")
    new = fresh(kind, name, department, said)
    fields = {field.name for field in KINDS[kind]}
    departments = [data[key] for key in ("department", "transfer", "message", "callback") if data.get(key)]
    if departments and kind in ("transfer", "message", "callback"):
        new[kind] = departments[0]
    return {**new, **{key: value for key, value in data.items() if key in fields and key not in _TEXTS}}


def moved(data: Node, deed: str, name: str, department: str) -> Node:
    """The node after a button: `add:choices`, `remove:choices.2`, `up:ask.1`, `down:when.0`; others change nothing."""
    what, _, where = deed.partition(":")
    field, _, number = where.partition(".")
    if what == "add" and field == "with":
        given = data.get("with")
        pairs = given if isinstance(given, dict) else {}
        return {**data, "with": {**pairs, f"名前{len(pairs) + 1}": "値"}}
    rows = data.get(field)
    rows = list(rows) if isinstance(rows, list) else []
    if what == "add" and field in ("choices", "ask", "when"):
        return {**data, field: [*rows, fresh_row(field, name, department, len(rows))]}
    at = int(number) if number.isdecimal() else -1
    if not 0 <= at < len(rows):
        return data
    match what:
        case "remove":
            del rows[at]
        case "up" if at > 0:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        case "down" if at + 1 < len(rows):
            rows[at + 1], rows[at] = rows[at], rows[at + 1]
        case _:
            return data
    kept = {key: value for key, value in data.items() if key != field}
    return {**data, field: rows} if rows else kept


def _said(said: Value) -> Node:
    return {"prompt": said} if said else {}
