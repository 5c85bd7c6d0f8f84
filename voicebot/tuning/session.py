"""A conversation that was tried, noted down so that it can be kept as a golden talk.

What the caller did is noted as it was done, and of each reply what a talk would expect: the sentence that matters,
transfers, messages, the end. Pure; gives values in the shape of a `talks/` file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from voicebot.dialog.tree import Dialog
from voicebot.events import Outcome
from voicebot.tuning.golden import OUTCOMES, Act
from voicebot.tuning.talk import Reply

Line = Mapping[str, str | list[str] | None]
"""One line of a talk: a word before the colon and what stands behind it."""
Written = Mapping[str, object]
"""A talk in the shape of the file: texts, lists and mappings."""
_LONGEST = 40
_SENTENCE = re.compile(r"[^。?!?!.]+[。?!?!.]?")


@dataclass(slots=True)
class Session:
    """Notes of one conversation."""

    at: datetime
    """The moment it took place at, the city's local time."""
    language: str = "ja"
    transfers: tuple[Outcome, ...] = ()
    disaster: bool = False
    lines: list[Line] = field(default_factory=list)

    def began(self, dialog: Dialog, reply: Reply) -> None:
        """The telephone was answered."""
        self._expect(dialog, reply)

    def did(self, act: Act, words: Sequence[str], dialog: Dialog, reply: Reply) -> None:
        """The caller did something, and this came of it."""
        self.lines.append({act: list(words) if len(words) > 1 else words[0] if words else None})
        self._expect(dialog, reply)

    def talk(self, name: str) -> Written:
        """The conversation as a golden talk."""
        names = {outcome: word for word, outcome in OUTCOMES.items()}
        head: dict[str, object] = {"name": name, "at": f"{self.at:%Y-%m-%d %H:%M}"}
        if self.language != "ja":
            head["language"] = self.language
        if self.transfers:
            head["transfers"] = [names[outcome] for outcome in self.transfers]
        if self.disaster:
            head["disaster"] = "true"
        return {**head, "lines": list(self.lines)}

    def _expect(self, dialog: Dialog, reply: Reply) -> None:
        sentence = telling(dialog, reply)
        if sentence:
            self.lines.append({"応答": sentence})
        self.lines += [{"転送": department} for department in reply.dialled]
        for happened, word in (
            (reply.message, "伝言受付"),
            (reply.refused_recording, "録音停止"),
            (reply.ended, "終了"),
        ):
            if happened:
                self.lines.append({word: None})


def telling(dialog: Dialog, reply: Reply) -> str:
    """The sentence of a reply that a talk should expect: the first that is none of the machine's own; "" for none."""
    own = {text for texts in dialog.phrases.values() for text in texts.values()}
    said = [text for text in reply.said if text not in own] or reply.said
    if not said:
        return ""
    found = _SENTENCE.search(said[0])
    return (found[0] if found else said[0]).strip()[:_LONGEST].strip()
