"""Work behind the calls: one thing after the other, cancelled when nobody wants it, at half speed while people call."""

import threading

from house import until

from voicebot.errors import VoicebotError
from voicebot.web.staff.improving.works import Work, Works


def test_work_is_done_in_order_and_tells_how_far_it_is() -> None:
    """What is under way by a name is not begun twice."""
    works, go_on, done = Works(), threading.Event(), []

    def slow(work: Work) -> None:
        work.at(1, 2, "improve_looking")
        go_on.wait(10)
        done.append("slow")

    first = works.begin("a", slow)
    until(lambda: first.of)
    assert (first.done, first.of, first.step, first.over) == (1, 2, "improve_looking", False)
    assert works.begin("a", slow) is first
    works.begin("b", lambda work: done.append("b"))
    assert works.of("c") is None
    go_on.set()
    assert works.settled("b", 10)
    assert done == ["slow", "b"]
    assert first.over
    assert works.begin("a", lambda work: done.append("again")) is not first
    assert works.settled("a", 10)


def test_what_nobody_wants_any_more_stops() -> None:
    """Between two pieces, or before it has begun."""
    works, begun, going_on = Works(), threading.Event(), []

    def long(work: Work) -> None:
        begun.set()
        while work.at(0, 0):
            pass
        going_on.append("stopped")

    works.begin("long", long)
    works.begin("never", lambda work: going_on.append("never"))
    begun.wait(10)
    works.cancel("never")
    works.cancel("long")
    works.cancel("unknown")
    assert works.settled("long", 10)
    assert works.settled("never", 10)
    assert going_on == ["stopped"]


def test_a_failure_is_told_and_the_next_work_is_done() -> None:
    """By its code, or in general words."""
    works = Works()

    def broken(work: Work) -> None:
        raise VoicebotError("content.library", "…")

    def unforeseen(work: Work) -> None:
        raise ValueError

    codes = []
    for name, run in (("a", broken), ("b", unforeseen)):
        work = works.begin(name, run)
        assert works.settled(name, 10)
        codes.append(work.failed)
    assert codes == ["content.library", "improve.failed"]


def test_it_makes_way_while_somebody_calls() -> None:
    """It rests between two pieces as long as it has worked."""
    works, asked = Works(), []
    works.busy = lambda: bool(asked.append(1)) or True
    works.begin("a", lambda work: [work.at(n, 3) for n in range(3)] and None)
    assert works.settled("a", 10)
    assert len(asked) == 3
