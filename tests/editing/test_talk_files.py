"""A talk is written behind the others, as people write it."""

from typing import cast

import pytest
import yaml

from voicebot.editing.talk_files import with_talk
from voicebot.editing.values import Value
from voicebot.errors import ContentError

LINES = [{"市民": ["ごみ", "ゴミ"]}, {"応答": "月曜日です。"}, {"無言": None}]
TALK = cast(dict[str, Value], {"name": "ごみ: 夜", "at": "2027-01-02 21:00", "lines": LINES})


def test_a_new_file_begins_with_its_talk() -> None:
    """One line of it a line."""
    text = with_talk(None, TALK, "talks/a.yaml")
    assert text.startswith("talks:\n  - name: ")
    assert "      - 応答: 月曜日です。\n      - 無言:\n" in text
    assert yaml.safe_load(text)["talks"][0]["lines"][0] == {"市民": ["ごみ", "ゴミ"]}


def test_what_was_there_stays_as_it_was() -> None:
    """With its comments."""
    before = "# 見本\ntalks:\n  - name: 前からある\n    lines:\n      - 市民: はい # ここ\n"
    after = with_talk(before, TALK, "talks/a.yaml")
    assert after.startswith(before)
    assert [talk["name"] for talk in yaml.safe_load(after)["talks"]] == ["前からある", "ごみ: 夜"]


def test_a_file_written_in_another_way_is_edited_too() -> None:
    """In braces, for example."""
    after = with_talk("talks: [{name: 前, lines: [{市民: はい}]}]\n", TALK, "talks/a.yaml")
    assert [talk["name"] for talk in yaml.safe_load(after)["talks"]] == ["前", "ごみ: 夜"]


def test_a_broken_file_is_refused() -> None:
    """It is mended first."""
    with pytest.raises(ContentError):
        with_talk("talks: [", TALK, "talks/a.yaml")
