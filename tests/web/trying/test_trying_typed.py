"""Typed words are said when somebody listens."""

from dataclasses import dataclass, field

from voicebot.dialog.state import State
from voicebot.events import Alternative, Event, Heard, SpeechStarted
from voicebot.web.staff.trying.typed import Typed

WORDS = (Alternative("ごみ", "ゴミ", 1.0),)


@dataclass
class Talking:
    """A conversation."""

    state: State = field(default_factory=State)
    told: list[Event] = field(default_factory=list)

    def tell(self, event: Event) -> None:
        self.told.append(event)


def test_words_wait_for_the_question() -> None:
    """Not said into an announcement, nor where nobody is on the line."""
    typed, talking = Typed(), Talking(State(phase="notice", turn=2))
    assert not typed.say(WORDS, None)
    typed.deliver(talking)
    assert talking.told == []
    talking.state = State(phase="asking", turn=3)
    typed.deliver(talking)
    typed.deliver(talking)
    assert talking.told == [SpeechStarted(3), Heard(3, WORDS)]


def test_a_prompt_that_speech_cannot_interrupt_is_heard_out() -> None:
    """As with a telephone."""
    typed, talking = Typed(), Talking(State(phase="asking", turn=3))
    typed.bargein = False
    assert not typed.say(WORDS, talking)
    talking.state = State(phase="asking", turn=3, spoken=True)
    assert typed.say(WORDS, talking) is False, "one after the other"
    assert talking.told == [SpeechStarted(3), Heard(3, WORDS)]
