"""Which entries a person looks for."""

from datetime import date

import pytest

from voicebot.web.staff.content.faq_table import ROWS, Choice, age, chosen, listed

TODAY = date(2026, 11, 24)
FILES = {
    "faq/市民課.yaml": """department: 市民課
entries:
  - question: 住民票の取り方
    also: [ジュウミンヒョウがほしい]
    answer: 窓口で取れます。
    valid_until: 2026-11-01
  - question: 印鑑登録
    answer: 税務課へどうぞ。
    department: 税務課
    owner: 総務課
    keywords: [実印]
    valid_until: 2026-12-10
""",
    "faq/水道課.yaml": "department: 水道課\nentries:\n  - {question: 漏水, answer: 水道課です。}\n",
    "trees/水道課.yaml": "section: 水道課\nnodes: {}\n",
}


@pytest.mark.parametrize(
    ("query", "questions"),
    [
        ({}, ["住民票の取り方", "印鑑登録", "漏水"]),
        ({"words": "じゅうみんひょう"}, ["住民票の取り方"]),
        ({"words": "実印 登録"}, ["印鑑登録"]),
        ({"words": "ない言葉"}, []),
        ({"department": "税務課"}, ["印鑑登録"]),
        ({"owner": "水道課"}, ["漏水"]),
        ({"expiry": "over"}, ["住民票の取り方"]),
        ({"expiry": "near"}, ["印鑑登録"]),
        ({"expiry": "dated"}, ["住民票の取り方", "印鑑登録"]),
        ({"expiry": "none"}, ["漏水"]),
        ({"expiry": "odd", "page": "x"}, ["住民票の取り方", "印鑑登録", "漏水"]),
    ],
)
def test_entries_are_found_by_what_they_say_and_who_keeps_them(query: dict[str, str], questions: list[str]) -> None:
    """Kana and kanji widths do not matter."""
    choice = Choice.of(query)
    assert [line.written.entry.question for line in listed(FILES, choice, TODAY).lines] == questions
    assert [one.entry.question for one in chosen(FILES, choice, TODAY)] == questions


def test_a_line_knows_where_it_stands_and_how_old_it_is() -> None:
    """For what the check finds."""
    lines = listed(FILES, Choice(), TODAY).lines
    assert [(line.first, line.last, line.age) for line in lines] == [(3, 6, "over"), (7, 12, "near"), (3, 3, "")]
    assert age(date(2027, 3, 31), TODAY) == ""


def test_a_broken_file_is_told_and_hides_no_other() -> None:
    """Staff can still work on the rest."""
    found = listed({**FILES, "faq/水道課.yaml": "department: [\n"}, Choice(), TODAY)
    assert len(found.lines) == 2
    assert found.unreadable[0].path == "faq/水道課.yaml"


def test_many_entries_come_in_pages_and_the_address_says_which() -> None:
    """No page loads everything."""
    rows = "".join(f"  - {{question: 質問{n}, answer: 答え{n}。}}\n" for n in range(ROWS * 2 + 1))
    files = {"faq/a.yaml": f"department: 市民課\nentries:\n{rows}"}
    last = listed(files, Choice(page=9), TODAY)
    assert (last.pages, len(last.lines), last.count) == (3, 1, ROWS * 2 + 1)
    choice = Choice.of({"words": "質問 1", "page": "2"})
    assert choice.address(page=3) == "words=%E8%B3%AA%E5%95%8F+1&page=3"
    assert Choice.of({}).is_everything
