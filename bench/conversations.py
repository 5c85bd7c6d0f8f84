"""Conversations of invented residents with a city's own dialog, as records with believable times; nothing is spoken.

The machine, the FAQ and the city are real (`tuning.talk`); the residents are drawn by a seeded generator, so the same
seed gives the same conversations. What they said and what "was heard" may differ: `Conversation.truths` knows.
"""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from voicebot.actions import Expect, Play
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.dialog.machine import step
from voicebot.events import (
    Alternative,
    CallEnded,
    DigitPressed,
    Event,
    Heard,
    MessageRecorded,
    Outcome,
    PromptFinished,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.faq.search import FaqSearch
from voicebot.ports import Reader
from voicebot.transcripts.codec import Entry, Item
from voicebot.tuning.talk import Reply, Talk

MOST_ACTS = 22
LONGEST_SECONDS = 600.0
SYLLABLES_A_SECOND = 7.0
END_SILENCE = 0.7
SAID_AT_FORMS = {
    "phone": "090の0000の1234です",
    "name": "佐藤です",
    "date": "あした",
    "time": "午前中です",
    "district": "本町です",
    "number": "ふたつ",
    "free": "書類のことで聞きたいことがあります",
}
CONFUSED = (
    "なにこれ",
    "よくわからないんですけど",
    "もしもし",
    "うちのことじゃなくて",
    "隣の人の話なんですが",
    "あのう",
)
FAREWELLS = ("いいえ、ありがとうございました", "終わりです", "もう結構です")
PERSON = ("職員につないでください", "人と話したいんですが", "オペレーターをお願いします")
REFUSALS: tuple[Outcome, ...] = ("connected", "connected", "connected", "no_answer", "busy", "declined", "caller_gone")
MISHEARD = str.maketrans("市住民票保険金料所間日会", "誌従眠表保健近量署感火回")


@dataclass(frozen=True, slots=True)
class Conversation:
    """One call as it would stand in a record."""

    entries: tuple[Entry, ...]
    truths: dict[int, str]
    """By turn, what the resident really said where something else was heard."""
    language: str
    by_night: bool


class NotedTalk(Talk):
    """A talk that notes every event and action with the second at which it would be.

    Args:
        content: The city.
        answers: Its FAQ.
        reader: Readings.
        now: When.
        chance: What is left to chance.
    """

    def __init__(
        self, content: Content, answers: FaqSearch, reader: Reader, now: datetime, chance: random.Random
    ) -> None:
        outcomes = tuple(chance.choice(REFUSALS) for _ in range(4))
        super().__init__(content.dialog, answers, Desk(content.city), reader, now, outcomes)
        self.chance = chance
        self.seconds = 0.0
        self.entries: list[Entry] = []
        self.truths: dict[int, str] = {}
        self._spoken = 0.0

    def utter(self, text: str) -> Reply:
        """The resident says this, and perhaps something else is heard."""
        heard = text.translate(MISHEARD) if self.chance.random() < 0.15 else text
        if heard != text:
            self.truths[self.state.turn] = text
        sure = min(0.99, max(0.05, self.chance.gauss(0.84, 0.1) - (0.25 if heard != text else 0.0)))
        guesses = (Alternative(heard, self._reader(heard, self.state.language), round(sure, 3)),)
        lengths = {"speech_seconds": round(0.3 + len(text) / SYLLABLES_A_SECOND, 2), "decode_seconds": self._decode()}
        return self._run(SpeechStarted(self.state.turn), Heard(self.state.turn, guesses, **lengths))

    def hang_up(self) -> None:
        """The resident has gone."""
        self.seconds += self.chance.uniform(0.5, 4.0)
        self._run(CallEnded("caller"))

    def _decode(self) -> float:
        return round(max(0.05, self.chance.lognormvariate(-1.1, 0.5)), 3)

    def _run(self, *events: Event) -> Reply:
        reply = Reply()
        waiting: deque[Event] = deque(events)
        while waiting:
            event = waiting.popleft()
            self.seconds += self._lasts(event)
            self._note(event)
            self.state, actions = step(self._dialog, self.state, event)
            for action in actions:
                self._note(action)
                waiting.extend(self._answer(action, reply))
        return reply

    def _note(self, item: Item) -> None:
        if isinstance(item, Play):
            self._spoken = sum(len(prompt.text) for prompt in item.prompts) / SYLLABLES_A_SECOND
        self.entries.append(Entry(len(self.entries) + 1, round(self.seconds, 3), _lean(item)))

    def _lasts(self, event: Event) -> float:
        """Seconds from the event before to this one."""
        match event:
            case PromptFinished():
                return self._spoken
            case SpeechStarted():
                return self.chance.uniform(0.3, 2.0)
            case Heard():
                return event.speech_seconds + END_SILENCE + event.decode_seconds
            case DigitPressed():
                return self.chance.uniform(0.6, 2.5)
            case TimedOut():
                return 6.0
            case MessageRecorded():
                return event.seconds + 3.0
            case TransferEnded():
                return self.chance.uniform(90, 400) if event.outcome == "connected" else 25.0
        return 0.02


def conversations(content: Content, reader: Reader, seed: int, number: int) -> Iterator[Conversation]:
    """So many conversations, two of three by day."""
    answers = FaqSearch(content.entries, reader)
    chance = random.Random(seed)  # noqa: S311
    zone = content.city.profile.zone
    for at in range(number):
        by_night = at % 3 == 2
        now = datetime(2026, 11, 25, 21 if by_night else 10, tzinfo=zone)
        language = "ja" if chance.random() < 0.95 else chance.choice(content.city.profile.languages)
        yield _conversation(NotedTalk(content, answers, reader, now, chance), content, language, by_night)


def _conversation(talk: NotedTalk, content: Content, language: str, by_night: bool) -> Conversation:
    reply, wishes = talk.begin(language), talk.chance.randint(2, 6)
    for act in range(MOST_ACTS):
        if talk.state.phase == "ended" or reply.ended or talk.seconds > LONGEST_SECONDS:
            break
        if act > 1 and talk.chance.random() < 0.03:
            break
        reply = _act(talk, content, wishes if not reply.answers else (wishes := wishes - 1))
    if not any(isinstance(entry.item, CallEnded) for entry in talk.entries):
        talk.hang_up()
    return Conversation(tuple(talk.entries), talk.truths, talk.state.language, by_night)


def _act(talk: NotedTalk, content: Content, wishes: int) -> Reply:
    """What the resident does now."""
    state, chance = talk.state, talk.chance
    if state.phase == "recording":
        return talk.leave_message() if chance.random() < 0.8 else talk.silence()
    roll = chance.random()
    if roll < 0.05:
        return talk.silence()
    if roll < 0.08:
        return talk.noise()
    if roll < 0.12:
        return talk.utter(chance.choice(CONFUSED))
    if roll < 0.15:
        return talk.utter(chance.choice(PERSON))
    if state.form is not None and roll < 0.9:
        slot = next((each for each in state.form.slots if each.name not in state.values), None)
        return talk.utter(SAID_AT_FORMS.get(getattr(slot, "kind", ""), "はい"))
    if wishes <= 0:
        return talk.utter(chance.choice(FAREWELLS))
    options = [option for option in (state.question.options if state.question else ()) if option.key or option.phrases]
    if options and (roll < 0.4 or not (state.question and state.question.open)):
        option = chance.choice(options)
        if option.key and (roll < 0.7 or not option.phrases):
            return talk.press(option.key)
        return talk.utter(chance.choice(option.phrases).text)
    return talk.utter(_asked(content, chance))


def _asked(content: Content, chance: random.Random) -> str:
    """A question of the FAQ, some far more often than others (as one over its rank)."""
    ranks = range(1, len(content.entries) + 1)
    entry = chance.choices(content.entries, [1 / rank for rank in ranks])[0]
    words = chance.choice((entry.question, *entry.also))
    return chance.choice(("", "", "えーと、", "すみません、", "あのー、")) + words


def _lean(item: Item) -> Item:
    """Without the vocabulary, which every real record repeats by the kilobyte."""
    if isinstance(item, Expect) and len(item.grammar.phrases) > 3:
        return replace(item, grammar=replace(item.grammar, phrases=item.grammar.phrases[:3]))
    return item
