"""What is done beside the calls while the service runs: lost calls are closed, old ones forgotten."""

import logging
import threading
from datetime import timedelta

from voicebot.bootstrap import Service
from voicebot.errors import TranscriptError
from voicebot.transcripts.retention import end_lost_calls, forget_older

log = logging.getLogger(__name__)
EVERY_SECONDS = 3600.0
LOST = timedelta(hours=5)
"""A call that began so long ago is over, whoever has forgotten to say so: the carrier lets two people talk for four
hours at most."""


def keep_house(service: Service, stop: threading.Event) -> None:
    """At once and then every hour, until told to stop. Never raises: a store that is out of order is tried again."""
    while not stop.is_set():
        try:
            tidy(service)
        except TranscriptError as error:
            log.error("old calls could not be tidied up", extra={"code": error.code})
        stop.wait(EVERY_SECONDS)


def tidy(service: Service) -> None:
    """Close calls whose end nobody has told; forget what is older than the settings allow, sound first.

    Raises:
        TranscriptError: the store is out of order; what has been done stays done.
    """
    now, days = service.now(), service.settings.keep_days
    if lost := end_lost_calls(service.store, now, LOST):
        log.warning("calls whose end nobody told were closed", extra={"count": lost})
    if not days:
        return
    forgotten = forget_older(service.store, days, now, service.settings.calls)
    if forgotten.calls or forgotten.recordings:
        log.info("old calls were forgotten", extra={"count": forgotten.calls, "recordings": forgotten.recordings})
    if forgotten.kept:
        log.error("recordings of old calls could not be deleted", extra={"count": forgotten.kept})
