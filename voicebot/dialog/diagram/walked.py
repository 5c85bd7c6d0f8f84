"""How often callers took each way of the picture, from what is counted of calls: which question came after which.

Calls are counted from question to question. What lies between (announcements, branches, look-ups) asks nobody, so the
shortest way over such boxes is taken to be the one they went.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voicebot.dialog.diagram.outline import Box, Entry, Kind

SILENT = frozenset({Kind.say, Kind.branch, Kind.lookup})
"""Boxes that are passed without a reply."""
HOT, HOT_SHARE = 10, 0.05
"""The busiest boxes, at most so many, that at least this share of all calls came to."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Walked:
    """Counts for a picture."""

    ways: Mapping[Pair, int]
    """From a box to a box; from "" for the beginning of a call, to "" for an answer of the FAQ."""
    visits: Mapping[str, int]
    calls: int

    @property
    def hot(self) -> frozenset[str]:
        """The boxes that are met most."""
        least = max(1, self.calls * HOT_SHARE)
        return frozenset(name for name, count in Counter(self.visits).most_common(HOT) if count >= least)


def walked(
    boxes: Mapping[str, Box], entries: Iterable[Entry], steps: Mapping[Pair, int], answers: Mapping[Pair, int]
) -> Walked:
    """Lay what was counted over the boxes.

    Args:
        boxes: By name.
        entries: Where callers come in.
        steps: How often one question followed on another (or, from "", was the first).
        answers: How often a question was answered by a box, or by an entry of the FAQ.
    """
    ways: Counter[Pair] = Counter()
    visits: Counter[str] = Counter()
    begins = [entry.name for entry in entries]
    for (origin, target), count in [*steps.items(), *answers.items()]:
        if target not in boxes or origin == target:
            continue
        visits[target] += count
        way = _way(boxes, [("", name) for name in begins] if not origin else _exits(boxes, origin), target)
        for one, other in way:
            ways[one, other] += count
            if other != target:
                visits[other] += count
    for (origin, target), count in answers.items():
        if target not in boxes and origin in boxes:
            ways[origin, ""] += count
    return Walked(ways, visits, sum(count for (origin, _), count in steps.items() if not origin))


def _way(boxes: Mapping[str, Box], first: list[Pair], target: str) -> list[Pair]:
    """The steps of the shortest way that asks nobody; none when there is no such way."""
    came: dict[str, Pair] = {}
    waiting = deque(first)
    while waiting:
        origin, here = waiting.popleft()
        if here in came:
            continue
        came[here] = (origin, here)
        if here == target:
            break
        if here in boxes and boxes[here].kind in SILENT:
            waiting.extend(_exits(boxes, here))
    steps: list[Pair] = []
    starts = {origin for origin, _ in first}
    while target in came:
        step = came[target]
        steps.append(step)
        if step[0] in starts:
            return steps[::-1]
        target = step[0]
    return []


def _exits(boxes: Mapping[str, Box], name: str) -> list[Pair]:
    return [(name, way.target) for way in boxes[name].exits if way.target] if name in boxes else []
