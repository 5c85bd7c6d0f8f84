"""Answers that are no longer true, and answers that nobody keeps true."""

from datetime import date
from pathlib import Path

import pytest
from small_city import findings, told, tree

FACTS = {"facts.yaml": "facts:\n  住民票_手数料:\n    value: 300\n    owner: 総合案内\n    valid_until: 2027-03-31\n"}
FAQ = {
    "faq/総合案内.yaml": "department: 総合案内\nentries:\n  - question: 犬の登録\n    answer: 保健所です。\n"
    "    valid_until: 2027-03-31\n"
}


@pytest.mark.parametrize(("files", "path"), [(FACTS, "facts.yaml"), (FAQ, "faq/総合案内.yaml")])
def test_what_is_no_longer_right_or_soon_will_not_be(tmp_path: Path, files: dict[str, str], path: str) -> None:
    """From thirty days before; the day is an argument."""
    assert told(tmp_path, files, day=date(2027, 2, 28)) == []
    for day, words in (
        (date(2027, 3, 1), "あと30日です"),
        (date(2027, 3, 31), "あと0日です"),
        (date(2027, 4, 1), "期限(2027年3月31日)が過ぎました"),
    ):
        (found,) = findings(tmp_path, files, day)
        assert (found.rule, found.path, found.line, found.level) == ("stale", path, 5, "warning")
        assert words in found.message


def test_a_value_without_an_owner(tmp_path: Path) -> None:
    """Nobody would notice that it is wrong."""
    assert told(tmp_path, {"facts.yaml": 'facts:\n  住民票_手数料: "300"\n'}) == [("ownerless", "facts.yaml", 2)]


def test_a_tree_of_a_section_that_does_not_exist(tmp_path: Path) -> None:
    """With a guess at what was meant."""
    files = tree("案内: {prompt: はい。, choices: [{say: [ごみ], key: 1, goto: 甲}]}", "甲: {answer: 月曜です。}")
    files = {name: text.replace("section: 総合案内", "section: 総合安内") for name, text in files.items()}
    (found,) = findings(tmp_path, files)
    assert (found.rule, found.line) == ("ownerless", 1)
    assert "答え「甲」などの担当「総合安内」は、departments.yaml にある課ではありません" in found.message
    assert "もしかして: 「総合案内」" in found.message
