"""Folders of models on disk: what kind of model each holds, whether its files are right, and how one appears at once.

This module must not load models or know where they come from.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voicebot.errors import RecogniserError
from voicebot.recogniser.catalogue import language_of
from voicebot.recogniser.download import Progress

Engine = Literal["vosk", "whisper"]
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A model that is there to be used."""

    name: str
    engine: Engine
    language: str
    """Two letters; "" for a model of many languages."""
    folder: Path
    packaged: bool = False
    """It came with a Python package, nobody chose it."""


def engine_of(folder: Path) -> Engine | None:
    """The engine that a folder's files are for; None when it holds no whole model."""
    if (folder / "am" / "final.mdl").is_file() or (folder / "final.mdl").is_file():
        return "vosk"
    return "whisper" if all((folder / name).is_file() for name in ("model.bin", "tokenizer.json")) else None


def installed(models_dir: Path) -> tuple[Found, ...]:
    """The models below a folder, by name; folders that begin with a point are unfinished and not looked at."""
    if not models_dir.is_dir():
        return ()
    folders = sorted(path for path in models_dir.iterdir() if path.is_dir() and not path.name.startswith("."))
    kinds = [(folder, engine_of(folder)) for folder in folders]
    return tuple(
        Found(folder.name, engine, language_of(folder.name) if engine == "vosk" else "", folder)
        for folder, engine in kinds
        if engine is not None
    )


def wrong_files(folder: Path, sums: Mapping[str, str], progress: Progress) -> tuple[str, ...]:
    """The names of files whose SHA-256 is not the known one; a missing file is wrong too."""
    paths = [folder / name for name in sums]
    total = sum(path.stat().st_size for path in paths if path.is_file())
    done = 0
    wrong = []
    for path, (name, known) in zip(paths, sums.items(), strict=True):
        if not path.is_file() or _sum(path, "sha256") != known:
            wrong.append(name)
            continue
        done += path.stat().st_size
        progress("check", done, total)
    return tuple(wrong)


def md5(path: Path) -> str:
    """The MD5 sum of a file: proof against damage, not against malice, but the only one the maker publishes."""
    return _sum(path, "md5")


@contextmanager
def made_at_once(target: Path) -> Iterator[Path]:
    """Gives a place to make a folder in; when all has gone well it becomes `target`, else nothing is left of it.

    What stood at `target` is replaced.

    Raises:
        RecogniserError: the disk is full or may not be written.
    """
    making = target.with_name(f".installing-{target.name}")
    try:
        making.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(making, ignore_errors=True)
        yield making
        _put_in_place(making, target)
    except OSError as error:
        raise RecogniserError(
            "recogniser.disk", "The model could not be written; free disk space or mend the folder's permissions."
        ) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _put_in_place(made: Path, target: Path) -> None:
    old = target.with_name(f".replaced-{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    made.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _sum(path: Path, algorithm: str) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
