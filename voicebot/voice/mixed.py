"""A Japanese prompt with a sentence in another language: each is said by a voice of its own language.

For announcements such as 「……です。For English, press 7. 한국어는 8번.」, which would otherwise be written in kana
and be understood by nobody. Where the other voice is broken its sentence is left out: who speaks Japanese must not
suffer. It knows engines by their shape only.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voicebot.actions import Prompt
from voicebot.audio.mulaw import BYTES_PER_SECOND, SILENCE
from voicebot.errors import VoiceError
from voicebot.language.pronunciations import Pronunciations
from voicebot.voice.chain import Engine, Spelling, taught
from voicebot.voice.phrases import Phrase

log = logging.getLogger(__name__)
_FOREIGN = re.compile(
    r"(?P<en>[A-Za-z][A-Za-z'’-]*(?:,? [A-Za-z0-9'’-]+)+[.!?])"  # two words and a full stop: no name inside Japanese
    r"|(?P<ko>[가-힣][가-힣0-9 ,]*[.!?])"
)
_PAUSE = bytes([SILENCE]) * round(0.2 * BYTES_PER_SECOND)


class MixedVoice:
    """One voice for Japanese, others for sentences in other languages.

    Args:
        main: Says the Japanese.
        others: Who says the rest, by language.
    """

    def __init__(self, main: Engine, others: Mapping[str, Engine]) -> None:
        self.main = main
        self._others = others

    def taught(self, known: Pronunciations) -> "MixedVoice":
        """With the city's own words in the Japanese."""
        return MixedVoice(taught(self.main, known), self._others)

    def spelled(self, prompt: Prompt) -> tuple[Phrase, ...]:
        """How the Japanese in it is read. Raises `VoiceError`."""
        if not isinstance(self.main, Spelling):
            return ()
        said = [part for part in parts(prompt) if part.language == "ja"]
        return tuple(phrase for part in said for phrase in self.main.spelled(part))

    @property
    def identity(self) -> str:
        """That of the Japanese voice; the others are part of the wording where they speak."""
        return self.main.identity

    def speaks(self, language: str) -> bool:
        """Whether the main voice does."""
        return self.main.speaks(language)

    def wording(self, prompt: Prompt) -> str:
        """What exactly is said, and by whom where it is not the main voice. Raises `VoiceError`."""
        said = parts(prompt)
        if said == (prompt,):
            return self.main.wording(prompt)
        return "\n".join(
            self.main.wording(part) if engine is self.main else f"{part.language}\t{engine.identity}\t{part.text}"
            for part, engine in self._spoken_by(said)
        )

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz.

        Raises:
            VoiceError: the Japanese voice failed.
        """
        said = parts(prompt)
        if said == (prompt,):
            return self.main.render(prompt)
        sounds = [self._sound(part, engine) for part, engine in self._spoken_by(said)]
        return _PAUSE.join(sound for sound in sounds if sound)

    def _sound(self, part: Prompt, engine: Engine) -> bytes:
        try:
            return engine.render(part)
        except VoiceError as error:
            if engine is self.main:
                raise
            log.warning("a sentence in %s was left out: %s", part.language, error.code)
            return b""

    def _spoken_by(self, said: Sequence[Prompt]) -> list[tuple[Prompt, Engine]]:
        found = [(part, self.main if part.language == "ja" else self._others.get(part.language)) for part in said]
        return [(part, engine) for part, engine in found if engine is not None]


def parts(prompt: Prompt) -> tuple[Prompt, ...]:
    """The prompt cut where the language changes; one part for most prompts, and for any that is not Japanese."""
    if prompt.language != "ja" or not _FOREIGN.search(prompt.text):
        return (prompt,)
    found: list[Prompt] = []
    at = 0
    for match in _FOREIGN.finditer(prompt.text):
        if before := prompt.text[at : match.start()].strip():
            found.append(replace(prompt, text=before))
        found.append(replace(prompt, text=match.group().strip(), language=str(match.lastgroup)))
        at = match.end()
    if rest := prompt.text[at:].strip():
        found.append(replace(prompt, text=rest))
    return tuple(found)
