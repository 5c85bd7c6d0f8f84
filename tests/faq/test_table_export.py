"""What is exported is imported without loss, and a second import changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.documents import read
from voicebot.editing.faq_changes import applied
from voicebot.faq import load, table_export
from voicebot.faq.changes import plan
from voicebot.faq.rows import Row, Written, written_in
from voicebot.faq.table_import import Office, imported
from voicebot.sheets.reading import read_tables
from voicebot.sheets.writing import csv_bytes, workbook_bytes

ROOT = Path(__file__).parents[2]
DEPARTMENTS = ("市民課", "環境課", "税務課")
OFFICE = Office(dict.fromkeys(DEPARTMENTS, ()))
WRITERS = {"faq.xlsx": lambda *rows: workbook_bytes("FAQ", *rows), "faq.csv": csv_bytes}

signs = st.sampled_from(list("住民票の写しごみ出す、。・1Qか{}:#'\"=-@ \n<br>,;|&*!%①"))
words = st.text(signs, min_size=1, max_size=15).filter(lambda text: len(" ".join(text.split())) > 1 and text.strip())
entry = st.fixed_dictionaries(
    {
        "question": words.map(lambda text: "住民" + " ".join(text.split())),
        "also": st.lists(words.map(lambda text: "住民" + " ".join(text.split())), max_size=3, unique=True),
        "answer": words.map(lambda text: "窓口" + text.strip()),
        "department": st.sampled_from(DEPARTMENTS),
        "keywords": st.lists(words.map(lambda text: "票" + " ".join(text.split())), max_size=3, unique=True),
        "source": st.sampled_from(["", "https://www.example.jp/a?b=c&d"]),
        "owner": st.sampled_from(["", *DEPARTMENTS]),
        "valid_until": st.one_of(st.just(""), st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str)),
    }
)


def exported(written: tuple[Written, ...], name: str) -> bytes:
    """The file."""
    return WRITERS[name](table_export.HEADER, table_export.rows(written))


def documents(files: dict[str, str]) -> tuple[Written, ...]:
    """What the files say."""
    return written_in(tuple(read(text, path) for path, text in sorted(files.items())))


@pytest.mark.parametrize("name", WRITERS)
def test_the_demo_city_comes_back_unchanged(name: str) -> None:
    """All of みなと市, and into an empty folder as well."""
    files = {
        path.relative_to(ROOT / "dialogs" / "minato").as_posix(): path.read_text("utf-8")
        for path in sorted((ROOT / "dialogs" / "minato" / "faq").glob("*.yaml"))
    }
    written = documents(files)
    departments = {one.department for one in written} | {one.owner for one in written}
    office = Office(dict.fromkeys(departments, ()))
    found = imported(read_tables(name, exported(written, name)), office)
    assert [problem for problem in found.problems if problem.fatal] == []
    assert found.notes == ()
    assert plan(written, found.rows).is_empty
    new = applied(plan((), found.rows), {})
    before, after = (load.load(tuple(sorted(each.items())), tuple(departments)) for each in (files, new))
    assert {one.question: one for one in after} == {one.question: one for one in before}


@pytest.mark.parametrize("name", WRITERS)
@given(st.lists(entry, min_size=1, max_size=4, unique_by=lambda one: one["question"]))
@settings(max_examples=25, deadline=None)
def test_any_faq_comes_back_without_loss(name: str, entries: list[dict[str, object]]) -> None:
    """Export, import into an empty city, load: the same entries; a second import changes nothing."""
    rows = imported_rows(entries)
    files = applied(plan((), rows), {})
    written = documents(files)
    found = imported(read_tables(name, exported(written, name)), OFFICE)
    assert [str(problem) for problem in found.problems if problem.fatal] == []
    assert plan(written, found.rows).is_empty
    again = documents(applied(plan((), found.rows), {}))
    assert plan(again, rows).is_empty
    assert {one.entry.question for one in again} == {one.entry.question for one in written}


def imported_rows(entries: list[dict[str, object]]) -> tuple[Row, ...]:
    """Entries as rows."""
    return tuple(
        Row(
            question=str(one["question"]),
            answer=str(one["answer"]),
            department=str(one["department"]),
            also=tuple(one["also"]),  # type: ignore[arg-type]
            keywords=tuple(one["keywords"]),  # type: ignore[arg-type]
            source=str(one["source"]),
            owner=str(one["owner"]),
            valid_until=date.fromisoformat(str(one["valid_until"])) if one["valid_until"] else None,
        )
        for one in entries
    )


def test_the_columns_have_japanese_names() -> None:
    """In a fixed order."""
    assert table_export.HEADER == (
        "質問",
        "別の聞き方",
        "回答",
        "担当課",
        "キーワード",
        "参照ページ",
        "管理する課",
        "有効期限",
    )
