"""Figures as people read them: tables in a terminal's width, and as plain data for JSON. Pure."""

from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

from voicebot.tuning.evaluation import DECISIONS, HITS_AT, ROUTED_AT, Decision, Figures, Judged, Miss
from voicebot.tuning.evaluation_talks import ENDINGS, REACHED, Journey, summary

JsonValue = str | int | float | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
WORDS: Mapping[Decision, str] = {
    "answer": "すぐに答える",
    "confirm": "一つを確かめる",
    "offer": "いくつかを挙げる",
    "ask_again": "言い直しを頼む",
    "route": "担当課へ",
}
_FIRST, _OTHER = 34, 14


def table(columns: Mapping[str, Figures]) -> list[str]:
    """The figures of one or more ways of asking (文字, 電話), side by side."""
    lines = [_line("", [*columns])]
    each = list(columns.values())
    lines.append(_line("質問の数", [str(one.questions) for one in each]))
    lines += [_line(f"正しい答えが{k}位まで (hit@{k})", [f"{one.hits[k]:.3f}" for one in each]) for k in HITS_AT]
    lines.append(_line("順位の逆数の平均 (MRR)", [f"{one.reciprocal_rank:.3f}" for one in each]))
    if any(one.with_department for one in each):
        for k in ROUTED_AT:
            label = f"正しい課が{k}位まで ({each[0].with_department}問)"
            lines.append(_line(label, [f"{one.routing[k]:.3f}" for one in each]))
    lines.append(_line("すぐに答えるか確かめる割合", [f"{one.covered:.1%}" for one in each]))
    wrong = [f"{one.wrong_answers} ({one.wrong_answers / max(1, one.questions):.1%})" for one in each]
    lines.append(_line("確かめずに間違えた", wrong))
    times = ["/".join(f"{seconds * 1000:.1f}" for seconds in one.seconds) for one in each]
    lines.append(_line("探す時間 中央値/95% (ミリ秒)", times))
    lines += ["", _line("どう応じたか (そのうち正しいもの)", [*columns])]
    for decision in DECISIONS:
        met = [one.decisions[decision] for one in each]
        lines.append(_line(WORDS[decision], [f"{count} ({right})" for count, right in met]))
    return lines


def endings_table(columns: Mapping[str, Sequence[Journey]]) -> list[str]:
    """How whole talks ended, for one or more ways of asking, side by side."""
    lines = [_line("", [*columns])]
    lines.append(_line("会話の数", [str(len(each)) for each in columns.values()]))
    for ending, words in ENDINGS.items():
        cells = [str(summary(each)[ending]) for each in columns.values()]
        lines.append(_line(("○ " if ending in REACHED else "× ") + words, cells))
    shares = [sum(one.reached for one in each) / max(1, len(each)) for each in columns.values()]
    return [*lines, _line("正しい答えか課に着いた", [f"{share:.1%}" for share in shares])]


def curve_table(figures: Figures) -> list[str]:
    """How many answers are wrong if only the surest part of the questions is answered at once."""
    lines = [_line("自信のある順に答えると", ["自信", "間違い", "答えた中で", "全体で"], 10)]
    for point in figures.curve:
        cells = [
            f"{point.confidence:.2f}",
            str(point.wrong),
            f"{point.wrong_of_answered:.1%}",
            f"{point.wrong_of_all:.1%}",
        ]
        lines.append(_line(f"{point.coverage:.0%}に答える", cells, 10))
    return lines


def misses(found: Sequence[Miss]) -> list[str]:
    """The misses, each on a few lines."""
    lines: list[str] = []
    for number, miss in enumerate(found, 1):
        lines.append(f"{number:2}. {miss.question}")
        if miss.heard:
            lines.append(f"    聞こえたまま: {miss.heard}")
        lines.append(f"    正しくは:     {miss.wanted or '(FAQ に答えがない)'}")
        place = f"、正しい答えは{miss.place}位" if miss.place else ""
        lines.append(f"    見つけたもの: {miss.found or 'なし'} ({miss.confidence:.2f}、{WORDS[miss.decision]}{place})")
    return lines


def as_data(figures: Figures) -> dict[str, JsonValue]:
    """The figures for JSON."""
    median, slow = (round(seconds * 1000, 2) for seconds in figures.seconds)
    return {
        "questions": figures.questions,
        **{f"hit@{k}": round(value, 4) for k, value in figures.hits.items()},
        "mrr": round(figures.reciprocal_rank, 4),
        "questions_with_entry": figures.with_entry,
        **{f"routing@{k}": round(value, 4) for k, value in figures.routing.items()},
        "questions_with_department": figures.with_department,
        "answered_or_confirmed": round(figures.covered, 4),
        "wrong_answers": figures.wrong_answers,
        "decisions": {name: {"count": count, "right": right} for name, (count, right) in figures.decisions.items()},
        "curve": [
            {
                "coverage": point.coverage,
                "confidence": round(point.confidence, 4),
                "wrong": point.wrong,
                "wrong_of_answered": round(point.wrong_of_answered, 4),
                "wrong_of_all": round(point.wrong_of_all, 4),
            }
            for point in figures.curve
        ],
        "search_milliseconds": {"median": median, "p95": slow},
    }


def rows(judged: Sequence[Judged]) -> list[JsonValue]:
    """Each question for JSON: what was asked, heard, wanted and found."""
    return [
        {
            "id": one.asked.name,
            "question": one.asked.text,
            "heard": [guess.text for guess in one.asked.heard],
            "wanted": dict(one.asked.entries),
            "departments": sorted(one.asked.departments),
            "found": [hit.entry for hit in one.found.hits[:5]],
            "found_departments": list(one.found.departments[:3]),
            "place": one.place,
            "department_place": one.department_place,
            "confidence": one.confidence,
            "decision": one.found.decision,
            "right": one.is_right,
        }
        for one in judged
    ]


def _line(first: str, cells: Sequence[str], width: int = _OTHER) -> str:
    return (_padded(first, _FIRST, right=False) + "".join(_padded(cell, width, right=True) for cell in cells)).rstrip()


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * max(0, width - sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text))
    return blanks + text if right else text + blanks
