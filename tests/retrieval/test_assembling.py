"""A search is improved at once when little is missing, and beside the calls when much is."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicebot import bootstrap
from voicebot.events import Alternative
from voicebot.faq.load import Entry
from voicebot.faq.search import FaqSearch
from voicebot.retrieval.assembling import AT_ONCE, improved
from voicebot.retrieval.improving import Improving
from voicebot.retrieval.vectors import KeptVectors
from voicebot.voice.reading import reading

FEW = (Entry("粗大ごみの出し方", ("大きなごみ",), "予約です。", "環境課"),)
MANY = tuple(Entry(f"{at}番の窓口はどこですか", ("窓口",), f"{at}階です。", "市民課") for at in range(AT_ONCE))


def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Of length one."""
    return np.array([[1.0, 0.0]] * len(texts), np.float32).reshape(-1, 2)


def plain(entries: Sequence[Entry]) -> FaqSearch:
    """Without meaning."""
    return FaqSearch(entries, reading, bootstrap.words())


def test_without_vectors_or_entries_the_search_stays_as_it_is(tmp_path: Path) -> None:
    """Nothing is missing."""
    search, empty = plain(FEW), plain(())
    assert improved(search, None, print, wait=True) is search
    assert improved(empty, KeptVectors(embed, tmp_path / "v.npz"), print, wait=True) is empty


def test_a_few_new_entries_are_worth_waiting_for(tmp_path: Path) -> None:
    """As when staff change an answer."""
    found = improved(plain(FEW), KeptVectors(embed, tmp_path / "v.npz"), print, wait=False)
    assert isinstance(found, FaqSearch)
    assert found.evidence.name == "meaning"


def test_many_are_made_beside_the_calls_and_then_serve(tmp_path: Path) -> None:
    """The next start finds them."""
    vectors = KeptVectors(embed, tmp_path / "v.npz")
    found = improved(plain(MANY), vectors, print, wait=False)
    assert isinstance(found, Improving)
    assert found.settled(60)
    assert found.search((Alternative("5番の窓口はどこですか", reading("5番の窓口はどこですか"), 1.0),), "ja")
    again = improved(plain(MANY), KeptVectors(embed, tmp_path / "v.npz"), print, wait=False)
    assert isinstance(again, FaqSearch)


def test_progress_is_told_for_big_faqs(tmp_path: Path) -> None:
    """At every tenth or so."""
    said: list[str] = []
    improved(plain(MANY), KeptVectors(embed, tmp_path / "v.npz"), said.append, wait=True)
    assert 5 < len(said) < 25
    assert "/" in said[0]
