"""A question put to the writing thread by a thread that waits for the answer."""

import sqlite3
import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from voicebot.errors import TranscriptError

T = TypeVar("T")


class Question(Generic[T]):
    """A function to be run inside a transaction of the writing thread.

    Args:
        run: Given the write connection; it may run again when its transaction failed.
    """

    def __init__(self, run: Callable[[sqlite3.Connection], T]) -> None:
        self._run = run
        self._answer: T | None = None
        self._error: Exception | None = None
        self._done = threading.Event()
        self.given_up = False

    def run(self, connection: sqlite3.Connection) -> None:
        """Run the function and keep what it returns until the transaction is committed."""
        self._answer = self._run(connection)

    def settle(self, error: Exception | None = None) -> None:
        """Let the waiting thread go on, with the answer or with an error."""
        self._error = error
        self._done.set()

    def wait(self, limit_seconds: float) -> T:
        """The answer.

        Raises:
            TimeoutError: no answer in time; the function is not begun any more.
            TranscriptError: the function raised it, or the database refused what it did.
        """
        if not self._done.wait(limit_seconds):
            self.given_up = True
            raise TimeoutError
        if isinstance(self._error, TranscriptError):
            raise self._error
        if self._error is not None:
            raise TranscriptError(
                "transcript.refused", "The database refused a value; report this as a fault."
            ) from self._error
        return cast(T, self._answer)
