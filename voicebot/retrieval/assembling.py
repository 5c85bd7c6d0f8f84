"""Puts a search together from what there is: at once without meaning, and with it when all vectors have been made.

Must not know which vendors give words and vectors.
"""

from collections.abc import Callable

from voicebot.faq.meaning import wanted
from voicebot.faq.search import FaqSearch
from voicebot.retrieval.improving import Improving
from voicebot.retrieval.vectors import BATCH, KeptVectors

AT_ONCE = 100
"""So many new texts (a few entries) are worth waiting for: some seconds."""


def improved(
    search: FaqSearch, vectors: KeptVectors | None, say: Callable[[str], None], *, wait: bool
) -> FaqSearch | Improving:
    """The search by meaning too.

    Args:
        search: The search without meaning.
        vectors: Makes and keeps the vectors; None leaves the search as it is.
        say: Told how far it is, at every tenth.
        wait: Whether to wait for vectors that take long to make; else they are made beside the calls.

    Raises:
        VoicebotError: the vectors cannot be made.
    """
    if vectors is None or not search.texts:
        return search
    texts = wanted(search.texts)

    def better(going_on: Callable[[], bool]) -> FaqSearch | None:
        def told(done: int, missing: int) -> bool:
            if missing > AT_ONCE and done % max(missing // 10 // BATCH * BATCH, BATCH) == 0:
                say(f"FAQ: vectors of meaning {done}/{missing}")
            return going_on()

        return search.with_meaning(vectors) if vectors.prepare(texts, told) else None

    if wait or vectors.missing(texts) <= AT_ONCE:
        return better(lambda: True) or search
    return Improving(search, better)
