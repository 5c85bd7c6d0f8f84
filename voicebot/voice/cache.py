"""Sound that has been made once: in memory for what is said often, on disk for what is known beforehand.

A full, read-only or damaged disk only costs speed: what cannot be read is made again, what cannot be written is not
kept. Only `keep(..., on_disk=True)` writes, so that what is read back to one caller never reaches the disk.
"""

import hashlib
import os
import tempfile
import threading
import time
from collections import OrderedDict
from pathlib import Path

_MAGIC = b"VBS1"
_DIGEST_BYTES = 32
_STALE_SECONDS = 3600.0


def key(*parts: str) -> str:
    """A name for the sound that these parts fully determine (SHA-256, hexadecimal)."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


class SoundCache:
    """Sounds by their key; safe to use from several threads.

    Args:
        folder: Where sounds are kept; made when first needed.
        disk_bytes: Most that the folder may hold; what was used longest ago goes first.
        memory_bytes: Most that is kept in memory.
    """

    def __init__(self, folder: Path, *, disk_bytes: int = 500_000_000, memory_bytes: int = 50_000_000) -> None:
        self._memory = _Memory(memory_bytes)
        self._disk = _Disk(folder, disk_bytes)

    def find(self, name: str) -> bytes | None:
        """The sound, or nothing when it was never kept or is damaged."""
        sound = self._memory.find(name)
        if sound is None:
            sound = self._disk.find(name)
            if sound is not None:
                self._memory.keep(name, sound)
        return sound

    def keep(self, name: str, sound: bytes, *, on_disk: bool) -> None:
        """Remember a sound; never raises."""
        self._memory.keep(name, sound)
        if on_disk:
            self._disk.keep(name, sound)

    def on_disk(self, name: str) -> bool:
        """Whether the sound will still be there after a restart."""
        return self._disk.find(name) is not None


class _Memory:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._sounds: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, name: str) -> bytes | None:
        with self._lock:
            sound = self._sounds.get(name)
            if sound is not None:
                self._sounds.move_to_end(name)
            return sound

    def keep(self, name: str, sound: bytes) -> None:
        if len(sound) > self._limit:
            return
        with self._lock:
            self._bytes += len(sound) - len(self._sounds.pop(name, b""))
            self._sounds[name] = sound
            while self._bytes > self._limit:
                self._bytes -= len(self._sounds.popitem(last=False)[1])


class _Disk:
    """Files `ab/abcd…`: a sign, the sound's SHA-256, the sound."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = threading.Lock()
        self._bytes: int | None = None
        """What the folder holds; not known before the first write."""

    def find(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        head = len(_MAGIC) + _DIGEST_BYTES
        sound = content[head:]
        if not sound or content[:head] != _MAGIC + hashlib.sha256(sound).digest():
            return None
        try:
            os.utime(path)
        except OSError:
            pass  # a read-only disk: the order of use is not known, the sound is good
        return sound

    def keep(self, name: str, sound: bytes) -> None:
        content = _MAGIC + hashlib.sha256(sound).digest() + sound
        with self._lock:
            try:
                if self._bytes is None:
                    self._bytes = sum(size for _, size, _ in self._files())
                self._bytes += _write(self._path(name), content)
                if self._bytes > self._limit:
                    self._make_room()
            except OSError:
                self._bytes = None

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was last used, its size and its path, longest ago first; forgotten half-written ones go."""
        found = []
        for path in self._folder.glob("*/*"):
            try:
                facts = path.stat()
                if path.name.startswith(".") and facts.st_mtime < time.time() - _STALE_SECONDS:
                    path.unlink()
                    continue
            except OSError:
                continue
            found.append((facts.st_mtime, facts.st_size, path))
        return sorted(found)

    def _make_room(self) -> None:
        """Down to nine tenths of the limit, so that not every write has to look through the folder."""
        files = self._files()
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self._limit * 0.9:
                break
            path.unlink(missing_ok=True)
            total -= size
        self._bytes = total


def _write(path: Path, content: bytes) -> int:
    """Write in one step, so that no reader meets half a file; how much more the folder holds now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_size if path.exists() else 0
    handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return len(content) - before
