"""The spool file survives torn writes and keeps what it cannot understand."""

from pathlib import Path

import pytest

from voicebot.errors import TranscriptError
from voicebot.transcripts.backlog import Backlog
from voicebot.transcripts.spool import Spool
from voicebot.transcripts.writes import KeepState, to_line

ONE, TWO = KeepState("c", 1, "{}"), KeepState("c", 2, "…\n…")


def test_lines_come_back_in_order(tmp_path: Path) -> None:
    """Over several additions, and none after clearing."""
    spool = Spool(tmp_path / "s.jsonl")
    assert spool.read() == []
    spool.add(["1", "2"])
    spool.add(["3"])
    assert spool.read() == ["1", "2", "3"]
    spool.clear()
    spool.clear()
    assert spool.read() == []
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_private(tmp_path: Path) -> None:
    """It holds what callers said."""
    Spool(tmp_path / "s.jsonl").add(["1"])
    assert (tmp_path / "s.jsonl").stat().st_mode & 0o077 == 0


def test_a_torn_line_spoils_no_other(tmp_path: Path) -> None:
    """A crash in the middle of a line: what comes before and after is read, the rest is put aside."""
    path = tmp_path / "s.jsonl"
    spool = Spool(path)
    spool.add([to_line(ONE)])
    with path.open("ab") as file:
        file.write(to_line(TWO).encode()[:-9])
    spool.add([to_line(TWO)])
    assert Backlog(spool).writes() == (ONE, TWO)
    assert (tmp_path / "s.jsonl.rejected").read_bytes().strip() == to_line(TWO).encode()[:-9]


def test_a_file_of_mere_damage_goes(tmp_path: Path) -> None:
    """It is put aside once, not at each start."""
    spool = Spool(tmp_path / "s.jsonl")
    (tmp_path / "s.jsonl").write_bytes(b"\xff\xfe garbage\n{}\n")
    assert Backlog(spool).writes() == ()
    assert not (tmp_path / "s.jsonl").exists()
    assert (tmp_path / "s.jsonl.rejected").read_bytes().split() == [b"\xff\xfe", b"garbage", b"{}"]


@pytest.mark.parametrize("act", [lambda spool: spool.add(["1"]), lambda spool: spool.reject(["1"])])
def test_what_cannot_be_written_is_our_error(tmp_path: Path, act: object) -> None:
    """The message says the cure."""
    assert callable(act)
    with pytest.raises(TranscriptError, match="free space") as caught:
        act(Spool(tmp_path / "no folder" / "s.jsonl"))
    assert caught.value.code == "transcript.spool"


def test_what_cannot_be_read_or_removed_is_our_error(tmp_path: Path) -> None:
    """A folder in the place of the file."""
    (tmp_path / "s.jsonl").mkdir()
    for act in (Spool(tmp_path / "s.jsonl").read, Spool(tmp_path / "s.jsonl").clear):
        with pytest.raises(TranscriptError):
            act()


def test_the_file_stays_until_all_of_it_is_written(tmp_path: Path) -> None:
    """Half of it in the database is not enough; what was never in the file does not matter."""
    spool = Spool(tmp_path / "s.jsonl")
    spool.add([to_line(ONE), to_line(TWO)])
    backlog = Backlog(spool)
    backlog.add(KeepState("c", 3, "{}"))
    backlog.remove_first(1)
    assert (tmp_path / "s.jsonl").exists()
    backlog.remove_first(1)
    assert not (tmp_path / "s.jsonl").exists()
    assert backlog.writes() == (KeepState("c", 3, "{}"),)
