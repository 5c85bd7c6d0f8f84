"""Logs: one line of `key=value` a record, constant messages, never what a caller said, pressed or is called."""

import logging
import sys

_FIELDS = ("call_id", "call", "code")


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        marks = [f"{name}={getattr(record, name)}" for name in _FIELDS if hasattr(record, name)]
        line = " ".join((self.formatTime(record), record.levelname, record.name, record.getMessage(), *marks))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configure(level: str) -> None:
    """Log to standard error at this level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # The libraries' own request lines hold addresses of callers' recordings and numbers.
    for name in ("uvicorn.access", "httpx", "httpcore", "twilio.http_client"):
        logging.getLogger(name).setLevel(logging.WARNING)
