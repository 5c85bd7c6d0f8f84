"""Opening hours as a Korean-speaking clerk says them on the telephone."""

from datetime import date, datetime, time, timedelta

from voicebot.city.hours import Reason
from voicebot.city.situation import Situation
from voicebot.language.korean import DAYS, say_date, say_time


def say(now: Situation) -> str:
    """Until when, or why not and when next."""
    if now.reason is None:
        return _open(now)
    return f"{_closed(now, now.reason)} {_next(now)}"


def _open(now: Situation) -> str:
    if now.closes_at is None:
        return "24시간 접수하고 있습니다."
    until = _end(now.closes_at, now.at.date())
    pauses = ", ".join(f"{say_time(pause.start)}부터 {say_time(pause.end)}까지" for pause in now.pauses)
    return f"{until}까지입니다." + (f" 다만, {pauses}는 쉽니다." if pauses else "")


def _end(end: datetime, today: date) -> str:
    # Midnight is the end of the evening before it.
    midnight = end.time() == time()
    day, hour = (end.date() - timedelta(days=1), "밤 12시") if midnight else (end.date(), say_time(end))
    return f"오늘은 {hour}" if day == today else f"{say_date(day, today)} {hour}"


def _closed(now: Situation, reason: Reason) -> str:
    # 관계로 ("owing to") fits behind any noun, with or without a final consonant.
    name = reason.names.get("ko", "")
    cause = f"{name} 관계로 " if name else ""
    match reason.kind:
        case "hours":
            return "지금은 업무 시간이 아닙니다."
        case "break":
            return f"지금은 {name}입니다."
        case "day_off":
            return f"오늘은 {DAYS[reason.weekday]}요일이므로 쉽니다."
        case "moved":
            return "오늘은 공휴일 대체 휴무로 쉽니다."
        case "holiday":
            return "오늘은 공휴일이므로 쉽니다."
        case "yearly" | "special":
            return f"{cause}지금은 접수하지 않습니다." if now.today else f"오늘은 {cause}쉽니다."


def _next(now: Situation) -> str:
    if now.next_opening is None:
        return "다음 업무는 두 달 이상 뒤에 시작합니다."
    return f"다음 업무는 {say_date(now.next_opening.date(), now.at.date())} {say_time(now.next_opening)}부터입니다."
