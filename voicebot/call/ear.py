"""Hearing the caller: when a turn begins and when it ends.

Speech detection runs at once, on the event loop (it costs 0.3 % of a core); what was said is found out by `listening`.
A grammar that changes never disturbs an utterance under way.
"""

from collections import deque
from collections.abc import Callable

from voicebot.actions import Expect, Grammar
from voicebot.call.listening import Listening
from voicebot.call.parts import Report
from voicebot.call.windows import Window
from voicebot.events import SpeechStarted
from voicebot.recogniser.turns import Endpointer, Patience, whole

SPEECH = 0.35
"""Below this probability a window counts as part of a pause."""
GUESS_SECONDS = 0.2
"""So long a pause may be the end of the utterance: what takes long is begun then."""
WHOLE_ANSWER_SECONDS = 0.3
"""Silence that ends a turn whose words are one of the answers that were offered."""
EARLIER_SECONDS = 0.2
"""So much sooner than usual a turn ends whose words are any whole sentence: whoever has put a question waits for the
reply, and judges one after 400 to 600 ms best (IEICE HCS2015-93)."""


class Ear:
    """The caller's side of the sound. Used from the event loop only.

    Args:
        listening: Finds out what was said.
        speaking: Whether a prompt is under way.
        report: The call's inbox.
    """

    def __init__(self, listening: Listening, speaking: Callable[[], bool], report: Report) -> None:
        self._listening = listening
        self._speaking = speaking
        self._report = report
        self._endpointer = Endpointer(Patience())
        self._before: deque[Window] = deque()
        self._order: Expect | None = None
        self._turn = 0
        self._quiet = 0.0

    def expect(self, order: Expect) -> None:
        """From now on speech belongs to this turn; speech of an older turn is forgotten."""
        self._order = order
        self._endpointer.expect(_patience(order.grammar))
        self.cut()

    def ignore(self) -> None:
        """Nothing is asked: what the caller says belongs to no turn."""
        self._order = None
        self.cut()

    def push(self, window: Window) -> None:
        """Hear a piece of sound."""
        self._keep(window)
        order = self._order
        if order is None or self._listening.deaf:
            return
        playing = self._speaking()
        if playing and not order.bargein and not self._endpointer.speaking:
            self._endpointer.reset()
            return
        change = self._endpointer.push(
            window.probability, window.seconds, playing=playing, complete=whole(self._listening.partial, order.grammar)
        )
        if change == "started":
            self._begin(order)
        elif self._endpointer.speaking or change == "ended":
            self._listening.hear(window.pcm)
            self._notice_pause(window)
        if change == "ended":
            self._end()

    def cut(self) -> None:
        """An utterance under way ends here; its words are still reported, with the turn they belong to."""
        if self._endpointer.speaking:
            self._end()
        self._endpointer.reset()

    def _begin(self, order: Expect) -> None:
        self._turn = order.turn
        self._quiet = 0.0
        self._report(SpeechStarted(order.turn))
        self._listening.begin(order.grammar)
        self._listening.hear(self._utterance_so_far())

    def _end(self) -> None:
        self._listening.end(self._turn, self._endpointer.speech_seconds)

    def _notice_pause(self, window: Window) -> None:
        """A pause that may be the end is worth an early decoding; whoever speaks on makes it void."""
        if window.probability >= SPEECH:
            if self._quiet >= GUESS_SECONDS:
                self._listening.resume()
            self._quiet = 0.0
            return
        before, self._quiet = self._quiet, self._quiet + window.seconds
        if before < GUESS_SECONDS <= self._quiet:
            self._listening.pause()

    def _keep(self, window: Window) -> None:
        self._before.append(window)
        while len(self._before) * window.seconds > self._endpointer.buffer_seconds + window.seconds:
            self._before.popleft()

    def _utterance_so_far(self) -> bytes:
        """The sound that made us believe that speech began, and a little before it."""
        windows = list(self._before)
        count = round(self._endpointer.utterance_seconds / windows[-1].seconds)
        return b"".join(window.pcm for window in windows[-count:])


def _patience(grammar: Grammar) -> Patience:
    usual = grammar.end_silence_seconds
    earlier = max(WHOLE_ANSWER_SECONDS, usual - EARLIER_SECONDS) if grammar.kind == "open" else WHOLE_ANSWER_SECONDS
    return Patience(end_silence_seconds=usual, complete_silence_seconds=earlier)
