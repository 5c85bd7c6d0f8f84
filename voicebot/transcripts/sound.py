"""The sound of calls on disk: both channels of a call, and the messages that callers leave.

Files grow under their final name, and their headers are put right every few seconds, so that a crash leaves something
that can be played. What is kept here is personal: files are made readable for the service's own user only.
"""

import errno
import itertools
import os
import re
from collections.abc import Callable
from functools import partial
from io import FileIO
from pathlib import Path

from voicebot.audio import wav
from voicebot.audio.mulaw import BYTES_PER_SECOND, SILENCE, decode
from voicebot.errors import TranscriptError, VoicebotError

_HEADER_EVERY = 5
"""Seconds of sound between two corrections of a growing file's header."""
_CALL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SIZES = (slice(4, 8), slice(40, 44))
"""Where a header holds lengths; the rest of it is the same in all our files with as many channels."""


class CallSound:
    """A call's sound as a stereo WAV (16 bits, 8 kHz): the caller on the left, the bot on the right.

    The caller's sound is the clock; the bot's sound is laid beside it as the carrier plays it. A call that comes back
    after a failed transfer goes on in the same file. One instance a file at a time, in one thread at a time. Nothing
    here raises: when the disk fails, the recording stops and the call does not.

    Args:
        folder: Where `<call_id>.wav` is kept; made if needed.
        call_id: Letters, digits, `-` and `_` only, at most 64.
        on_failure: Called with the error when recording stops, and if a refused recording cannot be deleted.
    """

    def __init__(self, folder: Path, call_id: str, on_failure: Callable[[VoicebotError], None] | None = None) -> None:
        self._queued = bytearray()
        self._tape = _Tape(partial(_call_file, folder, call_id), channels=2, on_failure=on_failure)

    @property
    def failure(self) -> VoicebotError | None:
        """Why recording stopped; None while all is well."""
        return self._tape.failure

    def heard(self, mulaw: bytes) -> None:
        """The caller's sound; as much of the bot's queued sound has been played meanwhile."""
        count = len(mulaw)
        frames = bytearray([SILENCE]) * (2 * count)
        frames[0::2] = mulaw
        played = self._queued[:count]
        frames[1 : 2 * len(played) : 2] = played
        del self._queued[:count]
        self._tape.write(frames)

    def said(self, mulaw: bytes) -> None:
        """Sound queued at the carrier."""
        self._queued += mulaw

    def cleared(self) -> None:
        """What was queued and not yet played was dropped; nobody heard it."""
        self._queued.clear()

    def discard(self) -> None:
        """Stop and delete: the caller refuses to be recorded."""
        self._queued.clear()
        self._tape.delete()

    def close(self) -> None:
        """Finish the file. What the carrier had not played by now was not heard and is not kept."""
        self._queued.clear()
        self._tape.close()


class MessageSound:
    """A caller's message as a mono WAV (16 bits, 8 kHz), `<call_id>-message-<n>.wav` with the next free number.

    Used by one thread at a time. Only `close` and `discard` raise.

    Args:
        folder: Where the file is kept; made if needed.
        call_id: Letters, digits, `-` and `_` only, at most 64.
    """

    def __init__(self, folder: Path, call_id: str) -> None:
        self._tape = _Tape(partial(_message_file, folder, call_id), channels=1)
        self._empty = True

    def write(self, mulaw: bytes) -> None:
        """More of the message."""
        self._empty = self._empty and not mulaw
        self._tape.write(mulaw)

    def close(self) -> str:
        """The file's name, when the disk has it; empty, and no file is left, when no sound came at all.

        Raises:
            TranscriptError: the message, or its end, could not be kept. What could be written stays on disk.
        """
        if self._empty:
            self._tape.delete()
        self._tape.close(wait=True)
        if self._tape.failure is not None:
            raise self._tape.failure
        return "" if self._empty or self._tape.path is None else self._tape.path.name

    def discard(self) -> None:
        """Nobody said anything: no file is left.

        Raises:
            TranscriptError: nothing could have been kept, or the file cannot be deleted.
        """
        self._tape.delete()
        if self._tape.failure is not None:
            raise self._tape.failure


class _Tape:
    """A WAV file that grows. Never raises: at the first failure it stops and remembers it.

    Args:
        place: Makes sure that the file exists, and says where.
        channels: How many channels are interleaved in what is written.
        on_failure: Called with each failure.
    """

    def __init__(
        self, place: Callable[[], Path], channels: int, on_failure: Callable[[VoicebotError], None] | None = None
    ) -> None:
        self.failure: TranscriptError | None = None
        self.path: Path | None = None
        self._channels = channels
        self._on_failure = on_failure
        self._second = BYTES_PER_SECOND * channels
        self._buffer = bytearray()
        self._file: FileIO | None = None
        self._end = 0
        self._header_due = 0
        try:
            self.path = place()
            self._file, self._end = _opened(self.path, channels)
        except (OSError, TranscriptError) as error:
            self._fail(_explained(error), error)

    def write(self, mulaw: bytes | bytearray) -> None:
        """More sound, channels interleaved. The disk is touched about once a second."""
        if self._file is None:
            return
        self._buffer += mulaw
        if len(self._buffer) < self._second:
            return
        try:
            self._flush(self._file)
            if self._end >= self._header_due:
                self._put_header(self._file)
        except OSError as error:
            self._fail(_explained(error), error)

    def close(self, wait: bool = False) -> None:
        """Write the rest; with `wait`, until the disk itself has it."""
        if self._file is None:
            return
        try:
            self._flush(self._file)
            self._put_header(self._file)
            if wait:
                os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
        except OSError as error:
            self._fail(_explained(error), error)

    def delete(self) -> None:
        """Stop, and leave nothing behind."""
        self._buffer.clear()
        self.close()
        try:
            if self.path is not None:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            message = "A recording that must not be kept could not be deleted; delete the newest recording by hand."
            self._fail(TranscriptError("recorder.undeleted", message), error)

    def _flush(self, file: FileIO) -> None:
        pcm = decode(bytes(self._buffer))
        self._buffer.clear()
        file.seek(self._end)
        _write_whole(file, pcm)
        self._end += len(pcm)

    def _put_header(self, file: FileIO) -> None:
        file.seek(0)
        _write_whole(file, wav.header(self._channels, BYTES_PER_SECOND, self._end - wav.HEADER_BYTES))
        self._header_due = self._end + _HEADER_EVERY * 2 * self._second

    def _fail(self, failure: TranscriptError, cause: Exception) -> None:
        file, self._file = self._file, None
        self._buffer.clear()
        self.failure = failure
        self.failure.__cause__ = cause
        try:
            if file is not None:
                # A full disk still takes a header in its old place, so that what was kept can be played.
                with file:
                    self._put_header(file)
        except OSError:
            # The first failure is the one to tell of.
            pass
        if self._on_failure is not None:
            self._on_failure(failure)


def _safe(call_id: str) -> str:
    if not _CALL_ID.fullmatch(call_id):
        raise TranscriptError(
            "recorder.call_id", "A call's id may hold letters, digits, - and _ only; its sound was not kept."
        )
    return call_id


def _call_file(folder: Path, call_id: str) -> Path:
    path = folder / f"{_safe(call_id)}.wav"
    folder.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path


def _message_file(folder: Path, call_id: str) -> Path:
    stem = f"{_safe(call_id)}-message"
    folder.mkdir(parents=True, exist_ok=True)
    for number in itertools.count(1):
        path = folder / f"{stem}-{number}.wav"
        try:
            path.touch(mode=0o600, exist_ok=False)
            break
        except FileExistsError:
            continue
    return path


def _opened(path: Path, channels: int) -> tuple[FileIO, int]:
    """The file, ready to be written, and where its sound ends."""
    file = path.open("r+b", buffering=0)
    try:
        return file, _end_of_sound(file, channels)
    except BaseException:
        file.close()
        raise


def _end_of_sound(file: FileIO, channels: int) -> int:
    """Begin a new file, or find the end of one of ours; after a crash the file's length knows more than its header."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size < wav.HEADER_BYTES:
        _write_whole(file, wav.header(channels, BYTES_PER_SECOND, None))
        return wav.HEADER_BYTES
    if _without_sizes(file.read(wav.HEADER_BYTES)) != _without_sizes(wav.header(channels, BYTES_PER_SECOND, 0)):
        raise TranscriptError(
            "recorder.damaged",
            "An older file of this call's name is not one of our recordings; move it out of the recordings folder.",
        )
    return size - (size - wav.HEADER_BYTES) % (2 * channels)


def _without_sizes(header: bytes) -> bytes:
    blank = bytearray(header)
    for where in _SIZES:
        blank[where] = bytes(4)
    return bytes(blank)


def _write_whole(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _explained(error: OSError | TranscriptError) -> TranscriptError:
    if isinstance(error, TranscriptError):
        return error
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return TranscriptError("recorder.disk_full", "The disk is full; free space where the recordings are kept.")
    return TranscriptError(
        "recorder.unwritable",
        "The recordings folder cannot be written; check that it exists and that the service may write there.",
    )
