"""From a question to the right answer or the right department: whole talks with residents who know what they want.

The resident asks, and then helps no more than a resident would: says yes when the entry is the right one, no when it
is not, presses the key of the right one among those offered, and says the question once more when asked to; no resident
knows the menus, so nobody presses a way through them. What counts as reached: the right entry was spoken (at once,
after a yes, or after a choice), or the caller was connected with the right department, or what was said led into the
menu, the form or the answer of a tree that belongs to that department (and at most one other). A wrong answer given
without asking ends the talk: it is a miss, whatever would come after it. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voicebot.actions import Grammar
from voicebot.dialog.check import leads_to
from voicebot.dialog.phrases import ANYTHING_ELSE, CANDIDATES, CONFIRM
from voicebot.dialog.tree import (
    AnswerNode,
    CallbackNode,
    Dialog,
    LookupNode,
    MessageNode,
    Option,
    ToAnswer,
    ToNode,
    ToPerson,
    TransferNode,
)
from voicebot.events import Alternative
from voicebot.tuning.evaluation import Asked
from voicebot.tuning.talk import Reply, Talk

Ending = Literal["answered", "confirmed", "chosen", "menu", "transferred", "wrong answer", "wrong department", "lost"]
REACHED: frozenset[Ending] = frozenset({"answered", "confirmed", "chosen", "menu", "transferred"})
ENDINGS: Mapping[Ending, str] = {
    "answered": "すぐに答えた",
    "confirmed": "確かめてから答えた",
    "chosen": "挙げた中から選ばれた",
    "menu": "その課の案内に着いた",
    "transferred": "その課につないだ",
    "wrong answer": "違う答えを話した",
    "wrong department": "違う課につないだ",
    "lost": "着かなかった",
}
MOST_TURNS = 6
MOST_REPEATS = 2
DEEPEST = 4
"""So many nodes deep a menu is looked into for its departments."""
OWN = 2
"""A menu of so many departments is the right one's own: ごみ belongs to 環境課, and to the place where it is burnt."""
Hear = Callable[[str, Grammar | None], tuple[Alternative, ...]]
"""What the bot hears when the resident says this while it expects that."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One talk and its end."""

    asked: Asked
    ending: Ending
    lines: tuple[str, ...]
    """What the resident did and what the bot said, in order."""

    @property
    def reached(self) -> bool:
        """Whether the resident got what was wanted."""
        return self.ending in REACHED


def travel(asked: Asked, talk: Talk, dialog: Dialog, departments: Mapping[str, str], hear: Hear) -> Journey:
    """Hold one talk.

    Args:
        asked: The question, with its right entries and departments.
        talk: A conversation that has not begun.
        dialog: The city's dialog.
        departments: The department of each FAQ entry.
        hear: Turns the resident's words into the recogniser's guesses.
    """
    resident = _Resident(asked, talk, dialog, departments, hear)
    ending = resident.talk()
    return Journey(asked, ending, tuple(resident.lines))


class _Resident:
    def __init__(self, asked: Asked, talk: Talk, dialog: Dialog, departments: Mapping[str, str], hear: Hear) -> None:
        self.lines: list[str] = []
        self._asked = asked
        self._talk = talk
        self._dialog = dialog
        self._departments = departments
        self._hear = hear
        self._way: Ending = "answered"
        self._said = 0
        self._grammar: Grammar | None = None

    def talk(self) -> Ending:
        """From the first word to the end."""
        self._note(self._talk.begin())
        reply = self._ask()
        for _ in range(MOST_TURNS):
            ending = self._ending(reply)
            if ending:
                return ending
            following = self._reply()
            if following is None:
                return "lost"
            reply = following
        return self._ending(reply) or "lost"

    def _ending(self, reply: Reply) -> Ending | None:
        """How the talk has ended with this reply; None when it goes on."""
        for answer in reply.answers:
            if answer not in self._departments and self._is_home(answer):
                return "menu"
            return self._way if self._is_right(answer) else "wrong answer"
        if reply.dialled:
            # Whoever is not understood comes to the switchboard in the end: that finds nothing out.
            no_merit = {self._dialog.switchboard} if self._asked.entries else set[str]()
            right = set(reply.dialled) & self._asked.departments - no_merit
            return "transferred" if right else "wrong department"
        if self._said and self._is_home(self._talk.state.node):
            return "menu"
        if reply.message or reply.ended:
            return "lost"
        return None

    def _reply(self) -> Reply | None:
        """What a resident does now; None when there is nothing to be done."""
        question = self._talk.state.question
        if question is None or question.name == ANYTHING_ELSE:
            return None
        if question.name == CONFIRM:
            yes = self._leads_right(question.options[0])
            self._way = "confirmed" if yes and isinstance(question.options[0].target, ToAnswer) else self._way
            return self._say("はい" if yes else "いいえ、違います")
        if question.name == CANDIDATES:
            right = next((option for option in question.options if self._leads_right(option)), None)
            self._way = "chosen" if right else self._way
            return self._press(right.key if right else question.options[-1].key)
        return self._ask() if self._said < 1 + MOST_REPEATS else None

    def _is_right(self, answer: str) -> bool:
        """Whether this entry of the FAQ is what the resident wants."""
        if answer in self._departments:
            if self._asked.entries:
                return answer in self._asked.entries
            return self._departments[answer] in self._asked.departments
        return False

    def _leads_right(self, option: Option) -> bool:
        match option.target:
            case ToAnswer():
                return self._is_right(option.target.hit.entry)
            case ToPerson():
                return option.target.department in self._asked.departments
            case ToNode():
                return self._is_home(option.target.node)
        return False

    def _is_home(self, node: str) -> bool:
        """Whether this node leads to the right department, and at most to one other (and the desks that stand in)."""
        found = departments_under(self._dialog, node)
        aside = {self._dialog.duty, self._dialog.switchboard} - self._asked.departments
        return bool(found & self._asked.departments) and len(found - aside) <= OWN

    def _ask(self) -> Reply:
        self._said += 1
        return self._say(self._asked.text)

    def _say(self, words: str) -> Reply:
        guesses = self._hear(words, self._grammar)
        heard = guesses[0].text if guesses else ""
        self.lines.append(f"市民: {words}" + (f" (聞こえたまま: {heard})" if heard != words else ""))
        return self._note(self._talk.hear(guesses) if guesses else self._talk.noise())

    def _press(self, key: str) -> Reply:
        self.lines.append(f"キー: {key}")
        return self._note(self._talk.press(key))

    def _note(self, reply: Reply) -> Reply:
        self._grammar = reply.grammar
        self.lines.append(f"応答: {reply.text}")
        if reply.dialled:
            self.lines.append(f"転送: {'、'.join(reply.dialled)}")
        return reply


def departments_under(dialog: Dialog, name: str) -> frozenset[str]:
    """The departments whose answers, look-ups, forms or telephones a node leads to within a few steps."""
    found: set[str] = set()
    seen: set[str] = set()
    here = [name]
    starts = {dialog.start, *dialog.starts.values()}
    for _ in range(DEEPEST):
        following: list[str] = []
        for each in here:
            node = dialog.nodes.get(each)
            if node is None or each in seen or each in starts:
                continue
            seen.add(each)
            if isinstance(node, AnswerNode | TransferNode | LookupNode | CallbackNode | MessageNode):
                found.add(node.department)
            following += leads_to(node)
        here = following
    return frozenset(found - {""})


def summary(journeys: Sequence[Journey]) -> dict[Ending, int]:
    """How many talks ended how; every ending is there."""
    return {ending: sum(journey.ending == ending for journey in journeys) for ending in ENDINGS}
