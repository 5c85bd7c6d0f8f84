"""What is said or pressed becomes a value, or is none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_line import guesses

from voicebot.dialog.slots import (
    DIGIT_KINDS,
    VOLUNTEERED,
    SlotKind,
    Surroundings,
    Value,
    keyed,
    understood,
)
from voicebot.events import Alternative

TODAY = date(2026, 11, 25)  # a Wednesday
DISTRICTS = {"本町": "ホンマチ", "みなと町": "ミナトマチ", "桜台": "サクラダイ"}
AROUND = Surroundings(TODAY, DISTRICTS)
KINDS: tuple[SlotKind, ...] = (
    "yes_no", "number", "date", "time", "phone", "postal", "district", "name", "text",
)  # fmt: skip

SAID: list[tuple[SlotKind, str, str, bool]] = [
    ("yes_no", "はい、そうです", "はい", True),
    ("yes_no", "いいえ、違います", "いいえ", True),
    ("number", "三人です", "3", True),
    ("number", "じゅうに", "12", True),
    ("date", "あしたでお願いします", "2026-11-26", True),
    ("date", "今週の金曜日", "2026-11-27", True),
    ("date", "木曜日", "2026-11-26", True),
    ("date", "十二月三日", "2026-12-03", True),
    ("date", "令和九年一月八日", "2027-01-08", True),
    ("date", "十二月三日の金曜日", "2026-12-03", False),  # it is a Thursday
    ("time", "午後三時", "15:00", True),
    ("time", "三時半", "15:30", False),
    ("time", "13時", "13:00", True),
    ("phone", "ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン", "05000001234", False),
    ("phone", "050-0000-1234です", "05000001234", False),
    ("postal", "九二六の〇八一一です", "926-0811", True),
    ("district", "本町です", "本町", True),
    ("district", "本町の二丁目", "本町2丁目", True),
    ("district", "ほんまち", "本町", True),
    ("name", "田中と申します", "田中", False),
    ("name", "私の名前は田中です", "田中", False),
    ("name", "お名前は佐藤です", "佐藤", False),
    ("text", "えーと、古いソファーですけど", "古いソファー", True),
    ("text", "です", "です", True),
]


@pytest.mark.parametrize(("kind", "words", "value", "sure"), SAID)
def test_what_is_said_becomes_a_value(kind: SlotKind, words: str, value: str, sure: bool) -> None:
    """Each kind in its canonical form; a value that could be another one must be confirmed."""
    found = understood(kind, guesses(words), AROUND)
    assert found is not None
    assert (found.value, found.sure) == (value, sure)
    assert found.said


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("yes_no", "本町です"),
        ("number", "たくさん"),
        ("number", "二人か三人"),
        ("date", "二月三十日"),
        ("date", "いつでも"),
        ("date", "西暦三千年の三月三日"),
        ("time", "お昼ごろ"),
        ("phone", "ゼロゴーゼロ、イチニー"),
        ("postal", "九二六"),
        ("district", "東京"),
        ("district", "二丁目"),
        ("name", "、。"),
        ("text", "…"),
    ],
)
def test_what_holds_no_value_gives_none(kind: SlotKind, words: str) -> None:
    """Then the ladder is climbed, or the FAQ is searched."""
    if kind == "text":
        assert understood(kind, (Alternative("", "", 1.0),), AROUND) is None
    else:
        assert understood(kind, guesses(words), AROUND) is None


def test_the_reading_counts_where_the_writing_is_wrong() -> None:
    """The recogniser wrote 医師 for 石; what sounds like the value is the value."""
    assert understood("date", (Alternative("会った", "アシタ", 1.0),), AROUND) == understood(
        "date", guesses("あした"), AROUND
    )
    assert understood("district", (Alternative("本街", "ホンマチ", 1.0),), AROUND) == Value("本町", "本町")
    assert understood("time", (Alternative("午後惨事", "ゴゴサンジ", 1.0),), AROUND) == Value("15:00", "午後3時")
    assert understood("number", (Alternative("産婦", "サン", 1.0),), AROUND) == Value("3", "3")


def test_a_later_guess_counts_and_must_be_confirmed() -> None:
    """The first guess that holds a value decides; only the best one is trusted without a question."""
    later = understood("date", guesses("会下", "あした", "あさって"), AROUND)
    assert later == Value("2026-11-26", "あす、十一月二十六日、木曜日", sure=False)
    assert understood("yes_no", guesses("むにゃ", "はい"), AROUND) == Value("はい", "はい"), "はい, did you say はい?"


def test_a_bare_weekday_corrects_a_day_within_its_week() -> None:
    """金曜日じゃなくて木曜日 in a fortnight is the Thursday of that week; a whole date is what it says."""
    before = Value("2026-12-11", "十二月十一日、金曜日")
    around = Surroundings(TODAY, DISTRICTS, before)
    assert understood("date", guesses("木曜日です"), around) == Value("2026-12-10", "十二月十日、木曜日")
    found = understood("date", guesses("あさって"), around)
    assert found is not None
    assert found.value == "2026-11-27"


def test_a_chome_alone_completes_or_corrects_a_district() -> None:
    """二丁目です is of the district that was said before."""
    for before in ("本町", "本町1丁目"):
        around = Surroundings(TODAY, DISTRICTS, Value(before, before))
        assert understood("district", guesses("二丁目です"), around) == Value("本町2丁目", "本町2丁目")
        assert understood("district", guesses("桜台です"), around) == Value("桜台", "桜台")


@pytest.mark.parametrize(
    ("kind", "digits", "value"),
    [
        ("number", "12", "12"),
        ("number", "007", "7"),
        ("date", "1203", "2026-12-03"),
        ("date", "103", "2027-01-03"),
        ("date", "1340", None),
        ("date", "12", None),
        ("date", "0000", None),
        ("time", "0830", "08:30"),
        ("time", "1715", "17:15"),
        ("time", "0000", "00:00"),
        ("time", "2400", None),
        ("time", "1260", None),
        ("time", "830", "08:30"),
        ("time", "5", None),
        ("phone", "05000001234", "05000001234"),
        ("phone", "0500000123", None),
        ("phone", "0312345678", "0312345678"),
        ("postal", "9260811", "926-0811"),
        ("postal", "926", None),
        ("name", "12", None),
        ("text", "12", None),
        ("district", "1", None),
        ("yes_no", "1", None),
    ],
)
def test_digits_become_a_value(kind: SlotKind, digits: str, value: str | None) -> None:
    """A number, MMDD, HHMM, a telephone number, a postal code; words have no keys."""
    found = keyed(kind, digits, AROUND)
    assert (found.value if found else None) == value


def test_small_hours_by_keys_are_confirmed() -> None:
    """0230 may be meant for the afternoon; 1430 and 0830 leave no doubt; 230 is as when it is said."""
    assert [found.sure for digits in ("0230", "1430", "0830", "230") if (found := keyed("time", digits, AROUND))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert keyed("time", "0230", AROUND) == Value("02:30", "午前2時半", sure=False)
    assert keyed("time", "230", AROUND) == Value("14:30", "午後2時半", sure=False)


def test_a_telephone_number_is_said_in_its_groups() -> None:
    """So that it can be compared with what is known by heart."""
    assert keyed("phone", "05000001234", AROUND) == Value("05000001234", "050-0000-1234")
    found = understood("phone", guesses("ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン"), AROUND)
    assert found is not None
    assert found.said == "050-0000-1234"


WORDS = st.text(max_size=12) | st.text("0123456789〇一二三月日年時分丁目のです、。-令和明治来週前後", max_size=12)


@given(
    st.sampled_from(KINDS),
    st.lists(
        st.tuples(WORDS, WORDS),
        max_size=3,
    ),
    st.sampled_from((None, "本町1丁目", "2026-12-11")),
)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_any_words_give_a_value_or_none(kind: SlotKind, said: list[tuple[str, str]], before: str | None) -> None:
    """Nothing raises, and what is given can be said."""
    if kind == "date" and before == "本町1丁目":
        before = None
    around = Surroundings(TODAY, DISTRICTS, Value(before, before) if before else None)
    found = understood(kind, tuple(Alternative(text, reading, 0.5) for text, reading in said), around)
    assert found is None or (found.value and found.said)


@given(st.sampled_from(KINDS), st.text("0123456789", max_size=14))
def test_any_digits_give_a_value_or_none(kind: SlotKind, digits: str) -> None:
    """Also none at all, and too many."""
    found = keyed(kind, digits, AROUND)
    assert found is None or (found.value and found.said)
    assert found is None or kind in DIGIT_KINDS
    assert keyed(kind, digits + "0" * 5000, AROUND) is None
    assert understood(kind, (Alternative("9" * 5000, "9" * 5000, 0.5),), AROUND) is None


def test_only_kinds_that_nobody_says_by_chance_are_volunteered() -> None:
    """A bare number or a name could be anything."""
    assert not {"number", "name", "text", "yes_no"} & set(VOLUNTEERED)


def test_a_part_that_a_district_does_not_have_is_asked_about() -> None:
    """本町9丁目, where there are five: was it 本町?"""
    around = Surroundings(TODAY, DISTRICTS, chome={"本町": 5})
    assert understood("district", guesses("本町九丁目です"), around) == Value("本町", "本町", sure=False)
    assert understood("district", guesses("本町五丁目です"), around) == Value("本町5丁目", "本町5丁目")
    assert understood("district", guesses("桜台九丁目です"), around) == Value("桜台9丁目", "桜台9丁目")


def test_a_district_is_said_back_as_its_voice_needs_it_and_kept_as_it_is() -> None:
    """The hint is for the ear only."""
    around = Surroundings(TODAY, DISTRICTS, spoken={"本町": "{本町|ホンマチ}"})
    assert understood("district", guesses("本町二丁目です"), around) == Value("本町2丁目", "{本町|ホンマチ}2丁目")
    before = Value("本町2丁目", "{本町|ホンマチ}2丁目")
    third = understood("district", guesses("三丁目です"), Surroundings(TODAY, DISTRICTS, before, around.spoken))
    assert third == Value("本町3丁目", "{本町|ホンマチ}3丁目")


@pytest.mark.parametrize(
    ("kind", "keys", "english", "korean"),
    [
        ("date", "1126", "tomorrow, Thursday", "내일, 목요일"),
        ("time", "1530", "3:30 p.m.", "오후 3시 30분"),
    ],
)
def test_values_are_said_back_in_the_language_of_the_call(kind: SlotKind, keys: str, english: str, korean: str) -> None:
    """Whatever the language, the value itself is the same."""
    said = {
        language: keyed(kind, keys, Surroundings(TODAY, DISTRICTS, language=language))
        for language in ("ja", "en", "ko")
    }
    assert said["en"] is not None
    assert said["ko"] is not None
    assert said["ja"] is not None
    assert (said["en"].said, said["ko"].said) == (english, korean)
    assert said["ja"].value == said["en"].value == said["ko"].value
