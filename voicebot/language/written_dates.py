"""Dates, weekdays, times and ranges of them as they are written. A step of `written.spoken`.

Signs become words here (2026/11/22 2026年11月22日, 8:30〜 8時30分から); figures become words afterwards, in
`written_amounts`.
"""

import re

_ERAS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"}
_MONTH, _DAY = "(0?[1-9]|1[0-2])", "(0?[1-9]|[12][0-9]|3[01])"
_WEEK = "[月火水木金土日祝]"
_ISO = re.compile(f"(?<![0-9.])([12][0-9]{{3}})([-/.]){_MONTH}\\2{_DAY}(?![0-9]|[./-][0-9])")
_YEAR_MONTH = re.compile(f"(?<![0-9./])((?:19|20)[0-9]{{2}})/{_MONTH}(?![0-9/])")
_ERA_DAY = re.compile(f"(?<![A-Za-z0-9])([RHSTM])\\.?([0-9]{{1,2}}|元)[./-]{_MONTH}[./-]{_DAY}(?![0-9])")
_ERA_MONTH = re.compile(f"(?<![A-Za-z0-9])([RHSTM])([0-9]{{1,2}}|元)\\.{_MONTH}(?![0-9.])")
_ERA_YEAR = re.compile("(?<![A-Za-z0-9])([RHSTM])(?:\\.([0-9]{1,2})(?![0-9.])|([0-9]{1,2}|元)(?=年))年?")
_FIRST_YEAR = re.compile("(令和|平成|昭和|大正|明治)1年")
_MARK = f"(?=(?P<mark>[ 　]*(?:[（(]{_WEEK}|[〜～~]|から|まで|以降|以前|現在)|-[0-9]+/)?)"
_MONTH_DAY = re.compile(f"(?<![0-9./-]){_MONTH}/{_DAY}(?![0-9/]){_MARK}")
_RANGE_OF_DAYS = re.compile(f"(?<=日)(\\s*[（(]{_WEEK}[^)）]{{0,6}}[)）])?(\\s*[〜～~-]\\s*){_MONTH}/{_DAY}(?![0-9/])")
_ZERO = re.compile("(?<![0-9.,])0([0-9])(?=[時分月日](?!間))")
_BRACKET = re.compile(
    f"(?P<date>(?<=日)|(?<=末)|(?<=[0-9]))?[（(](?P<days>{_WEEK}(?:曜日?)?(?:[・･、,〜～~-]{_WEEK}(?:曜日?)?)*)[)）]"
)
_LIST = re.compile(
    f"(?:(?<![一-龠0-9])|(?<=[週]))({_WEEK}(?:曜日?)?(?:[・･/]{_WEEK}(?:曜日?)?)+)日?(?![一-龠]|[・･])"
    f"|(?:(?<![一-龠0-9])|(?<=[週]))({_WEEK}(?:曜日?)?(?:[・･]{_WEEK}(?:曜日?)?)+)日?(?=[収回開休午定以朝昼夜])"
)
_SPAN = re.compile(f"(?:(?<![一-龠0-9])|(?<=週))({_WEEK}(?:曜日?)?)[〜～~-]({_WEEK}(?:曜日?)?)(?![一-龠])")
_WEEKS = re.compile("第([0-9一二三四五])((?:[・･、,]第?[0-9一二三四五])+)(?=週|[月火水木金土日]曜)")
_HOLIDAYS = re.compile("土日祝(?!日)")
_TIME = re.compile("(?<![0-9:])(翌?)([01]?[0-9]|2[0-9]|30):([0-5][0-9])(?![0-9:])")
_NEXT_DAY = re.compile("翌(?=[0-9]{1,2}時)")
_HALF = re.compile(r"(?<![A-Za-z])(AM|PM|am|pm|a\.m\.|p\.m\.)\s*(?=[0-9]{1,2}[:時])")
_UNIT = "午上下万億倍割年月日時分秒円人名歳才階番回度号個枚本冊台件週曜祝末前半頃旬中代紀期目丁地級組"
_OPENING = (
    "約|第|翌|同|西暦|紀元|平成|昭和|令和|大正|明治|来|今|午前|午後|正午|夕方|夜|深夜|月末|年末|年度末"
    "|小学|中学|高校|就学|入学"
)
_HYPHEN = re.compile(
    "(?<=[時分半日])-(?=(?:午前|午後)?[0-9])|(?<![0-9A-Za-z-])([0-9]{1,2})-(?=[0-9]{1,2}[時分月日歳人名年回枚個](?!目))"
)
_LEFT = f"(?:(?<=[0-9{_UNIT}%)）])|(?<=[0-9][a-zA-Z])|(?<=[0-9][a-zA-Z][a-zA-Z]))"
_WAVE = "[ 　]*[〜～~][ 　]*"
_FROM = re.compile(
    f"{_LEFT}{_WAVE}(?=[（(]?[0-9]|(?:{_OPENING})[一-龠]{{0,2}}[0-9])"
    f"|(?<=[0-9{_UNIT}%]){_WAVE}(?=(?:{_OPENING}|{_WEEK}曜))"
    f"|(?<=[0-9][{_UNIT}])[〜～~](?![0-9一-龠ぁ-んァ-ヶA-Za-z])"
)
_UNTIL = re.compile(
    "(?<![0-9一-龠ぁ-んァ-ヶA-Za-zー!！。)）])[〜～~]([0-9]{1,4}(?:年|月|時)(?:[0-9]{1,2}[月日分])?(?:[0-9]{1,2}日)?半?)(?!まで|から|[〜～~])"
)


def dates(text: str) -> str:
    """The text with its dates, weekdays, times and ranges in words and figures."""
    text = _HALF.sub(lambda match: "午前" if match[1][0] in "Aa" else "午後", text)
    text = _TIME.sub(_time, _ISO.sub(r"\1年\3月\4日", text))
    text = _NEXT_DAY.sub("翌日の", text)
    text = _ERA_DAY.sub(lambda match: f"{_ERAS[match[1]]}{match[2]}年{match[3]}月{match[4]}日", text)
    text = _ERA_MONTH.sub(lambda match: f"{_ERAS[match[1]]}{match[2]}年{match[3]}月", text)
    text = _ERA_YEAR.sub(lambda match: f"{_ERAS[match[1]]}{match[2] or match[3]}年", text)
    text = _FIRST_YEAR.sub(r"\1元年", _YEAR_MONTH.sub(r"\1年\2月", text))
    text = _RANGE_OF_DAYS.sub(
        lambda match: f"{match[1] or ''}〜{match[3]}月{match[4]}日", _MONTH_DAY.sub(_month_day, text)
    )
    return _ranges(_weekdays(_ZERO.sub(r"\1", text)))


def _weekdays(text: str) -> str:
    text = _WEEKS.sub(lambda match: f"第{match[1]}" + re.sub("[・･、,]第?", "、第", match[2]), text)
    text = _BRACKET.sub(_bracket, text)
    text = _LIST.sub(lambda match: _named(match[1] or match[2], "、"), text)
    text = _SPAN.sub(lambda match: f"{_named(match[1], '')}から{_named(match[2], '')}", text)
    return _HOLIDAYS.sub("土日祝日", text)


def _ranges(text: str) -> str:
    text = _UNTIL.sub(r"\1まで", _HYPHEN.sub(lambda match: f"{match[1] or ''}から", text))
    return _FROM.sub("から", text)


def _time(match: re.Match[str]) -> str:
    following = "翌日の" if match[1] else ""
    minutes = int(match[3])
    return f"{following}{int(match[2])}時" + (f"{minutes}分" if minutes else "")


def _month_day(match: re.Match[str]) -> str:
    """1/4 may be a quarter: a date is what is marked as one, or cannot sensibly be a fraction."""
    month, day = int(match[1]), int(match[2])
    if match["mark"] or month >= day or day > 10:
        return f"{month}月{day}日"
    return match.group()


def _bracket(match: re.Match[str]) -> str:
    alone = match["date"] is None
    days = _named(match["days"], "、")
    if alone:
        return f"({days})" if len(match["days"]) > 3 or "・" in match["days"] else match.group()
    return f"、{days}"


def _named(days: str, between: str) -> str:
    """月・水・祝 as 月曜日、水曜日、祝日; 月・祝 (a Monday that is a holiday) without a pause."""
    words = re.sub("[〜～~-]", "から", re.sub(f"({_WEEK})(?:曜日?)?", lambda match: _day(match[1]), days))
    return re.sub("[・･、,/]", between, words)


def _day(sign: str) -> str:
    return "祝日" if sign == "祝" else f"{sign}曜日"
