"""What a caller hears about the doctors on duty, on the demo city."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.duty_answers import duty_doctor
from voicebot.city.load import City
from voicebot.city.telephone_numbers import national
from voicebot.city.time_ranges import parse_ranges
from voicebot.errors import VoicebotError

Moment = Callable[[str], datetime]
CENTER = "夜間急病センター、050-0000-1290に、ご相談ください。"


@pytest.mark.parametrize(
    ("at", "arguments", "name", "say"),
    [
        ("2026-11-22T10:00", {"subject": "内科"}, "はまかぜ内科医院",
         "ただいまの内科の当番は、はまかぜ内科医院で、午後5時半までです。050-0000-1201に、電話をしてからお越しください。"),
        ("2026-11-22T20:00", {}, "みなと中央病院",
         "ただいまの内科の当番は、みなと中央病院で、あすの午前8時半までです。050-0000-1207に、電話をしてからお越しください。"),
        ("2026-11-23T03:00", {"subject": "けがをした"}, "本町外科医院",
         "ただいまの外科の当番は、本町外科医院で、午前8時半までです。050-0000-1213に、電話をしてからお越しください。"),
        ("2026-11-22T07:00", {"subject": "歯が痛い"}, "しらはま歯科",
         "歯科の当番は、きょうの午前9時から、しらはま歯科です。050-0000-1216に、電話をしてからお越しください。"),
        ("2026-11-25T20:00", {"subject": "子どもの熱"}, "夜間急病センター",
         "ただいまの小児科は、夜間急病センターで診ています。050-0000-1290に、電話をしてからお越しください。"),
        ("2026-11-25T20:00", {"subject": "内科", "date": "2026-11-29"}, "さかえ町内科医院",
         "11月29日、日曜日の内科の当番は、午前8時半から、さかえ町内科医院、050-0000-1203です。"
         "午後5時半からは、みなと中央病院、050-0000-1207です。"),
        ("2026-11-25T20:00", {"subject": "歯科", "date": "2026-11-29"}, "桜台歯科クリニック",
         "11月29日、日曜日の歯科の当番は、午前9時から、桜台歯科クリニック、050-0000-1218です。"),
        ("2026-11-25T20:00", {"date": "2026-11-26"}, "夜間急病センター",
         "あす、木曜日は、夜間急病センターです。050-0000-1290に、電話をしてからお越しください。"),
    ],
)  # fmt: skip
def test_who_is_there_is_said_with_the_number(
    minato: City, moment: Moment, at: str, arguments: dict[str, str], name: str, say: str
) -> None:
    """Now, later today, or on another day."""
    answer = duty_doctor(minato, arguments, moment(at))
    assert (answer["found"], answer["name"], answer["missing"]) == (True, name, "")
    assert answer["say"] == say
    assert str(answer["number"]) in say


@pytest.mark.parametrize(
    ("at", "arguments", "say"),
    [
        ("2026-11-22T20:00", {"subject": "歯科"}, f"ただいま、歯科の当番の医療機関はありません。{CENTER}"),
        ("2026-11-25T20:00", {"subject": "歯科", "date": "2026-11-27"},
         f"11月27日、金曜日は、歯科の当番の医療機関はありません。{CENTER}"),
        ("2026-11-25T20:00", {"date": "2027-03-07"}, f"3月7日、日曜日の当番は、まだわかりません。{CENTER}"),
    ],
)  # fmt: skip
def test_nobody_on_duty_leads_to_the_emergency_clinic(
    minato: City, moment: Moment, at: str, arguments: dict[str, str], say: str
) -> None:
    """Also beyond the end of the list."""
    answer = duty_doctor(minato, arguments, moment(at))
    assert (answer["found"], answer["number"], answer["say"]) == (False, "050-0000-1290", say)


def test_what_cannot_be_answered_is_asked_again_or_goes_to_a_person(minato: City, moment: Moment) -> None:
    """An unknown subject, a day that has passed, a city without the list."""
    now = moment("2026-11-25T20:00")
    animal = duty_doctor(minato, {"subject": "獣医"}, now)
    assert (animal["found"], animal["missing"]) == (False, "subject")
    assert animal["say"] == "内科、小児科、外科、歯科の、どれですか。"
    passed = duty_doctor(minato, {"date": "2026-11-22"}, now)
    without = duty_doctor(replace(minato, duty=None), {}, now)
    for answer in (passed, without):
        assert (answer["found"], answer["missing"]) == (False, "")
        assert "ゼロ番" in str(answer["say"])


def test_a_date_that_is_no_date_is_an_error_that_repeats_no_words(minato: City, moment: Moment) -> None:
    """It comes from a slot, so it is a mistake of the dialog."""
    with pytest.raises(VoicebotError) as caught:
        duty_doctor(minato, {"date": "秘密の日"}, moment("2026-11-25T20:00"))
    assert caught.value.code == "city.unreadable_date"
    assert "秘密" not in caught.value.message


def test_with_an_emergency_clinic_that_closes_the_next_duty_of_today_is_told(minato: City, moment: Moment) -> None:
    """And that nobody is there when it is so."""
    assert minato.duty is not None
    assert minato.duty.center is not None
    center = replace(minato.duty.center, ranges=parse_ranges("19:00-22:00"))
    city = replace(minato, duty=replace(minato.duty, center=center))
    early = duty_doctor(city, {}, moment("2026-11-22T07:00"))
    assert (early["found"], early["open"], early["name"]) == (True, False, "はまかぜ内科医院")
    weekday = duty_doctor(city, {"subject": "内科"}, moment("2026-11-25T07:00"))
    assert (weekday["found"], weekday["say"]) == (False, f"ただいま、内科の当番の医療機関はありません。{CENTER}")


@given(st.integers(0, 99 * 24 * 60 - 1), st.sampled_from(["内科", "小児科", "外科", "歯科"]))
def test_at_any_minute_the_clinic_whose_duty_holds_it_is_given(minato: City, minute: int, subject: str) -> None:
    """From 22 November to 28 February, over every midnight."""
    assert minato.duty is not None
    at = datetime(2026, 11, 22, tzinfo=minato.duty.zone) + timedelta(minutes=minute)
    answer = duty_doctor(minato, {"subject": subject}, at)
    holding = [duty for duty in minato.duty.duties if duty.subject == subject and duty.start <= at < duty.end]
    if holding:
        assert (answer["found"], answer["open"]) == (True, True)
        assert answer["name"] in {duty.clinic.name for duty in holding}
        assert answer["number"] in {national(duty.clinic.number) for duty in holding}
    else:
        assert answer["start"] is None or datetime.fromisoformat(str(answer["start"])) > at
