"""The form of one FAQ entry."""

from datetime import date

from voicebot.editing.faq_entries import entry_named
from voicebot.errors import Fault
from voicebot.web.staff.content.faq_form import FaqForm, said

TEXT = """department: 市民課
entries:
  - question: 住民票の取り方
    also: [住民票がほしい, 写しがいる]
    answer: |
      窓口で取れます。
      300円です。
    keywords: [住民票]
    valid_until: 2027-03-31
"""


def test_an_entry_goes_through_the_form_unchanged() -> None:
    """What is shown and sent back says the same."""
    written = entry_named(TEXT, "faq/a.yaml", "住民票の取り方")
    form = FaqForm.of(written, "d1")
    sent = FaqForm.sent(
        {**form.values, "path": form.path, "name": form.name, "from_path": form.from_path, "seen": "d1"}
    )
    assert sent == form
    row, wrong = sent.row()
    assert wrong == {}
    assert (row.question, row.also, row.keywords) == ("住民票の取り方", ("住民票がほしい", "写しがいる"), ("住民票",))
    assert (row.answer, row.valid_until) == ("窓口で取れます。300円です。", date(2027, 3, 31))


def test_what_is_missing_or_cannot_be_read_is_told_at_its_field() -> None:
    """Before anything is saved."""
    _, wrong = FaqForm.sent({"question": " ", "answer": "", "valid_until": "来年"}).row()
    assert set(wrong) == {"question", "answer", "department", "valid_until"}


def test_lines_and_commas_are_read_as_people_type_them() -> None:
    """Blank lines, the question itself and doubles are left out; the owner is the department unless named."""
    row, _ = FaqForm.sent(
        {"question": "ごみ", "also": "ごみの日\r\n\r\nごみ\r\nごみの日", "answer": "月曜日\r\nです。",
         "department": "環境課", "keywords": "ごみ, 収集"}
    ).row()  # fmt: skip
    assert (row.also, row.answer, row.owner, row.keywords) == (
        ("ごみの日",),
        "月曜日です。",
        "環境課",
        ("ごみ", "収集"),
    )


def test_faults_without_a_place_stand_above_the_form() -> None:
    """With their file."""
    assert said((Fault("a.yaml", 3, "違います。"), Fault("", 0, "だめです。"))) == {
        "": ["a.yaml:3: 違います。", "だめです。"]
    }
