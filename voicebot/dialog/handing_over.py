"""To a person, and what happens when there is none: the next department, a message, an informed goodbye."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from voicebot.actions import Action, DropMessage, FinishRecording, HangUp, LookUp, Prompt, Record, Transfer
from voicebot.dialog import screening
from voicebot.dialog.phrases import ABSENT, ALL, EMERGENCY, MOST, REVIEW
from voicebot.dialog.speaking import Move, announce, ask, close, no, offered, phrase, yes
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, Option, Question, ToCallback, ToCommand, ToMessage, ToReview
from voicebot.events import Json, MessageRecorded, TakenOver, TransferEnded

SHORTEST_MESSAGE_SECONDS = 1.0
"""Less than this is a click or a breath, not a message."""
EMPTY_MESSAGES = 2
"""After so many empty messages the caller is told when the office opens, and the call ends."""
OFFERED = frozenset({"message", "callback"})
"""What a department may have written instead of the department to try when nobody answers."""
MESSAGE_RUNG = 4
"""Who has climbed past the rung of the person is no longer asked what to do when nobody is there."""


def hand_over(dialog: Dialog, state: State, department: str, *before: Prompt) -> Move:
    """The caller is to be connected with a department (empty: that of the matter, or the switchboard)."""
    asked = screening.screening(state)
    if asked and not department:
        return seek(dialog, replace(state, parent=None), asked, *before)
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
        question = str(facts.get("ask") or "")
        if screening.wanted(state, question):
            return screening.screen(dialog, state, question)
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
    return replace(state, phase="transferring"), (Transfer(state.turn, state.goal, number=state.taker),)


def taken_over(dialog: Dialog, state: State, event: TakenOver) -> Move:
    """An operator takes the call: one sentence, and it is theirs. A message under way is completed first."""
    if state.phase in {"new", "transferring", "ended"}:
        return state, ()
    goal = state.wanted or state.department or dialog.switchboard
    state = replace(state, taker=event.number, goal=state.goal if state.phase == "recording" else goal)
    if state.phase == "recording":
        return finish(state)
    return to_taker(dialog, state)


def to_taker(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Say that a member of staff takes the call; the carrier rings them when that has been heard."""
    said = (*before, phrase(dialog, state, "taken_over"))
    if state.mute:
        state = replace(state, phase="transferring", turn=state.turn + 1)
        return state, (Transfer(state.turn, state.goal, _spoken(said), state.taker),)
    return announce(state, "handing_over", "転送", *said)


def transfer_ended(dialog: Dialog, state: State, event: TransferEnded) -> Move:
    """Connected and over, or back with us: say so and go one rung down."""
    match event.outcome:
        case "connected":
            return replace(state, phase="ended"), (HangUp("transferred"),)
        case "caller_gone":
            return replace(state, phase="ended"), ()
    return not_reached(dialog, state, f"transfer_{event.outcome}")


def not_reached(dialog: Dialog, state: State, reason: str) -> Move:
    """The goal could not be reached: its stand-in, then the duty desk, then a message.

    An operator who wanted the call and does not answer is no rung: the conversation goes on where it was.
    """
    sorry = phrase(dialog, state, reason)
    if state.taker:
        state = replace(state, taker="")
        if state.question is not None and not state.mute:
            return ask(dialog, state, state.question, sorry, *state.recap)
        return hand_over(dialog, state, state.goal, sorry)
    state = _failed(state)
    if state.after in OFFERED:
        return _nobody(dialog, replace(state, calls_back=state.after == "callback"), sorry)
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
    """A message was kept, or nothing was said. A new one takes the place of the one before, if there was one."""
    if event.recording and event.seconds >= SHORTEST_MESSAGE_SECONDS:
        dropped: tuple[Action, ...] = (DropMessage(state.message),) if state.message else ()
        state = replace(state, message=event.recording)
        state, actions = to_taker(dialog, state) if state.taker else review(dialog, state)
        return state, (*dropped, *actions)
    if state.taker:
        return to_taker(dialog, state)
    if state.message:
        return kept(dialog, state)
    state = replace(state, empty_messages=state.empty_messages + 1)
    if state.empty_messages >= EMPTY_MESSAGES:
        return _call_again(dialog, state, phrase(dialog, state, "message_missing"))
    return invite(dialog, state, state.goal, phrase(dialog, state, "message_empty"))


def review(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """The message is kept; the caller may hear it, record it anew, or leave it at that by hanging up."""

    def option(what: Literal["listen", "again", "keep"], key: str) -> Option:
        return Option(ToReview(what), (), key, phrase(dialog, state, f"label_{what}").text)

    enough = (*yes(dialog, state), *no(dialog, state))
    options = (option("listen", "1"), option("again", "2"), option("keep", "3"), Option(ToReview("keep"), enough))
    text = phrase(dialog, state, "message_review").text
    question = Question(REVIEW, text, "choices", options, recording="message_review", silence=ToReview("keep"))
    return ask(dialog, state, question, *before)


def reviewed(dialog: Dialog, state: State, what: Literal["listen", "again", "keep"]) -> Move:
    """What the caller wants to be done with the message."""
    match what:
        case "listen":
            return review(dialog, state, Prompt("", state.language, message=state.message))
        case "again":
            return invite(dialog, state, state.goal)
        case "keep":
            return kept(dialog, state)


def kept(dialog: Dialog, state: State) -> Move:
    """The message stays as it is: thanks, and goodbye."""
    return close(dialog, state, phrase(dialog, state, "message_kept", department=state.goal))


def message_lost(dialog: Dialog, state: State) -> Move:
    """Messages cannot be kept: the duty desk, and if it was tried already an honest goodbye."""
    if state.message:
        return kept(dialog, state)
    sorry = phrase(dialog, state, "message_failed")
    if dialog.duty in state.tried:
        return _call_again(dialog, state, sorry)
    # Once, also when it turns out to be closed: else who wants to leave a message goes in circles.
    return seek(dialog, replace(state, tried=(*state.tried, dialog.duty)), dialog.duty, sorry)


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
