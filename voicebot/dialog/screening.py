"""One question of a department's own before its telephones ring (お名前をお願いします); the answer is for the operator.

It never stands in the way: silence, a broken recogniser, a request for a person all lead on to the department.
"""

from dataclasses import replace

from voicebot.dialog.phrases import EMERGENCY, SCREENING
from voicebot.dialog.slots import Slot
from voicebot.dialog.speaking import Move, ask
from voicebot.dialog.state import Form, State
from voicebot.dialog.tree import Dialog, Question, ToPerson

UNHEARD_RUNG = 2
"""Who was silent or not understood so often is not asked one thing more."""


def wanted(state: State, text: str) -> bool:
    """Whether this question should be put to the caller now. Each is asked once in a call."""
    alarmed = state.question is not None and state.question.name == EMERGENCY
    unheard = state.deaf or state.mute or state.rung >= UNHEARD_RUNG
    return bool(text) and text not in state.screened and not alarmed and not unheard


def screen(dialog: Dialog, state: State, text: str) -> Move:
    """Ask it; whatever is said is the answer, and is not read back."""
    texts = {state.language: text, "ja": text}
    slot = Slot(SCREENING, "text", texts, texts)
    values = {name: value for name, value in state.values.items() if name != SCREENING}
    form = Form(SCREENING, (slot,), "", ToPerson())
    state = replace(state, form=form, values=values, screened=(*state.screened, text))
    question = Question(SCREENING, text, "open", slot=SCREENING, slot_kind="text", silence=ToPerson())
    return ask(dialog, state, question, *state.before)


def screening(state: State) -> str:
    """The department for which the caller is being asked just now; "" for none."""
    asked = state.question is not None and state.question.name == SCREENING and state.phase in {"asking", "hearing"}
    return state.goal if asked else ""
