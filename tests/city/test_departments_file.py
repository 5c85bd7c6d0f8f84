"""`departments.yaml`: the values it gives, and every fault at its line."""

import pytest

from voicebot.city.departments import Departments
from voicebot.city.departments_file import RINGING_AT_ONCE, load_departments
from voicebot.documents import read
from voicebot.errors import ContentError, Fault

GOOD = """\
departments:
  市民課:
    reading: しみんか
    also: [住民票の係]
    names: {en: Citizens Division}
    duties: [住民票, 戸籍]
    numbers: [050-0000-1010, 050-0000-1011]
    public_number: 050-0000-1000
    ring: in_order
    timeout_seconds: 20
    extension: "12"
    hours: 本庁
    closed: 守衛室
    next: 守衛室
  守衛室:
    reading: しゅえいしつ
    duties: [夜間の届け出]
    numbers: [050-0000-1190]
    hours: 終日
"""


def departments(text: str, calendars: tuple[str, ...] | None = ("本庁", "終日")) -> Departments:
    """The departments of a file."""
    return load_departments(read(text, "departments.yaml"), calendars)


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a file."""
    with pytest.raises(ContentError) as caught:
        departments(text)
    return caught.value.faults


def test_everything_that_is_written_arrives() -> None:
    """And what is left out has its default."""
    citizens, guards = departments(GOOD)
    assert citizens.reading == "シミンカ"
    assert citizens.numbers == ("+815000001010", "+815000001011")
    assert citizens.public_number == "+815000001000"
    assert (citizens.sequential, citizens.timeout_seconds, citizens.extension) == (True, 20, "12")
    assert (citizens.hours, citizens.closed, citizens.next) == ("本庁", "守衛室", "守衛室")
    assert (guards.closed, guards.next, guards.sequential, guards.timeout_seconds) == ("message", "", False, 25)
    assert guards.public_number == "+815000001190"


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = """\
departments:
  市民課:
    reading: 市民課
    duties: [住民票]
    numbers: []
    hours: 本丁
    closed: mesage
    next: 守衛失
  保険課:
    reading: ほけんか
    duties: [国保]
    numbers: [119, 050-0000-1020, 050-0000-1020]
    hours: 本庁
    next: 守衛室
  守衛室:
    reading: しゅえいしつ
    duties: [夜間]
    numbers: [050-0000-1190]
    hours: 終日
    next: 保険課
  保健課:
    reading: ホケンカ
    duties: [健診]
    numbers: [050-0000-1030]
    hours: 本庁
"""
    expected = {
        3: "かなだけ",
        5: "電話番号がありません",
        6: "もしかして: 「本庁」",
        7: "もしかして: 「message」",
        8: "もしかして: 「守衛室」",
        12: "緊急通報",
        14: "保険課 → 守衛室 → 保険課",
        21: "読み「ホケンカ」が同じ",
    }
    found = faults(text)
    assert sorted({fault.line for fault in found}) == sorted(expected)
    for line, words in expected.items():
        assert any(fault.line == line and words in fault.message for fault in found)
    assert any("二度書かれて" in fault.message for fault in found)
    assert len(found) == len(expected) + 1


def test_a_department_may_not_stand_in_for_itself() -> None:
    """It would never find anybody."""
    (fault,) = faults(GOOD.replace("closed: 守衛室", "closed: 市民課"))
    assert "closed が輪になっています(市民課 → 市民課)" in fault.message


def test_unknown_calendars_are_not_blamed_when_the_calendars_cannot_be_read() -> None:
    """The file that cannot be read has its own fault."""
    assert len(departments(GOOD, None).all) == 2


def test_more_telephones_than_the_carrier_rings_at_once_are_refused_unless_in_order() -> None:
    """The carrier would ring the first ten and say nothing."""
    numbers = ", ".join(f"050-0000-20{number:02}" for number in range(RINGING_AT_ONCE + 1))
    many = GOOD.replace("[050-0000-1190]", f"[{numbers}]")
    (fault,) = faults(many)
    assert "in_order" in fault.message
    in_order = departments(many + "    ring: in_order\n").named("守衛室")
    assert in_order is not None
    assert len(in_order.numbers) == RINGING_AT_ONCE + 1


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("ring: in_order", "ring: いっせい", "「ring」の「いっせい」は使えません"),
        ("timeout_seconds: 20", "timeout_seconds: 5", "10以上"),
        ("timeout_seconds: 20", "timeout_second: 20", "もしかして: 「timeout_seconds」"),
        ("public_number: 050-0000-1000", "public_number: 110", "緊急通報"),
        ("duties: [住民票, 戸籍]", "duties: []", "一つ以上"),
        ("    reading: しみんか\n", "", "「reading」がありません"),
    ],
)
def test_a_wrong_value_is_named_with_the_cure(before: str, after: str, words: str) -> None:
    """Mistakes of shape, found by the model."""
    (fault,) = faults(GOOD.replace(before, after))
    assert words in fault.message
    assert fault.line > 1


EXCHANGE = GOOD.replace(
    "numbers: [050-0000-1190]", 'numbers: ["sip:1190@pbx.city.example.jp"]\n    public_number: 050-0000-1190'
)


def test_a_department_is_reached_through_an_exchange() -> None:
    """With a number for callers, and everything that is said about waiting and whispering."""
    more = (
        "next: message\n    wait_seconds: 60\n    talk_minutes: 15\n    whisper: false\n    screening: 当番の方は1を。"
    )
    guards = departments(EXCHANGE.replace("hours: 終日", f"hours: 終日\n    {more}")).named("守衛室")
    assert guards is not None
    assert (guards.numbers, guards.public_number) == (("sip:1190@pbx.city.example.jp",), "+815000001190")
    assert (guards.next, guards.wait_seconds, guards.talk_minutes) == ("message", 60, 15)
    assert (guards.whisper, guards.screening) == (False, "当番の方は1を。")


def test_a_department_may_ask_the_caller_something_first() -> None:
    """In each language that it is written in; an empty question is none."""
    asking = GOOD.replace("hours: 終日", "hours: 終日\n    ask_caller: {ja: お名前をお願いします。}")
    guards = departments(asking).named("守衛室")
    assert guards is not None
    assert guards.ask_caller == {"ja": "お名前をお願いします。"}
    with pytest.raises(ContentError):
        departments(asking.replace("お名前をお願いします。", '""'))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("\n    public_number: 050-0000-1190", "", "public_number"),
        ("hours: 終日", "hours: 終日\n    extension: '12'", "内線番号"),
        ("sip:1190@", "sip:110@", "緊急通報"),
        ("sip:1190@", "sip:11 90@", "SIPアドレス"),
        ("hours: 終日", "hours: 終日\n    wait_seconds: 5", "wait_seconds"),
        ("hours: 終日", "hours: 終日\n    next: 折り返し", "折り返し"),
        ("hours: 終日", "hours: 終日\n    next: 市民課", "輪"),
    ],
)
def test_what_an_exchange_cannot_do_is_refused_with_the_cure(before: str, after: str, words: str) -> None:
    """At its line."""
    assert EXCHANGE.count(before) == 1
    found = faults(EXCHANGE.replace(before, after))
    assert any(words in str(fault) for fault in found), found
    assert all(fault.line for fault in found)
