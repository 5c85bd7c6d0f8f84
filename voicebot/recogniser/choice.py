"""Which engine hears a language, and the engines themselves: loaded once, shared by all calls.

The choice is a pure function of the settings and of what is installed, with its reason in words. This module must not
import an engine: it is given what makes one, so that an engine that is not installed is not missed until it is wanted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.events import Alternative
from voicebot.recogniser.catalogue import suggested
from voicebot.recogniser.folders import Engine, Found


class Opened(Protocol):
    """A recogniser of one call, whatever its engine (the shape of `ports.Recogniser`)."""

    rate: int
    deferred: bool

    def expect(self, grammar: Grammar) -> None:
        """Use this grammar from the next utterance on."""

    def feed(self, pcm: bytes) -> str:
        """More of an utterance."""

    def finish(self) -> tuple[Alternative, ...]:
        """End the utterance."""

    def close(self) -> None:
        """Free what the call holds."""


class Loaded(Protocol):
    """An engine with its model."""

    def open(self, language: str) -> Opened:
        """A recogniser for one call."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that hears a language, and why."""

    found: Found
    reason: str


def choose(language: str, wanted: Mapping[str, str], inventory: tuple[Found, ...]) -> Choice:
    """Choose a model for a language.

    In this order: what the settings name (an engine or a model); a Vosk model that the administrator installed, a big
    one before a small one because nobody downloads a gigabyte by accident; a Vosk model that came as a package;
    Whisper. Vosk comes first because its words arrive while the caller still speaks.

    Args:
        language: As in prompts and grammars, `ja` or `en-US`.
        wanted: Engine or model by language, from the settings.
        inventory: The models that are there.

    Raises:
        RecogniserError: nothing that is there hears this language; the message says what to install.
    """
    language = language.partition("-")[0].lower()
    hearing = sorted((found for found in inventory if found.language in {language, ""}), key=_rank)
    name = wanted.get(language, "")
    if name:
        fitting = [found for found in hearing if name in {found.name, found.engine}]
        if fitting:
            return Choice(fitting[0], f"the settings say `{name}` for {language}")
        raise _missing(language, name)
    if not hearing:
        raise _missing(language, suggested(language) or "whisper")
    return Choice(hearing[0], _reason(hearing[0], language))


class Engines:
    """Opens recognisers for calls, as `ports.Recognisers` wants it. May be used from several threads.

    Args:
        inventory: Gives the models that are there; asked anew for each language that was not opened yet.
        wanted: Engine or model by language, from the settings.
        makers: What loads the model in a folder, by engine.
    """

    def __init__(
        self,
        inventory: Callable[[], tuple[Found, ...]],
        wanted: Mapping[str, str],
        makers: Mapping[Engine, Callable[[Path], Loaded]],
    ) -> None:
        self._inventory = inventory
        self._wanted = wanted
        self._makers = makers
        self._chosen: dict[str, Found] = {}
        self._loaded: dict[Path, Loaded] = {}
        self._lock = Lock()

    def open(self, language: str) -> Opened:
        """A recogniser for one call; the first one for a language loads the model, which takes seconds.

        Raises:
            RecogniserError: no engine can hear this language, or its model is damaged.
        """
        with self._lock:  # two first calls must not load the same model twice
            found = self._chosen.get(language)
            if found is None:
                found = choose(language, self._wanted, self._inventory()).found
            engine = self._loaded.get(found.folder)
            if engine is None:
                engine = self._make(found)
                self._loaded[found.folder] = engine
            self._chosen[language] = found
        return engine.open(language)

    def name(self, language: str) -> str:
        """The model that hears a language, for the record; empty when nothing that is installed does."""
        found = self._chosen.get(language)
        try:
            return (found or choose(language, self._wanted, self._inventory()).found).name
        except RecogniserError:
            return ""

    def _make(self, found: Found) -> Loaded:
        maker = self._makers.get(found.engine)
        if maker is None:
            raise RecogniserError(
                "recogniser.engine_missing",
                f'The engine of {found.name} is not installed; run `pip install "voicebot[{found.engine}]"`.',
            )
        return maker(found.folder)


def _rank(found: Found) -> tuple[bool, bool, bool, str]:
    return (found.engine != "vosk", found.packaged, "-small-" in found.name, found.name)


def _reason(found: Found, language: str) -> str:
    if found.engine == "whisper":
        return f"no Vosk model for {language} is installed; Whisper hears it"
    if found.packaged:
        return f"it came as a package and hears {language}"
    return f"it is installed and hears {language}; VOICEBOT_RECOGNISERS can name another"


def _missing(language: str, name: str) -> RecogniserError:
    cure = suggested(language) if name == "vosk" else name
    if name.startswith("whisper") or not cure:
        command = '`pip install "voicebot[whisper]"` and `voicebot models prepare`'
    else:
        command = f"`voicebot models install {cure}`"
    return RecogniserError("recogniser.no_engine", f"Nothing that is installed hears {language}; run {command}.")
