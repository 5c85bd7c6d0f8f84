"""`garbage.yaml`: the values it gives, and every fault at its line."""

from datetime import date, time

import pytest

from voicebot.city.garbage import Garbage, is_collected
from voicebot.city.garbage_file import load_garbage
from voicebot.documents import read
from voicebot.errors import ContentError, Fault

GOOD = """\
put_out_by: 朝8時30分
holidays: 休み
kinds:
  燃えるごみ: {reading: もえるごみ, also: [可燃ごみ], hint: 指定袋に入れて}
  びん: {reading: びん}
  粗大ごみ: {reading: そだいごみ, say: 電話での申し込み制です, hint: お電話ください。}
groups:
  いつものごみ: [燃えるごみ, びん]
areas:
  東: {燃えるごみ: 毎週月・木, びん: 第1・3水曜}
closed:
  - {date: 12月31日から1月3日まで, reason: 年末年始のため}
extra:
  - {date: 2026-12-31, kinds: [びん], areas: [東]}
items:
  空きびん: {reading: あきびん, also: [びん], kind: びん}
  たんす: {kind: 粗大ごみ}
"""


def garbage(text: str) -> Garbage:
    """The rules of a file."""
    return load_garbage(read(text, "garbage.yaml"))


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a file."""
    with pytest.raises(ContentError) as caught:
        garbage(text)
    return caught.value.faults


def test_everything_that_is_written_arrives() -> None:
    """And what is left out has its default."""
    found = garbage(GOOD)
    assert (found.put_out_by, found.put_out_words, found.on_holidays) == (time(8, 30), "朝8時30分", False)
    burnable, bottles, bulky = found.kinds.values()
    assert (burnable.reading, burnable.also) == ("モエルゴミ", ("可燃ごみ",))
    assert (burnable.predicate, burnable.hint) == ("燃えるごみです", "指定袋に入れて、お出しください。")
    assert (bottles.hint, bulky.predicate, bulky.hint) == ("", "電話での申し込み制です", "お電話ください。")
    assert found.groups == {"いつものごみ": ("燃えるごみ", "びん")}
    assert [closure.reason for closure in found.closures] == ["年末年始"]
    assert [item.name for item in found.items.items] == ["空きびん", "たんす"]


def test_the_days_are_those_that_are_written() -> None:
    """With holidays, closures and extra collections."""
    found = garbage(GOOD)
    collected = {
        (kind, number): is_collected(found, "東", kind, date(2026, month, number))
        for kind, month, number in (
            ("燃えるごみ", 11, 26), ("燃えるごみ", 11, 23), ("燃えるごみ", 12, 31), ("びん", 12, 2), ("びん", 12, 9),
            ("びん", 12, 31),
        )
    }  # fmt: skip
    assert collected == {
        ("燃えるごみ", 26): True,
        ("燃えるごみ", 23): False,  # a holiday
        ("燃えるごみ", 31): False,
        ("びん", 2): True,
        ("びん", 9): False,
        ("びん", 31): True,
    }


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = """\
put_out_by: 早め
holidays: ふだんどおり
kinds:
  燃えるごみ: {reading: 燃えるごみ}
  びん: {reading: びん, also: [瓶]}
  ビン: {reading: ビン}
  粗大ごみ: {reading: そだいごみ}
groups:
  資源: [びん, 古紙]
areas:
  東:
    燃えるごみ: 月・本
    燃えるこみ: 水
    びん: 祝日
    ビン: 火
closed:
  - {date: 年末, reason: 年末年始}
extra:
  - {date: 12月, kinds: [びん], areas: [東北]}
items:
  たんす: {kind: 粗大}
"""
    expected = {
        1: ["時刻として読めません"],
        4: ["かなだけ"],
        6: ["「びん」と「ビン」は"],
        7: ["収集日がありません"],
        9: ["「古紙」"],
        12: ["曜日として読めません"],
        13: ["もしかして: 「燃えるごみ」"],
        14: ["収集の曜日になりません"],
        17: ["日付として読めません"],
        19: ["日付として読めません", "もしかして: 「東」"],
        21: ["もしかして: 「粗大ごみ」"],
    }
    found = faults(text)
    assert {fault.line for fault in found} == set(expected)
    for line, words in expected.items():
        assert len(words) == len([fault for fault in found if fault.line == line])
        assert all(any(fault.line == line and word in fault.message for fault in found) for word in words)


@pytest.mark.parametrize("text", ["", "][", "kinds: {}\n", GOOD.replace("holidays: 休み", "holidays: たぶん")])
def test_a_file_of_the_wrong_shape_gives_faults(text: str) -> None:
    """Never another error."""
    assert faults(text)
