"""What waits to be written, in order, and which part of it is also in the spool file."""

import logging
import threading
from collections import deque
from dataclasses import dataclass

from voicebot.errors import TranscriptError
from voicebot.transcripts.question import Question
from voicebot.transcripts.spool import Spool
from voicebot.transcripts.writes import Write, from_line, to_line

Job = Write | Question[object]

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Waiting:
    job: Job
    spooled: bool = False


class Backlog:
    """A queue that any thread may add to and one thread takes from, after it has committed.

    What an earlier run left in the spool file comes first. The file goes when the database has all of it.

    Args:
        spool: The file.

    Raises:
        TranscriptError: the file is there and cannot be read.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._lock = threading.Lock()
        self._queue = deque(_Waiting(write, spooled=True) for write in _taken_over(spool))
        self._file_is_needed = bool(self._queue)

    def add(self, job: Job) -> None:
        """Put a job at the end."""
        with self._lock:
            self._queue.append(_Waiting(job))

    def jobs(self) -> tuple[Job, ...]:
        """All that waits, oldest first."""
        return tuple(each.job for each in self._waiting())

    def writes(self) -> tuple[Write, ...]:
        """What waits without anybody waiting for it, oldest first."""
        return tuple(job for job in self.jobs() if not isinstance(job, Question))

    def remove_first(self, count: int) -> None:
        """The database has the oldest jobs (or has refused them for good)."""
        with self._lock:
            for _ in range(count):
                self._queue.popleft()
        if self._file_is_needed and not any(each.spooled for each in self._waiting()):
            try:
                self._spool.clear()
                self._file_is_needed = False
            except TranscriptError as error:
                _log.warning("the spool file could not be removed", extra={"code": error.code})

    def forget_questions(self, error: TranscriptError | None = None) -> None:
        """Drop the questions nobody waits for any more; with an error, all of them get it as their answer."""
        with self._lock:
            questions = [each.job for each in self._queue if isinstance(each.job, Question)]
            dropped = [question for question in questions if error or question.given_up]
            self._queue = deque(each for each in self._queue if each.job not in dropped)
        for question in dropped:
            question.settle(error)

    def spill(self) -> None:
        """Write what waits into the spool file as well, as far as it is not there yet.

        Raises:
            TranscriptError: not written; it still waits in memory.
        """
        fresh = [each for each in self._waiting() if not each.spooled and not isinstance(each.job, Question)]
        if fresh:
            self._file_is_needed = True
            self._spool.add([to_line(each.job) for each in fresh if not isinstance(each.job, Question)])
            for each in fresh:
                each.spooled = True

    def reject(self, write: Write) -> None:
        """Keep a write that the database refuses for good.

        Raises:
            TranscriptError: not kept.
        """
        self._spool.reject([to_line(write)])

    def _waiting(self) -> tuple[_Waiting, ...]:
        with self._lock:
            return tuple(self._queue)


def _taken_over(spool: Spool) -> list[Write]:
    """The writes in the file; damaged lines (the last one, after a crash) are put aside."""
    writes: list[Write] = []
    damaged: list[str] = []
    for line in spool.read():
        try:
            writes.append(from_line(line))
        except TranscriptError:
            damaged.append(line)
    if damaged:
        _log.warning("damaged lines of the spool file were put aside", extra={"count": len(damaged)})
        spool.reject(damaged)
    if not writes:
        spool.clear()
    return writes
