"""What is done to calls in the course of time: they are forgotten after some days, with their sound.

Also calls whose end nobody told, because the service was killed, are closed here.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path

from voicebot.transcripts.calls import Call
from voicebot.transcripts.store import Store

_log = logging.getLogger(__name__)
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What has been deleted."""

    calls: int
    recordings: int
    kept: int
    """Calls that are still there, because a recording of theirs could not be deleted."""


def forget_older(store: Store, days: int, now: datetime, recordings: Path) -> Forgotten:
    """Delete calls that began more than `days` days ago: first their recordings, then their rows.

    A ticket that is not done stays, with its message, until it has been done for as long.

    In this order no recording can be left behind without the row that tells of it. Only files directly in
    `recordings` are deleted. What the database deletes is overwritten on the disk.

    Raises:
        TranscriptError: the database is out of order; what has been deleted so far stays deleted.
    """
    until = now - timedelta(days=days)
    forgotten = files = 0
    kept: set[str] = set()
    while page := [call for call in store.calls(until=until, limit=_PAGE + len(kept)) if call.id not in kept]:
        for call in page:
            deleted = _delete_files(_files_of(store, call, recordings))
            if deleted is None:
                kept.add(call.id)
            else:
                files += deleted
                forgotten += store.forget(call.id)
    for ticket in store.ticket_desk.left_over(until):
        deleted = _delete_files({recordings / Path(ticket.recording).name} if ticket.recording else ())
        if deleted is not None:
            files += deleted
            store.ticket_desk.forget(ticket.number)
    if forgotten:
        store.compact()
    return Forgotten(forgotten, files, len(kept))


def end_lost_calls(store: Store, now: datetime, age: timedelta) -> int:
    """End calls that began longer than `age` ago and whose end nobody has told; how many.

    They end with their last entry and count as an error, unless their record says otherwise.
    """
    lost = store.calls(until=now - age, limit=-1, open_only=True)
    for call in lost:
        entries = store.records(call.id)
        last = entries[-1].seconds if entries else 0.0
        store.end_call(call.id, call.started_at + timedelta(seconds=last), "error")
    return len(lost)


def _files_of(store: Store, call: Call, folder: Path) -> set[Path]:
    """What the rows name, and what bears the call's id: a call that was cut off has told of no recording."""
    names = (call.recording, *(message.recording for message in store.messages(call.id, limit=-1)))
    named = {folder / Path(name).name for name in names if name}
    found = {path for pattern in ("{}.wav", "{}-*.wav") for path in folder.glob(pattern.format(escape(call.id)))}
    owed = {ticket.recording for ticket in store.tickets(call.id, limit=-1) if ticket.done_at is None}
    return {path for path in named | found if path.name not in owed}


def _delete_files(paths: Iterable[Path]) -> int | None:
    """How many files were there; None when one of them could not be deleted."""
    count = 0
    for path in paths:
        try:
            path.unlink()
            count += 1
        except FileNotFoundError:
            pass
        except OSError as error:
            _log.error("a recording could not be deleted", extra={"error": type(error).__name__})
            return None
    return count
