"""Days and times as a Korean-speaking clerk says them on the telephone."""

from datetime import date, datetime, time

DAYS = "월화수목금토일"


def say_date(day: date, today: date) -> str:
    """The day as it is seen from today: 오늘; 내일, 화요일; 11월 30일, 월요일."""
    weekday = f"{DAYS[day.weekday()]}요일"
    match (day - today).days:
        case 0:
            return "오늘"
        case 1:
            return f"내일, {weekday}"
    year = f"{day.year}년 " if abs((day - today).days) >= 365 else ""
    return f"{year}{day.month}월 {day.day}일, {weekday}"


def say_time(at: time | datetime) -> str:
    """오전 8시 30분, 정오, 오후 5시. Noon is 오후 12시 (정오 when it is exact), but midnight is 오전 0시."""
    if (at.hour, at.minute) == (12, 0):
        return "정오"
    half = "오전" if at.hour < 12 else "오후"
    minute = f" {at.minute}분" if at.minute else ""
    return f"{half} {at.hour if at.hour <= 12 else at.hour - 12}시{minute}"


def with_particle(word: str, closed: str, open_: str) -> str:
    """The word with the particle that fits its last sound: 은 or 는, 이 or 가.

    A syllable of the Unicode block from U+AC00 on has a final consonant unless its place in a row of 28 is the first.
    """
    last = ord(word[-1]) - 0xAC00 if word else -1
    return word + (closed if 0 <= last < 11172 and last % 28 else open_)
