"""What a caller hears about the doctors on duty."""

from datetime import date, datetime

from voicebot.city.district_answers import TO_A_PERSON, Answer, Arguments
from voicebot.city.duty_doctors import Clinic, Duty, DutyList, center_is_open, on_day, on_duty
from voicebot.city.load import City
from voicebot.city.opening_ja import say_day, say_time
from voicebot.city.telephone_numbers import national
from voicebot.errors import VoicebotError

_CALL_FIRST = "に、電話をしてからお越しください。"
_NOBODY: Answer = {
    "found": False, "subject": "", "name": "", "number": "", "open": False, "start": None, "end": None, "missing": ""
}  # fmt: skip


def duty_doctor(city: City, arguments: Arguments, now: datetime) -> Answer:
    """Who is on duty in a `subject` (the subject, or a caller's words), now or on a `date` (ISO).

    - `found`, `subject`, `name`, `number` (050-0000-1201), `open` (there now), `start` and `end` (ISO 8601 or None),
      `say`. When nobody is on duty, `name` and `number` are those of the emergency clinic, which advises by telephone.
    - `missing`: `subject` when it must be asked first.

    Raises:
        VoicebotError: `city.unreadable_date`.
    """
    duties, words = city.duty, arguments.get("subject", "")
    if duties is None:
        return {**_NOBODY, "say": f"当番の医療機関は、ここではわかりません。{TO_A_PERSON}"}
    subject = duties.subject_called(words)
    if words and subject is None:
        return {**_NOBODY, "missing": "subject", "say": f"{'、'.join(duties.subjects)}の、どれですか。"}
    day = _day(arguments.get("date", ""), now)
    if day < now.date():
        return {**_NOBODY, "say": f"過ぎた日の当番は、ご案内できません。{TO_A_PERSON}"}
    return _now(duties, subject, now) if day == now.date() else _later(duties, subject, day, now)


def _now(duties: DutyList, subject: str | None, now: datetime) -> Answer:
    present = on_duty(duties, now, subject)
    if present:
        duty = present[0]
        until = f"{_tomorrow(duty.end, now)}{say_time(duty.end)}"
        say = f"ただいまの{duty.subject}の当番は、{_name(duty.clinic)}で、{until}までです。"
        return {**_duty(duty, now), "say": f"{say}{national(duty.clinic.number)}{_CALL_FIRST}"}
    if center_is_open(duties, now) and (subject is None or subject in duties.center.subjects):
        what = f"ただいまの{subject}は、" if subject else "ただいまは、"
        say = f"{what}{_name(duties.center.clinic)}で診ています。{_number(duties)}{_CALL_FIRST}"
        return {**_center(duties, subject), "found": True, "open": True, "say": say}
    later = [duty for duty in on_day(duties, now.date(), subject) if duty.start > now]
    if later:
        duty = min(later, key=lambda duty: duty.start)
        say = f"{duty.subject}の当番は、きょうの{say_time(duty.start)}から、{_name(duty.clinic)}です。"
        return {**_duty(duty, now), "say": f"{say}{national(duty.clinic.number)}{_CALL_FIRST}"}
    what = f"{subject}の" if subject else ""
    return {**_center(duties, subject), "say": f"ただいま、{what}当番の医療機関はありません。{_ask_center(duties)}"}


def _later(duties: DutyList, subject: str | None, day: date, now: datetime) -> Answer:
    found = on_day(duties, day, subject)
    spoken_day = say_day(day, now.date())
    if found:
        first, *others = (duty for duty in found if duty.subject == found[0].subject)
        say = (
            f"{spoken_day}の{first.subject}の当番は、{say_time(first.start)}から、{_name(first.clinic)}、"
            f"{national(first.clinic.number)}です。"
        )
        after = next((duty for duty in others if duty.start >= first.end), None)
        if after is not None:
            say += f"{say_time(after.start)}からは、{_name(after.clinic)}、{national(after.clinic.number)}です。"
        return {**_duty(first, now), "say": say}
    if day > duties.last:
        return {**_center(duties, subject), "say": f"{spoken_day}の当番は、まだわかりません。{_ask_center(duties)}"}
    if subject is None or subject in duties.center.subjects:
        what = f"の{subject}は、" if subject else "は、"
        say = f"{spoken_day}{what}{_name(duties.center.clinic)}です。{_number(duties)}{_CALL_FIRST}"
        return {**_center(duties, subject), "found": True, "say": say}
    say = f"{spoken_day}は、{subject}の当番の医療機関はありません。{_ask_center(duties)}"
    return {**_center(duties, subject), "say": say}


def _duty(duty: Duty, now: datetime) -> Answer:
    return {
        "found": True,
        "subject": duty.subject,
        "name": duty.clinic.name,
        "number": national(duty.clinic.number),
        "open": duty.start <= now < duty.end,
        "start": duty.start.isoformat(),
        "end": duty.end.isoformat(),
        "missing": "",
    }


def _center(duties: DutyList, subject: str | None) -> Answer:
    return {**_NOBODY, "subject": subject or "", "name": duties.center.clinic.name, "number": _number(duties)}


def _ask_center(duties: DutyList) -> str:
    return f"{_name(duties.center.clinic)}、{_number(duties)}に、ご相談ください。"


def _number(duties: DutyList) -> str:
    return national(duties.center.clinic.number)


def _name(clinic: Clinic) -> str:
    return clinic.spoken or clinic.name


def _tomorrow(end: datetime, now: datetime) -> str:
    return "" if end.date() == now.date() else "あすの"


def _day(text: str, now: datetime) -> date:
    try:
        return date.fromisoformat(text) if text else now.date()
    except ValueError as error:
        # The text may be a caller's: it stays out of the message.
        raise VoicebotError("city.unreadable_date", "Give the date as 2026-11-23, or leave it out for now.") from error
