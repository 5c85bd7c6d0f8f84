"""What a caller hears about the doctors on duty."""

from collections.abc import Sequence
from datetime import date, datetime

from voicebot.city.district_answers import TO_A_PERSON, Answer, Arguments
from voicebot.city.duty_doctors import ANY_SUBJECT, Center, Clinic, Duty, DutyList, center_is_open, on_day, on_duty
from voicebot.city.load import City
from voicebot.city.opening_ja import say_day, say_time
from voicebot.city.telephone_numbers import national
from voicebot.errors import VoicebotError

MOST_LINES = 5
"""So many clinics fit into a text message."""
_CALL_FIRST = "に、電話をしてからお越しください。"
_ANYBODY = "診られるかどうかは、電話でお確かめください。"
_NOBODY: Answer = {
    "found": False, "subject": "", "name": "", "number": "", "open": False, "start": None, "end": None, "missing": "",
    "sms": "",
}  # fmt: skip


def duty_doctor(city: City, arguments: Arguments, now: datetime) -> Answer:
    """Who is on duty in a `subject` (the subject, or a caller's words), now or on a `date` (ISO).

    - `found`, `subject`, `name`, `number` (050-0000-1201), `open` (there now), `start` and `end` (ISO 8601 or None),
      `say`, `sms` (all on duty, for a text message). When nobody is on duty, `name` and `number` are those of the
      emergency clinic, which advises by telephone. Where nobody is on duty for the subject, those who are on duty for
      everything are named.
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
    center = duties.center
    if present:
        return _present(present, now)
    if center and center_is_open(duties, now) and (subject is None or subject in center.subjects):
        what = f"ただいまの{subject}は、" if subject else "ただいまは、"
        say = f"{what}{_name(center.clinic)}で診ています。{_called(center.clinic)}"
        return {**_center(center, subject), "found": True, "open": True, "say": say, "sms": _text(center.clinic)}
    later = [duty for duty in on_day(duties, now.date(), subject) if duty.start > now]
    if later:
        duty = min(later, key=lambda duty: duty.start)
        say = f"{duty.subject}の当番は、きょうの{say_time(duty.start)}から、{_name(duty.clinic)}です。"
        return {**_duty(duty, now, later), "say": f"{say}{_called(duty.clinic)}"}
    anybody = on_duty(duties, now, ANY_SUBJECT) if subject else ()
    if anybody:
        say = f"{subject}の当番の医療機関はありませんが、{ANY_SUBJECT}の当番は、{_name(anybody[0].clinic)}です。"
        return {**_duty(anybody[0], now, anybody), "say": f"{say}{_called(anybody[0].clinic, _ANYBODY)}"}
    what = f"{subject}の" if subject else ""
    return _nobody(center, subject, f"ただいま、{what}当番の医療機関はありません。")


def _present(present: tuple[Duty, ...], now: datetime) -> Answer:
    duty = present[0]
    until = f"{_tomorrow(duty.end, now)}{say_time(duty.end)}"
    say = f"ただいまの{duty.subject}の当番は、{_name(duty.clinic)}で、{until}までです。"
    return {**_duty(duty, now, present), "say": f"{say}{_called(duty.clinic)}"}


def _later(duties: DutyList, subject: str | None, day: date, now: datetime) -> Answer:
    found = on_day(duties, day, subject) or (on_day(duties, day, ANY_SUBJECT) if subject else ())
    spoken_day, center = say_day(day, now.date()), duties.center
    if found:
        return _on_day(found, spoken_day, now)
    if day > duties.last:
        return _nobody(center, subject, f"{spoken_day}の当番は、まだわかりません。")
    if center and (subject is None or subject in center.subjects):
        what = f"の{subject}は、" if subject else "は、"
        say = f"{spoken_day}{what}{_name(center.clinic)}です。{_called(center.clinic)}"
        return {**_center(center, subject), "found": True, "say": say, "sms": _text(center.clinic)}
    what = f"{subject}の" if subject else ""
    return _nobody(center, subject, f"{spoken_day}は、{what}当番の医療機関はありません。")


def _on_day(found: tuple[Duty, ...], spoken_day: str, now: datetime) -> Answer:
    first, *others = (duty for duty in found if duty.subject == found[0].subject)
    say = f"{spoken_day}の{first.subject}の当番は、{say_time(first.start)}から、{_with_number(first.clinic)}です。"
    after = next((duty for duty in others if duty.start >= first.end), None)
    if after is not None:
        say += f"{say_time(after.start)}からは、{_with_number(after.clinic)}です。"
    return {**_duty(first, now, found), "say": say}


def _nobody(center: Center | None, subject: str | None, say: str) -> Answer:
    """Nobody is on duty: the emergency clinic advises, where there is one, else a person."""
    if center is None:
        return {**_NOBODY, "subject": subject or "", "say": f"{say}{TO_A_PERSON}"}
    number = national(center.clinic.number)
    return {**_center(center, subject), "say": f"{say}{_name(center.clinic)}、{number}に、ご相談ください。"}


def _duty(duty: Duty, now: datetime, everybody: Sequence[Duty]) -> Answer:
    lines = [_line(each) for each in everybody]
    return {
        "found": True,
        "subject": duty.subject,
        "name": duty.clinic.name,
        "number": national(duty.clinic.number) if duty.clinic.number else "",
        "open": duty.start <= now < duty.end,
        "start": duty.start.isoformat(),
        "end": duty.end.isoformat(),
        "missing": "",
        "sms": "\n".join(lines[:MOST_LINES]),
    }


def _center(center: Center, subject: str | None) -> Answer:
    number = national(center.clinic.number)
    return {**_NOBODY, "subject": subject or "", "name": center.clinic.name, "number": number}


def _line(duty: Duty) -> str:
    hours = f"{duty.start.month}/{duty.start.day} {duty.start:%H:%M}-{duty.end:%H:%M}"
    return f"{hours} {duty.subject} {_text(duty.clinic)}"


def _text(clinic: Clinic) -> str:
    return f"{clinic.name} {national(clinic.number)}" if clinic.number else clinic.name


def _called(clinic: Clinic, then: str = "") -> str:
    if not clinic.number:
        return then or "電話をしてからお越しください。"
    return f"電話は、{national(clinic.number)}です。{then}" if then else f"{national(clinic.number)}{_CALL_FIRST}"


def _with_number(clinic: Clinic) -> str:
    return f"{_name(clinic)}、{national(clinic.number)}" if clinic.number else _name(clinic)


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
