"""Vectors are made once for each text, kept, and made again when the file is gone."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicebot.retrieval.vectors import BATCH, KeptVectors


class Counting:
    """Makes vectors and counts the texts."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.made += texts
        return np.array([[1.0, len(text)] for text in texts], np.float32)


def always(done: int, missing: int) -> bool:
    """Goes on."""
    return True


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    """After a restart too."""
    path = tmp_path / "kept" / "vectors.npz"
    first = Counting()
    assert KeptVectors(first, path).prepare(["a", "bb", "a"], always)
    assert first.made == ["a", "bb"]
    second = Counting()
    kept = KeptVectors(second, path)
    assert kept.missing(["a", "ccc"]) == 1
    assert kept.prepare(["a", "ccc"], always)
    assert second.made == ["ccc"]
    assert kept(["a", "ccc"]).tolist() == [[1, 1], [1, 3]]
    assert KeptVectors(second, path).missing(["bb"]) == 1, "what is not wanted any more is forgotten"


def test_a_question_is_made_and_not_kept(tmp_path: Path) -> None:
    """Callers' words never reach the disk."""
    made = Counting()
    kept = KeptVectors(made, tmp_path / "vectors.npz")
    assert kept(["question", "question"]).shape == (2, 2)
    assert made.made == ["question"]
    assert kept.missing(["question"]) == 1
    assert not (tmp_path / "vectors.npz").exists()


def test_work_that_is_stopped_is_not_lost(tmp_path: Path) -> None:
    """It goes on where it ended."""
    path = tmp_path / "vectors.npz"
    texts = [f"text {at}" for at in range(3 * BATCH)]
    assert not KeptVectors(Counting(), path).prepare(texts, lambda done, missing: done < BATCH)
    rest = Counting()
    assert KeptVectors(rest, path).prepare(texts, always)
    assert len(rest.made) == 2 * BATCH


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    """A machine lost power while it was written."""
    path = tmp_path / "vectors.npz"
    path.write_bytes(b"PK\x03\x04 half a file")
    assert KeptVectors(Counting(), path).prepare(["a"], always)
    assert KeptVectors(Counting(), path).missing(["a"]) == 0


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """The vectors are there all the same."""
    (tmp_path / "file").write_text("no folder")
    kept = KeptVectors(Counting(), tmp_path / "file" / "vectors.npz")
    assert kept.prepare(["a"], always)
    assert kept.missing(["a"]) == 0
