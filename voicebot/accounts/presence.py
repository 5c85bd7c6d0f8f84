"""Whether operators can take calls, and so which telephones need not ring.

Only who is signed in can be absent: when the page has been closed, the telephone rings as if there were no page.
A telephone that several people share rings as long as one of them is available.
"""

from collections.abc import Callable
from datetime import datetime

from voicebot.accounts.database import Database
from voicebot.accounts.sessions import Sessions
from voicebot.accounts.users import PRESENCES, Presence, User, from_row
from voicebot.errors import AccountError


class NobodyAbsent:
    """The port `Presence` of a city whose operators do not say whether they are there."""

    def absent(self) -> frozenset[str]:
        """Every telephone is rung."""
        return frozenset()


class Attendance:
    """Who is there. Satisfies the port `Presence` by its shape; may be used from any thread.

    Args:
        database: Of the accounts.
        sessions: Who is signed in.
        now: The time.
    """

    def __init__(self, database: Database, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._database = database
        self._sessions = sessions
        self._now = now

    def absent(self) -> frozenset[str]:
        """Numbers (E.164) that need not ring. Nobody, when the accounts cannot be read: then every telephone rings."""
        try:
            people = [user for user in self.here() if user.phone]
        except AccountError:
            return frozenset()
        there = {user.phone for user in people if user.presence == "available"}
        return frozenset(user.phone for user in people) - there

    def here(self) -> tuple[User, ...]:
        """The operators who are signed in, by name.

        Raises:
            AccountError: the file cannot be read.
        """
        present = self._sessions.signed_in(self._now())
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM users WHERE NOT disabled ORDER BY name").fetchall()
        return tuple(user for user in map(from_row, rows) if user.id in present and user.may("operate"))

    def set(self, user: User, presence: str) -> Presence:
        """The operator says so.

        Raises:
            AccountError: it is none of the three, or the file cannot be written.
        """
        for known in PRESENCES:
            if known == presence:
                with self._database.writing() as connection:
                    connection.execute("UPDATE users SET presence = ? WHERE id = ?", (known, user.id))
                return known
        raise AccountError("account.presence", "An operator is available, busy or away.")
