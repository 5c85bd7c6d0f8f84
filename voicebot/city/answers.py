"""The questions about places and days that open data answers, by their names (for a dialog's look-ups)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from voicebot.city import foreign_answers
from voicebot.city.district_answers import Answer, Arguments, district
from voicebot.city.duty_answers import duty_doctor
from voicebot.city.facility_answers import facility, nearby
from voicebot.city.garbage_answers import garbage_day, garbage_item
from voicebot.city.load import City
from voicebot.city.shelter_answers import shelter, water
from voicebot.errors import VoicebotError

_ANSWERS: Mapping[str, Callable[[City, Arguments, datetime], Answer]] = {
    "district": district,
    "garbage_day": garbage_day,
    "garbage_item": garbage_item,
    "shelter": shelter,
    "water": water,
    "duty_doctor": duty_doctor,
    "facility": facility,
    "nearby": nearby,
}
QUESTIONS = tuple(_ANSWERS)
LANGUAGES = ("ja", *foreign_answers.LANGUAGES)
"""Languages in which these answers are spoken."""


def answer(city: City, question: str, arguments: Arguments, now: datetime) -> Answer:
    """The answer to one of `QUESTIONS`: plain values, `found`, and a `say` of one or two sentences.

    Raises:
        VoicebotError: `city.unknown_question`, `city.unknown_language`, `city.time_without_zone` or
            `city.unreadable_date`.
    """
    if question not in _ANSWERS:
        raise VoicebotError("city.unknown_question", f"Ask one of: {', '.join(QUESTIONS)}.")
    language = arguments.get("language") or "ja"
    if language not in LANGUAGES:
        raise VoicebotError("city.unknown_language", f"This can be said in: {', '.join(LANGUAGES)}.")
    if now.utcoffset() is None:
        raise VoicebotError(
            "city.time_without_zone", "Give the moment with a time zone, such as 2027-01-04T09:00+09:00."
        )
    here = now.astimezone(city.profile.zone)
    found = _ANSWERS[question](city, arguments, here)
    if language == "ja":
        return found
    return {**found, "say": foreign_answers.say(city, question, found, language, here)}
