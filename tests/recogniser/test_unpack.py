"""Archives that are unsafe are refused before or while they are written."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.errors import RecogniserError
from voicebot.recogniser.unpack import copy, top_folder, unpack

LIMIT = 1_000_000


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def archive(path: Path, entries: dict[str, bytes]) -> Path:
    """A zip file with these entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def test_the_contents_of_the_top_folder_are_unpacked(tmp_path: Path) -> None:
    """Without the folder's own name, and with progress."""
    told: list[tuple[str, int, int]] = []
    path = archive(tmp_path / "a.zip", {"m/": b"", "m/am/": b"", "m/am/final.mdl": b"x" * 9, "m/README": b"y"})
    assert top_folder(path) == "m"
    unpack(path, tmp_path / "out", LIMIT, lambda *step: told.append(step))
    found = {
        str(one.relative_to(tmp_path / "out")): one.read_bytes()
        for one in (tmp_path / "out").rglob("*")
        if one.is_file()
    }
    assert found == {"am/final.mdl": b"x" * 9, "README": b"y"}
    assert told[-1] == ("unpack", 10, 10)


@pytest.mark.parametrize(
    "entries",
    [
        {"m/../../evil": b"x"},
        {"../evil": b"x"},
        {"/etc/evil": b"x"},
        {"m/..\\..\\evil": b"x"},
        {"C:\\evil": b"x"},
        {"C:/evil": b"x"},
        {"m/con:stream": b"x"},
        {"one/a": b"x", "two/b": b"x"},
        {"loose": b"x"},
        {"m/a": b"x", "loose": b"x"},
        {},
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, entries: dict[str, bytes]) -> None:
    """Nothing at all is written then."""
    path = archive(tmp_path / "a.zip", entries)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RecogniserError) as caught:
        unpack(path, tmp_path / "out", LIMIT, quiet)
    assert caught.value.code == "recogniser.archive"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    """A link inside the archive could point anywhere."""
    entry = zipfile.ZipInfo("m/link")
    entry.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr(entry, "/etc/passwd")
    with pytest.raises(RecogniserError, match="links or devices"):
        unpack(tmp_path / "a.zip", tmp_path / "out", LIMIT, quiet)


def test_an_entry_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """The second would overwrite what was checked."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("m/a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("m/a", "2")
    with pytest.raises(RecogniserError, match="one twice"):
        top_folder(tmp_path / "a.zip")


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    """The flag in the directory says so."""
    path = archive(tmp_path / "a.zip", {"m/a": b"x"})
    data = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    path.write_bytes(data)
    with pytest.raises(RecogniserError, match="encrypted"):
        top_folder(path)


def test_a_bomb_is_stopped_while_it_grows(tmp_path: Path) -> None:
    """A thousand times larger than its archive: refused when the limit is reached, not when the disk is full."""
    path = archive(tmp_path / "a.zip", {"m/zeros": bytes(20_000_000)})
    assert path.stat().st_size < 100_000
    with pytest.raises(RecogniserError, match="grows beyond"):
        unpack(path, tmp_path / "out", LIMIT, quiet)
    assert (tmp_path / "out" / "zeros").stat().st_size <= LIMIT


def test_a_bomb_that_lies_about_its_size_is_stopped_too(tmp_path: Path) -> None:
    """The size in the directory is not believed."""
    path = archive(tmp_path / "a.zip", {"m/zeros": bytes(20_000_000)})
    data = path.read_bytes().replace((20_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(RecogniserError):
        unpack(path, tmp_path / "out", LIMIT, quiet)
    assert sum(one.stat().st_size for one in (tmp_path / "out").rglob("*")) <= LIMIT


def test_a_damaged_archive_is_our_error(tmp_path: Path) -> None:
    """Bytes that changed on the way, a file that was cut, and one that never was a zip."""
    whole = archive(tmp_path / "a.zip", {"m/a": os.urandom(5000)}).read_bytes()
    changed = bytearray(whole)
    changed[2000] ^= 0xFF
    for data in (bytes(changed), whole[:3000], b"not a zip", b""):
        (tmp_path / "b.zip").write_bytes(data)
        with pytest.raises(RecogniserError) as caught:
            unpack(tmp_path / "b.zip", tmp_path / f"out{len(data)}", LIMIT, quiet)
        assert caught.value.code == "recogniser.archive"


@settings(max_examples=400)
@given(data=st.data())
def test_garbage_is_a_value_or_our_error(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A zip with any bytes changed gives files inside the folder or `RecogniserError`, never another error."""
    folder = tmp_path_factory.mktemp("garbage")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("m/am/final.mdl", b"model " * 20 + bytes(range(200)))
        file.writestr("m/README", b"read me")
    spoilt = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    (folder / "a.zip").write_bytes(spoilt)
    try:
        unpack(folder / "a.zip", folder / "out" / "here", LIMIT, quiet)
    except RecogniserError:
        pass
    assert {path.name for path in folder.iterdir()} <= {"a.zip", "out"}
    assert not (folder / "out").exists() or {path.name for path in (folder / "out").iterdir()} <= {"here"}


def test_a_folder_is_copied_but_not_its_links(tmp_path: Path) -> None:
    """A model on a USB stick."""
    source = tmp_path / "source"
    (source / "am").mkdir(parents=True)
    (source / "am" / "final.mdl").write_bytes(b"x")
    copy(source, tmp_path / "out", LIMIT, quiet)
    assert (tmp_path / "out" / "am" / "final.mdl").read_bytes() == b"x"
    (source / "link").symlink_to("/etc/passwd")
    with pytest.raises(RecogniserError, match="links"):
        copy(source, tmp_path / "again", LIMIT, quiet)
    with pytest.raises(RecogniserError, match="too large"):
        copy(source / "am", tmp_path / "again", 0, quiet)
