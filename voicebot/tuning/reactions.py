"""What the bot would do now with something a caller said at a certain place of the conversation. Pure.

Takes the caller to that place without a telephone and says the words once.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from voicebot.dialog.phrases import CANDIDATES, CONFIRM
from voicebot.dialog.tree import AskNode, Dialog, ToAnswer, ToNode, ToPerson
from voicebot.dialog.walking import enter
from voicebot.errors import VoicebotError
from voicebot.events import Alternative
from voicebot.ports import Answers, CityDesk, Reader
from voicebot.tuning.talk import Reply, Talk

Deed = Literal["answer", "confirm", "offer", "connect", "ask_department", "node", "again"]
"""Answers; asks whether one entry was meant; offers a few; connects; asks whether a department was meant; goes on in
the tree; asks to say it again."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the bot does."""

    deed: Deed
    entries: tuple[str, ...] = ()
    """The entries that it answers with, or names."""
    department: str = ""
    """The department that it connects with, or names."""
    node: str = ""
    """The place of the tree that it goes to."""
    confidence: float = 0.0
    """How sure the search is of its best entry."""

    def serves(self, entry: str, department: str) -> bool:
        """Whether this leads to what is right, as far as that is known: the entry, or only the department."""
        if entry:
            return entry in self.entries
        return bool(department) and department == self.department

    @property
    def understood(self) -> bool:
        """Whether the bot does anything but ask again."""
        return self.deed != "again"


@dataclass(frozen=True, slots=True)
class Line:
    """A city that answers the telephone at one moment."""

    dialog: Dialog
    answers: Answers
    desk: CityDesk
    reader: Reader
    now: datetime

    def react(self, guesses: tuple[Alternative, ...], node: str = "", language: str = "ja") -> Reaction:
        """What it does with these words.

        Args:
            guesses: The recogniser's, best first.
            node: The question that they answer; anything that is no question of the tree stands for the start.
            language: Of the call.

        Raises:
            VoicebotError: the dialog talks to itself without end.
        """
        talk = Talk(self.dialog, self.answers, self.desk, self.reader, self.now)
        talk.begin(language)
        if isinstance(self.dialog.nodes.get(node), AskNode):
            state, _ = enter(self.dialog, talk.state, node)
            talk.state = replace(state, phase="asking", spoken=True)
        read = tuple(
            guess if guess.reading else replace(guess, reading=self.reader(guess.text, language)) for guess in guesses
        )
        before = talk.state.rung
        try:
            reply = talk.hear(read)
        except VoicebotError:
            return Reaction("again")
        return _reaction(talk, reply, before)


def _reaction(talk: Talk, reply: Reply, rung: int) -> Reaction:
    sure = reply.hits[0].confidence if reply.hits else 0.0
    question = talk.state.question
    if reply.dialled:
        return Reaction("connect", department=reply.dialled[0], confidence=sure)
    if reply.answers:
        return Reaction("answer", tuple(reply.answers), _owner(reply, reply.answers), talk.state.node, sure)
    if question is not None and question.name in (CONFIRM, CANDIDATES):
        targets = [option.target for option in question.options]
        entries = tuple(target.hit.entry for target in targets if isinstance(target, ToAnswer))
        if entries:
            deed: Deed = "confirm" if question.name == CONFIRM else "offer"
            return Reaction(deed, entries, _owner(reply, entries), confidence=sure)
        for target in targets:
            if isinstance(target, ToPerson):
                return Reaction("ask_department", department=target.department, confidence=sure)
            if isinstance(target, ToNode):
                return Reaction("node", node=target.node, confidence=sure)
    if talk.state.rung > rung:
        return Reaction("again", confidence=sure)
    return Reaction("node", node=talk.state.node, department=talk.state.wanted, confidence=sure)


def _owner(reply: Reply, entries: Collection[str]) -> str:
    return next((hit.department for hit in reply.hits if hit.entry in entries), "")
