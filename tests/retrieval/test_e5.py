"""Vectors of meaning by the real model."""

import os

import numpy as np
import pytest

from voicebot.retrieval.e5 import E5Meaning


@pytest.fixture(scope="module")
def meaning() -> E5Meaning:
    """The model, loaded once."""
    return E5Meaning()


def test_what_means_the_same_lies_near(meaning: E5Meaning) -> None:
    """Nearer than what only shares words."""
    asked, same, other = meaning(["保育園に入れたい", "子どもを預ける先を申し込む", "植木の枝を捨てたい"])
    assert asked @ same > asked @ other


def test_vectors_have_one_length_and_no_text_gives_none(meaning: E5Meaning) -> None:
    """Cosines are products."""
    found = meaning(["ごみ", "税金"])
    assert found.shape == (2, 384)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=1e-3)
    assert meaning([]).shape == (0, 384)


def test_the_environment_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of threads is asked for only while the model is loaded."""
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    E5Meaning()
    assert os.environ["OMP_NUM_THREADS"] == "7"
