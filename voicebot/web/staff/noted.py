"""A row of the audit log in words: what was done to what, and the details that were noted with it.

Nothing is hidden: what has no words of its own is shown as it is kept.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qs

from voicebot.accounts.audit import AuditRow
from voicebot.editing.differences import file_label
from voicebot.web.staff.words import Words, names

PLAIN = frozenset({"title", "words", "reason"})
"""Details that are sentences of somebody already."""
_PREFIXES: Mapping[str, str] = {"role": "role_", "outcome": "calls_judged_", "status": "noted_status_"}
"""Details that are one of some names, and what the words of those begin with."""
_SUBJECTS: Mapping[str, str] = {
    "keeping.retention": "kind_",
    "figures.export": "figures_",
    "calls.export": "noted_file_",
    "improve.replay": "noted_against_",
}
"""Deeds whose subject is one of some names."""
_RELEASES = frozenset(
    {"content.publish", "content.schedule", "content.roll_back", "disaster.begin", "disaster.change", "disaster.end"}
)
_FILES = frozenset({"content.edit", "content.discard", "talk.keep"})
_KNOWN = frozenset(names())


def details(row: AuditRow, words: Words) -> tuple[str, ...]:
    """Each detail of a row that says something: 「役割: 管理者」."""
    found = []
    for key, value in row.detail.items():
        if value == "":
            continue
        said = _value(key, value, words)
        label = _word(f"noted_{key}", words, key)
        found.append(said if key in PLAIN else words.noted_pair.format(key=label, value=said))
    return tuple(found)


def subject(row: AuditRow, words: Words) -> str:
    """What it was done to: files, releases and kinds by their names, all else as it is kept."""
    if row.what in _SUBJECTS:
        return _word(f"{_SUBJECTS[row.what]}{row.subject}", words, _release(row.subject, words))
    if row.what in _RELEASES:
        return _release(row.subject, words)
    if row.what in _FILES and words.language == "ja":
        return "、".join(file_label(path) for path in row.subject.split("、")) if row.subject else ""
    return row.subject


def _value(key: str, value: str | int | bool, words: Words) -> str:
    if isinstance(value, bool):
        return words.yes if value else words.no
    text = str(value)
    if key in _PREFIXES:
        return _word(f"{_PREFIXES[key]}{text}", words, text)
    return _SAID[key](text, words) if key in _SAID else text


def _fields(text: str, words: Words) -> str:
    return words.noted_and.join(_word(f"noted_field_{each}", words, each) for each in text.split(", "))


def _period(text: str, words: Words) -> str:
    days = parse_qs(text)
    if not {"from", "to"} <= days.keys():
        return text
    return words.noted_from_to.format(first=days["from"][0], last=days["to"][0])


def _moment(text: str, words: Words) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
    except ValueError:
        return text


_SAID: Mapping[str, Callable[[str, Words], str]] = {"fields": _fields, "period": _period, "until": _moment}


def _release(text: str, words: Words) -> str:
    return words.release_number.format(number=text) if text.isdecimal() else text


def _word(name: str, words: Words, otherwise: str) -> str:
    return words[name] if name in _KNOWN else otherwise
