"""Two edits of one text become one."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.releases.merging import merged

BASE = "a\nb\nc\nd\ne\n"
lines = st.lists(st.sampled_from("abcd"), max_size=8).map(lambda each: "".join(f"{one}\n" for one in each))


def test_edits_of_different_lines_both_stay() -> None:
    """In either order."""
    mine, theirs = BASE.replace("a\n", "A\n"), BASE.replace("e\n", "E\n")
    assert merged(BASE, mine, theirs) == merged(BASE, theirs, mine) == "A\nb\nc\nd\nE\n"


def test_edits_of_the_same_line_are_a_conflict() -> None:
    """Unless they are the same edit."""
    assert merged(BASE, BASE.replace("c", "X"), BASE.replace("c", "Y")) is None
    assert merged(BASE, BASE.replace("c", "X"), BASE.replace("c", "X")) == BASE.replace("c", "X")


def test_edits_of_lines_beside_each_other_are_a_conflict() -> None:
    """They may belong together."""
    assert merged(BASE, BASE.replace("b", "B"), BASE.replace("c", "C")) is None


def test_an_edit_of_a_line_that_the_other_has_deleted_is_a_conflict() -> None:
    """An edit of a line that the other has deleted is a conflict."""
    assert merged(BASE, BASE.replace("c", "C"), BASE.replace("c\n", "")) is None


def test_what_both_put_in_at_the_same_place_stays() -> None:
    """Two new entries at the end of a list, one by each."""
    assert merged(BASE, BASE + "mine\n", BASE + "theirs\n") == BASE + "theirs\nmine\n"


@given(lines, lines)
def test_who_edits_alone_gets_their_own_text(base: str, mine: str) -> None:
    """Who edits alone gets their own text."""
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine


@given(lines, lines, lines)
def test_nothing_that_one_put_in_is_lost(base: str, mine: str, theirs: str) -> None:
    """Either it is a conflict, or each line that one side has more of than before is there as often."""
    both = merged(base, mine, theirs)
    if both is not None and mine != theirs:
        for line in set("abcd"):
            had, one, two = (text.count(line) for text in (base, mine, theirs))
            if one >= had and two >= had:
                assert both.count(line) >= max(one, two)
