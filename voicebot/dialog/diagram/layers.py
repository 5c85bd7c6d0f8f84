"""Boxes into columns from left to right: who stands in which column, in which order, and how high.

A box's column is its distance from the start, so every arrow leads to the next column, and ways that do not are left
to be named. The order in a column is that with the fewest crossings found by sweeping the averages of the neighbours
(Sugiyama, Tagawa and Toda, IEEE Trans. Systems, Man, and Cybernetics 11(2), 1981); heights follow by least squares
under that order. Everything is determined by the input.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Port:
    """A way out of a box that is drawn: where it leads and how far below the box's top it leaves."""

    target: str
    y: float


@dataclass(frozen=True, slots=True)
class Card:
    """A box as the layout sees it."""

    name: str
    column: int
    height: float
    entry: float
    """How far below the top arrows arrive."""
    ports: tuple[Port, ...] = ()
    """To boxes of the next column, from top to bottom."""


Rows = list[list[Card]]
"""The cards of each column, from top to bottom."""


def distances(ways: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Of every box from the first one, in ways; boxes that it does not lead to begin anew at 0.

    Args:
        ways: The boxes and where each leads; names that are not boxes are passed over.
    """
    led_to = {target for name, targets in ways.items() for target in targets if target != name}
    first = next(iter(ways), "")
    roots = [first, *(name for name in ways if name not in led_to), *ways] if ways else []
    found: dict[str, int] = {}
    for root in roots:
        waiting = [] if root in found else [root]
        found.setdefault(root, 0)
        for name in waiting:
            for target in ways[name]:
                if target in ways and target not in found:
                    found[target] = found[name] + 1
                    waiting.append(target)
    return found


def arrange(cards: Sequence[Card], gap: float) -> dict[str, float]:
    """How far each card's top is below the highest one.

    Args:
        cards: With unique names, those first that shall stand first.
        gap: Least distance between two cards of a column.
    """
    tops = _heights(_ordered(_first_order(cards)), gap)
    least = min(tops.values(), default=0.0)
    return {name: top - least for name, top in tops.items()}


def spread(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Tops in the given order, at least `gap` apart, with the least sum of squared distances from the wanted tops.

    Isotonic regression by pooling adjacent violators (Barlow, Bartholomew, Bremner and Brunk, 1972): with the room
    above each box taken off, tops need only not fall.
    """
    above = 0.0
    offsets: list[float] = []
    pools: list[tuple[float, int]] = []
    for top, height in zip(wanted, heights, strict=True):
        offsets.append(above)
        pools.append((top - above, 1))
        above += height + gap
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (low, many), (high, few) = pools.pop(), pools.pop()
            pools.append(((low * many + high * few) / (many + few), many + few))
    levels = [level for level, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def crossings(rows: Rows) -> int:
    """How many pairs of arrows cross."""
    count = 0
    for row, following in pairwise(rows):
        at = {card.name: number for number, card in enumerate(following)}
        ends = [at[port.target] for card in row for port in card.ports]
        count += sum(end > later for number, end in enumerate(ends) for later in ends[number + 1 :])
    return count


def _first_order(cards: Sequence[Card]) -> Rows:
    """As the boxes are met going deep, which for a tree has no crossings."""
    by_name = {card.name: card for card in cards}
    rows: Rows = [[] for _ in range(max((card.column for card in cards), default=-1) + 1)]
    seen: set[str] = set()
    for root in sorted(cards, key=lambda card: card.column):
        waiting = [root]
        while waiting:
            card = waiting.pop()
            if card.name not in seen:
                seen.add(card.name)
                rows[card.column].append(card)
                waiting += (by_name[port.target] for port in reversed(card.ports))
    return rows


def _ordered(rows: Rows) -> Rows:
    best, fewest = rows, crossings(rows)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        rows = _swept(rows, rightward=sweep % 2 == 0)
        if crossings(rows) < fewest:
            best, fewest = rows, crossings(rows)
    return best


def _swept(rows: Rows, *, rightward: bool) -> Rows:
    """Every column in the order of the averages of its neighbours in the column before it (or behind it)."""
    swept = [list(row) for row in rows]
    for column in range(1, len(rows)) if rightward else range(len(rows) - 2, -1, -1):
        near: dict[str, list[float]] = {card.name: [] for card in swept[column]}
        fixed = swept[column - 1] if rightward else swept[column + 1]
        at = {card.name: float(number) for number, card in enumerate(fixed)}
        for card in fixed if rightward else swept[column]:
            for port in card.ports:
                within = port.y / (card.height + 1)
                if rightward:
                    near[port.target].append(at[card.name] + within)
                else:
                    near[card.name].append(at[port.target] - within)
        before = {card.name: float(number) for number, card in enumerate(swept[column])}
        swept[column].sort(key=lambda card: _average(near[card.name], before[card.name]))
    return swept


def _heights(rows: Rows, gap: float) -> dict[str, float]:
    cards = {card.name: card for row in rows for card in row}
    tops: dict[str, float] = {}
    for row in rows:
        tops |= _stood(row, [0.0] * len(row), gap)
    wishes: dict[str, list[tuple[str, float]]] = {name: [] for name in cards}
    for name, card in cards.items():
        for port in card.ports:
            shift = port.y - cards[port.target].entry
            wishes[port.target].append((name, shift))
            wishes[name].append((port.target, -shift))
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [
                _average([tops[other] + shift for other, shift in wishes[card.name]], tops[card.name]) for card in row
            ]
            tops |= _stood(row, wanted, gap)
    return tops


def _stood(row: list[Card], wanted: list[float], gap: float) -> dict[str, float]:
    tops = spread(wanted, [card.height for card in row], gap)
    return {card.name: top for card, top in zip(row, tops, strict=True)}


def _average(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
