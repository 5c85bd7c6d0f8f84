"""Which of the city's terms a caller has probably said, so that a recogniser can listen once more for just these.

The first hearing, respelt with the words of the FAQ (`respelling.py`), names them. It must not know the recogniser.
"""

from collections import deque
from collections.abc import Callable, Iterable

from voicebot.faq.vocabulary import TERM

_CONTENTS = 4
"""The content in force, the one before it (for the calls under way) and drafts that are being tried."""


class Expected:
    """Remembers how the texts of each content are spelt. Threads may share it."""

    def __init__(self) -> None:
        self._known: deque[tuple[frozenset[str], Callable[[str], str]]] = deque(maxlen=_CONTENTS)

    def learn(self, vocabulary: Iterable[str], respell: Callable[[str], str]) -> None:
        """A content is in use.

        Args:
            vocabulary: The words of its FAQ, which are among the phrases of its open questions.
            respell: Writes a text with its words.
        """
        self._known.append((frozenset(vocabulary), respell))

    def __call__(self, heard: str, phrases: tuple[str, ...]) -> tuple[str, ...] | None:
        """The terms in what was heard, in their order; None when the content of these phrases is not known.

        Args:
            heard: A first hearing.
            phrases: Of the question that is open.
        """
        there = frozenset(phrases)
        for vocabulary, respell in reversed(tuple(self._known)):
            if vocabulary <= there:
                return tuple(dict.fromkeys(TERM.findall(respell(heard))))
        return None
