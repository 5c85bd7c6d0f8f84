"""Logs: one line of `key=value` a record, constant messages, never what a caller said, pressed or is called."""

import logging
import sys
import traceback
from collections.abc import Iterator

_FIELDS = ("call_id", "call", "code")
_DEEPEST = 20


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        marks = [f"{name}={getattr(record, name)}" for name in _FIELDS if hasattr(record, name)]
        line = " ".join((self.formatTime(record), record.levelname, record.name, record.getMessage(), *marks))
        if not record.exc_info or not record.exc_info[1]:
            return line
        # Where it happened and of what kind it is: the text of an error may quote what a caller said.
        return "\n".join((line, *_told(record.exc_info[1])))


def _told(error: BaseException, indent: str = "  ") -> Iterator[str]:
    if len(indent) > _DEEPEST:
        return
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{indent}{frame.filename}:{frame.lineno} {frame.name}"
    yield f"{indent}{type(error).__name__} {getattr(error, 'code', '')}".rstrip()
    inner = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for each in (*inner, *([cause] if cause else [])):
        yield from _told(each, indent + "  ")


def configure(level: str) -> None:
    """Log to standard error: ours at this level, what libraries have to say from warnings on.

    At lower levels the libraries tell addresses, frames and forms, which hold numbers, keys and words.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    logging.basicConfig(level="WARNING", handlers=[handler], force=True)
    logging.getLogger("voicebot").setLevel(level)
    # Tells that the server runs, and each media socket by its path.
    logging.getLogger("uvicorn.error").setLevel(max(logging.INFO, logging.getLevelName(level)))
