"""What the carrier must be told when the stream of a call has ended."""

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from voicebot.errors import TranscriptError
from voicebot.events import Outcome


@dataclass(frozen=True, slots=True)
class Decision:
    """Made when the conversation gives the line back; read when the carrier asks what to do next."""

    kind: Literal["transfer", "hang_up", "resume"]
    """`resume`: open the stream again and go on with the stored state."""
    department: str = ""
    """Whom to connect; only for `transfer`."""
    say: str = ""
    """Spoken by the carrier first; only when our own voice is broken."""
    turn: int = 0
    """The order that is to be answered (`TransferEnded` carries it)."""
    outcome: Outcome | None = None
    """For `resume` after a transfer that failed: how it ended."""
    detail: str = ""
    """The carrier's own words for that."""
    tries: int = 0
    """For `resume`: how often the stream has been opened again without anything being decided."""
    number: str = ""
    """Ring only this telephone, unasked; only for `transfer`."""


_ADAPTER = TypeAdapter(Decision)


def dump(decision: Decision) -> str:
    """The decision as JSON."""
    return _ADAPTER.dump_json(decision).decode()


def restore(text: str) -> Decision:
    """The decision from JSON.

    Raises:
        TranscriptError: the text is not a decision; connect the caller with a person.
    """
    try:
        return _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        raise TranscriptError(
            "transcript.damaged", "The stored decision of the call cannot be read; connect the caller with a person."
        ) from error
