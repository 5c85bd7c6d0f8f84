"""The form of one FAQ entry: what it shows, and what was typed into it. No requests here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicebot.errors import Fault
from voicebot.faq.cells import day, flat, lines, words
from voicebot.faq.rows import FieldName, Row, Written

FIELDS: tuple[FieldName, ...] = (
    "question", "also", "answer", "department", "keywords", "owner", "valid_until", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FaqForm:
    """As it is shown, and as it was typed."""

    path: str = ""
    """The file in which it is kept; "" for the one of its department."""
    name: str = ""
    """The question that it had when the form was opened; "" for a new entry."""
    from_path: str = ""
    """The file in which it was then."""
    seen: str = ""
    """`digest_of` that file then."""
    values: Mapping[str, str] = field(default_factory=dict)
    """By field, as texts: other ways of asking a line each, keywords with 、 between."""

    @classmethod
    def of(cls, written: Written, seen: str) -> "FaqForm":
        """An entry as it is."""
        entry = written.entry
        values = {
            "question": entry.question,
            "also": "\n".join(entry.also),
            "answer": flat(entry.answer),
            "department": written.department,
            "keywords": "、".join(entry.keywords),
            "owner": written.owner,
            "valid_until": entry.valid_until.isoformat() if entry.valid_until else "",
            "source": entry.source,
        }
        return cls(written.path, entry.question, written.path, seen, values)

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "FaqForm":
        """What a browser has sent."""
        values = {str(name): fields.get(name, "").replace("\r\n", "\n").strip() for name in FIELDS}
        kept = {name: fields.get(name, "") for name in ("path", "name", "from_path", "seen")}
        return cls(kept["path"], kept["name"], kept["from_path"], kept["seen"], values)

    def row(self) -> tuple[Row, dict[str, list[str]]]:
        """The entry that was typed, and what is wrong with a field before any check of the whole."""
        wrong: dict[str, list[str]] = {}
        typed = self.values
        question = " ".join(typed["question"].split())
        if len(question) < 2:
            wrong["question"] = ["質問を書いてください。住民が電話で言いそうな言い方にします。"]
        if len(flat(typed["answer"])) < 2:
            wrong["answer"] = ["電話で話す答えを書いてください。"]
        last = day(typed["valid_until"]) if typed["valid_until"] else None
        if typed["valid_until"] and last is None:
            wrong["valid_until"] = ["日付として読めません。2027-03-31 のように書いてください。"]
        if not typed["department"]:
            wrong["department"] = ["答える課を選んでください。"]
        row = Row(
            question=question,
            answer=flat(typed["answer"]),
            department=typed["department"],
            also=tuple(dict.fromkeys(way for way in lines(typed["also"]) if way != question)),
            keywords=words(typed["keywords"]),
            source=typed["source"],
            owner=typed["owner"] or typed["department"],
            valid_until=last,
        )
        return row, wrong


def said(faults: tuple[Fault, ...]) -> dict[str, list[str]]:
    """Faults without a place in the form."""
    return {"": [str(fault) if fault.path else fault.message for fault in faults]}
