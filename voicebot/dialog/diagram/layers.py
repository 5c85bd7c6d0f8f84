"""Boxes into columns from left to right: who stands in which column, in which order, and how high.

The method of Sugiyama, Tagawa and Toda (IEEE Trans. Systems, Man, and Cybernetics 11(2), 1981): edges that lead back
are taken out, columns are longest paths, long edges get a waypoint in every column they cross, and the order
in a column is that with the fewest crossings found by sweeping averages of the neighbours. Heights follow by least
squares under the order (`columns.spread`). Everything is determined by the input.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voicebot.dialog.diagram.columns import spread

SWEEPS = 12
Spot = tuple[str, int]
"""A box (its name, -1) or a waypoint (the name of the box it leads to, its column)."""


@dataclass(frozen=True, slots=True)
class Port:
    """A way out of a box: where it leads and how far below the box's top it leaves."""

    target: str
    y: float


@dataclass(frozen=True, slots=True)
class Card:
    """A box as the layout sees it."""

    name: str
    height: float
    entry: float
    """How far below the top arrows arrive."""
    ports: tuple[Port, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands."""

    columns: Mapping[str, int]
    tops: Mapping[str, float]
    routes: Mapping[tuple[str, int], tuple[float, ...]]
    """For each way out (box, number of the port): the heights at which it crosses the columns in between.
    Ways that lead back to an earlier column are not here."""
    height: float


@dataclass(slots=True)
class _Grid:
    """The boxes and waypoints of each column, in order."""

    cards: Mapping[str, Card]
    columns: dict[str, int]
    edges: list[tuple[Spot, float, Spot]] = field(default_factory=list)
    """From a spot, at a distance from its top, to a spot of the next column."""
    rows: list[list[Spot]] = field(default_factory=list)

    def height(self, spot: Spot) -> float:
        return self.cards[spot[0]].height if spot[1] < 0 else 0.0

    def entry(self, spot: Spot) -> float:
        return self.cards[spot[0]].entry if spot[1] < 0 else 0.0


def arrange(cards: Sequence[Card], gap: float) -> Plan:
    """A place for every card; the first card is the start.

    Args:
        cards: With unique names; ports may lead to cards only.
        gap: Least distance between two boxes of a column.
    """
    by_name = {card.name: card for card in cards}
    forward = _forward(by_name)
    grid = _Grid(by_name, _columns(by_name, forward))
    waypoints = _connect(grid, forward)
    _fill(grid, waypoints)
    _order(grid)
    tops = _heights(grid, gap)
    least = min(tops.values(), default=0.0)
    tops = {spot: top - least for spot, top in tops.items()}
    routes = {
        (name, number): tuple(tops[target, column] for column in range(grid.columns[name] + 1, grid.columns[target]))
        for name, number, target in forward
    }
    height = max((top + grid.height(spot) for spot, top in tops.items()), default=0.0)
    return Plan(grid.columns, {name: tops[name, -1] for name in by_name}, routes, height)


def _forward(cards: Mapping[str, Card]) -> list[tuple[str, int, str]]:
    """The edges (box, number of the port, target) without those that would close a circle (depth first)."""
    state = dict.fromkeys(cards, 0)
    edges: list[tuple[str, int, str]] = []
    for root in cards:
        path = [] if state[root] else [(root, 0)]
        while path:
            name, number = path.pop()
            state[name] = 1
            ports = cards[name].ports
            if number == len(ports):
                state[name] = 2
                continue
            path.append((name, number + 1))
            target = ports[number].target
            if state[target] != 1:
                edges.append((name, number, target))
            if not state[target]:
                path.append((target, 0))
    return edges


def _columns(cards: Mapping[str, Card], forward: Iterable[tuple[str, int, str]]) -> dict[str, int]:
    """The longest path to each box."""
    targets: dict[str, list[str]] = {name: [] for name in cards}
    arriving = dict.fromkeys(cards, 0)
    for name, _, target in forward:
        targets[name].append(target)
        arriving[target] += 1
    columns = dict.fromkeys(cards, 0)
    ready = [name for name, count in arriving.items() if not count]
    for name in ready:
        for target in targets[name]:
            columns[target] = max(columns[target], columns[name] + 1)
            arriving[target] -= 1
            if not arriving[target]:
                ready.append(target)
    return columns


def _connect(grid: _Grid, forward: Iterable[tuple[str, int, str]]) -> list[Spot]:
    """Edges from column to column; ways to the same box share their waypoints, so that they run together."""
    waypoints: dict[Spot, None] = {}
    for name, number, target in forward:
        spot: Spot = (name, -1)
        y = grid.cards[name].ports[number].y
        for column in range(grid.columns[name] + 1, grid.columns[target]):
            known = (target, column) in waypoints
            waypoints[target, column] = None
            grid.edges.append((spot, y, (target, column)))
            spot, y = (target, column), 0.0
            if known:
                break
        else:
            grid.edges.append((spot, y, (target, -1)))
    return list(waypoints)


def _fill(grid: _Grid, waypoints: list[Spot]) -> None:
    """The first order: as the boxes are met going deep, which for a tree has no crossings."""
    grid.rows = [[] for _ in range(max(grid.columns.values(), default=-1) + 1)]
    follows: dict[Spot, list[Spot]] = {}
    for source, _, target in sorted(grid.edges, key=lambda edge: edge[1]):
        follows.setdefault(source, []).append(target)
    seen: set[Spot] = set()
    for root in [(name, -1) for name in grid.cards] + waypoints:
        waiting = [root]
        while waiting:
            spot = waiting.pop()
            if spot not in seen:
                seen.add(spot)
                grid.rows[spot[1] if spot[1] >= 0 else grid.columns[spot[0]]].append(spot)
                waiting += reversed(follows.get(spot, []))


def _order(grid: _Grid) -> None:
    best, fewest = [list(row) for row in grid.rows], _crossings(grid)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        rightward = sweep % 2 == 0
        rows = grid.rows if rightward else grid.rows[::-1]
        for row in rows[1:]:
            _sort(grid, row, rightward)
        crossings = _crossings(grid)
        if crossings < fewest:
            best, fewest = [list(row) for row in grid.rows], crossings
    grid.rows = best


def _sort(grid: _Grid, row: list[Spot], rightward: bool) -> None:
    """Put a column into the order of the averages of its neighbours in the column before (or behind)."""
    at = _positions(grid)
    near: dict[Spot, list[float]] = {spot: [] for spot in row}
    for source, y, target in grid.edges:
        if rightward and target in near:
            near[target].append(at[source] + _fraction(grid, source, y))
        elif not rightward and source in near:
            near[source].append(at[target] - _fraction(grid, source, y))
    row.sort(key=lambda spot: sum(near[spot]) / len(near[spot]) if near[spot] else at[spot])


def _positions(grid: _Grid) -> dict[Spot, float]:
    return {spot: float(number) for row in grid.rows for number, spot in enumerate(row)}


def _fraction(grid: _Grid, spot: Spot, y: float) -> float:
    """Where a port stands within its box, 0 to below 1."""
    return y / (grid.height(spot) + 1.0)


def _crossings(grid: _Grid) -> int:
    at = _positions(grid)
    by_column: dict[int, list[tuple[float, float]]] = {}
    for source, y, target in grid.edges:
        column = source[1] if source[1] >= 0 else grid.columns[source[0]]
        by_column.setdefault(column, []).append((at[source] + _fraction(grid, source, y), at[target]))
    crossings = 0
    for ends in by_column.values():
        ends.sort()
        for number, (_, end) in enumerate(ends):
            crossings += sum(other < end for _, other in ends[number + 1 :])
    return crossings


def _heights(grid: _Grid, gap: float) -> dict[Spot, float]:
    tops: dict[Spot, float] = {}
    for row in grid.rows:
        tops |= zip(row, spread([0.0] * len(row), [grid.height(spot) for spot in row], gap), strict=True)
    wishes: dict[Spot, list[tuple[Spot, float]]] = {spot: [] for spot in tops}
    for source, y, target in grid.edges:
        shift = y - grid.entry(target)
        wishes[target].append((source, shift))
        wishes[source].append((target, -shift))
    for sweep in range(SWEEPS):
        for row in grid.rows if sweep % 2 == 0 else grid.rows[::-1]:
            wanted = [
                sum(tops[other] + shift for other, shift in wishes[spot]) / len(wishes[spot])
                if wishes[spot]
                else tops[spot]
                for spot in row
            ]
            tops |= zip(row, spread(wanted, [grid.height(spot) for spot in row], gap), strict=True)
    return tops
