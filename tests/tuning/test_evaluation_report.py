"""Figures become tables that fit a terminal, and data for JSON."""

import json
from unicodedata import east_asian_width

from voicebot.events import Alternative, FaqHit
from voicebot.tuning import evaluation_report as report
from voicebot.tuning.evaluation import Asked, Found, figures, judge, worst
from voicebot.tuning.evaluation_talks import Journey

HEARD = (Alternative("重民票", "ジューミンヒョー", 0.8),)
ASKED = Asked("1", "住民票がほしい", {"住民票の写し": 2}, frozenset({"市民課"}), HEARD)
HIT = FaqHit("ごみの日", "ごみの日", "月曜です。", "環境課", 0.91)
JUDGED = [judge(ASKED, Found((HIT,), "answer", ("環境課", "市民課"), 0.004))]


def test_the_figures_stand_side_by_side() -> None:
    """One column for each way of asking; every line ends at the same place or before."""
    lines = report.table({"文字": figures(JUDGED), "電話": figures([])})
    text = "\n".join(lines)
    assert "hit@10" in text
    assert "正しい課が3位まで (1問)" in text
    assert "1 (100.0%)" in text
    assert "4.0/4.0" in text
    widths = {sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines if line}
    assert max(widths) <= 80


def test_the_curve_is_a_small_table() -> None:
    """Coverage, confidence, wrong answers."""
    lines = report.curve_table(figures(JUDGED))
    assert lines[-1].split() == ["100%に答える", "0.91", "1", "100.0%", "100.0%"]


def test_a_miss_says_what_was_heard_wanted_and_found() -> None:
    """So that a person can see why."""
    text = "\n".join(report.misses(worst(JUDGED)))
    for words in ("住民票がほしい", "重民票", "住民票の写し", "ごみの日 (0.91、すぐに答える)"):
        assert words in text


def test_everything_is_plain_data_too() -> None:
    """It survives JSON."""
    data = json.loads(json.dumps({**report.as_data(figures(JUDGED)), "rows": report.rows(JUDGED)}))
    assert (data["hit@1"], data["mrr"], data["routing@3"], data["wrong_answers"]) == (0.0, 0.0, 1.0, 1)
    assert data["rows"][0]["heard"] == ["重民票"]
    assert data["curve"][-1]["coverage"] == 1.0
    assert data["search_milliseconds"] == {"median": 4.0, "p95": 4.0}


def test_the_endings_of_talks_stand_side_by_side() -> None:
    """With the share that got there."""
    lines = report.endings_table({"文字": [Journey(ASKED, "confirmed", ()), Journey(ASKED, "wrong answer", ())]})
    assert lines[-1].endswith("50.0%")
    assert any(line.startswith("× 違う答えを話した") and line.endswith("1") for line in lines)
