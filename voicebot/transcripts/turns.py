"""Turns of a conversation, computed from its record: what was asked, heard and answered, and how fast. Pure.

There is one truth, the record; everything here can be computed again from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from voicebot.actions import Expect, LookUp, Missed, Play
from voicebot.events import Alternative, DigitPressed, FaqAnswered, FaqHit, Heard, TimedOut
from voicebot.transcripts.codec import Entry


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn: the bot speaks, the caller replies.

    `started_seconds` and `ended_seconds` count from the start of the call; the other seconds are durations.
    """

    turn: int
    asked: str
    """What the bot said in this turn, one line for each time it began to speak."""
    node: str
    """The node that spoke; without one the name of the recorded prompt."""
    heard_text: str
    heard_reading: str
    confidence: float | None
    nbest: tuple[Alternative, ...]
    keys: str
    """Keys pressed while this turn was the last one begun."""
    answered_entry: str
    """What answered the caller's reply to this turn: a FAQ entry or an answer node; empty when nothing did."""
    score: float | None
    """The FAQ search's confidence in that entry, or in its best candidate when none was given."""
    started_seconds: float
    ended_seconds: float
    speech_seconds: float | None
    decode_seconds: float | None
    answer_delay_seconds: float | None
    """From the end of the caller's speech to the next order to speak: the end silence of the grammar, the decoding and
    the thinking. The time a voice needs to begin is not in the record, so this is a lower bound for a new sentence."""
    missed: Missed = ""
    """Why the bot had to ask once more after this turn; empty when the reply was of use."""


def turns_of(entries: Iterable[Entry]) -> list[TurnRow]:
    """The turns in the order of their beginning."""
    drafts: dict[int, _Draft] = {}
    asker: _Draft | None = None
    spoke: tuple[_Draft, float] | None = None
    replied: _Draft | None = None
    current = -1
    last = 0.0
    for entry in entries:
        last = entry.seconds
        match entry.item:
            case Play(turn, prompts) as play:
                draft = drafts.setdefault(turn, _Draft(turn, last))
                _miss(play, replied or drafts.get(current))
                draft.asked.append("".join(prompt.text for prompt in prompts))
                draft.node = play.node or draft.node or next((each.name for each in prompts if each.name), "")
                answer = answer_in(play, asker.hits if asker else ())
                if answer:
                    _credit(answer, asker, spoke[0] if spoke else draft)
                if spoke is not None and spoke[0].answer_delay_seconds is None:
                    spoke[0].answer_delay_seconds = max(0.0, last - spoke[1])
                current = turn
            case Expect(turn, grammar):
                draft = drafts.setdefault(turn, _Draft(turn, last))
                draft.end_silence_seconds = grammar.end_silence_seconds
                current = turn
            case Heard(turn) as heard:
                draft = drafts.setdefault(turn, _Draft(turn, last))
                draft.hear(heard)
                replied = draft
                spoke = draft, last - heard.decode_seconds - draft.end_silence_seconds
            case DigitPressed(digit):
                draft = drafts.setdefault(current, _Draft(current, last))
                draft.keys += digit
                replied, spoke = draft, (draft, last)
            case TimedOut():
                replied = None
            case LookUp() as order:
                _miss(order, replied or drafts.get(current))
            case FaqAnswered(turn, hits):
                asker = drafts.setdefault(turn, _Draft(turn, last))
                asker.hits = hits
                asker.score = hits[0].confidence if hits else None
            case _:
                pass
    return _rows(list(drafts.values()), last)


def answer_in(play: Play, hits: tuple[FaqHit, ...]) -> str:
    """What this order to speak gives the caller as an answer: an id, or nothing.

    The order says so itself; where it does not, the text of one of the FAQ's answers in it does (an answer may be
    spoken in pieces, so a piece of at least eight characters counts).
    """
    if play.answers:
        return play.answers
    spoken = [_letters(prompt.text) for prompt in play.prompts]
    whole = "".join(spoken)
    for hit in hits:
        answer = _letters(hit.answer)
        if answer and (answer in whole or any(len(piece) >= 8 and piece in answer for piece in spoken)):
            return hit.entry
    return ""


@dataclass(slots=True)
class _Draft:
    turn: int
    started_seconds: float
    asked: list[str] = field(default_factory=list)
    node: str = ""
    heard: Heard | None = None
    keys: str = ""
    hits: tuple[FaqHit, ...] = ()
    answered_entry: str = ""
    score: float | None = None
    end_silence_seconds: float = 0.0
    answer_delay_seconds: float | None = None
    missed: Missed = ""

    def hear(self, heard: Heard) -> None:
        """The last words count; sound without words does not replace words."""
        if heard.alternatives or self.heard is None:
            self.heard = heard
            self.answer_delay_seconds = None

    def row(self, ended_seconds: float) -> TurnRow:
        best = self.heard.alternatives[0] if self.heard and self.heard.alternatives else None
        return TurnRow(
            turn=self.turn,
            asked="\n".join(self.asked),
            node=self.node,
            heard_text=best.text if best else "",
            heard_reading=best.reading if best else "",
            confidence=best.confidence if best else None,
            nbest=self.heard.alternatives if self.heard else (),
            keys=self.keys,
            answered_entry=self.answered_entry,
            score=self.score,
            started_seconds=self.started_seconds,
            ended_seconds=ended_seconds,
            speech_seconds=self.heard.speech_seconds if self.heard else None,
            decode_seconds=self.heard.decode_seconds if self.heard else None,
            answer_delay_seconds=self.answer_delay_seconds,
            missed=self.missed,
        )


def _miss(order: Play | LookUp, missed: _Draft | None) -> None:
    """Note why the caller is asked again, at the turn that was of no use."""
    if order.missed and missed is not None:
        missed.missed = order.missed


def _credit(answer: str, asker: _Draft | None, replied: _Draft) -> None:
    """Note the answer at the turn whose reply was searched for; an answer of the tree at the last reply."""
    hit = next((each for each in asker.hits if each.entry == answer), None) if asker else None
    if asker and hit:
        asker.answered_entry, asker.score = answer, hit.confidence
    else:
        replied.answered_entry = answer


def _rows(drafts: list[_Draft], last: float) -> list[TurnRow]:
    """Each turn ends where the next begins, the last one with the record."""
    nexts: list[_Draft | None] = [*drafts[1:], None]
    return [draft.row(after.started_seconds if after else last) for draft, after in zip(drafts, nexts, strict=False)]


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
