"""Whom to ring next within a department: all at once, or one after the other, until somebody takes the call.

The carrier connects whoever picks up first and stops ringing the others, be it a person or an answering machine. So
the order is kept here, round by round: after somebody who picked up and did not take the call the others are rung
again. Pure; this module must not know how a round is carried out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from voicebot.events import Outcome
from voicebot.telephony.twiml import MOST_NUMBERS

Numbers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """Telephones that were rung together, and what came of it."""

    numbers: Numbers
    outcome: Outcome
    refused: str = ""
    """The telephone that was picked up, by somebody who did not take the call; "" when none was."""
    detail: str = ""


def next_numbers(
    numbers: Numbers, past: Sequence[Round], *, in_order: bool, absent: Collection[str] = frozenset()
) -> Numbers:
    """The telephones to ring now; empty when everybody has had their chance.

    Args:
        numbers: The department's telephones.
        past: The rounds before, in order.
        in_order: One after the other; else all at once.
        absent: Telephones that need not be rung.
    """
    here = tuple(number for number in numbers if number not in absent)
    if in_order:
        rung = {number for each in past for number in each.numbers}
        return tuple(number for number in here if number not in rung)[:1]
    if past and not past[-1].refused:
        return ()
    refused = {each.refused for each in past}
    return tuple(number for number in here if number not in refused)[:MOST_NUMBERS]


def verdict(past: Sequence[Round]) -> tuple[Outcome, str]:
    """What became of all rounds together, and the detail of the one that says most; nobody there is no answer."""
    for wanted in ("declined", "busy", "no_answer", "cancelled", "failed"):
        for each in past:
            if each.outcome == wanted:
                return each.outcome, each.detail
    return "no_answer", "absent"
