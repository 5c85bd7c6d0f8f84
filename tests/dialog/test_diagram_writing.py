"""Text fits into boxes."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.dialog.diagram.writing import shortened, width, wrapped

TEXTS = st.text("あいう漢字、。」「ー abcXYZ123-", max_size=120)


def test_full_width_signs_count_two() -> None:
    """As in a monospaced line."""
    assert width("ごみa1") == 6
    assert width("ｱ") == 1
    assert width("が") == 2


@given(st.text(max_size=60), st.integers(4, 40))
def test_a_shortened_text_fits_and_tells_that_it_was_cut(text: str, columns: int) -> None:
    """What fits stays as it is."""
    short = shortened(text, columns)
    assert width(short) <= columns
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(TEXTS, st.integers(6, 40), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, columns: int, most: int) -> None:
    """The last one is cut when there is more."""
    lines = wrapped(text, columns, most)
    assert len(lines) <= most
    assert all(width(line) <= columns for line in lines)
    together = "".join(lines).replace(" ", "")
    cut = together.removesuffix("…") if together.endswith("…") else together
    assert text.replace(" ", "").startswith(cut)
    assert together.endswith("…") or together == text.replace(" ", "")


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket() -> None:
    """Nor does a number break."""
    assert wrapped("ごみの日は、月曜。", 10, 9) == ("ごみの日", "は、月曜。")
    assert wrapped("お電話は「はい」で", 10, 9) == ("お電話は", "「はい」で")
    assert wrapped("番号は0123です", 9, 9) == ("番号は", "0123です")
    assert wrapped("", 10, 3) == ()
