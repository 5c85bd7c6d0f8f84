"""Opening hours as a Japanese clerk says them on the telephone."""

from datetime import date, datetime, time, timedelta

from voicebot.city.days import WEEKDAYS
from voicebot.city.hours import Reason
from voicebot.city.situation import Situation


def say(now: Situation) -> str:
    """Until when, or why not and when next."""
    if now.reason is None:
        return _open(now)
    return _closed(now, now.reason) + _next(now)


def _open(now: Situation) -> str:
    if now.closes_at is None:
        return "24時間、受け付けています。"
    until = _end(now.closes_at, now.at.date())
    pauses = "、".join(f"{say_time(pause.start)}から{say_time(pause.end)}まで" for pause in now.pauses)
    return f"{until}までです。" + (f"ただし、{pauses}は、お休みです。" if pauses else "")


def _end(end: datetime, today: date) -> str:
    # Midnight is the end of the evening before it.
    midnight = end.time() == time()
    day, hour = (end.date() - timedelta(days=1), "夜の12時") if midnight else (end.date(), say_time(end))
    return f"きょうは{hour}" if day == today else f"{say_day(day, today)}の{hour}"


def _closed(now: Situation, reason: Reason) -> str:
    name = reason.names.get("ja", "")
    match reason.kind:
        case "hours":
            return "ただいまは業務時間外です。"
        case "break":
            return f"ただいまは{name}です。"
        case "day_off":
            return f"きょうは{WEEKDAYS[reason.weekday]}曜日のため、お休みです。"
        case "moved":
            return "きょうは祝日の振り替えのため、お休みです。"
        case "holiday" | "yearly" | "special":
            # On a shortened day it is only the present hour that is lost.
            return (
                f"{name}のため、ただいまは受け付けていません。" if now.today else f"きょうは{name}のため、お休みです。"
            )


def _next(now: Situation) -> str:
    if now.next_opening is None:
        return "次に開くのは、2か月以上先です。"
    today, opening = now.at.date(), now.next_opening
    joint = "、" if opening.date() == today else "の"
    return f"次は、{say_day(opening.date(), today)}{joint}{say_time(opening)}からです。"


def say_day(day: date, today: date) -> str:
    """The day as it is seen from today: きょう; あす、月曜日; 11月23日、月曜日."""
    match (day - today).days:
        case 0:
            return "きょう"
        case 1:
            return f"あす、{WEEKDAYS[day.weekday()]}曜日"
        case _:
            return f"{day.month}月{day.day}日、{WEEKDAYS[day.weekday()]}曜日"


def say_time(at: datetime) -> str:
    """The time of day: 午前8時半, 正午, 午後5時15分."""
    if (at.hour, at.minute) == (12, 0):
        return "正午"
    half = "午前" if at.hour < 12 else "午後"
    minute = {0: "", 30: "半"}.get(at.minute, f"{at.minute}分")
    return f"{half}{at.hour % 12}時{minute}"
