"""What of a call somebody may see: everything, or nothing that could tell who called. Pure.

Everything of calls that leaves the store for a page, a search, an export or a script passes through here, so that what
is hidden is hidden everywhere alike.
"""

from dataclasses import dataclass, replace

from voicebot.events import Alternative
from voicebot.transcripts.redact import redact, redact_number, redact_reply, withheld
from voicebot.transcripts.turns import TurnRow

READ_BACK = frozenset({"聞き取りの確認", "復唱", "訂正"})
"""Questions of the dialog that say a caller's values back (`dialog.phrases`)."""
SLOT_SIGN = "/"
"""A question of a form is named by its form and its slot, with this between them."""


@dataclass(frozen=True, slots=True)
class Veil:
    """Hides what is personal, or nothing.

    Args:
        lifted: Whether everything may be seen.
        language: Of the labels that stand for what is hidden.
    """

    lifted: bool
    language: str = "ja"

    def number(self, phone: str | None) -> str:
        """A telephone number: without the right only whether there is one."""
        return (phone or "") if self.lifted else redact_number(phone, self.language)

    def text(self, text: str) -> str:
        """What staff wrote, or what was said outside of any question."""
        return text if self.lifted else redact(text, self.language)

    def private(self, text: str) -> str:
        """What is personal as a whole: a name, the matter of a call back, an address."""
        return text if self.lifted or not text else withheld(self.language)

    def said(self, node: str, text: str) -> str:
        """What the bot said at a node; values that it reads back are the caller's."""
        return self.private(text) if node in READ_BACK else self.text(text)

    def reply(self, node: str, asked: str, heard: str) -> str:
        """What the caller replied; into a form nothing of it can be seen."""
        if self.lifted or not heard:
            return heard
        if of_form(node):
            return withheld(self.language)
        return redact_reply(asked, heard, self.language)

    def digits(self, node: str, keys: str) -> str:
        """Keys that were pressed: a choice may be seen, a number not."""
        return keys if self.lifted or (len(keys) <= 1 and not of_form(node)) else withheld(self.language)

    def turn(self, row: TurnRow) -> TurnRow:
        """A turn as it may be seen. A reading is left out where words are hidden: it would tell them."""
        if self.lifted:
            return row
        seen = self.reply(row.node, row.asked, row.heard_text)
        return replace(
            row,
            asked=self.said(row.node, row.asked),
            heard_text=seen,
            heard_reading=self.text(row.heard_reading) if seen == row.heard_text else "",
            nbest=tuple(self.guess(row, guess) for guess in row.nbest),
            keys=self.digits(row.node, row.keys),
        )

    def guess(self, row: TurnRow, guess: Alternative) -> Alternative:
        """One of the recogniser's guesses at what was said in a turn."""
        seen = self.reply(row.node, row.asked, guess.text)
        return replace(guess, text=seen, reading=self.text(guess.reading) if seen == guess.text else "")


def of_form(node: str) -> bool:
    """Whether a node asks for something that goes into a form, or reads it back."""
    return SLOT_SIGN in node or node in READ_BACK
