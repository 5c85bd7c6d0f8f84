"""Reading what is kept under a telephone number."""

import sqlite3
from collections.abc import Callable

from voicebot.transcripts import calls, text_log, tickets
from voicebot.transcripts.calls import Call
from voicebot.transcripts.text_log import TextMessage
from voicebot.transcripts.tickets import Ticket


class ByNumber:
    """What one store keeps under numbers; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        rows: Reads.
    """

    def __init__(self, rows: Callable[[str, tuple[object, ...]], list[sqlite3.Row]]) -> None:
        self._rows = rows

    def calls(self, numbers: tuple[str, ...], ids: tuple[str, ...] = ()) -> tuple[Call, ...]:
        """Calls from these numbers, and those of these ids; newest first."""
        rows = self._rows(
            f"SELECT * FROM calls WHERE caller IN ({_marks(numbers)}) OR id IN ({_marks(ids)}) "  # noqa: S608  marks only
            "ORDER BY unixepoch(started_at) DESC",
            (*numbers, *ids),
        )
        return tuple(map(calls.from_row, rows))

    def tickets(self, numbers: tuple[str, ...]) -> tuple[Ticket, ...]:
        """Tickets of these numbers, newest first."""
        sql = f"SELECT * FROM tickets WHERE phone IN ({_marks(numbers)}) ORDER BY id DESC"  # noqa: S608  marks only
        return tuple(map(tickets.from_row, self._rows(sql, numbers)))

    def texts(self, numbers: tuple[str, ...]) -> tuple[TextMessage, ...]:
        """Text messages to these numbers, newest first."""
        sql = f"SELECT * FROM text_messages WHERE phone IN ({_marks(numbers)}) ORDER BY id DESC"  # noqa: S608  marks only
        return tuple(map(text_log.from_row, self._rows(sql, numbers)))


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
