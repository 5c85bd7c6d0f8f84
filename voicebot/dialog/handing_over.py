"""To a person, and what happens when there is none: the next department, a message, an informed goodbye."""

from collections.abc import Mapping
from dataclasses import replace

from voicebot.actions import FinishRecording, HangUp, LookUp, Prompt, Record, Transfer
from voicebot.dialog.phrases import ABSENT, ALL, EMERGENCY, MOST
from voicebot.dialog.speaking import Move, announce, ask, close, no, offered, phrase, yes
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, Option, Question, ToCallback, ToCommand, ToMessage
from voicebot.events import Json, MessageRecorded, TransferEnded

SHORTEST_MESSAGE_SECONDS = 1.0
"""Less than this is a click or a breath, not a message."""
EMPTY_MESSAGES = 2
"""After so many empty messages the caller is told when the office opens, and the call ends."""
MESSAGE_RUNG = 4
"""Who has climbed past the rung of the person is no longer asked what to do when nobody is there."""


def hand_over(dialog: Dialog, state: State, department: str, *before: Prompt) -> Move:
    """The caller is to be connected with a department (empty: that of the matter, or the switchboard)."""
    wanted = department or state.department or dialog.switchboard
    return seek(dialog, replace(state, wanted=wanted, opening="", parent=None), wanted, *before)


def seek(dialog: Dialog, state: State, goal: str, *before: Prompt) -> Move:
    """Find out whether this department is there (the wanted one, or one in its place); then connect, or offer help."""
    state = replace(state, phase="looking_up", turn=state.turn + 1, goal=goal, after="", before=before, spoken=False)
    state = replace(state, purpose="hand_over")
    return state, (LookUp(state.turn, "hours", {"department": goal, "language": state.language}),)


def looked_up(dialog: Dialog, state: State, facts: Mapping[str, Json]) -> Move:
    """The opening hours of the goal are known."""
    if "open" not in facts:
        return hours_unknown(dialog, state)
    state = replace(state, after=str(facts.get("next") or ""))
    if facts["open"]:
        return connect(dialog, state)
    closed = Prompt(str(facts.get("say") or ""), state.language)
    state = replace(state, opening=closed.text)
    stand_in = str(facts.get("closed") or "")
    state = replace(state, calls_back=stand_in == "callback")
    if stand_in in dialog.departments and stand_in not in (*state.tried, state.goal):
        return seek(dialog, _failed(state), stand_in, *state.before, closed)
    return _nobody(dialog, state, *state.before, closed)


def hours_unknown(dialog: Dialog, state: State) -> Move:
    """The look-up is broken: the duty desk is there at any hour; then only a message is left."""
    if dialog.duty in state.tried:
        return _nobody(dialog, state, *state.before, phrase(dialog, state, "transfer_failed"))
    return connect(dialog, replace(state, goal=dialog.duty))


def connect(dialog: Dialog, state: State) -> Move:
    """Say that the caller is being connected; the carrier dials when that has been heard."""
    said = (*state.before, phrase(dialog, state, "connecting", department=state.goal))
    if state.mute:
        return replace(state, phase="transferring"), (Transfer(state.turn, state.goal, _spoken(said)),)
    return announce(state, "handing_over", "転送", *said)


def dial(state: State) -> Move:
    """The announcement has been heard: hand the caller to the carrier."""
    return replace(state, phase="transferring"), (Transfer(state.turn, state.goal),)


def transfer_ended(dialog: Dialog, state: State, event: TransferEnded) -> Move:
    """Connected and over, or back with us: say so and go one rung down."""
    if event.outcome == "connected":
        return replace(state, phase="ended"), (HangUp("transferred"),)
    return not_reached(dialog, state, f"transfer_{event.outcome}")


def not_reached(dialog: Dialog, state: State, reason: str) -> Move:
    """The goal could not be reached: its stand-in, then the duty desk, then a message."""
    state = _failed(state)
    sorry = phrase(dialog, state, reason)
    for candidate in (state.after, dialog.duty):
        if candidate and candidate not in state.tried:
            return seek(dialog, state, candidate, sorry)
    return _nobody(dialog, state, sorry)


def offer(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Nobody is there: a message, or another question. Who was offered it and said nothing leaves a message."""
    if state.rung >= MESSAGE_RUNG:
        return invite(dialog, state, state.wanted, *before)

    def option(target: ToMessage | ToCallback | ToCommand, name: str, key: str, share: float = 0.0) -> Option:
        label = phrase(dialog, state, f"label_{name}").text
        return Option(target, offered(dialog, state, name), key, label, share)

    # Some departments would rather call back than hear messages; both can always be had.
    message, callback = ToMessage(state.wanted), ToCallback(state.wanted)
    first, name = (callback, "offer_callback") if state.calls_back else (message, "offer_message")
    options = (
        option(message, "message", "2" if state.calls_back else "1"),
        option(callback, "callback", "1" if state.calls_back else "2"),
        option(ToCommand("restart"), "restart", "3"),
        option(ToCommand("end"), "end", "4", MOST),
        Option(first, yes(dialog, state), share=ALL),
        Option(ToCommand("end"), no(dialog, state), share=ALL),
    )
    text = phrase(dialog, state, name).text
    question = Question(ABSENT, text, "choices", options, open=True, recording=name, silence=message)
    return ask(dialog, state, question, *before)


def invite(dialog: Dialog, state: State, department: str, *before: Prompt) -> Move:
    """Ask for a message after the tone."""
    department = department or state.department or dialog.switchboard
    state = replace(state, goal=department, wanted=department, parent=None)
    beep = Prompt("", state.language, name="beep")
    return announce(state, "inviting", "伝言", *before, phrase(dialog, state, "leave_message"), beep)


def record(dialog: Dialog, state: State) -> Move:
    """The tone has been heard: keep what is said now."""
    limits = dialog.limits
    order = Record(state.turn, state.goal, limits.message_seconds, limits.message_silence_seconds)
    return replace(state, phase="recording"), (order,)


def finish(state: State) -> Move:
    """A key was pressed: the message is complete."""
    return state, (FinishRecording(state.turn),)


def recorded(dialog: Dialog, state: State, event: MessageRecorded) -> Move:
    """A message was kept, or nothing was said."""
    if event.recording and event.seconds >= SHORTEST_MESSAGE_SECONDS:
        return close(dialog, state, phrase(dialog, state, "message_kept", department=state.goal))
    state = replace(state, empty_messages=state.empty_messages + 1)
    if state.empty_messages >= EMPTY_MESSAGES:
        return _call_again(dialog, state, phrase(dialog, state, "message_missing"))
    return invite(dialog, state, state.goal, phrase(dialog, state, "message_empty"))


def message_lost(dialog: Dialog, state: State) -> Move:
    """Messages cannot be kept: the duty desk, and if it was tried already an honest goodbye."""
    sorry = phrase(dialog, state, "message_failed")
    if dialog.duty in state.tried:
        return _call_again(dialog, state, sorry)
    return seek(dialog, state, dialog.duty, sorry)


def voice_lost(dialog: Dialog, state: State) -> Move:
    """We cannot speak any more: the carrier says what must be said and connects the caller with a person."""
    if state.phase == "closing":
        return replace(state, phase="ended"), (HangUp("bot", _spoken(state.prompts)),)
    handing_over = state.phase == "handing_over"
    unsaid = state.before if handing_over else ()
    if state.phase == "asking" and state.question and state.question.name == EMERGENCY:
        unsaid = state.prompts
    state = replace(state, mute=True)
    if handing_over or state.phase == "inviting":
        return seek(dialog, state, state.goal, *unsaid)
    return hand_over(dialog, state, "", *unsaid)


def _nobody(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Nobody of those who were asked for is there. Without our voice there is no message: the duty desk, or goodbye."""
    if not state.mute:
        return offer(dialog, state, *before)
    if dialog.duty not in (*state.tried, state.goal):
        return connect(dialog, replace(_failed(state), goal=dialog.duty, before=before))
    say = _spoken((*before, phrase(dialog, state, "mute_goodbye")))
    return replace(state, phase="ended"), (HangUp("error", say),)


def _failed(state: State) -> State:
    return replace(state, tried=(*state.tried, state.goal))


def _spoken(prompts: tuple[Prompt, ...]) -> str:
    """What the carrier must say for us."""
    return "".join(prompt.text for prompt in prompts)


def _call_again(dialog: Dialog, state: State, sorry: Prompt) -> Move:
    """Goodbye to a caller whom we could not help: when to try again."""
    opening = Prompt(state.opening, state.language)
    return close(dialog, state, sorry, opening, phrase(dialog, state, "call_again"))
