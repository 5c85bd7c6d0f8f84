"""The words that residents' questions turn on, as a recogniser may expect them. Pure, and needs no dictionary."""

import re
from collections import Counter
from collections.abc import Iterable

from voicebot.faq.load import Entry

MOST = 1500
"""More words sound like anything."""
_TERM = re.compile(r"[一-龥々]{2,10}|[ァ-ヴー]{3,12}")
"""Japanese writes its terms in unbroken rows of kanji or katakana."""


def vocabulary(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Keywords and the terms of all questions, those of the most entries first."""
    counted: Counter[str] = Counter()
    for entry in entries:
        asked = (term for text in (entry.question, *entry.also) for term in _TERM.findall(text))
        counted.update(list(dict.fromkeys([*entry.keywords, *asked])))
    return tuple(word for word, _ in counted.most_common(MOST))
