"""What is done to calls in the course of time: sound, transcripts and tickets are each forgotten after their days.

Also calls whose end nobody told, because the service was killed, are closed here.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path

from voicebot.transcripts.calls import Call
from voicebot.transcripts.policies import Policy
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


def tidy(store: Store, otherwise: int, now: datetime, recordings: Path) -> Forgotten:
    """Delete what is older than was decided for its kind: first files, then rows.

    In this order no recording can be left behind without the row that tells of it. Only files directly in
    `recordings` are deleted. What the database deletes is overwritten on the disk.

    Args:
        store: The calls.
        otherwise: Days for a kind that nobody has decided about; 0 keeps it for ever.
        now: The time, with zone.
        recordings: Where the sound lies.

    Raises:
        TranscriptError: the database is out of order; what has been deleted so far stays deleted.
    """
    policies = store.policies.all(otherwise)
    tickets = _forget_tickets(store, _until(policies["tickets"], now), recordings)
    calls = _forget_calls(store, _until(policies["calls"], now), recordings)
    sound = _forget_sound(store, _until(policies["sound"], now), recordings)
    # A file that cannot be deleted is met by both.
    return Forgotten(calls.calls, tickets + calls.recordings + sound.recordings, max(calls.kept, sound.kept))


def _until(policy: Policy, now: datetime) -> datetime | None:
    return now - timedelta(days=policy.days) if policy.days else None


def _forget_tickets(store: Store, until: datetime | None, recordings: Path) -> int:
    """Those that are done, with their messages; how many files went."""
    files = 0
    for ticket in store.ticket_desk.left_over(until) if until else ():
        deleted = delete_files({recordings / Path(ticket.recording).name} if ticket.recording else ())
        if deleted is not None:
            files += deleted
            store.ticket_desk.forget(ticket.number)
    return files


def _forget_calls(store: Store, until: datetime | None, recordings: Path) -> Forgotten:
    forgotten = files = 0
    kept: set[str] = set()
    while until and (
        page := [each for each in store.calls(until=until, limit=_PAGE + len(kept)) if each.id not in kept]
    ):
        for call in page:
            deleted = delete_files(files_of(store, call, recordings))
            if deleted is None:
                kept.add(call.id)
            else:
                files += deleted
                forgotten += store.forget(call.id)
    if forgotten:
        store.compact()
    return Forgotten(forgotten, files, len(kept))


def _forget_sound(store: Store, until: datetime | None, recordings: Path) -> Forgotten:
    files = 0
    kept: set[str] = set()
    while until and (page := store.policies.with_sound(until, _PAGE + len(kept))):
        page = tuple(each for each in page if each[0] not in kept)
        if not page:
            break
        for call_id, recording in page:
            deleted = delete_files({recordings / Path(recording).name})
            if deleted is None:
                kept.add(call_id)
            else:
                files += deleted
                store.policies.silence(call_id)
    return Forgotten(0, files, len(kept))


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


def files_of(store: Store, call: Call, folder: Path) -> set[Path]:
    """A call's sound, without the messages of tickets, which have their own time.

    What the rows name, and what bears the call's id: a call that was cut off has told of no recording.
    """
    names = (call.recording, *(message.recording for message in store.messages(call.id, limit=-1)))
    named = {folder / Path(name).name for name in names if name}
    found = {path for pattern in ("{}.wav", "{}-*.wav") for path in folder.glob(pattern.format(escape(call.id)))}
    owed = {ticket.recording for ticket in store.tickets(call.id, limit=-1)}
    return {path for path in named | found if path.name not in owed}


def delete_files(paths: Iterable[Path]) -> int | None:
    """Delete files; how many files were there; None when one of them could not be deleted."""
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
