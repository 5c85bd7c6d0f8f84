"""Installing and checking models, for `voicebot models install` and `voicebot models check`.

A model appears in the folder of models whole and checked, or not at all; a download that broke off is continued by the
next try. This module must not load models itself: the checker is given what can.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from voicebot.errors import RecogniserError, VoicebotError
from voicebot.recogniser.catalogue import BY_NAME, MEGABYTE, VOSK_URL, Model, language_of
from voicebot.recogniser.download import Progress, download
from voicebot.recogniser.folders import Engine, Found, engine_of, installed, made_at_once, md5, wrong_files
from voicebot.recogniser.packaged import korean_model, prepare
from voicebot.recogniser.unpack import copy, top_folder, unpack

LARGEST_BYTES = 6_000 * MEGABYTE
"""Of a download of unknown size; the largest model of the maker has 4,700 MB."""

GROWTH = 8
"""How many times larger than its archive a model can be; the small Korean one grows three times."""

_NAME = re.compile(r"vosk-model-[A-Za-z0-9][A-Za-z0-9._-]*")
_TIMEOUT = httpx.Timeout(30.0, connect=15.0)


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did."""

    found: Found
    verified: str
    """`files` (SHA-256 of each known file), `archive` (MD5 of the zip) or `no` (no sums are known)."""
    already: bool = False
    """It was there and right; nothing was done."""

    def __str__(self) -> str:
        done = "was already installed" if self.already else "is installed"
        checked = {
            "files": "its files were checked (SHA-256)",
            "archive": "its archive was checked (MD5)",
            "no": "its sums are not known, so it could not be checked against damage or tampering",
        }[self.verified]
        return f"{self.found.name} {done}; {checked}."


@dataclass(frozen=True, slots=True)
class Checked:
    """The state of one model."""

    found: Found
    wrong: tuple[str, ...]
    """Files that differ from the known sums."""
    error: str = ""
    """Why it can't be loaded; "" when it can."""

    @property
    def sound(self) -> bool:
        """Whether the model can be used."""
        return not self.wrong and not self.error


def install(
    source: str,
    models_dir: Path,
    progress: Progress,
    client: httpx.Client | None = None,
    site: str = VOSK_URL,
    known: Mapping[str, Model] = BY_NAME,
) -> Installed:
    """Install a model by the name of its folder, or from a zip file or a folder on disk.

    Args:
        source: `vosk-model-small-ja-0.22`, `whisper-base`, or a path.
        models_dir: The folder of models.
        progress: Told how far each step is.
        client: For tests and special networks; by default one is made, which honours the usual proxy variables.
        site: Where models are downloaded from; another site needs the same file names.
        known: What is known of models, by name.

    Raises:
        RecogniserError: with the cure; nothing half installed is left behind.
    """
    path = Path(source)
    if source not in known and path.exists():
        return _from_disk(path, models_dir, progress, known)
    wanted = known.get(source) or _unlisted(source)
    if wanted.engine == "whisper":
        return Installed(Found(wanted.name, "whisper", "", prepare(models_dir, progress)), "files")
    folder = models_dir / wanted.name
    if wanted.files and not wrong_files(folder, wanted.files, progress):
        return Installed(_found(folder), "files", already=True)
    if client is not None:
        return _by_name(wanted, models_dir, progress, client, site)
    with httpx.Client(timeout=_TIMEOUT) as own:
        return _by_name(wanted, models_dir, progress, own, site)


def inventory(models_dir: Path) -> tuple[Found, ...]:
    """All models that can be used: those in the folder of models and those that came as packages."""
    korean = korean_model()
    return (*installed(models_dir), *(() if korean is None else (korean,)))


def check(
    models_dir: Path, loaders: Mapping[Engine, Callable[[Path], object]], progress: Progress
) -> tuple[Checked, ...]:
    """Compare every model with its known sums and load it.

    Args:
        models_dir: The folder of models.
        loaders: What loads a model of an engine and raises `VoicebotError` when it can't.
        progress: Told how far each model is.
    """
    return tuple(_checked(found, loaders, progress) for found in inventory(models_dir))


def _checked(found: Found, loaders: Mapping[Engine, Callable[[Path], object]], progress: Progress) -> Checked:
    known = BY_NAME.get(found.name)
    wrong = wrong_files(found.folder, known.files, progress) if known is not None else ()
    if wrong:  # a damaged file can crash the engine, so it isn't loaded
        return Checked(found, wrong)
    loader = loaders.get(found.engine)
    if loader is None:
        return Checked(found, (), f'The engine is not installed; run `pip install "voicebot[{found.engine}]"`.')
    try:
        loader(found.folder)
    except VoicebotError as error:
        return Checked(found, (), error.message)
    return Checked(found, ())


def _by_name(wanted: Model, models_dir: Path, progress: Progress, client: httpx.Client, site: str) -> Installed:
    archive = models_dir / ".downloads" / f"{wanted.name}.zip"
    limit = round(wanted.megabytes * MEGABYTE * 1.25) if wanted.megabytes else LARGEST_BYTES
    try:
        download(f"{site}{wanted.name}.zip", archive, limit, progress, client)
        if wanted.md5 and md5(archive) != wanted.md5:
            raise RecogniserError(
                "recogniser.wrong_sum",
                f"What was downloaded is not {wanted.name} (wrong MD5 sum); try again, and if it happens again tell "
                "whoever runs the network.",
            )
        return _from_archive(archive, wanted, models_dir, progress)
    finally:
        archive.unlink(missing_ok=True)


def _from_disk(path: Path, models_dir: Path, progress: Progress, known: Mapping[str, Model]) -> Installed:
    if path.is_dir():
        name = path.resolve().name
        wanted = known.get(name) or _unlisted(name)
        with made_at_once(models_dir / wanted.name) as making:
            copy(path, making, LARGEST_BYTES * GROWTH, progress)
            _approve(making, wanted, progress)
        return _installed(models_dir / wanted.name, wanted, archive_checked=False)
    top = top_folder(path)
    name = top if _NAME.fullmatch(top) else path.stem
    return _from_archive(path, known.get(name) or _unlisted(name), models_dir, progress)


def _from_archive(archive: Path, wanted: Model, models_dir: Path, progress: Progress) -> Installed:
    target = models_dir / wanted.name
    with made_at_once(target) as making:
        unpack(archive, making, archive.stat().st_size * GROWTH, progress)
        _approve(making, wanted, progress)
    return _installed(target, wanted, archive_checked=bool(wanted.md5) and md5(archive) == wanted.md5)


def _approve(folder: Path, wanted: Model, progress: Progress) -> None:
    if engine_of(folder) != wanted.engine:
        raise RecogniserError(
            "recogniser.no_model",
            f"What was given as {wanted.name} holds no Vosk model (am/final.mdl is missing); get it from {VOSK_URL}.",
        )
    if wrong := wrong_files(folder, wanted.files, progress):
        raise RecogniserError(
            "recogniser.wrong_sum",
            f"{wanted.name} is damaged or not the maker's ({', '.join(wrong[:3])}); get it again from {VOSK_URL}.",
        )


def _installed(folder: Path, wanted: Model, *, archive_checked: bool) -> Installed:
    verified = "files" if wanted.files else "archive" if archive_checked else "no"
    return Installed(_found(folder), verified)


def _found(folder: Path) -> Found:
    return Found(folder.name, "vosk", language_of(folder.name), folder)


def _unlisted(name: str) -> Model:
    """A model that the catalogue does not have, but whose name is of the maker's form."""
    if not _NAME.fullmatch(name):
        names = ", ".join(model.name for model in BY_NAME.values() if model.language in {"ja", ""})
        raise RecogniserError(
            "recogniser.model_unknown",
            f"No model has this name, and there is no such file; names look like {names}; see `voicebot models list`.",
        )
    return Model(name, language_of(name), 0)
