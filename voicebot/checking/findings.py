"""What a check finds, worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from voicebot.errors import Fault

Level = Literal["fault", "warning", "note"]
"""A fault refuses the content; a warning is for staff to look at; a note tells what the check could not do."""
LEVELS: tuple[Level, ...] = ("fault", "warning", "note")
WORDS = {"fault": "", "warning": "注意: ", "note": "参考: "}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in one of the city's files."""

    level: Level
    rule: str
    """Which check has found it: stable, in lower case (`sounds-alike`)."""
    path: str
    line: int
    """From 1; 0 when the whole file is meant."""
    message: str
    """In Japanese, for city staff: the words that are wrong, and what to do."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {WORDS[self.level]}{self.message}"


def of_faults(faults: Iterable[Fault], rule: str) -> tuple[Finding, ...]:
    """Faults of a load, or of talks, as findings."""
    return tuple(Finding("fault", rule, fault.path, fault.line, fault.message) for fault in faults)


def warning(rule: str, fault: Fault) -> Finding:
    """Something that staff should look at, at the place of a fault."""
    return Finding("warning", rule, fault.path, fault.line, fault.message)


def note(rule: str, fault: Fault) -> Finding:
    """Something that is good to know."""
    return Finding("note", rule, fault.path, fault.line, fault.message)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Faults first, then warnings, then notes; each by file and line, and each only once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda each: (LEVELS.index(each.level), each.path, each.line)))


def summary(findings: Sequence[Finding]) -> str:
    """How many there are of each kind: 「2件の問題と、1件の注意があります。」."""
    counts = [(level, sum(each.level == level for each in findings)) for level in LEVELS]
    words = {"fault": "問題", "warning": "注意", "note": "参考"}
    parts = [f"{count}件の{words[level]}" for level, count in counts if count and level != "note"]
    return "と、".join(parts) + "があります。" if parts else ""
