"""One entry of the FAQ, edited on a form."""

from dataclasses import replace
from datetime import date

import pytest

from voicebot.documents import read
from voicebot.editing.faq_entries import added, changed, deleted, entry_named
from voicebot.errors import ContentError
from voicebot.faq.rows import Row

PATH = "faq/市民課.yaml"
TEXT = """# 市民課
department: 市民課
entries:
  # よく聞かれる
  - question: 住民票はどこで取れますか
    also: [住民票がほしい]
    answer: |
      市民課で取れます。
      300円です。
    owner: 市民課
    source: https://example.jp/   # 確かめた
  - question: 印鑑登録
    answer: 市民課へどうぞ。
"""
ROW = Row(
    question="住民票はどこで取れますか",
    answer="市民課で取れます。300円です。",
    department="市民課",
    also=("住民票がほしい",),
    source="https://example.jp/",
    owner="市民課",
)


def test_a_form_that_is_sent_back_as_it_was_changes_nothing() -> None:
    """Not even how the answer is broken into lines."""
    assert changed(TEXT, PATH, ROW.question, ROW) == TEXT


def test_only_what_was_changed_changes() -> None:
    """Comments and the other keys stay; what is new is put behind them."""
    row = replace(ROW, question="住民票の取り方", also=("住民票がほしい", "写しがいる"), valid_until=date(2027, 3, 31))
    new = changed(TEXT, PATH, ROW.question, row)
    assert (
        "# よく聞かれる\n  - question: 住民票の取り方\n    also: [住民票がほしい, 写しがいる]\n    answer: |\n" in new
    )
    assert "# 確かめた\n    valid_until: 2027-03-31\n" in new
    assert entry_named(new, PATH, "住民票の取り方").entry.valid_until == date(2027, 3, 31)


def test_what_is_emptied_goes() -> None:
    """A key without a value would be a fault."""
    new = changed(TEXT, PATH, ROW.question, replace(ROW, also=(), source=""))
    assert "also" not in new
    assert "source" not in new


def test_another_department_answers() -> None:
    """It is written where it differs from the file's."""
    new = changed(TEXT, PATH, "印鑑登録", Row("印鑑登録", "税務課へどうぞ。", "税務課", owner="市民課"))
    assert new.endswith("  - question: 印鑑登録\n    answer: 税務課へどうぞ。\n    department: 税務課\n")


def test_an_entry_is_added_and_taken_away_again() -> None:
    """The text is then as it was."""
    row = Row("パスポート", "市民課です。", "市民課", keywords=("旅券",))
    more = added(TEXT, PATH, row)
    assert more.startswith(TEXT)
    assert entry_named(more, PATH, "パスポート").entry.keywords == ["旅券"]
    assert deleted(more, PATH, "パスポート") == TEXT


def test_the_first_entry_makes_the_file() -> None:
    """A department that has none yet."""
    new = added("", "faq/税務課.yaml", Row("納期", "6月です。", "税務課"))
    assert read(new, "").data == {"department": "税務課", "entries": [{"question": "納期", "answer": "6月です。"}]}


def test_an_entry_for_another_department_can_lie_in_a_file() -> None:
    """As when staff keep related questions together."""
    new = added(TEXT, PATH, Row("納期", "6月です。", "税務課", owner="市民課"))
    assert entry_named(new, PATH, "納期").department == "税務課"


def test_what_somebody_else_took_away_is_told() -> None:
    """With what to do."""
    with pytest.raises(ContentError, match="開き直して"):
        changed(TEXT, PATH, "ない質問", ROW)
