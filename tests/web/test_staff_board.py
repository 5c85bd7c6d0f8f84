"""The board: whoever comes back is given what has changed, each item once and in its latest form."""

import asyncio
import json
import threading

from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.staff.board import MOST_GONE, Board, Data

KEYS = ("a", "b", "c", "d")


def data(value: int) -> Data:
    """Something to show."""
    return {"value": value}


class Browser:
    """Keeps what it is told, as feed.js does."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.version = 0
        self.shown: dict[str, int] = {}
        self.told = 0

    def look(self) -> None:
        """Ask for what has changed."""
        self.version, items, anew = self.board.since(self.version)
        if anew:
            self.shown.clear()
        for item in items:
            self.told += 1
            if item.text is None:
                self.shown.pop(item.key, None)
            else:
                self.shown[item.key] = json.loads(item.text)["value"]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(KEYS), st.integers(0, 3)),
        st.tuples(st.just("remove"), st.sampled_from(KEYS), st.just(0)),
        st.tuples(st.just("look"), st.just(""), st.just(0)),
    )
)


@given(STEPS)
def test_a_browser_that_looks_now_and_then_shows_the_same_as_one_that_never_misses_anything(
    steps: list[tuple[str, str, int]],
) -> None:
    """Whatever was missed meanwhile."""
    board = Board()
    seldom, always, truth = Browser(board), Browser(board), dict[str, int]()
    for step, key, value in steps:
        if step == "put":
            board.put(key, data(value))
            truth[key] = value
        elif step == "remove":
            board.remove(key)
            truth.pop(key, None)
        else:
            seldom.look()
        always.look()
        assert always.shown == truth
    seldom.look()
    assert seldom.shown == truth


def test_what_is_shown_already_is_not_told_again() -> None:
    """So it does not matter how often the same is read from the store."""
    board = Board()
    browser = Browser(board)
    for _ in range(3):
        board.put("a", data(1))
        browser.look()
    assert browser.told == 1


def test_a_slow_browser_skips_what_is_outdated() -> None:
    """A hundred changes of one item are one item."""
    board = Board()
    browser = Browser(board)
    board.put("b", data(0))
    browser.look()
    for value in range(100):
        board.put("a", data(value))
    browser.look()
    assert browser.told == 2
    assert browser.shown == {"a": 99, "b": 0}


def test_parts_go_with_their_whole() -> None:
    """One removal is told, not one for each line of a call."""
    board = Board()
    browser = Browser(board)
    board.put("call:1", data(1))
    for number in range(50):
        board.put(f"line:1:{number}", data(number), "call:1")
    browser.look()
    board.remove("call:1")
    assert board.keys() == ()
    _, items, anew = board.since(browser.version)
    assert ([item.key for item in items], anew) == (["call:1"], False)


def test_who_has_missed_too_much_begins_anew() -> None:
    """Memory is bounded: not every removal is remembered for ever."""
    board = Board()
    browser = Browser(board)
    board.put("stays", data(1))
    board.put("goes", data(2))
    browser.look()
    board.remove("goes")
    for number in range(MOST_GONE + 1):
        board.put(f"x{number}", data(number))
        board.remove(f"x{number}")
    assert board.since(browser.version)[2]
    browser.look()
    assert browser.shown == {"stays": 1}


def test_a_version_of_another_life_begins_anew() -> None:
    """A number that is larger than ours cannot be ours."""
    board = Board()
    board.put("a", data(1))
    assert board.since(99)[2]
    assert Board().epoch != board.epoch


async def test_a_follower_wakes_at_once_whoever_changes_something() -> None:
    """Also another thread."""
    board = Board()
    with board.following() as follower:
        for change in (lambda: board.put("a", data(1)), lambda: board.remove("a"), board.refresh, board.close):
            thread = threading.Timer(0.01, change)
            thread.start()
            begun = asyncio.get_running_loop().time()
            await follower.wait(5)
            assert asyncio.get_running_loop().time() - begun < 2
        await follower.wait(0.01)
    board.put("a", data(2))
    assert board.closed


def test_a_follower_whose_loop_is_gone_does_no_harm() -> None:
    """The board is told things from threads that outlive a loop."""
    board = Board()

    async def follow() -> None:
        board.following().__enter__()

    asyncio.run(follow())
    board.put("a", data(1))
    assert board.text("a") == '{"value":1}'
    assert board.text("b") is None
