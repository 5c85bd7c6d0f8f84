"""All checks of a content that can be loaded, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from voicebot.checking.choices import alike_choices
from voicebot.checking.ear import long_prompts
from voicebot.checking.files import Files
from voicebot.checking.findings import Finding, in_order
from voicebot.checking.freshness import ownerless, stale
from voicebot.checking.languages import missing_translations
from voicebot.checking.recordings import Shelf, recordings
from voicebot.checking.words import Ear, unknown_words
from voicebot.content import Content
from voicebot.documents import Document


@dataclass(frozen=True, slots=True)
class House:
    """What is installed where the content will be used."""

    ears: Mapping[str, Ear] = field(default_factory=dict)
    """What hears each language."""
    shelf: Shelf = field(default_factory=Shelf)


def survey(content: Content, documents: Mapping[str, Document], today: date, house: House) -> tuple[Finding, ...]:
    """Everything that staff should look at, in the order in which it is told.

    Args:
        content: What was loaded.
        documents: The files it was loaded from, by path.
        today: The day for which answers must be right.
        house: Recognisers and recordings.
    """
    files = Files(documents)
    return in_order(
        (
            *long_prompts(content, files),
            *alike_choices(content, files),
            *missing_translations(content, files),
            *stale(content, files, today),
            *ownerless(content, files),
            *recordings(content, files, house.shelf),
            *unknown_words(content, files, house.ears),
        )
    )
