"""The search of the FAQ: how long building and asking take, and what they hold in memory, for FAQs of three sizes.

Entries are みなと市's own, written over and over with other numbers in them: the index grows as a real one does.
real one does.
All times are of one core. Vectors of meaning are made for a sample and counted up; those that are asked are random.
"""

import os
import sys

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.events import Alternative
from voicebot.faq.load import Entry
from voicebot.faq.meaning import Embed, wanted
from voicebot.faq.search import FaqSearch

SIZES = (200, 2_000, 20_000)
SAMPLE, QUESTIONS, WIDTH = 100, 60, 384


def main() -> None:
    """Print one line for each size."""
    read, words, embed = bootstrap.reader(), bootstrap.words(), bootstrap.meaning()
    content = contents.load(Path("dialogs/minato"), Path("grammars"), read)
    asked = [line.strip() for line in Path("bench/questions.txt").read_text("utf-8").splitlines() if line.strip()]
    guesses = [(Alternative(text, read(text, "ja"), 1.0),) for text in asked[:QUESTIONS]]
    print(f"search by {'meaning' if embed else 'words' if words else 'sound'}, one core")
    for size in (int(each) for each in sys.argv[1:] or map(str, SIZES)):
        entries = grown(content.entries, size)
        before = resident()
        began = time.process_time()
        search = FaqSearch(entries, read, words)
        built = time.process_time() - began
        line = f"{size:>6} entries: index {built:6.1f} s"
        if embed:
            texts = wanted(entries)
            line += f", vectors {len(texts)} x {milliseconds_of(embed, texts):.0f} ms (once)"
            search = search.with_meaning(pretended(embed))
        held = resident() - before
        spent = sorted(1000 * seconds(search, each) for each in guesses)
        print(f"{line}, {held:.0f} MB; a question {statistics.median(spent):.1f} ms, longest {spent[-1]:.1f} ms")


def resident() -> float:
    """Megabytes that this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20


def grown(entries: Sequence[Entry], size: int) -> tuple[Entry, ...]:
    """So many entries, each with a number of its own after the first round."""
    found: list[Entry] = []
    for at in range(size):
        entry, again = entries[at % len(entries)], at // len(entries)
        if again:
            mark = f"(第{again}地区)"
            also = tuple(way + mark for way in entry.also)
            entry = replace(entry, question=entry.question + mark, also=also, answer=entry.answer + mark)
        found.append(entry)
    return tuple(found)


def milliseconds_of(embed: Embed, texts: Sequence[str]) -> float:
    """What one text takes, over an even sample."""
    sample = texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]
    began = time.process_time()
    embed(sample)
    return 1000 * (time.process_time() - began) / len(sample)


def pretended(embed: Embed) -> Embed:
    """Real vectors for one text at a time (a question), random ones for the many of an index."""
    chance = np.random.default_rng(0)

    def vectors(texts: Sequence[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        if len(texts) == 1:
            return embed(texts)
        found = chance.standard_normal((len(texts), WIDTH), dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    return vectors


def seconds(search: FaqSearch, guesses: tuple[Alternative, ...]) -> float:
    """Finding entries and departments for one question, everything included but its reading."""
    began = time.process_time()
    search.search(guesses, "ja")
    search.route(guesses, "ja")
    return time.process_time() - began


if __name__ == "__main__":
    main()
