"""Backups: the databases as they were at one moment, in one file that can be checked and put back.

It copies what it is told to and must not know what is in it. The sound of calls is not in a backup: it is large, and
soon deleted anyway.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from voicebot.errors import BackupError

_NAME = re.compile(r"voicebot-(\d{8}-\d{6})\.zip")
_LIST = "contents.json"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One file."""

    path: Path
    at: str
    """As in its name: `20261124-093000`, local time."""
    size_bytes: int


def make(folder: Path, databases: Mapping[str, Path], files: Mapping[str, Path], now: datetime) -> Backup:
    """Copy everything into one new file. Calls go on meanwhile: SQLite's own backup reads beside the writers.

    Args:
        folder: Where backups lie; made if needed, for the service's own user only.
        databases: SQLite files by their names in the backup; one that is not there is left out.
        files: Other files by their names in the backup.
        now: Local time, for the name.

    Raises:
        BackupError: a file cannot be read or written; nothing is left behind.
    """
    path = folder / f"voicebot-{now:%Y%m%d-%H%M%S}.zip"
    beside = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryDirectory(dir=folder, prefix=".making-") as made:
            copies = {name: _copied(one, Path(made) / name) for name, one in databases.items() if one.exists()}
            _pack(beside, {**copies, **files}, now)
        beside.chmod(0o600)
        beside.replace(path)
    except (OSError, sqlite3.Error, zipfile.BadZipFile) as error:
        with suppress(OSError):
            beside.unlink()
        raise BackupError(
            "backup.failed",
            f"No backup could be made in {folder}; check that there is room and that it may be written.",
        ) from error
    return Backup(path, path.stem.removeprefix("voicebot-"), path.stat().st_size)


def kept(folder: Path) -> tuple[Backup, ...]:
    """The backups that are there, newest first."""
    found = [(path, _NAME.fullmatch(path.name)) for path in folder.glob("voicebot-*.zip")] if folder.is_dir() else []
    backups = [Backup(path, match[1], path.stat().st_size) for path, match in found if match]
    return tuple(sorted(backups, key=lambda each: each.at, reverse=True))


def thin(folder: Path, most: int) -> int:
    """Delete the oldest so that `most` are left; how many went."""
    old = kept(folder)[most:]
    for each in old:
        each.path.unlink(missing_ok=True)
    return len(old)


def check(path: Path) -> tuple[str, ...]:
    """The names of what is in a backup, every one of which is whole.

    Raises:
        BackupError: it is no backup, or damaged.
    """
    with TemporaryDirectory(prefix="voicebot-check-") as scratch:
        return tuple(_unpacked(path, Path(scratch)))


def restore(path: Path, targets: Mapping[str, Path], now: datetime) -> tuple[Path, ...]:
    """Put a backup back; what was there is set aside, not deleted. The service must not run.

    Args:
        path: The backup.
        targets: Where each of its parts belongs; parts that are not named stay in the backup.
        now: Local time, for the names of what is set aside.

    Returns:
        What was set aside.

    Raises:
        BackupError: it is no backup, or damaged: nothing has been touched; or a file cannot be written.
    """
    with TemporaryDirectory(prefix="voicebot-restore-") as scratch:
        found = _unpacked(path, Path(scratch))
        aside: list[Path] = []
        try:
            for name, new in found.items():
                if name in targets:
                    aside += _put(new, targets[name], now)
        except OSError as error:
            raise BackupError(
                "backup.failed", "A file could not be put back; what was there lies beside it."
            ) from error
    return tuple(aside)


def _copied(database: Path, copy: Path) -> Path:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as to:
        source.backup(to, pages=1000)
        to.execute("PRAGMA journal_mode=DELETE")  # the copy is one file
    return copy


def _pack(path: Path, files: Mapping[str, Path], now: datetime) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        digests = {}
        for name, file in files.items():
            packed.write(file, name)
            digests[name] = _digest(file)
        packed.writestr(_LIST, json.dumps({"at": now.isoformat(), "files": digests}, ensure_ascii=False, indent=2))


def _unpacked(path: Path, scratch: Path) -> dict[str, Path]:
    try:
        with zipfile.ZipFile(path) as packed:
            digests: dict[str, str] = json.loads(packed.read(_LIST))["files"]
            found = {name: Path(packed.extract(name, scratch)) for name in digests}
    except (OSError, zipfile.BadZipFile, LookupError, ValueError, TypeError) as error:
        raise BackupError(
            "backup.damaged", "This is no backup of voicebot, or it is damaged; use another one."
        ) from error
    for name, file in found.items():
        if not file.resolve().is_relative_to(scratch.resolve()) or _digest(file) != digests[name]:
            raise BackupError("backup.damaged", "This backup is damaged; use another one.")
    return found


def _put(new: Path, target: Path, now: datetime) -> list[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    olds = (target, target.with_name(f"{target.name}-wal"), target.with_name(f"{target.name}-shm"))
    aside = [old.rename(old.with_name(f"{old.name}.before-{now:%Y%m%d-%H%M%S}")) for old in olds if old.exists()]
    shutil.copy2(new, target)
    target.chmod(0o600)
    return aside


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as read:
        while piece := read.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
