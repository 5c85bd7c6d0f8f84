"""To a person, and what happens when there is none: the next department, a message, an informed goodbye."""

from collections.abc import Mapping
from dataclasses import replace

from voicebot.actions import FinishRecording, HangUp, LookUp, Prompt, Record, Transfer
from voicebot.dialog.speaking import Move, announce, ask, close, phrase
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, Option, Phrase, Question, ToCommand, ToMessage
from voicebot.events import Json, MessageRecorded, TransferEnded

SHORTEST_MESSAGE_SECONDS = 1.0
"""Less than this is a click or a breath, not a message."""
EMPTY_MESSAGES = 2
"""After so many empty messages the caller is told when the office opens, and the call ends."""


def hand_over(dialog: Dialog, state: State, department: str, *before: Prompt) -> Move:
    """Find out whether the department (empty: the switchboard) is there, then connect or offer what there is."""
    goal = department or state.department or dialog.switchboard
    state = replace(state, phase="looking_up", turn=state.turn + 1, goal=goal, after="", before=before, spoken=False)
    return state, (LookUp(state.turn, "hours", {"department": goal, "language": state.language}),)


def looked_up(dialog: Dialog, state: State, facts: Mapping[str, Json]) -> Move:
    """The opening hours of the goal are known."""
    state = replace(state, after=str(facts.get("next") or ""))
    if facts.get("open"):
        return connect(dialog, state)
    closed = Prompt(str(facts.get("say") or ""), state.language)
    stand_in = str(facts.get("closed") or "")
    if stand_in in dialog.departments and stand_in not in (*state.tried, state.goal):
        return hand_over(dialog, _failed(state), stand_in, *state.before, closed)
    if state.mute:
        return _carrier_takes_over(dialog, state)
    return offer(dialog, state, *state.before, closed)


def connect(dialog: Dialog, state: State) -> Move:
    """Say that the caller is being connected; the carrier dials when that has been heard."""
    if state.mute:
        say = phrase(dialog, state, "connecting", department=state.goal).text
        return replace(state, phase="transferring"), (Transfer(state.turn, state.goal, say),)
    return announce(state, "handing_over", *state.before, phrase(dialog, state, "connecting", department=state.goal))


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
    if state.mute:
        return _carrier_takes_over(dialog, state)
    sorry = phrase(dialog, state, reason)
    for candidate in (state.after, dialog.duty):
        if candidate and candidate not in state.tried:
            return hand_over(dialog, state, candidate, sorry)
    return offer(dialog, state, sorry)


def offer(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Nobody is there: a message, or another question. Who was offered it and said nothing leaves a message."""
    if state.rung >= 4:
        return invite(dialog, state, state.goal, *before)
    options = (
        Option(
            ToMessage(state.goal), _spoken(dialog, state, "message"), "1", phrase(dialog, state, "label_message").text
        ),
        Option(
            ToCommand("restart"), _spoken(dialog, state, "restart"), "2", phrase(dialog, state, "label_restart").text
        ),
        Option(ToCommand("end"), _spoken(dialog, state, "end"), "3", phrase(dialog, state, "label_end").text),
    )
    text = phrase(dialog, state, "offer_message").text
    question = Question("不在", text, "choices", options, recording="offer_message", silence=ToMessage(state.goal))
    return ask(dialog, state, question, *before)


def invite(dialog: Dialog, state: State, department: str, *before: Prompt) -> Move:
    """Ask for a message after the tone."""
    state = replace(state, goal=department or state.department or dialog.switchboard)
    beep = Prompt("", state.language, name="beep")
    return announce(state, "inviting", *before, phrase(dialog, state, "leave_message"), beep)


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
        return close(dialog, state, phrase(dialog, state, "message_missing"))
    return invite(dialog, state, state.goal, phrase(dialog, state, "message_empty"))


def message_lost(dialog: Dialog, state: State) -> Move:
    """Messages cannot be kept: the duty desk, and if it was tried already an honest goodbye."""
    sorry = phrase(dialog, state, "message_failed")
    if dialog.duty in state.tried:
        return close(dialog, state, sorry)
    return hand_over(dialog, state, dialog.duty, sorry)


def voice_lost(dialog: Dialog, state: State) -> Move:
    """We cannot speak any more: the carrier says so and connects the caller with a person."""
    if state.phase == "closing":
        return replace(state, phase="ended"), (HangUp("bot"),)
    return hand_over(dialog, replace(state, mute=True), state.goal or state.department)


def _carrier_takes_over(dialog: Dialog, state: State) -> Move:
    """Without our voice and with the goal closed: the duty desk is always there; then only a spoken goodbye."""
    if dialog.duty not in (*state.tried, state.goal):
        state = replace(_failed(state), goal=dialog.duty)
        return connect(dialog, state)
    say = phrase(dialog, state, "mute_goodbye").text
    return replace(state, phase="ended"), (HangUp("error", say),)


def _failed(state: State) -> State:
    return replace(state, tried=(*state.tried, state.goal))


def _spoken(dialog: Dialog, state: State, name: str) -> tuple[Phrase, ...]:
    options = dialog.offers.get(state.language) or dialog.offers["ja"]
    return options.get(name, ())
