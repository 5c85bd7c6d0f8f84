"""The header is found wherever it stands, in any order and with the usual names."""

from collections.abc import Sequence

import pytest

from voicebot.sheets.header import find_header, plain
from voicebot.sheets.table import Table, squared

NAMES = {
    "question": ("質問", "問", "お尋ね"),
    "answer": ("回答", "答", "答え"),
    "department": ("担当課", "担当", "課"),
}


def table(*rows: Sequence[str]) -> Table:
    """Rows from 1 on."""
    return Table("faq.csv", "", squared([(at, list(cells)) for at, cells in enumerate(rows, 1)]), "utf-8")


def test_a_header_below_titles_in_another_order() -> None:
    """Titles may hold the words of headings in their sentences."""
    found = find_header(
        table(["よくある質問と回答の一覧(令和8年度)"], ["", "作成: 総務課"], ["担当課", "回答", "質問"], ["a"]),
        NAMES,
        ("question", "answer"),
    )
    assert found is not None
    assert (found.row, found.columns) == (3, {"department": (0,), "answer": (1,), "question": (2,)})


@pytest.mark.parametrize("heading", ["質問", "【質問】", "質 問", "＊質問", "質問１", "質問\n", "質問内容"])
def test_width_signs_numbers_and_further_words_do_not_matter(heading: str) -> None:
    """People decorate headings."""
    found = find_header(table([heading, "回答"]), NAMES, ("question",))
    assert found is not None
    assert found.first("question") == 0


def test_several_columns_may_mean_the_same() -> None:
    """「質問1」「質問2」; what means nothing is named."""
    found = find_header(table(["質問1", "質問2", "備考", "回答"]), NAMES)
    assert found is not None
    assert found.columns["question"] == (0, 1)
    assert found.unknown == ((2, "備考"),)
    assert found.first("department") is None


def test_an_exact_heading_wins_over_one_that_contains_the_word() -> None:
    """「質問番号」 is no question beside 「質問」."""
    found = find_header(table(["質問番号", "質問", "回答"]), NAMES)
    assert found is not None
    assert found.columns["question"] == (1,)


def test_without_what_is_needed_there_is_no_header() -> None:
    """Another table altogether."""
    assert find_header(table(["名称", "住所"], ["a", "b"]), NAMES, ("question", "answer")) is None
    assert find_header(table(["名称", "住所"]), NAMES) is None


def test_headings_are_compared_plainly() -> None:
    """NFKC, without blanks and signs."""
    assert plain(" 【 ＦＡＱ・質問（住民） 】") == "faq質問住民"
