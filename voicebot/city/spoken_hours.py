"""What a caller hears about opening hours, and the same laid open for staff."""

from collections.abc import Callable, Mapping
from datetime import datetime

from voicebot.city import opening_en, opening_ja, opening_ko
from voicebot.city.days import WEEKDAYS
from voicebot.city.hours import Calendar, Span
from voicebot.city.situation import Situation, situation
from voicebot.errors import VoicebotError

_SPEAKERS: Mapping[str, Callable[[Situation], str]] = {
    "ja": opening_ja.say,
    "en": opening_en.say,
    "ko": opening_ko.say,
}
LANGUAGES = tuple(_SPEAKERS)
"""Languages in which opening hours can be said."""


def say(now: Situation, language: str) -> str:
    """Until when it is open, or why it is closed and when it opens next, in one or two sentences.

    Raises:
        VoicebotError: a language that is not among `LANGUAGES`.
    """
    speaker = _SPEAKERS.get(language)
    if speaker is None:
        raise VoicebotError("city.unknown_language", f"Opening hours can be said in: {', '.join(LANGUAGES)}.")
    return speaker(now)


def explain(calendar: Calendar, at: datetime, language: str = "ja") -> str:
    """For staff who try a calendar: the state, its reason, the hours of the day, and what a caller would hear."""
    now = situation(calendar, at)
    state = "開いています" if now.reason is None else f"閉まっています({now.reason})"
    rows = [
        f"{now.calendar} {_moment(now.at)}",
        f"  状態: {state}",
        f"  この日の時間: {'、'.join(span_text(span) for span in now.today) or '休み'}",
    ]
    if now.reason is None:
        rows.append(f"  閉まる時刻: {_moment(now.closes_at) if now.closes_at else 'なし(24時間)'}")
    else:
        rows.append(f"  次に開く時刻: {_moment(now.next_opening) if now.next_opening else '60日以内にはありません'}")
    rows.append(f"  電話での案内: {say(now, language)}")
    return "\n".join(rows)


def _moment(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日({WEEKDAYS[at.weekday()]}) {at.hour}:{at.minute:02}"


def span_text(span: Span) -> str:
    """A stretch of opening time as it is written: 8:30-17:15, 17:15-翌8:30."""
    overnight = span.end.date() > span.start.date()
    if overnight and span.end.hour == span.end.minute == 0:
        return f"{span.start.hour}:{span.start.minute:02}-24:00"
    return f"{span.start.hour}:{span.start.minute:02}-{'翌' if overnight else ''}{span.end.hour}:{span.end.minute:02}"
