"""Carrying out documents: the verbs in order, until one of them leads to another document."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from voicebot.simulator.leg import Leg
from voicebot.simulator.spoken_verbs import gather, hangup, pause, play, redirect, say
from voicebot.simulator.twiml_document import Document, Verb

AnyLeg = TypeVar("AnyLeg", bound=Leg)
Doing = Callable[[AnyLeg, Verb, Document], Awaitable[Document | None]]
"""What carries out one verb; it gives a document when control goes there."""

WHISPER_VERBS: Mapping[str, Doing[Leg]] = {
    "Say": say,
    "Play": play,
    "Pause": pause,
    "Gather": gather,
    "Redirect": redirect,
    "Hangup": hangup,
}
"""What may be carried out on a leg that was called, before it is connected."""


async def carry_out(
    leg: AnyLeg,
    document: Document | None,
    verbs: Mapping[str, Doing[AnyLeg]],
) -> None:
    """Carry out a document and those it leads to, until no verb is left.

    Args:
        leg: Whose leg.
        document: Where to begin.
        verbs: What can be carried out; other verbs are noted and passed over.

    Raises:
        Interruption: the leg ended before its document.
    """
    while document is not None:
        document = await _one_document(leg, document, verbs)


async def _one_document(
    leg: AnyLeg,
    document: Document,
    verbs: Mapping[str, Doing[AnyLeg]],
) -> Document | None:
    for verb in document.verbs:
        doing = verbs.get(verb.name)
        if doing is None:
            leg.note_verb(f"<{verb.name}> unsupported verb", {})
            continue
        following = await doing(leg, verb, document)
        if following is not None:
            return following
    return None
