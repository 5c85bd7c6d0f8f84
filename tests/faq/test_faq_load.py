"""FAQ files become entries, or faults with their lines."""

from datetime import date

import pytest

from voicebot.errors import ContentError, Fault, VoicebotError
from voicebot.faq.load import Entry, load

DEPARTMENTS = ("市民課", "環境課", "税務課")
GOOD = """department: 市民課
entries:
  - question: 住民票の取り方
    also: [住民票がほしい]
    answer: |
      市民課の窓口へ。
      {facts.料金}円です。
    keywords: [住民票]
    source: https://www.city.example.jp/juminhyo
    valid_until: 2027-03-31
  - question: ごみの日
    answer: 月曜日です。
    department: 環境課
    owner: 税務課
"""


def fill(text: str) -> str:
    """Fills in one fact and knows no other."""
    if "{facts.無い}" in text:
        raise VoicebotError("city.unknown_fact", "「facts.無い」は facts.yaml にありません。")
    return text.replace("{facts.料金}", "300")


def test_entries_are_read_with_facts_filled_in_and_lines_joined() -> None:
    """A text in several lines is one sentence after the other; the file's department answers and owns."""
    assert load((("faq/市民課.yaml", GOOD),), DEPARTMENTS, fill) == (
        Entry(
            "住民票の取り方",
            ("住民票がほしい",),
            "市民課の窓口へ。300円です。",
            "市民課",
            ("住民票",),
            "https://www.city.example.jp/juminhyo",
            "市民課",
            date(2027, 3, 31),
        ),
        Entry("ごみの日", (), "月曜日です。", "環境課", owner="税務課"),
    )


def test_no_files_are_no_entries() -> None:
    """A city may begin without a FAQ."""
    assert load((), DEPARTMENTS) == ()


HEAD = "department: 市民課\nentries:\n"
FAULTS = [
    ("department: 市民化\nentries: []", 1, "「市民化」という課はありません。(もしかして: 「市民課」)"),
    ("entries: []", 1, "「department」がありません"),
    (HEAD + "  - {question: 問い, answer: 答え, department: 環境}", 3, "(もしかして: 「環境課」)"),
    (HEAD + "  - {question: 問い, answer: 答え, owner: 税務}", 3, "(もしかして: 「税務課」)"),
    (HEAD + "  - question: 問い\n    answer: '{facts.無い}です'", 4, "「facts.無い」は"),
    (HEAD + "  - question: 問い\n    anser: 答え", 3, "「answer」がありません"),
    (HEAD + "  - {question: 問, answer: 答え}", 3, "2字以上書いてください"),
    (HEAD + "  - question: 問い\n    answer: 答え\n    valid_until: 来年", 5, "2027-03-31 のように"),
    (
        HEAD + "  - {question: 問い, answer: 甲です}\n  - {question: 問い, answer: 乙です}",
        4,
        "「問い」は二度書かれています",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), FAULTS, ids=[words for _, _, words in FAULTS])
def test_a_fault_is_named_with_its_line(text: str, line: int, words: str) -> None:
    """In Japanese, with the cure."""
    with pytest.raises(ContentError) as caught:
        load((("faq/a.yaml", text),), DEPARTMENTS, fill)
    fault = caught.value.faults[0]
    assert (fault.path, fault.line) == ("faq/a.yaml", line)
    assert words in fault.message


def test_a_wrong_department_of_the_file_is_one_fault_and_not_one_for_each_entry() -> None:
    """The entries are not to blame."""
    text = "department: 市民\nentries:\n  - {question: 一つ, answer: 答え}\n  - {question: 二つ, answer: 答え}"
    with pytest.raises(ContentError) as caught:
        load((("faq/a.yaml", text),), DEPARTMENTS)
    assert [fault.line for fault in caught.value.faults] == [1]


def test_faults_of_all_files_are_told_at_once_also_the_same_question_in_two_files() -> None:
    """The second file is at fault."""
    with pytest.raises(ContentError) as caught:
        load((("a.yaml", GOOD), ("b.yaml", "x: ["), ("c.yaml", GOOD)), DEPARTMENTS, fill)
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [("b.yaml", 1), ("c.yaml", 3), ("c.yaml", 11)]
    assert isinstance(caught.value.faults[0], Fault)
