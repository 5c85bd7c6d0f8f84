"""The file of the accounts."""

from pathlib import Path

from voicebot.accounts.schema import MIGRATIONS
from voicebot.errors import AccountError
from voicebot.sqlite_file import SqliteFile


class Database(SqliteFile):
    """Opened anew for each question, by any thread; raises `AccountError`.

    Args:
        path: The SQLite file; made with its folder at the first use, for the service's own user only.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "accounts", MIGRATIONS, _broken, _newer)


def _broken() -> AccountError:
    return AccountError(
        "account.database",
        "The file of the accounts cannot be read or written; check the folder that VOICEBOT_DATA names.",
    )


def _newer() -> AccountError:
    return AccountError(
        "account.newer", "The file of the accounts was written by a newer version of voicebot; install that again."
    )
