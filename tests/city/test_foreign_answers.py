"""Look-ups in an English or a Korean call are answered in that language."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.answers import LANGUAGES, QUESTIONS, answer
from voicebot.city.load import City, load
from voicebot.voice.reading import reading

Moment = Callable[[str], datetime]
KANA_OR_KANJI = re.compile("[ぁ-ヿ一-龠]")


def reader(text: str, language: str) -> str:
    """Readings by the dictionary."""
    return reading(text) if language == "ja" else text


@pytest.fixture(scope="module")
def heard(texts: Mapping[str, str]) -> City:
    """The demo city, with readings."""
    return load(texts, reader)


@pytest.mark.parametrize(
    ("question", "arguments", "english", "korean"),
    [
        (
            "garbage_day",
            {"district": "本町2丁目", "kind": "燃えるごみ"},
            "The next collection in Honmachi is tomorrow, Monday: burnable garbage. Put it out by 8 a.m.",
            "혼마치의 다음 수거일은 내일, 월요일입니다. 종류: 타는 쓰레기. 오전 8시까지 내놓으세요.",
        ),
        (
            "garbage_day",
            {"district": "浜町"},
            "The days differ within this district. Please say it again with the number of your chome.",
            "이 동네는 초메에 따라 수거일이 다릅니다. 초메의 번호와 함께 다시 말씀해 주세요.",
        ),
        (
            "shelter",
            {"district": "緑町"},
            "The shelter for Midorimachi is Midori Elementary School. It is not open at the moment.",
            "미도리마치의 대피소는 미도리 초등학교입니다. 지금은 열려 있지 않습니다.",
        ),
        (
            "water",
            {"district": "緑町"},
            "The water supply point for Midorimachi is Asahi Sports Park. It is not open at the moment.",
            "미도리마치의 급수소는 아사히 운동공원입니다. 지금은 열려 있지 않습니다.",
        ),
        (
            "duty_doctor",
            {"subject": "内科"},
            "On duty now for internal medicine: Hamakaze Internal Clinic until 5:30 p.m. Please call before you go: "
            "0 5 0, 0 0 0 0, 1 2 0 1.",
            "지금 내과 당번 병원은 하마카제 내과 의원입니다. 오후 5시 30분까지입니다. 가시기 전에 전화하세요. "
            "번호는 공오공, 공공공공, 일이공일입니다.",
        ),
        (
            "duty_doctor",
            {"subject": "外科", "date": "2026-11-29"},
            "On duty for injuries Sunday, November 29, from 8:30 a.m.: Minatochuo Hospital. Please call before you go: "
            "0 5 0, 0 0 0 0, 1 2 0 7.",
            "11월 29일, 일요일 오전 8시 30분부터 외과 당번 병원은 미나토추오 병원입니다. 가시기 전에 전화하세요. "
            "번호는 공오공, 공공공공, 일이공칠입니다.",
        ),
        (
            "shelter",
            {"district": "ない町"},
            "I could not find that district. Please say its name again. To speak to a person, press 0.",
            "동네 이름을 알아듣지 못했습니다. 다시 말씀해 주세요. 직원과 통화하시려면 0번을 누르세요.",
        ),
    ],
)
def test_the_values_are_said_in_the_language_of_the_call(
    heard: City, moment: Moment, question: str, arguments: dict[str, str], english: str, korean: str
) -> None:
    """On the Sunday of 22 November 2026, at ten in the morning."""
    now = moment("2026-11-22T10:00")
    said = {language: answer(heard, question, {**arguments, "language": language}, now) for language in ("en", "ko")}
    assert (said["en"]["say"], said["ko"]["say"]) == (english, korean)
    japanese = answer(heard, question, arguments, now)
    assert {**japanese, "say": ""} == {**said["en"], "say": ""}, "the values are the same in every language"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "ja"])
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("known", [True, False])
def test_no_answer_is_silent_or_japanese(
    heard: City, moment: Moment, language: str, question: str, known: bool
) -> None:
    """Whatever is asked, also of a city that has no such data: a sentence that a foreign voice can speak."""
    city = heard if known else replace(heard, districts=None, garbage=None, shelters=None, duty=None, facilities=None)
    for at in ("2026-11-22T10:00", "2026-11-24T03:00", "2027-06-01T10:00"):
        for arguments in (
            {"district": "本町", "said": "本町", "item": "傘", "subject": "内科", "name": "図書館", "kind": ""},
            {
                "district": "浜町3丁目",
                "said": "ない",
                "item": "ない物",
                "subject": "ない",
                "kind": "ない",
                "danger": "ない",
            },
            {},
        ):
            say = str(answer(city, question, {**arguments, "language": language}, moment(at))["say"])
            assert say.endswith((".", "?"))
            assert not KANA_OR_KANJI.search(say), say
