"""Runs of stored calls through the draft or a release, behind the calls; those that change are kept in the store."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from voicebot.content import Files
from voicebot.errors import TranscriptError, VoicebotError
from voicebot.releases.library import Library
from voicebot.releases.texts import digest_of_files
from voicebot.service import Service
from voicebot.transcripts.replays import ReplayedCall, Replays
from voicebot.tuning.replaying import Replayed, replayed
from voicebot.tuning.stored_calls import stored_call
from voicebot.web.staff.improving.casebook import truth_of
from voicebot.web.staff.improving.trials import Trial, Trials
from voicebot.web.staff.improving.works import Work, Works

log = logging.getLogger(__name__)
DRAFT = "draft"
DAYS = (1, 7, 30, 90)
_AT_ONCE = 20
"""So many calls are stepped before what was found is kept."""
_MOST_WRONG = 10_000
_REPLAYED = TypeAdapter(Replayed)


class Rehearsals:
    """The runs of one service; for any thread.

    Args:
        service: The whole house.
        library: Drafts and releases.
        works: What does the work behind the calls.
        trials: Makes contents to be tried.
    """

    def __init__(self, service: Service, library: Library, works: Works, trials: Trials) -> None:
        self._service = service
        self._library = library
        self._works = works
        self._trials = trials
        self.replays.abandon()

    @property
    def replays(self) -> Replays:
        """What was run, and what came of it."""
        return self._service.store.replays

    def files(self, against: str) -> Files:
        """The draft, or a release by its number.

        Raises:
            LibraryError: there is no such release.
        """
        return self._library.draft().files if against == DRAFT else self._library.files(int(against))

    def digest(self, against: str) -> str:
        """What tells this content from others."""
        return digest_of_files(self.files(against))

    def begin(self, against: str, days: int, by: str) -> int:
        """Run the calls of the last so many days; the run's number.

        Raises:
            VoicebotError: the content has faults, or there is none.
        """
        files, now = self.files(against), self._service.now()
        self._trials.of(files)  # its faults are told at once
        since = now - timedelta(days=days)
        calls = self.replays.calls(since, now)
        number = self.replays.begin(digest_of_files(files), against, since, now, len(calls), by, now)
        self._works.begin(work_name(number), lambda work: self._run(number, files, calls, since, work))
        return number

    def cancel(self, number: int) -> None:
        """What was found so far is kept."""
        self._works.cancel(work_name(number))
        work = self._works.of(work_name(number))
        if work is None or work.over or not work.done:
            self.replays.finish(number, "cancelled")

    def _run(self, number: int, files: Files, calls: Sequence[str], since: datetime, work: Work) -> None:
        try:
            trial = self._trials.of(files)
            wrong = self._wrong(since)
            found: list[ReplayedCall] = []
            for done, call_id in enumerate(calls, start=1):
                found += self._stepped(call_id, trial, wrong)
                going_on = work.at(done, len(calls), "improve_replaying")
                if done % _AT_ONCE == 0 or done == len(calls) or not going_on:
                    self.replays.note(number, done, found)
                    found = []
                if not going_on:
                    self.replays.finish(number, "cancelled")
                    return
            self.replays.finish(number, "done")
        except VoicebotError:
            self.replays.finish(number, "failed")
            raise

    def _wrong(self, since: datetime) -> dict[str, dict[int, str]]:
        """The right departments of transfers that went wrong, by call and number."""
        found: dict[str, dict[int, str]] = {}
        for each in self._service.store.wrong_transfers.since(since, _MOST_WRONG):
            found.setdefault(each.call_id, {})[each.number] = each.right
        return found

    def _stepped(self, call_id: str, trial: Trial, wrong: dict[str, dict[int, str]]) -> list[ReplayedCall]:
        """The call, if its path changes. One whose record cannot be read is passed over, and said so in the log."""
        try:
            entries = self._service.store.records(call_id)
            call = stored_call(call_id, [(entry.seconds, entry.item) for entry in entries])
            truth = truth_of(self._service.store, call_id, wrong)
        except TranscriptError as error:
            log.warning("a call cannot be held again", extra={"call_id": call_id, "code": error.code})
            return []
        changed = replayed(call, trial.world, truth, trial.owners) if call else None
        if call is None or changed is None:
            return []
        body = _REPLAYED.dump_json(changed).decode()
        return [ReplayedCall(call_id, changed.verdict, int(call.at.timestamp()), body)]


def work_name(number: int) -> str:
    """Of the work behind a run."""
    return f"replay-{number}"


def story(call: ReplayedCall) -> Replayed:
    """What would have happened.

    Raises:
        TranscriptError: it was written by another version; run it again.
    """
    try:
        return _REPLAYED.validate_json(call.body)
    except ValidationError as error:
        raise TranscriptError("transcript.replay", "A stored replay cannot be read; run it again.") from error
