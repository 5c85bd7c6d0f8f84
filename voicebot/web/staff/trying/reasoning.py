"""Why the FAQ's search found what it found, from any search that can tell."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from voicebot.errors import VoicebotError
from voicebot.events import Alternative, FaqHit
from voicebot.faq.reasons import Reason
from voicebot.ports import Answers


@runtime_checkable
class Explains(Protocol):
    """A search that can tell its reasons."""

    def reasons(self, alternatives: Sequence[Alternative], hits: Sequence[FaqHit]) -> tuple[Reason, ...]:
        """What speaks for each hit."""


def reasons_of(answers: Answers, asked: Sequence[Alternative], hits: Sequence[FaqHit]) -> tuple[Reason, ...]:
    """What speaks for each hit; nothing where the search cannot tell. Blocks."""
    try:
        return answers.reasons(asked, hits) if isinstance(answers, Explains) else ()
    except VoicebotError:
        return ()  # a broken search has been told of already
