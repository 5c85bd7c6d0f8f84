"""Kinds of evidence, by what there is."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from voicebot import bootstrap
from voicebot.events import Alternative
from voicebot.faq.evidence import MEANING_KINDS, SETS, SOUND_KINDS, WORD_KINDS, Evidence
from voicebot.faq.load import Entry
from voicebot.voice.reading import reading

ENTRIES = (
    Entry("住民票の写しはどこで取れますか", ("住民票がほしい",), "市民課です。", "市民課"),
    Entry("粗大ごみの出し方", ("大きなごみを捨てたい",), "予約です。", "環境課"),
)


def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Three numbers, of length one."""
    rows = np.array([[1.0, len(text), text.count("ご")] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def heard(text: str) -> tuple[Alternative, ...]:
    """One guess."""
    return (Alternative(text, reading(text), 1.0),)


def test_without_words_there_is_no_meaning_either() -> None:
    """Sounds are always there."""
    assert Evidence(ENTRIES, reading).kinds == SOUND_KINDS
    assert Evidence(ENTRIES, reading, None, embed).kinds == SOUND_KINDS
    assert Evidence(ENTRIES, reading, bootstrap.words()).kinds == WORD_KINDS
    assert Evidence(ENTRIES, reading, bootstrap.words(), embed).kinds == MEANING_KINDS


def test_meaning_can_be_added_later() -> None:
    """The index of sounds and words is the same."""
    plain = Evidence(ENTRIES, reading, bootstrap.words())
    better = plain.with_meaning(ENTRIES, embed)
    found = better.of(heard("粗大ごみを捨てたい"))
    assert found.shape == (len(MEANING_KINDS), len(ENTRIES))
    assert found[: len(WORD_KINDS)].tolist() == plain.of(heard("粗大ごみを捨てたい")).tolist()


def test_a_faq_that_is_asked_in_one_way_only_is_bare() -> None:
    """It has weights of its own."""
    bare = tuple(Entry(entry.question, (), entry.answer, entry.department) for entry in ENTRIES)
    assert Evidence(ENTRIES, reading).name == "sound"
    assert Evidence(bare, reading).name == "sound_bare"
    assert {"sound", "sound_bare"} < set(SETS)


@pytest.mark.parametrize(
    "text", ["すみませんが、粗大ごみの出し方を教えてください", "えーと、粗大ごみの出し方なんですけど"]
)
def test_fillers_and_politeness_do_not_disturb(text: str) -> None:
    """The same entry, nearly as strong."""
    evidence = Evidence(ENTRIES, reading, bootstrap.words())
    plain, polite = evidence.of(heard("粗大ごみの出し方")), evidence.of(heard(text))
    assert (polite.argmax(axis=1) == 1).all()
    assert polite[WORD_KINDS.index("asked"), 1] > 0.8 * plain[WORD_KINDS.index("asked"), 1]
