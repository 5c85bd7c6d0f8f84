"""Boxes are laid out in columns."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.dialog.diagram.layers import Card, Port, arrange, crossings, distances, spread

NUMBERS = st.floats(-1000, 1000, allow_nan=False)


def test_the_distance_is_the_fewest_steps_from_the_first_box() -> None:
    """Ways back and ways to nowhere do not matter; what is not reached begins anew."""
    ways = {"a": ["b", "c"], "b": ["c", "a"], "c": ["d", "nowhere"], "d": [], "x": ["y", "d"], "y": ["x"], "z": ["z"]}
    assert distances(ways) == {"a": 0, "b": 1, "c": 1, "d": 2, "x": 0, "y": 1, "z": 0}
    assert distances({}) == {}


@given(st.lists(st.tuples(NUMBERS, st.floats(1, 100)), max_size=12), st.floats(0, 50))
def test_boxes_keep_their_order_and_never_overlap(boxes: list[tuple[float, float]], gap: float) -> None:
    """Wherever they would like to stand."""
    heights = [height for _, height in boxes]
    tops = spread([top for top, _ in boxes], heights, gap)
    for number in range(len(tops) - 1):
        assert tops[number + 1] >= tops[number] + heights[number] + gap - 1e-6


@given(st.lists(st.tuples(NUMBERS, st.floats(1, 100)), min_size=2, max_size=8), st.data())
def test_no_small_change_brings_boxes_nearer_to_where_they_would_like_to_stand(
    boxes: list[tuple[float, float]], data: st.DataObject
) -> None:
    """The least sum of squares: a convex problem, so what cannot be bettered nearby cannot be bettered at all."""
    wanted, heights = [top for top, _ in boxes], [height for _, height in boxes]
    tops = spread(wanted, heights, 5)
    first = data.draw(st.integers(0, len(tops) - 1))
    last = data.draw(st.integers(first, len(tops) - 1))
    for step in (0.01, -0.01):
        moved = [top + step if first <= at <= last else top for at, top in enumerate(tops)]
        apart = all(moved[at + 1] >= moved[at] + heights[at] + 5 for at in range(len(moved) - 1))
        before = sum((top - wish) ** 2 for top, wish in zip(tops, wanted, strict=True))
        after = sum((top - wish) ** 2 for top, wish in zip(moved, wanted, strict=True))
        assert not apart or after >= before - 1e-3


def card(name: str, column: int, *targets: str) -> Card:
    """A box of one height whose ways leave one below the other."""
    return Card(name, column, 60, 10, tuple(Port(target, 20.0 + 10 * at) for at, target in enumerate(targets)))


def test_crossings_are_counted() -> None:
    """Two ways cross when they end in the other order than they begin."""
    left = [card("a", 0, "y"), card("b", 0, "x")]
    assert crossings([left, [card("x", 1), card("y", 1)]]) == 1
    assert crossings([left, [card("y", 1), card("x", 1)]]) == 0
    assert crossings([[card("a", 0, "y", "x")], [card("x", 1), card("y", 1)]]) == 1


def test_an_order_without_crossings_is_found() -> None:
    """Given in the order that has most of them."""
    cards = [card("s", 0, "a", "b", "c"), card("c", 1, "z"), card("b", 1, "y", "w"), card("a", 1, "x")]
    cards += [card(name, 2) for name in "zwyx"]
    tops = arrange(cards, 10)
    assert tops["a"] < tops["b"] < tops["c"]
    assert tops["x"] < tops["y"] < tops["w"] < tops["z"]
    # Not a tree: the sweeps have to sort the second column by what leads to it.
    cards = [card("s", 0, "a", "b"), card("a", 1, "z", "x"), card("b", 1, "y"), *(card(name, 2) for name in "xyz")]
    tops = arrange(cards, 10)
    assert tops["z"] < tops["x"] < tops["y"]


def test_a_box_stands_beside_the_way_that_leads_to_it_and_the_highest_stands_at_nought() -> None:
    """So that a lone arrow is straight."""
    tops = arrange([card("a", 0, "b"), card("b", 1)], 10)
    assert min(tops.values()) == 0
    assert abs((tops["a"] + 20) - (tops["b"] + 10)) < 1e-6
    assert arrange([], 10) == {}
