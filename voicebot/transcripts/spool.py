"""A file beside the database for what could not be written into it: one JSON object a line, in order.

Lines stay here until the database has them. A line that cannot be read, and a write that the database refuses for
good, goes to a second file (`….rejected`), so that nothing is thrown away. Both hold what callers said.
"""

import os
from pathlib import Path

from voicebot.errors import TranscriptError


class Spool:
    """The file, by its path; used by one thread at a time.

    Args:
        path: The file; it exists only while it is needed. Another disk than the database's helps against full disks.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rejected = path.with_name(f"{path.name}.rejected")

    def read(self) -> list[str]:
        """The lines, oldest first; empty lines left out.

        Raises:
            TranscriptError: the file is there and cannot be read.
        """
        try:
            return [line for line in self._path.read_text("utf-8", "surrogateescape").split("\n") if line]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _trouble() from error

    def add(self, lines: list[str]) -> None:
        """Write the lines and wait until they are on the disk.

        Raises:
            TranscriptError: some of them may be missing; add them again later.
        """
        _append(self._path, lines)

    def reject(self, lines: list[str]) -> None:
        """Keep lines that will never get into the database, for a person to look at.

        Raises:
            TranscriptError: not kept.
        """
        _append(self._rejected, lines)

    def clear(self) -> None:
        """The database has every line.

        Raises:
            TranscriptError: the file is still there; its lines come again, which does no harm.
        """
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble() from error


def _append(path: Path, lines: list[str]) -> None:
    try:
        with open(path, "ab", opener=_private) as file:
            # Begins with a line end: an earlier write that broke off must not spoil what comes after it.
            file.write(("\n" + "\n".join(lines) + "\n").encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _trouble() from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _trouble() -> TranscriptError:
    return TranscriptError(
        "transcript.spool",
        "What the database does not take cannot be written to the spool file either; free space on its disk, "
        "or check the rights on its folder.",
    )
