"""Pictures show what the numbers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.staff.figures.charts import BOTTOM, HEIGHT, LEFT, SHADES, TOP, WIDTH, lines, nice, shade, stacked

numbers = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=60)


@given(numbers)
def test_bars_stand_on_one_another_within_the_picture_as_high_as_their_numbers(rows: list[tuple[int, int]]) -> None:
    """To a rounding."""
    chart = stacked(("a", "b"), [(str(place), row) for place, row in enumerate(rows)])
    for box in chart.boxes:
        assert box.x >= LEFT
        assert box.x + box.width <= WIDTH + 0.1
        assert box.y >= TOP - 0.2
        assert box.y + box.height <= HEIGHT - BOTTOM + 0.2
    scale = (HEIGHT - BOTTOM - TOP) / nice(max(sum(row) for row in rows))
    drawn = sum(box.height for box in chart.boxes)
    assert drawn == pytest.approx(scale * sum(map(sum, rows)), abs=0.1 * len(chart.boxes) + 0.1)
    assert len(chart.across) <= 12


def test_each_bar_says_what_it_means() -> None:
    """For who points at it."""
    (box,) = stacked(("contained",), [("11/22", (7.0,))]).boxes
    assert (box.title, box.kind) == ("11/22 7", "contained")


def test_a_line_has_a_gap_where_there_is_no_value() -> None:
    """Not a fall to nothing."""
    chart = lines([("share", [0.5, None, 0.25, 0.5])], ["1", "2", "3", "4"])
    assert [len(points.split()) for _, points in chart.lines] == [1, 2]
    assert [box.title for box in chart.boxes] == ["1 50.0%", "3 25.0%", "4 50.0%"]
    assert [mark.text for mark in chart.up][-1] == "50%"


@pytest.mark.parametrize(("most", "expected"), [(0, 1), (1, 1), (1.5, 2), (3, 5), (51, 100), (4999, 5000), (100, 100)])
def test_axes_end_at_round_numbers(most: float, expected: float) -> None:
    """No smaller than the most."""
    assert nice(most) == expected


def test_shades_go_from_nothing_to_the_most() -> None:
    """A little is never shown as nothing."""
    assert [shade(value, 100) for value in (0, 0.1, 50, 100)] == [0, 1, 4, SHADES]
    assert shade(0, 0) == 0


def test_no_rows_make_an_empty_picture() -> None:
    """Without a fault."""
    assert stacked(("a",), []).boxes == ()
    assert lines([("share", [])], []).lines == ()
