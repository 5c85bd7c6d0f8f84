"""All about accounts in one object: nothing is opened before it is used."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from voicebot.accounts.audit import AuditLog
from voicebot.accounts.credentials import Credentials
from voicebot.accounts.database import Database
from voicebot.accounts.presence import Attendance
from voicebot.accounts.sessions import Limits, Sessions
from voicebot.accounts.users import Users


class Accounts:
    """The people who may sign in.

    Args:
        path: The SQLite file.
        now: The time, with zone.
        limits: When sessions end by themselves.
    """

    def __init__(self, path: Path, now: Callable[[], datetime], limits: Limits | None = None) -> None:
        database = Database(path)
        self.now = now
        self.users = Users(database)
        self.credentials = Credentials(database)
        self.sessions = Sessions(database, limits)
        self.attendance = Attendance(database, self.sessions, now)
        self.log = AuditLog(database)
