"""Which phrases a model can hear, remembered on disk: loading a model for its list of words takes seconds.

A phrase is looked up once; only phrases that are new, or another model, make the model be loaded again. This module
must not know engines: it is given what asks one.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

Unknown = Callable[[tuple[str, ...]], tuple[str, ...]]
"""The parts of phrases that a model can never hear."""


class KnownWords:
    """Answers as the model would.

    Args:
        file: Where answers are kept; a file that cannot be read or written only costs time.
        model: The model's folder: another one, or one that was installed anew, has other words.
        ask: Loads the model and gives what asks it.
    """

    def __init__(self, file: Path, model: Path, ask: Callable[[], Unknown]) -> None:
        self._file = file
        self._model = _identity(model)
        self._ask = ask
        self._kept = self._read()

    def unknown(self, phrases: Sequence[str]) -> tuple[str, ...]:
        """The parts of these phrases that the model can never hear, in order and each once."""
        new = [phrase for phrase in phrases if phrase not in self._kept]
        if new:
            asked = self._ask()
            self._kept.update({phrase: list(asked((phrase,))) for phrase in new})
            self._write()
        return tuple(dict.fromkeys(word for phrase in phrases for word in self._kept[phrase]))

    def _read(self) -> dict[str, list[str]]:
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            if kept["model"] == self._model:
                return {str(phrase): [str(word) for word in words] for phrase, words in kept["unknown"].items()}
        return {}

    def _write(self) -> None:
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            making = self._file.with_suffix(".new")
            text = json.dumps({"model": self._model, "unknown": self._kept}, ensure_ascii=False)
            making.write_text(text, encoding="utf-8")
            making.replace(self._file)


def _identity(model: Path) -> str:
    files = [path for path in (model / "am" / "final.mdl", model / "final.mdl") if path.is_file()]
    facts = [f"{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    return ":".join((model.name, *facts))
