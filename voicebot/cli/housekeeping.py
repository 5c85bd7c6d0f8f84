"""What is done beside the calls while the service runs: lost calls are closed, old ones forgotten, backups made."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from voicebot import backups
from voicebot.errors import BackupError, TranscriptError
from voicebot.service import Service, backed_up
from voicebot.transcripts import retention
from voicebot.transcripts.retention import end_lost_calls

log = logging.getLogger(__name__)
EVERY_SECONDS = 3600.0
LOST = timedelta(hours=5)
"""A call that began so long ago is over, whoever has forgotten to say so: the carrier lets two people talk for four
hours at most."""


def keep_house(service: Service, stop: threading.Event, free: Callable[[], None] = lambda: None) -> None:
    """At once and then every hour, until told to stop. Never raises: a store that is out of order is tried again.

    Args:
        service: The whole house.
        stop: Told to stop by this.
        free: Gives back memory that is not needed any more.
    """
    while not stop.is_set():
        free()
        try:
            tidy(service)
        except TranscriptError as error:
            log.error("old calls could not be tidied up", extra={"code": error.code})
        try:
            back_up(service)
        except BackupError as error:
            log.error("no backup could be made", extra={"code": error.code})
        stop.wait(EVERY_SECONDS)


def back_up(service: Service) -> None:
    """One backup a day, and no more of them than the settings allow.

    Raises:
        BackupError: it cannot be made; the day before's is still there.
    """
    settings, now = service.settings, service.now()
    newest = next(iter(backups.kept(settings.backup_folder)), None)
    if settings.backup_keep and (newest is None or newest.at[:8] < f"{now:%Y%m%d}"):
        backups.make(settings.backup_folder, *backed_up(settings), now)
        backups.thin(settings.backup_folder, settings.backup_keep)


def tidy(service: Service) -> None:
    """Close calls whose end nobody has told; forget what is older than was decided, sound first.

    Raises:
        TranscriptError: the store is out of order; what has been done stays done.
    """
    now = service.now()
    if lost := end_lost_calls(service.store, now, LOST):
        log.warning("calls whose end nobody told were closed", extra={"count": lost})
    forgotten = retention.tidy(service.store, service.settings.keep_days, now, service.settings.calls)
    if forgotten.calls or forgotten.recordings:
        log.info("old calls were forgotten", extra={"count": forgotten.calls, "recordings": forgotten.recordings})
    if forgotten.kept:
        log.error("recordings of old calls could not be deleted", extra={"count": forgotten.kept})
