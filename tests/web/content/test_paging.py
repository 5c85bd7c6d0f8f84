"""Pages of long lists."""

import pytest

from voicebot.web.staff.content.paging import place


@pytest.mark.parametrize(
    ("asked", "count", "expected"),
    [("", 0, (1, 1)), ("2", 250, (2, 3)), ("9", 250, (3, 3)), ("0", 250, (1, 3)), ("x", 100, (1, 1)),
     ("9" * 9, 101, (1, 2))],
)  # fmt: skip
def test_whatever_is_asked_for_there_is_a_page(asked: str, count: int, expected: tuple[int, int]) -> None:
    """The nearest one."""
    assert place(asked, count, 100) == expected
