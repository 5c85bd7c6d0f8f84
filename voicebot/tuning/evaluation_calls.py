"""Questions from past calls whose right answer the caller has shown: by a yes, a choice, or by reaching a person. Pure.

What was answered without asking proves nothing, because a caller who got the wrong answer often just hangs up; such
turns are left out. What staff have said since, who listened, is the last word (`judged`).
"""

from collections.abc import Mapping, Sequence

from voicebot.actions import Action, AskFaq, Play, Transfer
from voicebot.dialog.phrases import CANDIDATES, CONFIRM
from voicebot.events import Alternative, Event, FaqAnswered, FaqHit, Heard, TransferEnded
from voicebot.transcripts.reviews import Correction
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


def judged(
    call: str, asked: Sequence[Asked], items: Sequence[Event | Action], corrections: Sequence[Correction]
) -> tuple[Asked, ...]:
    """The questions of one call with what staff have said about it: theirs count, also where the caller agreed.

    Args:
        call: The call's id, for the questions' names.
        asked: What the caller's own replies have proven (`asked_in`).
        items: The call's events and actions, in order.
        corrections: What staff say about single turns.
    """
    heard = {item.turn: item.alternatives for item in items if isinstance(item, Heard) and item.alternatives}
    found = tuple(
        Asked(
            f"{call}-turn-{each.turn}",
            each.text,
            {each.judgement.entry: 2} if each.judgement.entry else {},
            frozenset([each.judgement.department]) - {""},
            heard[each.turn],
        )
        for each in corrections
        if each.turn in heard and each.text and (each.judgement.entry or each.judgement.department)
    )
    known = {one.heard for one in found}
    return (*(one for one in asked if one.heard not in known), *found)


def _proven(
    call: str, number: int, asked: tuple[Alternative, ...], entries: Mapping[str, int], department: str
) -> Asked:
    return Asked(f"{call}-{number + 1}", asked[0].text, entries, frozenset([department]) - {""}, asked)
