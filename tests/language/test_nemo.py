"""Written and spoken Japanese as others expect it: every case of NVIDIA's NeMo text processing (Apache-2.0), both ways.

Read from beside the repository and skipped where that is absent. The comparison undoes only our deliberate differences,
which are listed in `docs/language.md`.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from voicebot.language.dates import parse_date
from voicebot.language.figures import figures
from voicebot.language.numbers import parse_number
from voicebot.language.times import parse_time
from voicebot.language.written import spoken

CASES = Path(__file__).parents[3] / "shared" / "data" / "text-normalization" / "nemo"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="NeMo's test cases are not beside the repository")

CLEAR = (
    ("ナナガツツイタチ", "七月一日"),
    ("ツイタチ", "一日"),
    ("ナナガツ", "七月"),
    ("ナナジ", "七時"),
    ("レイジ", "零時"),
)
COUNTS = {
    "data_text_normalization": {
        "cardinal": 43, "ordinal": 64, "decimal": 15, "fraction": 18, "date": 200, "time": 202,
    },
    "data_inverse_text_normalization": {
        "cardinal": 28, "ordinal": 65, "decimal": 32, "fraction": 34, "date": 31, "time": 40,
    },
}  # fmt: skip
ALL = [(folder, kind, count) for folder, kinds in COUNTS.items() for kind, count in kinds.items()]


def cases(folder: str, kind: str) -> list[tuple[str, str]]:
    """Pairs of what is given and what is expected."""
    lines = (CASES / folder / f"test_cases_{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [(given, expected) for line in lines if "~" in line for given, expected in [line.split("~", 1)]]


def as_theirs(said: str) -> str:
    """Our wording with its deliberate differences undone."""
    for ours, theirs in CLEAR:
        said = said.replace(ours, theirs)
    return said.replace("、", "")


@pytest.mark.parametrize(("folder", "kind", "count"), ALL)
def test_every_case_agrees(folder: str, kind: str, count: int) -> None:
    """All cases of each class: the number that passes is the number that there is."""
    failing = []
    for written, expected in cases(folder, kind):
        if folder == "data_text_normalization":
            same = as_theirs(spoken(written)) == expected.replace("、", "").replace("荷", "と")
        else:
            same = figures(written) == re.sub("(?<=[0-9]),(?=[0-9]{3})", "", expected)
        if not same:
            failing.append(written)
    assert not failing
    assert len(cases(folder, kind)) == count


def test_whole_numbers_have_the_expected_value() -> None:
    """Cases that are a number and nothing else, through `parse_number`."""
    checked = 0
    for folder in COUNTS:
        for one, other in cases(folder, "cardinal"):
            if re.fullmatch("[0-9,]+", one) or re.fullmatch("[0-9,]+", other):
                assert parse_number(one) == parse_number(other)
                assert parse_number(one) is not None
                checked += 1
    assert checked == 49


def test_whole_dates_and_times_have_the_expected_value() -> None:
    """Cases that are one day or one time of a clock, through `parse_date` and `parse_time`."""
    from_figures = dict(cases("data_text_normalization", "date")) | dict(cases("data_text_normalization", "time"))
    days = [
        written for written in from_figures if re.fullmatch("(西暦)?[12][0-9]{3}年[0-9]+月[0-9]+日(\\(.\\))?", written)
    ]
    times = [written for written in from_figures if re.fullmatch("(午前|午後)?[0-9]+時([0-9]+分|半)?", written)]
    for written in days:
        one, other = (parse_date(said, date(2026, 11, 22)) for said in (written, from_figures[written]))
        assert one is not None
        assert other is not None
        assert one.day == other.day
    for written in times:
        first, second = (parse_time(said) for said in (written, from_figures[written]))
        assert first is not None
        assert second is not None
        assert first.time == second.time
    assert (len(days), len(times)) == (14, 118)
