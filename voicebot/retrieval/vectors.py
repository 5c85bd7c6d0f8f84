"""Vectors that are kept on disk by text, so that an index is built again in a moment when a few entries change.

Must not know what the texts are, nor which model makes the vectors.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
BATCH = 16
"""So many texts are embedded before a question may come between."""


class KeptVectors:
    """Call it with texts to get their vectors; those that `prepare` has seen come from memory.

    Args:
        embed: Makes the vectors.
        path: Where they are kept; a file that cannot be read is made anew.
    """

    def __init__(self, embed: Embed, path: Path) -> None:
        self._embed = embed
        self._path = path
        self._known = _read(path)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, of length one."""
        keys = [_key(text) for text in texts]
        known = self._known
        missing = list(dict.fromkeys(text for text, key in zip(texts, keys, strict=True) if key not in known))
        made = dict(zip(map(_key, missing), self._embed(missing), strict=True)) if missing else {}
        return np.stack([known[key] if key in known else made[key] for key in keys]).astype(np.float32)

    def missing(self, texts: Sequence[str]) -> int:
        """How many of these texts are not there yet."""
        return sum(_key(text) not in self._known for text in dict.fromkeys(texts))

    def prepare(self, texts: Sequence[str], going_on: Callable[[int, int], bool]) -> bool:
        """Make and keep the vectors of these texts, and forget all others.

        Args:
            texts: Everything that an index needs.
            going_on: Told how many of the missing ones are done, and how many there are; False ends the work.

        Returns:
            Whether all of them are there now. What was made is kept in any case.
        """
        missing = [text for text in dict.fromkeys(texts) if _key(text) not in self._known]
        done = 0
        while done < len(missing) and going_on(done, len(missing)):
            batch = missing[done : done + BATCH]
            self._known |= dict(zip(map(_key, batch), self._embed(batch).astype(np.float16), strict=True))
            done += len(batch)
        complete = done >= len(missing)
        wanted = {_key(text) for text in texts}
        if missing or len(wanted) < len(self._known):
            if complete:
                self._known = {key: vector for key, vector in self._known.items() if key in wanted}
            _write(self._path, self._known)
        return complete


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _read(path: Path) -> dict[bytes, npt.NDArray[np.float16]]:
    try:
        with open(path, "rb") as stream, np.load(stream, allow_pickle=False) as file:
            keys, vectors = file["keys"], file["vectors"]
        return {bytes(key): vector for key, vector in zip(keys, vectors, strict=True)}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}  # none yet, or half written by a machine that lost power


def _write(path: Path, known: dict[bytes, npt.NDArray[np.float16]]) -> None:
    """Whole or not at all; a full disk costs only the time to make the vectors again."""
    if not known:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            keys = np.array([np.frombuffer(key, np.uint8) for key in known])
            np.savez(file, keys=keys, vectors=np.stack(list(known.values())).astype(np.float16))
        os.replace(file.name, path)
    except OSError:
        pass
