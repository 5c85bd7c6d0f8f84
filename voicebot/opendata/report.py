"""What became of a list: its rows, and every row that was refused or changed, with the reason."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date

from voicebot.sheets.table import Problem

Row = Mapping[str, object]
"""A row of a file in `data/`: the keys that its model knows."""


@dataclass(slots=True)
class Taken:
    """Rows that were taken over, and problems, while a list is read."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    as_of: date | None = None
    first: dict[Hashable, int] = field(default_factory=dict)
    """The number of the row in which each thing stood first."""

    def note(self, problem: Problem) -> None:
        """Remember a problem."""
        self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Result:
    """One list, read."""

    file: str
    kind: str
    """What it lists."""
    section: str
    """Where its rows go in a file of `data/`."""
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know of the file as a whole."""
    as_of: date | None = None
    encoding: str = ""

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Rows that were not taken over."""
        return tuple(problem for problem in self.problems if problem.fatal)

    @property
    def mended(self) -> tuple[Problem, ...]:
        """Cells that were left out or put right; their rows were taken over."""
        return tuple(problem for problem in self.problems if not problem.fatal)
