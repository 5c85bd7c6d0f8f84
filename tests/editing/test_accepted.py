"""Accepted proposals as edits that leave the rest of a file as people wrote it."""

import pytest

from voicebot.editing.accepted import (
    home_of_department,
    home_of_entry,
    with_duty,
    with_keyword,
    with_name,
    with_ways,
)
from voicebot.errors import ContentError

FAQ = """\
# ごみのこと
department: 環境課
entries:
  - question: 粗大ごみ   # よくある
    also: [大きなごみ]
    answer: 電話でどうぞ。
  - question: 電池
    answer: 店へどうぞ。
"""
DEPARTMENTS = """\
departments:
  環境課:
    reading: かんきょうか
    duties: [ごみ]   # 足すときはここ
    numbers: [050-0000-1000]
    hours: 本庁
"""
FILES = {"faq/環境課.yaml": FAQ, "faq/こわれた.yaml": "entries: [粗大", "departments.yaml": DEPARTMENTS}


def test_ways_of_asking_are_added_once() -> None:
    """In the list that is there, or in a new one; what is there stays, comments too."""
    text = with_ways(FAQ, "faq/環境課.yaml", "粗大ごみ", ["たんす", "大きなごみ", "粗大ごみ", "たんす"])
    assert text == FAQ.replace("[大きなごみ]", "[大きなごみ, たんす]")
    assert "also: [乾電池]" in with_ways(FAQ, "faq/環境課.yaml", "電池", ["乾電池"])
    assert with_ways(FAQ, "faq/環境課.yaml", "粗大ごみ", ["大きなごみ"]) == FAQ
    empty = FAQ.replace("[大きなごみ]", "[]")
    assert with_ways(empty, "faq/環境課.yaml", "粗大ごみ", ["たんす"]) == FAQ.replace("大きなごみ", "たんす")


def test_words_for_the_recogniser_are_keywords() -> None:
    """Of the entry that they belong to."""
    assert "keywords: [箪笥]" in with_keyword(FAQ, "faq/環境課.yaml", "粗大ごみ", "箪笥")


def test_a_department_gets_a_name_or_a_duty() -> None:
    """A key that is not there yet is made."""
    assert with_duty(DEPARTMENTS, "環境課", "騒音") == DEPARTMENTS.replace("[ごみ]", "[ごみ, 騒音]")
    assert "also: [ごみ課]" in with_name(DEPARTMENTS, "環境課", "ごみ課")
    assert with_duty(DEPARTMENTS, "環境課", "ごみ") == DEPARTMENTS


def test_where_things_stand() -> None:
    """Files that cannot be read are passed over; what is gone is said to be gone."""
    assert home_of_entry(FILES, "電池") == "faq/環境課.yaml"
    assert home_of_department(FILES, "環境課") == "faq/環境課.yaml"
    assert home_of_department(FILES, "福祉課") == "faq/福祉課.yaml"
    with pytest.raises(ContentError, match="開き直して"):
        home_of_entry(FILES, "粗大")
    with pytest.raises(ContentError, match="もうありません"):
        with_name(DEPARTMENTS, "福祉課", "ふくし")
