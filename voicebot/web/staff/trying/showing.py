"""What the page is told of a trial: what was heard, why it went where it did, and what would have happened.

Data; the page words it. Fed with every event before it is stepped and with every order after that, as a transcript is.
"""

from collections.abc import Callable
from datetime import datetime

from voicebot.actions import Action, AskFaq
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.events import Alternative, Event
from voicebot.faq.reasons import Reason
from voicebot.web.staff.trying.items import happened, ordered
from voicebot.web.staff.trying.verdicts import verdict
from voicebot.web.staff.trying.wire import Item


class Showing:
    """One trial's side of the page.

    Args:
        dialog: The dialog of the trial.
        show: Sends an item to the page.
        state: Where the conversation stands.
    """

    def __init__(self, dialog: Dialog, show: Callable[[Item], None], state: Callable[[], State]) -> None:
        self._dialog = dialog
        self._show = show
        self._state = state
        self._before = State()
        self._judged = False
        self._place: Item = {}
        self.asked: tuple[Alternative, ...] = ()
        """What the FAQ was asked last."""

    def began(self, moment: datetime, trial_id: str) -> None:
        """The trial begins."""
        limits = self._dialog.limits
        self._show({
            "what": "began",
            "id": trial_id,
            "moment": f"{moment:%Y-%m-%dT%H:%M}",
            "limits": {
                "choice": limits.choice_confidence,
                "choice_confirm": limits.choice_confirm_confidence,
                "answer": limits.answer_confidence,
                "confirm": limits.confirm_confidence,
            },
        })  # fmt: skip

    def told(self, seconds: float, record: Event | Action) -> None:
        """Take one record in."""
        if isinstance(record, Event):
            self._before, self._judged = self._state(), False
            item = happened(record, self._dialog, self._before)
        else:
            item = ordered(record)
            self.asked = record.alternatives if isinstance(record, AskFaq) else self.asked
            self._judge(record)
        self._show({"at": seconds, "record": type(record).__name__, "turn": getattr(record, "turn", None), **item})
        self._stand()

    def believed(self, words: str) -> None:
        """The caller's words so far, while they speak."""
        self._show({"what": "believed", "words": words})

    def waited(self, seconds: float) -> None:
        """From the end of what the caller did to the first sound of the reply."""
        self._show({"what": "waited", "seconds": seconds})

    def held(self) -> None:
        """What was typed waits until it is listened to."""
        self._show({"what": "held"})

    def reasons(self, turn: int, found: tuple[Reason, ...]) -> None:
        """What speaks for the entries that the FAQ found."""
        rows = [
            {"entry": each.entry, "sound": each.sound, "words": each.words, "meaning": each.meaning} for each in found
        ]
        self._show({"what": "reasons", "turn": turn, "rows": rows})

    def _judge(self, order: Action) -> None:
        """The first order that means something for the caller is what was decided."""
        if self._judged:
            return
        after = self._state()
        code = verdict(self._before, after, order)
        if not code:
            return
        self._judged = True
        self._show({
            "what": "verdict", "code": code, "rung": after.rung, "department": after.goal or after.department,
            "question": after.question.name if after.question else "", "node": after.node,
            "answers": getattr(order, "answers", ""),
        })  # fmt: skip

    def _stand(self) -> None:
        """Where the conversation stands, when that has changed."""
        state = self._state()
        place: Item = {
            "what": "place", "phase": state.phase, "node": state.node, "rung": state.rung, "slow": state.slow,
            "question": state.question.name if state.question else "", "department": state.goal or state.department,
            "keys": len(state.keys),
        }  # fmt: skip
        if place != self._place:
            self._place = place
            self._show(place)
