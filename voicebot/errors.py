"""The whole error tree. Every message says the cure; no message holds what a caller said.

    VoicebotError(code, message)
    +-- SettingsError                a setting is missing or unsafe
    +-- ContentError                 faults in the city's files, all of a file at once
    +-- CarrierError                 the carrier or the wire to it
    |   +-- CarrierProtocolError     a message that is not the carrier's protocol
    |   +-- CarrierSignatureError    a request that the carrier did not sign
    +-- RecogniserError              speech recognition or its models
    +-- VoiceError                   speech synthesis or recorded prompts
    +-- TranscriptError              the store of calls
    +-- LibraryError                 the releases and the draft of the city's content
    |   +-- ConflictError            two people changed the same lines
    +-- BackupError                  a backup could not be made or put back
    +-- TableError                   a table (CSV, Excel) that cannot be read

Adapters wrap vendors' errors at their edge (`raise VoiceError(...) from error`).
"""

from dataclasses import dataclass


class VoicebotError(Exception):
    """Root of all errors of this house.

    Args:
        code: Stable, lower-case, dotted (`voice.timeout`); safe for logs and transcripts.
        message: One sentence for a person, with the cure.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class SettingsError(VoicebotError):
    """A setting is missing, contradictory or unsafe for production."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one of the city's files."""

    path: str
    line: int
    """From 1; 0 when the whole file is meant."""
    message: str
    """In Japanese, for city staff: the words that are wrong, and what to do."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class ContentError(VoicebotError):
    """The city's files hold faults; nothing of them is used."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("content.faulty", "\n".join(str(fault) for fault in faults))
        self.faults = faults


class CarrierError(VoicebotError):
    """The carrier, or the wire to it, did not do what was needed."""


class CarrierProtocolError(CarrierError):
    """A message on the wire that is not the carrier's protocol."""


class CarrierSignatureError(CarrierError):
    """A request that does not bear the carrier's signature."""


class RecogniserError(VoicebotError):
    """Speech recognition failed, or its model is missing or damaged."""


class VoiceError(VoicebotError):
    """A prompt could not be turned into sound."""


class TranscriptError(VoicebotError):
    """The store of calls could not be read or written."""


class TableError(VoicebotError):
    """A file is no table, or a table that cannot be read; the message is for city staff, in Japanese."""


class AccountError(VoicebotError):
    """Somebody may not sign in, or an account cannot be changed so."""


class LibraryError(VoicebotError):
    """The library of the city's content could not be read or written, or an order to it makes no sense."""


class BackupError(VoicebotError):
    """A backup could not be made, or cannot be put back."""


class ConflictError(LibraryError):
    """Two people changed the same lines of a file; nothing was kept and nothing is lost.

    Args:
        path: The file.
        mine: The text as it was to become.
        theirs: The text as it is now; None when the file is gone.
        by: Who changed it meanwhile.
    """

    def __init__(self, path: str, mine: str | None, theirs: str | None, by: str) -> None:
        message = "ほかの人が同じところを変えました。両方を見比べて、もう一度直してください。"
        super().__init__("content.conflict", message)
        self.path = path
        self.mine = mine
        self.theirs = theirs
        self.by = by
