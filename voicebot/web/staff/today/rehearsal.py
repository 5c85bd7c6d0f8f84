"""What callers would hear of a content at a moment, as a few short calls show it: the greeting, and behind each key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicebot.actions import Prompt
from voicebot.city.shelters import Shelters
from voicebot.dialog.saying import as_written
from voicebot.dialog.tree import Option
from voicebot.edition import Edition
from voicebot.ports import Reader
from voicebot.tuning.talk import Reply, Talk

MOST_PLACES = 8
"""So many open places are asked for by name of a district."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that callers do, and what they hear then."""

    did: str
    """What the caller does: what a key is for, or the name of a district; empty when the telephone is answered."""
    language: str
    prompts: tuple[Prompt, ...]
    key: str = ""

    @property
    def text(self) -> str:
        """What is said, as it is written."""
        return "\n".join(as_written(prompt.text) for prompt in self.prompts if prompt.text)


def rehearsed(edition: Edition, reader: Reader, now: datetime) -> tuple[Scene, ...]:
    """The scenes of calls that begin at this moment."""
    return tuple(_scenes(edition, reader, now))


def _scenes(edition: Edition, reader: Reader, now: datetime) -> Iterator[Scene]:
    def called(language: str = "ja") -> tuple[Talk, Reply]:
        talk = Talk(edition.content.dialog, edition.answers, edition.desk, reader, now)
        return talk, talk.begin(language)

    talk, reply = called()
    yield Scene("", "ja", tuple(reply.prompts))
    for option in _keyed(talk):
        talk, _ = called()
        reply = talk.press(option.key)
        yield Scene(option.label or option.phrases[0].text, "ja", tuple(reply.prompts), option.key)
        if talk.state.form is None or not any(slot.kind == "district" for slot in talk.state.form.slots):
            continue
        for district in _districts(edition):
            talk, _ = called()
            talk.press(option.key)
            yield Scene(district, "ja", tuple(_agreed(talk, talk.say(district)).prompts), option.key)
    for language in edition.content.city.profile.languages:
        if language != "ja":
            yield Scene("", language, tuple(called(language)[1].prompts))


def _keyed(talk: Talk) -> Sequence[Option]:
    return [option for option in (talk.state.question.options if talk.state.question else ()) if option.key]


def _agreed(talk: Talk, reply: Reply) -> Reply:
    """Says yes when the bot wants to be sure."""
    return talk.press("1") if talk.state.form is not None else reply


def _districts(edition: Edition) -> list[str]:
    """For each open place the first district that is sent there; without open places the first district of all."""
    shelters: Shelters | None = edition.content.city.shelters
    if shelters is None:
        return []
    found: dict[str, None] = {}
    for places in (shelters.shelters, shelters.water):
        opened = [name for name, place in places.items() if place.open]
        for name in opened[:MOST_PLACES]:
            near = next((district for district, where in _names(shelters).items() if name in where), None)
            if near:
                found[near] = None
    return list(found)[:MOST_PLACES] or list(shelters.nearest)[:1]


def _names(shelters: Shelters) -> Mapping[str, tuple[str, ...]]:
    return {
        district: tuple(place.name for place in (*nearest.shelters, *nearest.water))
        for district, nearest in shelters.nearest.items()
    }
