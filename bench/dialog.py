"""What one step of the conversation costs: `python -m bench.dialog`.

CPU time of one thread in microseconds, the median of several runs, over みなと市 as it is shipped: an event in, the new
state and the orders out. The goal is 200 us for a typical utterance, so that the conversation of a hundred callers is
lost in the noise of their sound. Beside it the storing of the state after each step, and the search of the FAQ, which
runs in a pool of threads.
"""

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump
from voicebot.events import Alternative, CallStarted, DigitPressed, FaqAnswered, Heard, PromptFinished, SpeechStarted
from voicebot.faq.search import FaqSearch

GOAL_MICROSECONDS = 200.0
TYPICAL = "step: an utterance, one guess"
QUESTION = "住民票の写しがほしいんですけど"
GUESSES = (QUESTION, "十民票の移しが欲しいんですけど", "住民票のうつしが星いんだけど")
_RUNS, _CALLS = 7, 200


def run() -> list[tuple[str, float]]:
    """Each step, as (name, microseconds of CPU)."""
    read = bootstrap.reader()
    content = contents.load(Path("dialogs/minato"), Path("grammars"), read)
    dialog, search = content.dialog, FaqSearch(content.entries, read)
    begun = CallStarted("bench", None, "", "ja", datetime(2026, 11, 25, 10, tzinfo=content.city.profile.zone))
    state, _ = step(dialog, State(), begun)
    for _ in range(2):
        state, _ = step(dialog, state, PromptFinished(state.turn))
    heard = tuple(Alternative(text, read(text, "ja"), 0.8) for text in GUESSES)
    asked, _ = step(dialog, state, Heard(state.turn, heard))
    hits = search.search(heard, "ja")
    command = (Alternative("もう一度お願いします", read("もう一度お願いします", "ja"), 0.9),)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("step: a prompt has been heard", lambda: step(dialog, state, PromptFinished(state.turn))),
        ("step: the caller begins to speak", lambda: step(dialog, state, SpeechStarted(state.turn))),
        (TYPICAL, lambda: step(dialog, state, Heard(state.turn, heard[:1]))),
        ("step: an utterance, three guesses", lambda: step(dialog, state, Heard(state.turn, heard))),
        ("step: a command", lambda: step(dialog, state, Heard(state.turn, command))),
        ("step: a key", lambda: step(dialog, state, DigitPressed("5"))),
        ("step: an answer of the FAQ", lambda: step(dialog, asked, FaqAnswered(asked.turn, hits))),
        ("the state as JSON", lambda: dump(state)),
        (f"FAQ search, {len(content.entries)} entries, one guess", lambda: search.search(heard[:1], "ja")),
        (f"FAQ search, {len(content.entries)} entries, three guesses", lambda: search.search(heard, "ja")),
    ]
    return [(name, _cpu(work)) for name, work in steps]


def _cpu(work: Callable[[], object]) -> float:
    """Microseconds of this thread's CPU for one call."""
    costs = []
    for _ in range(_RUNS):
        begun = time.thread_time_ns()
        for _ in range(_CALLS):
            work()
        costs.append((time.thread_time_ns() - begun) / _CALLS / 1000)
    return statistics.median(costs)


def main() -> None:
    """Print the table."""
    results = run()
    for name, microseconds in results:
        print(f"{name:44} {microseconds:8.1f} us")
    typical = dict(results)[TYPICAL]
    verdict = "within" if typical <= GOAL_MICROSECONDS else "OVER"
    print(f"{verdict} the goal of {GOAL_MICROSECONDS:.0f} us for a typical utterance")


if __name__ == "__main__":
    main()
