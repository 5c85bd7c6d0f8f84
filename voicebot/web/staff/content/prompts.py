"""Every sentence that a recording can stand for, and whether there is one. No requests here."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voicebot.actions import Prompt
from voicebot.checking.languages import heard_in
from voicebot.checking.recordings import bare, recordable
from voicebot.content import Content, first_prompts
from voicebot.web.staff.content.faq_table import flat

HOUSE = "ja"
"""The language of recordings whose file names none."""
STATES = ("none", "old", "good")


@dataclass(frozen=True, slots=True)
class Recordable:
    """One sentence in one language."""

    name: str
    language: str
    text: str
    state: str
    """`good`, `old` (of other words than now) or `none`."""

    @property
    def prompt(self) -> Prompt:
        """As it is said."""
        return Prompt(self.text, self.language, name=self.name)


def recordables(content: Content, have: Mapping[str, str | None]) -> Iterator[Recordable]:
    """All that callers of each language can hear, what comes first first.

    `have` is what is in the folder: names of files without their ending, and the words beside them.
    """
    shelf = {unicodedata.normalize("NFC", name): words for name, words in have.items()}
    texts, dialog = recordable(content.dialog), content.dialog
    first = dict.fromkeys(prompt.name for prompt in first_prompts(content) if prompt.name in texts)
    for language in content.city.profile.languages:
        met = heard_in(dialog, language)
        for name in (*first, *(each for each in texts if each not in first)):
            text = texts[name].get(language)
            if text and (name in met or name not in dialog.nodes):
                yield Recordable(name, language, text, _state(shelf, name, language, text))


def chosen(found: Sequence[Recordable], words: str, language: str, state: str) -> list[Recordable]:
    """Those that are looked for."""
    return [
        each
        for each in found
        if (not language or each.language == language)
        and (not state or each.state == state)
        and all(flat(word) in flat(each.name + each.text) for word in words.split())
    ]


def _state(shelf: Mapping[str, str | None], name: str, language: str, text: str) -> str:
    names = [f"{name}.{language}", *([name] if language == HOUSE else [])]
    found = next((each for each in names if each in shelf), None)
    if found is None:
        return "none"
    said = shelf[found]
    return "good" if said is None or bare(said) == bare(text) else "old"
