"""What a caller said and the bot did not take as meant, found in the record of a call. Pure.

Two kinds: nothing was understood (the bot asked again or gave up), and what the bot offered was refused. What a form
asks for (names, numbers) is left out: it says nothing about the subjects of a city. What became of the matter later in
the same call stands beside it, because a caller who then says yes to an entry has shown what was meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from voicebot.actions import AskFaq, Expect, Play, Transfer
from voicebot.events import Alternative, DigitPressed, FaqAnswered, FaqHit, Heard, TimedOut, TransferEnded
from voicebot.transcripts.codec import Entry

TroubleKind = Literal["not_understood", "refused"]
_ASKED_AGAIN = frozenset({"no_match", "no_match_again", "rejected", "to_person"})
"""Sentences that are said to whom the bot did not understand, and to whom it offered the wrong thing."""
_OFFERS = frozenset({"確認", "候補"})
"""The bot's own questions that offer something."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that the search had in mind."""

    entry: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Trouble:
    """An utterance that was not taken as meant."""

    turn: int
    """The turn whose question it answered."""
    kind: TroubleKind
    node: str
    """Which question that was."""
    guesses: tuple[Alternative, ...]
    """What the recogniser made of it, best first; never empty."""
    named: tuple[Named, ...] = ()
    """What the search found, best first; for `refused` the caller did not mean it."""
    entry: str = ""
    """The answer that the caller got afterwards in the same matter."""
    agreed: bool = False
    """Whether the caller had said yes to that answer, or chosen it."""
    department: str = ""
    """Where the caller was connected afterwards instead."""


@dataclass(slots=True)
class _Asked:
    """An utterance whose reply is awaited."""

    heard: Heard
    node: str
    closed: bool
    searched: bool = False
    hits: tuple[FaqHit, ...] = ()

    def meant(self, answer: str) -> bool:
        """Whether the caller, who put it in other words, wanted what was offered after all."""
        return bool(self.hits) and self.hits[0].entry == answer

    def trouble(self, kind: TroubleKind) -> Trouble:
        named = tuple(Named(hit.entry, hit.confidence) for hit in self.hits[:_NAMED])
        return Trouble(self.heard.turn, kind, self.node, self.heard.alternatives, named)


def troubles_of(entries: Iterable[Entry]) -> tuple[Trouble, ...]:
    """The troubles of a call, in the order in which they were said."""
    sifter = _Sifter()
    for entry in entries:
        sifter.take(entry.item)
    return tuple(sifter.found)


class _Sifter:
    """Reads a record once, from the front."""

    def __init__(self) -> None:
        self.found: list[Trouble] = []
        self._open: list[int] = []
        """Places in `found` whose matter goes on."""
        self._node = ""
        self._closed = False
        self._pending: _Asked | None = None
        """What was said last, until the bot speaks."""
        self._offered: _Asked | None = None
        """What the present offer goes back to."""
        self._refusing = False
        self._going = ""

    def take(self, item: object) -> None:
        """The next line of the record."""
        match item:
            case Heard(alternatives=guesses) if any(guess.text for guess in guesses):
                self._refusing = self._node in _OFFERS
                self._pending = _Asked(item, self._node, self._closed)
            case DigitPressed() | TimedOut(clock="no_input"):
                self._refusing = self._node in _OFFERS
                self._pending = None
            case AskFaq() if self._pending is not None:
                self._pending.searched = True
            case FaqAnswered() if self._pending is not None:
                self._pending.hits = item.hits
            case Play():
                self._spoke(item)
            case Expect():
                self._closed = item.grammar.kind in {"choices", "yes_no"}
            case Transfer():
                self._going = item.department
            case TransferEnded(outcome="connected"):
                self._settle(department=self._going)

    def _spoke(self, play: Play) -> None:
        names = {prompt.name for prompt in play.prompts}
        said, offered, refusing = self._pending, self._offered, self._refusing
        again = bool(names & _ASKED_AGAIN)
        anew = said is not None and said.searched
        if refusing and offered is not None and (again or anew) and not offered.meant(play.answers):
            self._note(offered.trouble("refused"))
        if said is not None and again and not (refusing and not anew) and (said.searched or said.closed):
            self._note(said.trouble("not_understood"))
        if said is not None or refusing:
            self._refusing = False
            self._offered = said if said is not None and play.node in _OFFERS else None
        if play.answers:
            self._settle(entry=play.answers, agreed=refusing and not anew)
        self._pending = None
        self._node = play.node or self._node

    def _note(self, trouble: Trouble) -> None:
        self._open.append(len(self.found))
        self.found.append(trouble)

    def _settle(self, entry: str = "", department: str = "", *, agreed: bool = False) -> None:
        """The matter is over: that is where its troubles led."""
        for place in self._open:
            self.found[place] = replace(self.found[place], entry=entry, department=department, agreed=agreed)
        self._open.clear()
