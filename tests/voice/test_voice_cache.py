"""Sound that has been made once."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.voice.cache import SoundCache, key


def files(folder: Path) -> list[Path]:
    """Every file below the folder."""
    return sorted(path for path in folder.glob("**/*") if path.is_file())


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_different_parts_have_different_keys(a: list[str], b: list[str]) -> None:
    """Also where they are the same when written one after the other."""
    assert (key(*a) == key(*b)) == (a == b)


def test_what_is_kept_on_disk_survives_a_restart(tmp_path: Path) -> None:
    """And what is only kept in memory never reaches the disk."""
    cache = SoundCache(tmp_path)
    cache.keep(key("greeting"), b"sound", on_disk=True)
    cache.keep(key("a caller's number"), b"secret", on_disk=False)
    assert cache.find(key("a caller's number")) == b"secret"
    restarted = SoundCache(tmp_path)
    assert restarted.find(key("greeting")) == b"sound"
    assert restarted.find(key("a caller's number")) is None
    assert not any(b"secret" in path.read_bytes() for path in files(tmp_path))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:36],
        lambda content: content[:-1],
        lambda content: content[:-1] + b"x",
        lambda content: bytes(len(content)),
    ],
)
def test_a_damaged_file_is_ignored_and_made_again(tmp_path: Path, damage) -> None:
    """Nobody hears half a sentence or noise."""
    SoundCache(tmp_path).keep(key("a"), b"sound", on_disk=True)
    (file,) = files(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    cache = SoundCache(tmp_path)
    assert cache.find(key("a")) is None
    assert not cache.on_disk(key("a"))
    cache.keep(key("a"), b"sound", on_disk=True)
    assert SoundCache(tmp_path).find(key("a")) == b"sound"


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    """The folder stays below its limit."""
    cache = SoundCache(tmp_path, disk_bytes=500, memory_bytes=0)
    for second, name in enumerate("abc"):
        cache.keep(key(name), name.encode() * 100, on_disk=True)
        file = tmp_path / key(name)[:2] / key(name)
        os.utime(file, (second, second))
    assert len(files(tmp_path)) == 3
    assert cache.find(key("a")) == b"a" * 100, "used just now, so it stays"
    cache.keep(key("d"), b"d" * 100, on_disk=True)
    assert [name for name in "abcd" if cache.find(key(name))] == ["a", "c", "d"]


def test_memory_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    """And does not take in what is larger than itself."""
    cache = SoundCache(tmp_path, memory_bytes=250)
    for name in "ab":
        cache.keep(name, name.encode() * 100, on_disk=False)
    assert cache.find("a") is not None
    cache.keep("c", b"c" * 100, on_disk=False)
    cache.keep("huge", b"h" * 1000, on_disk=False)
    assert [name for name in ("a", "b", "c", "huge") if cache.find(name)] == ["a", "c"]


def test_a_disk_that_cannot_be_written_only_costs_speed(tmp_path: Path) -> None:
    """The folder is a file here: every access to it fails."""
    (tmp_path / "full").write_bytes(b"")
    cache = SoundCache(tmp_path / "full")
    cache.keep(key("a"), b"sound", on_disk=True)
    assert cache.find(key("a")) == b"sound"
    assert not cache.on_disk(key("a"))


def test_forgotten_half_written_files_go(tmp_path: Path) -> None:
    """A service that was killed while writing leaves them; one that is being written now stays."""
    folder = tmp_path / "ab"
    folder.mkdir()
    for name, time in ((".old", 0), (".new", None)):
        (folder / name).write_bytes(b"half")
        if time is not None:
            os.utime(folder / name, (time, time))
    SoundCache(tmp_path).keep(key("a"), b"sound", on_disk=True)
    assert {path.name for path in files(folder)} - {key("a")} == {".new"}


def test_a_sound_of_no_length_is_remembered(tmp_path: Path) -> None:
    """A prompt without words is not made again and again."""
    cache = SoundCache(tmp_path)
    cache.keep("empty", b"", on_disk=False)
    assert cache.find("empty") == b""
