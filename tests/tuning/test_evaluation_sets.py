"""Questions with known answers come from benchmarks, tables and YAML; what cannot be used is named."""

import json
from pathlib import Path

import pytest

from voicebot.content import Content
from voicebot.errors import ContentError
from voicebot.faq.load import Entry
from voicebot.sheets.table import Table, squared
from voicebot.tuning.evaluation_sets import benchmark, from_table, from_yaml

DATA = Path(__file__).parents[3] / "shared" / "data" / "localgovfaq-dev"
ENTRIES = (Entry("住民票の写し", (), "窓口です。", "市民課"), Entry("ごみの日", (), "月曜です。", "環境課"))
DEPARTMENTS = ("市民課", "環境課", "税務課")
FILES = {
    "corpus.json": json.dumps(
        {
            "0": "Question: 住民票は\nAnswer: 窓口\nです。\n",
            "1": "Question: ごみは\nAnswer: 月曜",
            "2": "Question: ごみは\nAnswer: 火曜",
        }
    ),
    "queries.json": json.dumps({"7": "住民票がほしい", "8": "ごみの日"}),
    "qrels.json": json.dumps({"7": {"0": 2}, "8": {"1": 1, "2": 2}}),
    "faq_department.tsv": "faq_id\tdepartment\tphone\n0\t市民課\t\n",
    "routing.tsv": "query_id\tquery\tdepartments_grade2\tdepartments_grade1\n"
    "7\t住民票\t市民課|戸籍課\t税務課\n8\tごみ\t\t環境課\n",
}


def table(*rows: list[str]) -> Table:
    """Rows from 1 on."""
    return Table("q.csv", "", squared([(at, cells) for at, cells in enumerate(rows, 1)]), "utf-8")


def test_a_benchmark_brings_its_own_faq() -> None:
    """Entries are known by their question; two of one question are one, with the better grade."""
    found = benchmark("set", FILES)
    assert [(entry.question, entry.answer, entry.department) for entry in found.entries] == [
        ("住民票は", "窓口\nです。", "市民課"),
        ("ごみは", "月曜", ""),
    ]
    first, second = found.asked
    assert (first.entries, first.departments) == ({"住民票は": 2}, {"市民課", "戸籍課"})
    assert (second.entries, second.departments) == ({"ごみは": 2}, frozenset())


@pytest.mark.parametrize("missing", ["corpus.json", "queries.json", "qrels.json"])
def test_a_benchmark_without_one_of_its_files_is_refused(missing: str) -> None:
    """Also one whose file is something else."""
    without = {name: text for name, text in FILES.items() if name != missing}
    for files in (without, {**FILES, missing: "[]"}, {**FILES, missing: "{"}):
        with pytest.raises(ContentError, match=r"qrels\.json"):
            benchmark("set", files)


def test_a_benchmark_needs_no_departments() -> None:
    """The two tables are optional."""
    files = {name: text for name, text in FILES.items() if name.endswith(".json")}
    assert all(not one.departments for one in benchmark("set", files).asked)


def test_a_table_names_the_entry_or_the_department() -> None:
    """An entry's department is the right one, too; rows that cannot be used are named."""
    found = from_table(
        table(
            ["質問の一覧"],
            ["担当課", "質問", "正解"],
            ["", "住民票ちょうだい", "住民票の写し"],
            ["税務課", "税金が高い", ""],
            ["", "x", "住民票の写"],
            ["税務科", "y", ""],
            ["", "z", ""],
            ["", "", "住民票の写し"],
        ),
        ENTRIES,
        DEPARTMENTS,
    )
    assert [(one.name, one.text, one.entries, one.departments) for one in found.asked] == [
        ("3", "住民票ちょうだい", {"住民票の写し": 2}, {"市民課"}),
        ("4", "税金が高い", {}, {"税務課"}),
    ]
    assert [problem.split(":")[0] for problem in found.problems] == ["5行目", "6行目", "7行目"]
    assert "もしかして" in found.problems[0]


def test_a_table_without_answers_is_refused() -> None:
    """There would be nothing to compare with."""
    with pytest.raises(ContentError, match="担当課"):
        from_table(table(["質問", "備考"], ["a", "b"]), ENTRIES, DEPARTMENTS)


def test_a_yaml_list_is_read() -> None:
    """As the project keeps its own paraphrases."""
    text = "# 覚え書き\n- {ask: 住民票ちょうだい, expect: 住民票の写し}\n- {ask: 税金が高い, department: 税務課}\n"
    first, second = from_yaml("q.yaml", text, ENTRIES, DEPARTMENTS).asked
    assert (first.entries, first.departments, second.is_about_departments) == ({"住民票の写し": 2}, {"市民課"}, True)


@pytest.mark.parametrize("row", ["{ask: a, expect: 住民}", "{ask: a, department: 市民科}", "{ask: a}", "{expect: b}"])
def test_a_wrong_row_of_yaml_is_named_by_its_line(row: str) -> None:
    """Every fault at once."""
    with pytest.raises(ContentError) as caught:
        from_yaml("q.yaml", f"- {{ask: x, department: 市民課}}\n- {row}\n", ENTRIES, DEPARTMENTS)
    assert "q.yaml" in str(caught.value)


def test_the_projects_own_paraphrases_are_more_than_a_hundred(minato: Content) -> None:
    """And each names what is there."""
    text = (Path(__file__).parents[1] / "faq" / "paraphrases.yaml").read_text("utf-8")
    found = from_yaml("p.yaml", text, minato.entries, tuple(minato.dialog.departments))
    assert len(found.asked) >= 100


@pytest.mark.skipif(not DATA.is_dir(), reason="the public questions are not beside the project")
def test_the_public_benchmark_is_read() -> None:
    """All questions with relevance, and the departments of those that can be routed."""
    found = benchmark("dev", {path.name: path.read_text("utf-8") for path in DATA.iterdir()})
    assert len(found.asked) == 150
    assert sum(bool(one.departments) for one in found.asked) == 88
    assert all(one.entries for one in found.asked)
