"""All answers from open data: plain values, short sentences, a way on."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.answers import QUESTIONS, answer
from voicebot.city.load import City
from voicebot.errors import VoicebotError
from voicebot.events import Json, LookedUp
from voicebot.transcripts.codec import decode, encode

Moment = Callable[[str], datetime]
WORDS = st.sampled_from(
    [
        "",
        "本町",
        "浜町",
        "浜町3丁目",
        "ミナドマチ",
        "3",
        "燃えるごみ",
        "資源",
        "粗大ごみ",
        "電池",
        "傘",
        "津波",
        "歯が痛い",
        "ほげ",
        "内科",
    ]
)
ARGUMENTS = st.fixed_dictionaries(
    {},
    optional={
        name: WORDS | st.text(max_size=6)
        for name in ("said", "reading", "district", "chome", "kind", "item", "danger", "subject")
    },
)


def check(found: dict[str, Json]) -> None:
    """What every answer owes to the dialog and to the caller."""
    assert json.loads(json.dumps(found)) == found
    event = LookedUp(1, "x", found)
    assert decode(encode(event)) == event
    say = str(found["say"])
    assert isinstance(found["found"], bool)
    assert say.endswith(("。", "。」"))
    assert 1 <= say.count("。") <= 4
    assert found["found"] or found["missing"] or "ゼロ番" in say or "ください" in say


@given(st.sampled_from(QUESTIONS), ARGUMENTS, st.datetimes(datetime(2026, 11, 1), datetime(2027, 3, 31)))
def test_whatever_is_asked_the_answer_is_plain_and_leads_on(
    clerks: City, question: str, arguments: dict[str, str], at: datetime
) -> None:
    """Every question with every argument, at any time; it can be kept in the transcript."""
    check(dict(answer(clerks, question, arguments, at.replace(tzinfo=clerks.profile.zone))))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_city_without_these_files_answers_too(minato: City, moment: Moment, question: str) -> None:
    """Not found, and what to do instead."""
    bare = replace(minato, districts=None, garbage=None, shelters=None, duty=None, facilities=None)
    found = answer(bare, question, {"district": "本町", "said": "本町", "item": "傘"}, moment("2026-11-22T20:00"))
    check(dict(found))
    assert (found["found"], found["missing"]) == (False, "")


def test_the_moment_is_taken_in_the_citys_zone(minato: City, moment: Moment) -> None:
    """Half past eleven in the evening in London is the next morning in Japan."""
    at = datetime.fromisoformat("2026-11-22T23:30:00+00:00")
    assert answer(minato, "duty_doctor", {"subject": "外科"}, at) == answer(
        minato, "duty_doctor", {"subject": "外科"}, moment("2026-11-23T08:30")
    )


@pytest.mark.parametrize(
    ("question", "arguments", "at", "code"),
    [
        ("weather", {}, "2026-11-22T20:00:00+09:00", "city.unknown_question"),
        ("shelter", {"language": "tlh"}, "2026-11-22T20:00:00+09:00", "city.unknown_language"),
        ("shelter", {}, "2026-11-22T20:00:00", "city.time_without_zone"),
        ("duty_doctor", {"date": "x"}, "2026-11-22T20:00:00+09:00", "city.unreadable_date"),
    ],
)
def test_a_wrong_question_is_an_error(
    minato: City, question: str, arguments: dict[str, str], at: str, code: str
) -> None:
    """The dialog then goes to a person."""
    with pytest.raises(VoicebotError) as caught:
        answer(minato, question, arguments, datetime.fromisoformat(at))
    assert caught.value.code == code
