"""Vectors of sentences, with a model that is easily followed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voicebot.faq.load import Entry
from voicebot.faq.meaning import ANSWER_SIGNS, ENTRY_SIGNS, Meaning, wanted

ENTRIES = (Entry("ごみ", ("塵",), "袋" * 300, "環境課"), Entry("税", (), "銀行", "税務課"))


def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """What a text begins with is what it means."""
    signs = sorted({"ご", "塵", "袋", "税", "銀"})
    rows = [[float(text.startswith(sign)) for sign in signs] for text in texts]
    return np.array(rows, np.float32)


def test_the_nearest_way_the_whole_and_the_answer_speak_for_an_entry() -> None:
    """Each for itself."""
    meaning = Meaning(ENTRIES, embed)
    assert meaning.of("塵")["meant"].tolist() == [1.0, 0.0]
    assert meaning.of("ごみ")["answered"].tolist() == [1.0, 0.0]
    assert meaning.of("銀行")["said"].tolist() == [0.0, 1.0]


def test_every_text_whose_vector_is_needed_is_named_once_and_cut() -> None:
    """A model reads long texts slowly."""
    texts = wanted((*ENTRIES, ENTRIES[0]))
    assert len(texts) == len(set(texts)) == 7
    assert max(map(len, texts)) == max(ENTRY_SIGNS, ANSWER_SIGNS)
