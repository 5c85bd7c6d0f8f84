"""What a city's content costs before it may be used: `python -m bench.content`.

Wall time and CPU time in seconds of みなと市 as it is shipped, in processes of their own, as `voicebot check` and a
start do it: cold, with nothing remembered in memory. Goals: loading and checking the whole city at most 2 s, all golden
talks at most 10 s. Starting Python and importing the house come before and are shown beside it.
"""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

GOALS = {"load": 2.0, "load and check": 2.0, "golden talks": 10.0}
_RUNS = 3
_CITY, _GRAMMARS = Path("dialogs/minato"), Path("grammars")


def measured() -> dict[str, tuple[float, float]]:
    """One run in this process: wall and CPU seconds by name."""
    steps: dict[str, tuple[float, float]] = {}

    def step(name: str, begun: tuple[float, float]) -> tuple[float, float]:
        now = time.perf_counter(), time.process_time()
        steps[name] = now[0] - begun[0], now[1] - begun[1]
        return now

    begun = time.perf_counter(), time.process_time()
    # Imported here: what the imports cost is one of the measurements.
    from voicebot import bootstrap
    from voicebot import content as contents
    from voicebot.checking.survey import survey
    from voicebot.examination import held
    from voicebot.settings import Settings
    from voicebot.tuning import golden

    read = bootstrap.reader()
    loading = step("imports", begun)
    files = contents.read_folder(_CITY, _GRAMMARS)
    content = contents.load_files(files, read)
    step("load", loading)
    house = bootstrap.house(Settings(), read)
    survey(content, contents.documents_of(files), date(2026, 11, 24), house)
    checked = step("load and check", loading)
    answers = bootstrap.searching(Settings(), wait=True)(content, read)
    searching = step("build the search of the FAQ", checked)
    talks = golden.load(contents.talks_of(files), tuple(content.dialog.departments))

    def pretending(facts: tuple[tuple[str, str], ...]) -> contents.Content:
        return contents.load_files(files, read, dict(facts))

    untrue = list(held(talks, content, answers, read, pretending))
    step("golden talks", searching)
    print(f"{len(talks)} talks, {len(untrue)} not as they must go", file=sys.stderr)
    return steps


def run() -> list[tuple[str, float, float]]:
    """Each step as (name, wall, CPU): the quickest of several runs, for other work on the machine only adds."""
    runs = []
    for _ in range(_RUNS):
        done = subprocess.run([sys.executable, "-m", "bench.content", "once"], check=True, capture_output=True)
        runs.append({name: (wall, cpu) for name, (wall, cpu) in json.loads(done.stdout).items()})
    return [(name, min(each[name][0] for each in runs), min(each[name][1] for each in runs)) for name in runs[0]]


def main() -> None:
    """Print the table."""
    if sys.argv[1:] == ["once"]:
        print(json.dumps(measured()))
        return
    print(f"{'':30} {'wall s':>8} {'CPU s':>8}")
    for name, wall, cpu in run():
        goal = GOALS.get(name)
        # One thread works: on a machine with nothing else to do the wall shows what the CPU shows here.
        verdict = "" if goal is None else f"   {'within' if cpu <= goal else 'OVER'} the goal of {goal:.0f} s"
        print(f"{name:30} {wall:8.2f} {cpu:8.2f}{verdict}")


if __name__ == "__main__":
    main()
