"""What an import would change: new entries, changed ones with the difference in words, and those that stay. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from voicebot.errors import VoicebotError
from voicebot.faq.cells import flat, plain_question
from voicebot.faq.rows import LABELS, FieldName, Row, Value, Written
from voicebot.sheets.table import Problem, clean

_WORDS = re.compile("[一-龠々〆]+|[ァ-ヴー]+|[ぁ-ん]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|.", re.DOTALL)
_FACT = re.compile(r"\{facts\.[^{}]+\}")
Piece = tuple[Literal["same", "gone", "new"], str]
"""Words of a difference."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry that becomes another."""

    name: FieldName
    before: Value
    after: Value

    @property
    def label(self) -> str:
        """The field's name for people."""
        return LABELS[self.name]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The difference, word by word."""
        return tuple(difference(shown(self.before), shown(self.after)))


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry of the city's FAQ that the table says differently."""

    written: Written
    row: Row
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do. Nothing is ever deleted."""

    new: tuple[Row, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[Written, ...]
    missing: tuple[Written, ...]
    """In the city's FAQ and not in the table; they stay."""
    notes: tuple[Problem, ...] = ()
    """What a person should look at before writing."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.new and not self.changed


def plan(written: Sequence[Written], rows: Sequence[Row], fill: Callable[[str], str] = str) -> Plan:
    """Compare a table with the city's FAQ; an entry is known by its question.

    Args:
        written: The city's entries.
        rows: The table's.
        fill: Puts the city's facts into an answer; an answer that says the same with its facts filled in is the same.
    """
    known = {_key(one.entry.question): one for one in written}
    new: list[Row] = []
    changed: list[Changed] = []
    unchanged: list[Written] = []
    for row in rows:
        one = known.pop(_key(row.question), None)
        if one is None:
            new.append(row)
            continue
        fields = tuple(_differences(one, row, fill))
        if fields:
            changed.append(Changed(one, row, fields))
        else:
            unchanged.append(one)
    notes = (*_facts_lost(changed), *_said_twice(written, new))
    return Plan(tuple(new), tuple(changed), tuple(unchanged), tuple(known.values()), notes)


def difference(before: str, after: str) -> Iterator[Piece]:
    """Words that stay, go and come."""
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(left[a:b])
        else:
            if a < b:
                yield "gone", "".join(left[a:b])
            if c < d:
                yield "new", "".join(right[c:d])


def shown(value: Value) -> str:
    """A field's value as people read it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case tuple():
            return " / ".join(value)
    return value.isoformat()


def _facts_lost(changed: Sequence[Changed]) -> Iterator[Problem]:
    """Answers that named a fact and would have its value written out: they would not follow the fact any more."""
    for one in changed:
        for change in one.fields:
            lost = [name for name in _FACT.findall(shown(change.before)) if name not in shown(change.after)]
            if change.name == "answer" and lost:
                message = (
                    f"いまの回答は、変わりやすい値を「{'」「'.join(lost)}」で差し込んでいます。表の文に替えると、"
                    "facts.yaml を直しても、この回答は変わらなくなります。表でも、値の代わりにこう書いてください。"
                )
                yield Problem(one.row.number, None, "", message, one.row.sheet, fatal=False)


def _said_twice(written: Sequence[Written], new: Sequence[Row]) -> Iterator[Problem]:
    """New questions that are another way of asking something that is there already."""
    ways = {_key(way): one for one in written for way in one.entry.also}
    for row in new:
        same = ways.get(_key(row.question))
        if same is not None:
            message = (
                f"「{row.question}」は、いまの FAQ の「{same.entry.question}」の別の聞き方にもあります。"
                "同じことなら、その質問の行にまとめてください。"
            )
            yield Problem(row.number, None, "", message, row.sheet, fatal=False)


def _differences(one: Written, row: Row, fill: Callable[[str], str]) -> Iterator[FieldChange]:
    for name in LABELS:
        if name == "question" or (name not in row.said and name not in row.adds and name != "department"):
            continue
        before, after = one.value(name), _wanted(one, row, name)
        same = _comparable(name, before) == _comparable(name, after)
        if name == "answer" and not same:
            same = _comparable(name, flat(_filled(one.entry.answer, fill))) == _comparable(name, after)
        if not same:
            yield FieldChange(name, before, after)


def _filled(answer: str, fill: Callable[[str], str]) -> str:
    """The answer as callers hear it; as it is when a fact is missing (loading the city names that fault)."""
    try:
        return fill(answer)
    except VoicebotError:
        return answer


def _wanted(one: Written, row: Row, name: FieldName) -> Value:
    """What the field shall be; a table that has no column for a list only adds to it."""
    after: Value = getattr(row, name)
    if name in row.adds and isinstance(after, tuple):
        before = one.value(name)
        have = before if isinstance(before, tuple) else ()
        known = {_comparable(name, (word,)) for word in (*have, one.entry.question)}
        return (*have, *(word for word in after if _comparable(name, (word,)) not in known))
    if name == "owner" and not after:
        return one.owner
    return flat(row.answer) if name == "answer" else after


def _comparable(name: FieldName, value: Value) -> object:
    """Without what nobody hears and no table keeps: blanks, line breaks, the numbers of questions."""
    match value:
        case str():
            return flat(clean(value)) if name == "answer" else " ".join(clean(value).split())
        case tuple():
            return tuple(_key(word) if name == "also" else " ".join(clean(word).split()) for word in value)
    return value


def _key(question: str) -> str:
    return plain_question(clean(question))
