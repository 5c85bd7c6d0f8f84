"""All that is kept about one telephone number: to be shown to whom it belongs, or erased at their wish.

What belongs to a number: the calls that came from it; the calls in which it was given for a call back or a text
message; the tickets and text messages themselves; and the sound of all these.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from voicebot.transcripts.calls import Call
from voicebot.transcripts.render import render_call
from voicebot.transcripts.retention import delete_files, files_of
from voicebot.transcripts.store import Store
from voicebot.transcripts.text_log import TextMessage
from voicebot.transcripts.tickets import Ticket

DIGITS = range(9, 16)
"""A whole number has so many digits, with its 0 or the country's code (ITU-T E.164)."""
_JAPAN = "81"


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is kept about a number."""

    numbers: tuple[str, ...]
    """The number as it may have been written."""
    calls: tuple[Call, ...]
    """Newest first."""
    tickets: tuple[Ticket, ...]
    texts: tuple[TextMessage, ...]
    sounds: tuple[Path, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing is kept."""
        return not (self.calls or self.tickets or self.texts or self.sounds)

    def from_elsewhere(self, call: Call) -> bool:
        """Whether the call came from another number, in which this one was given."""
        return call.caller not in self.numbers


@dataclass(frozen=True, slots=True)
class Erased:
    """What has been deleted."""

    calls: int
    tickets: int
    files: int
    stuck: int
    """Calls that are still there, because a recording of theirs could not be deleted."""


def ways_of_writing(number: str) -> tuple[str, ...]:
    """How carriers and callers write this number; empty when it is none."""
    plain = normalize("NFKC", number).strip()
    digits = re.sub(r"[^0-9]", "", plain)
    if plain.startswith("+") and digits.startswith(_JAPAN):
        digits = f"0{digits.removeprefix(_JAPAN).removeprefix('0')}"
    if len(digits) not in DIGITS:
        return ()
    if digits.startswith("0"):
        return digits, f"+{_JAPAN}{digits[1:]}", f"{_JAPAN}{digits[1:]}"
    return digits, f"+{digits}"


def belongings(store: Store, number: str, recordings: Path) -> Belongings:
    """Everything about a number.

    Raises:
        TranscriptError: the database cannot be read.
    """
    numbers = ways_of_writing(number)
    tickets = store.by_number.tickets(numbers)
    texts = store.by_number.texts(numbers)
    ids = {ticket.call_id for ticket in tickets} | {text.call_id for text in texts}
    calls = store.by_number.calls(numbers, tuple(sorted(ids)))
    sounds = {path for call in calls for path in files_of(store, call, recordings)}
    sounds |= {recordings / Path(ticket.recording).name for ticket in tickets if ticket.recording}
    return Belongings(numbers, calls, tickets, texts, tuple(sorted(path for path in sounds if path.is_file())))


def as_zip(store: Store, found: Belongings, language: str, now: datetime) -> bytes:
    """Everything in one file, to be handed over: readable texts, the same as data, and the sound.

    Raises:
        TranscriptError: the database cannot be read.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for call in found.calls:
            packed.writestr(f"calls/{call.id}.txt", render_call(call, store.records(call.id), language))
        packed.writestr("tickets.json", _json(asdict(each) for each in found.tickets))
        packed.writestr("text-messages.json", _json(asdict(each) for each in found.texts))
        packed.writestr("calls.json", _json(asdict(each) for each in found.calls))
        packed.writestr("about.json", _json([{"numbers": found.numbers, "at": now}]))
        for path in found.sounds:
            packed.write(path, f"sound/{path.name}")
    return file.getvalue()


def erase(store: Store, found: Belongings, recordings: Path) -> Erased:
    """Delete everything, files first, and what the search index still knows of it.

    Raises:
        TranscriptError: the database is out of order; what has been deleted so far stays deleted.
    """
    calls = tickets = files = stuck = 0
    for ticket in found.tickets:
        deleted = delete_files({recordings / Path(ticket.recording).name} if ticket.recording else ())
        if deleted is not None:
            files += deleted
            tickets += store.ticket_desk.erase(ticket.number)
    for call in found.calls:
        deleted = delete_files(files_of(store, call, recordings))
        if deleted is None:
            stuck += 1
        else:
            files += deleted
            calls += store.forget(call.id)
    store.compact()
    return Erased(calls, tickets, files, stuck)


def _json(rows: Iterable[object]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2, default=str)
