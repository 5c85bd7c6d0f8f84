"""Questions from past calls whose right answer the caller has shown: by a yes, a choice, or by reaching a person. Pure.

What was answered without asking proves nothing, because a caller who got the wrong answer often just hangs up; such
turns are left out. What staff have corrected since is laid over it (`corrected`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from voicebot.actions import Action, AskFaq, Play, Transfer
from voicebot.dialog.phrases import CANDIDATES, CONFIRM
from voicebot.events import Alternative, Event, FaqAnswered, FaqHit, TransferEnded
from voicebot.tuning.evaluation import Asked


def asked_in(call: str, items: Sequence[Event | Action]) -> tuple[Asked, ...]:
    """The questions of one call that the caller's own reply has proven.

    Args:
        call: The call's id, for the questions' names.
        items: The call's events and actions, in order.
    """
    found: list[Asked] = []
    asked: tuple[Alternative, ...] = ()
    hits: tuple[FaqHit, ...] = ()
    offered = False
    going = ""
    for item in items:
        match item:
            case AskFaq():
                asked, hits, offered = item.alternatives, (), False
            case FaqAnswered():
                hits = item.hits
            case Play(node=node) if node in (CONFIRM, CANDIDATES):
                offered = True
            case Play(answers=entry) if entry:
                hit = next((one for one in hits if one.entry == entry), None)
                if asked and hit and offered:
                    found.append(_proven(call, len(found), asked, {entry: 2}, hit.department))
                asked, hits = (), ()
            case Transfer(department=department):
                going = department
            case TransferEnded(outcome="connected") if asked and going:
                found.append(_proven(call, len(found), asked, {}, going))
                asked = ()
    return tuple(found)


def corrected(asked: Sequence[Asked], right: Mapping[str, str], departments: Mapping[str, str]) -> tuple[Asked, ...]:
    """With what staff know better: by the text that was heard, the right entry.

    Args:
        asked: Questions from calls.
        right: The right entry by question.
        departments: The department by entry.
    """
    return tuple(
        replace(one, entries={right[one.text]: 2}, departments=frozenset([departments.get(right[one.text], "")]) - {""})
        if one.text in right
        else one
        for one in asked
    )


def _proven(
    call: str, number: int, asked: tuple[Alternative, ...], entries: Mapping[str, int], department: str
) -> Asked:
    return Asked(f"{call}-{number + 1}", asked[0].text, entries, frozenset([department]) - {""}, asked)
