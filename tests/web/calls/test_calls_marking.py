"""Words that were looked for are to be seen."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.staff.calls.marking import Piece, marked


def test_every_place_is_marked_and_the_rest_is_as_it_was() -> None:
    """Whatever the case."""
    pieces = marked("ABCのごみとごみ", ("ごみ", "abc"))
    assert [piece.text for piece in pieces if piece.sought] == ["ABC", "ごみ", "ごみ"]
    assert "".join(piece.text for piece in pieces) == "ABCのごみとごみ"


def test_a_long_text_is_cut_to_what_lies_around() -> None:
    """So that a hit is seen in the list."""
    pieces = marked("あ" * 100 + "粗大ごみ" + "い" * 100, ("粗大ごみ",), around=5)
    assert pieces == [
        Piece("…", sought=False),
        Piece("あ" * 5, sought=False),
        Piece("粗大ごみ", sought=True),
        Piece("い" * 10 + "…", sought=False),
    ]


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    """Another turn of the call had them."""
    assert marked("税金のこと", ("ごみ",)) == [Piece("税金のこと", sought=False)]


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_nothing_is_said_twice_and_nothing_is_invented(text: str, words: list[str]) -> None:
    """What is shown stands in the text, in order."""
    shown = "".join(piece.text for piece in marked(text, words)).replace("…", "")
    assert shown.replace(" ", "") in "".join(text.split()).replace("…", "")
