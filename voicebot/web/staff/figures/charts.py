"""Pictures as plain geometry for SVG: what is drawn stands in a table beside it too. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 960.0, 240.0
LEFT, BOTTOM, TOP = 52.0, 26.0, 12.0
MOST_LABELS = 12
SHADES = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, with its class and what it means."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A text at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars or lines with their axes."""

    boxes: tuple[Box, ...]
    across: tuple[Mark, ...]
    """Below the bars."""
    up: tuple[Mark, ...]
    """Beside them, with a line each."""
    lines: tuple[tuple[str, str], ...] = ()
    """Class and points."""


def stacked(names: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]]) -> Chart:
    """Bars of parts on one another; `names` are the classes of the parts."""
    most = nice(max((sum(parts) for _, parts in rows), default=0))
    step = (WIDTH - LEFT) / max(1, len(rows))
    boxes = []
    for number, (label, parts) in enumerate(rows):
        y = HEIGHT - BOTTOM
        for name, part in zip(names, parts, strict=True):
            height = (HEIGHT - BOTTOM - TOP) * part / most
            if part:
                y -= height
                x = LEFT + number * step + step * 0.1
                boxes.append(Box(_r(x), _r(y), _r(step * 0.8), _r(height), name, f"{label} {part:g}"))
    return Chart(tuple(boxes), _labels([label for label, _ in rows], step), _scale(most, 1.0, ""))


def lines(named: Sequence[tuple[str, Sequence[float | None]]], labels: Sequence[str]) -> Chart:
    """Shares (0 to 1) as lines over the same places; a value that is not there leaves a gap."""
    step = (WIDTH - LEFT) / max(1, len(labels))
    highest = nice(100 * max((value for _, values in named for value in values if value is not None), default=0)) / 100
    drawn: list[tuple[str, str]] = []
    boxes = []
    for name, values in named:
        points: list[str] = []
        for number, value in enumerate(values):
            if value is None:
                drawn += [(name, " ".join(points))] if points else []
                points = []
                continue
            x = LEFT + (number + 0.5) * step
            y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest
            points.append(f"{_r(x)},{_r(y)}")
            boxes.append(Box(_r(x - 4), _r(y - 4), 8, 8, name, f"{labels[number]} {value:.1%}"))
        drawn += [(name, " ".join(points))] if points else []
    return Chart(tuple(boxes), _labels(labels, step), _scale(highest, 100.0, "%"), tuple(drawn))


def shade(value: float, most: float) -> int:
    """From 0 for nothing to `SHADES` for the most."""
    return 0 if not value or not most else max(1, round(SHADES * value / most))


def nice(most: float) -> float:
    """A round number that is no smaller; of the form 1, 2 or 5 and zeros."""
    size = 1.0
    while size < most:
        for factor in (2.0, 5.0, 10.0):
            if size * factor >= most:
                return size * factor
        size *= 10
    return size


def _scale(most: float, times: float, sign: str) -> tuple[Mark, ...]:
    marks = []
    for part in range(5):
        y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * part / 4
        value = most * times * part / 4
        if sign or value == int(value):
            marks.append(Mark(LEFT, _r(y), f"{value:g}{sign}"))
    return tuple(marks)


def _labels(labels: Sequence[str], step: float) -> tuple[Mark, ...]:
    every = -(-len(labels) // MOST_LABELS) or 1
    return tuple(
        Mark(_r(LEFT + (number + 0.5) * step), HEIGHT - 6, label)
        for number, label in enumerate(labels)
        if number % every == 0
    )


def _r(number: float) -> float:
    return round(number, 1)
