"""Archives from elsewhere, unpacked without trusting them.

Refused are names that leave the folder, links, encrypted or repeated entries, more than one top folder, and archives
that grow beyond a limit; the limit is counted on what is really written, not on what the archive says of itself.
This module must not know models.
"""

import shutil
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from voicebot.errors import RecogniserError
from voicebot.recogniser.download import Progress

MAX_ENTRIES = 10_000
CHUNK_BYTES = 1 << 16


def top_folder(archive: Path) -> str:
    """The one folder that holds everything in the archive. Raises `RecogniserError` when there is not just one."""
    with _opened(archive) as file:
        return _checked_top(file)


def unpack(archive: Path, folder: Path, limit_bytes: int, progress: Progress) -> None:
    """Unpack the contents of the archive's one top folder into `folder`, which must not exist.

    Raises:
        RecogniserError: the archive is damaged, unsafe or too large. What was written so far stays in `folder`.
    """
    with _opened(archive) as file:
        top = _checked_top(file)
        total = sum(entry.file_size for entry in file.infolist())
        done = 0
        folder.mkdir(parents=True)
        for entry in file.infolist():
            path = folder.joinpath(*PurePosixPath(entry.filename).relative_to(top).parts)
            if entry.is_dir():
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                done += _write(file, entry, path, limit_bytes - done)
                progress("unpack", done, total)


def copy(source: Path, folder: Path, limit_bytes: int, progress: Progress) -> None:
    """Copy a folder's plain files into `folder`, which must not exist; links are refused.

    Raises:
        RecogniserError: it holds links or is too large.
    """
    paths = sorted(source.rglob("*"))
    if any(path.is_symlink() for path in paths):
        raise _unsafe("it holds links")
    files = [path for path in paths if path.is_file()]
    total = sum(path.stat().st_size for path in files)
    if total > limit_bytes or len(files) > MAX_ENTRIES:
        raise _unsafe("it is too large")
    folder.mkdir(parents=True)
    done = 0
    for path in files:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        done += path.stat().st_size
        progress("copy", done, total)


@contextmanager
def _reading() -> Iterator[None]:
    """Whatever the standard library makes of a damaged archive (a dozen kinds of error) is one error here."""
    try:
        yield
    except RecogniserError:
        raise
    except Exception as error:
        raise RecogniserError(
            "recogniser.archive", "The file is no readable zip archive or is damaged; delete it and get it again."
        ) from error


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    with _reading():
        file = zipfile.ZipFile(archive)
    with file:
        yield file


def _checked_top(file: zipfile.ZipFile) -> str:
    entries = file.infolist()
    names = [entry.filename for entry in entries]
    if not names or len(names) > MAX_ENTRIES or len(set(names)) < len(names):
        raise _unsafe("it holds no entries, too many, or one twice")
    for entry in entries:
        _refuse_unsafe(entry)
    tops = {PurePosixPath(name).parts[0] for name in names}
    loose = [entry for entry in entries if not entry.is_dir() and len(PurePosixPath(entry.filename).parts) == 1]
    if len(tops) > 1 or loose:
        raise _unsafe("it does not hold just one folder")
    return tops.pop()


def _refuse_unsafe(entry: zipfile.ZipInfo) -> None:
    """What could leave the folder, on this system or another."""
    # zipfile itself cuts names at NUL and turns the system's separator into "/": look at the name as it was sent
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or any(sign in name for sign in "\\:\0"):
        raise _unsafe("it holds a name that leads elsewhere")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _unsafe("it holds links or devices")
    if entry.flag_bits & 0x1:
        raise _unsafe("it is encrypted")


def _write(file: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, limit_bytes: int) -> int:
    written = 0
    with path.open("xb") as target:
        for chunk in _chunks(file, entry):
            written += len(chunk)
            if written > limit_bytes:
                raise _unsafe("it grows beyond what a model can be")
            target.write(chunk)
    return written


def _chunks(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with _reading():
        source = file.open(entry)
    with source:
        while True:
            with _reading():
                chunk = source.read(CHUNK_BYTES)
            if not chunk:
                return
            yield chunk


def _unsafe(why: str) -> RecogniserError:
    return RecogniserError(
        "recogniser.archive", f"This is not installed: {why}. Get the model from its maker and try again."
    )
