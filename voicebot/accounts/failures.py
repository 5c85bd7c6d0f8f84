"""Failed sign-ins are counted, by account and by address: guessing takes for ever."""

import sqlite3
import threading
from datetime import datetime, timedelta

from voicebot.accounts.audit import Author, enter
from voicebot.accounts.database import Database
from voicebot.errors import AccountError

MOST_FAILURES = 5
"""Wrong passwords or codes in a row, then the account is locked for `LOCK`."""
LOCK = timedelta(minutes=15)
MOST_FROM_ONE_ADDRESS = 30
"""Failures within `LOCK` from one address, whatever the names."""
_MOST_ADDRESSES = 10_000


class Failures:
    """Counts. May be used from any thread.

    Args:
        database: Of the accounts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def let_in(self, address: str, now: datetime) -> None:
        """Refuse an address from which too much was tried.

        Raises:
            AccountError: `account.locked`.
        """
        since = now.timestamp() - LOCK.total_seconds()
        with self._lock:
            recent = [at for at in self._recent.get(address, ()) if at > since]
            if len(recent) >= MOST_FROM_ONE_ADDRESS:
                raise locked()

    def count(self, row: sqlite3.Row | None, name: str, address: str, now: datetime) -> None:
        """Somebody gave a wrong name, password or code; too often in a row locks the account."""
        moment = now.timestamp()
        with self._lock:
            recent = [at for at in self._recent.pop(address, ()) if at > moment - LOCK.total_seconds()]
            self._recent[address] = [*recent, moment][-MOST_FROM_ONE_ADDRESS:]
            if len(self._recent) > _MOST_ADDRESSES:
                del self._recent[next(iter(self._recent))]
        with self._database.writing() as connection:
            # A name that does not exist may be a password typed into the wrong field: it is not kept.
            who = Author(name if row is not None else "?", address)
            enter(connection, who, "session.refused", who.name, now)
            if row is None:
                return
            count: int = connection.execute(
                "UPDATE users SET failures = failures + 1 WHERE id = ? RETURNING failures", (row["id"],)
            ).fetchone()[0]
            if count >= MOST_FAILURES:
                connection.execute(
                    "UPDATE users SET failures = 0, locked_until = ? WHERE id = ?",
                    ((now + LOCK).timestamp(), row["id"]),
                )
                enter(connection, who, "session.locked", name, now, {"minutes": int(LOCK.total_seconds() // 60)})


def locked() -> AccountError:
    """What who is locked out is told."""
    minutes = int(LOCK.total_seconds() // 60)
    return AccountError(
        "account.locked", f"Too many failures; try again in {minutes} minutes, or ask an administrator."
    )
