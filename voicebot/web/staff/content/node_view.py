"""What the templates need of one node: its fields, its text, what is wrong with it, and what else can be chosen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from voicebot.dialog.diagram.outline import LANGUAGES, LOOKUPS
from voicebot.dialog.files import CaseFile
from voicebot.dialog.slots import SlotKind
from voicebot.editing.scenes import alone, name_in
from voicebot.errors import ContentError
from voicebot.web.staff.content.node_fields import KINDS, kind_of, languages_of
from voicebot.web.staff.content.node_trial import Told
from voicebot.web.staff.content.sight import Sight
from voicebot.web.staff.content.words_of_node import HINTED
from voicebot.web.staff.words import Words

SLOT_KINDS: Sequence[str] = SlotKind.__args__  # type: ignore[attr-defined]
HAPPENED: Sequence[str] = [code for code in CaseFile.model_fields["happened"].annotation.__args__ if code]  # type: ignore[union-attr]
ROW = "choices", "ask", "when"


def data_of(text: str) -> Mapping[str, object] | None:
    """What a node's own text says; None when it cannot be read, or does not hold one node."""
    try:
        document = alone(text)
    except ContentError:
        return None
    nodes = document.data["nodes"] if isinstance(document.data, dict) else None
    if not isinstance(nodes, dict) or len(nodes) != 1:
        return None
    data = nodes.get(name_in(text), {})
    return data if isinstance(data, dict) else {}


def form_view(
    text: str, told: Iterable[Told], sight: Sight, words: Words, spoken: Sequence[str], kind: str = "", shown: str = ""
) -> dict[str, Any]:
    """Values for `content/node_form.html`.

    Args:
        text: The node's own text.
        told: What is wrong with it.
        sight: The draft.
        words: Of the page.
        spoken: Languages of the city.
        kind: The kind that was chosen; "" for the one that the text tells.
        shown: Languages whose texts are shown beside those that are there, with blanks between.
    """
    data = data_of(text)
    kind = kind or kind_of(data or {})
    there = languages_of(data or {}) | {code for code in shown.split() if code in LANGUAGES} | {"ja"}
    languages = sorted(there, key=lambda code: (code != "ja", code))
    told_by: defaultdict[str, list[str]] = defaultdict(list)
    for each in told:
        told_by[_field(each.field, kind, data or {})].append(each.message)
    return {
        "data": data or {},
        "broken": data is None,
        "kind": kind,
        "kinds": tuple(KINDS),
        "fields": KINDS[kind],
        "hinted": HINTED,
        "known_names": sight.scenes,
        "shown_languages": languages,
        "more_languages": [code for code in spoken if code not in languages],
        "language_names": {code: words.language_name(code) for code in LANGUAGES},
        "told_by": told_by,
        "told_under": lambda base: any(where == base or where.startswith(f"{base}.") for where in told_by),
        "row_title": lambda name, row: row_title(row),
        "options": {
            "department": [(name, name) for name in sight.departments],
            "slot_kind": [(code, words[f"slot_{code}"]) for code in SLOT_KINDS],
            "lookup": list(LOOKUPS.items()),
            "happened": [(code, words[f"happened_{code}"]) for code in HAPPENED],
        },
    }


def row_title(row: Mapping[str, object]) -> str:
    """What a line of the form is called while it is folded."""
    for key in ("label", "slot", "say", "open", "fact", "language", "happened"):
        value = row.get(key)
        value = value.get("ja") if isinstance(value, dict) else value
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value:
            return value
    return ""


def _field(where: str, kind: str, data: Mapping[str, object]) -> str:
    """The field of the form where a finding is shown: the nearest one that there is."""
    parts = where.split(".") if where else []
    names = {field.name: field for field in KINDS[kind]}
    if not parts or parts[0] not in names:
        return ""
    if names[parts[0]].shape != "rows" or len(parts) == 1:
        return parts[0]
    inner = {field.name for field in names[parts[0]].rows}
    return ".".join(parts[:3] if len(parts) > 2 and parts[2] in inner else parts[:2])
