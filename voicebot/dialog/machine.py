"""`step`: one event in, the new state and the orders out. Pure; never raises; every question of time is an order.

Two rules keep it simple. An answer to an order of an older turn is ignored. And in every phase but `ended` some
order is under way whose answer will come (a prompt, a clock, a search, a look-up, a transfer, a message), so there is
never dead air.
"""

from dataclasses import replace

from voicebot.actions import Action, FinishRecording, HangUp, StopPlaying, Wait
from voicebot.dialog import forms, handing_over, ladder, understanding, walking
from voicebot.dialog.match import best_option, is_just, said
from voicebot.dialog.speaking import Move, ask_again, commands, phrase, yes
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, ToBooking, ToCommand, ToPerson, ToSms
from voicebot.events import (
    CallbackBooked,
    CallEnded,
    CallResumed,
    CallStarted,
    Dialled,
    DigitPressed,
    Event,
    FaqAnswered,
    Heard,
    LegUpdated,
    LookedUp,
    MessageRecorded,
    OperatorAnswered,
    PartFailed,
    PromptFinished,
    Rang,
    SmsSent,
    SmsUpdated,
    SpeechStarted,
    TakenOver,
    TimedOut,
    TransferEnded,
    Whispered,
)
from voicebot.language.phones import national_number

OVERTIME_SECONDS = 60.0
A_NOD = 0.97
"""So sure it must be that nothing but yes was said."""


def step(dialog: Dialog, state: State, event: Event) -> Move:
    """What has happened, and what is to be done about it."""
    turn = getattr(event, "turn", None)
    clock_of_call = isinstance(event, TimedOut) and event.clock == "call"
    if state.phase == "ended" or (turn is not None and turn != state.turn and not clock_of_call):
        return state, ()
    match event:
        case CallStarted():
            return _begin(dialog, state, event)
        case CallResumed():
            return _with_clock(dialog, _resume(dialog, replace(state, today=state.today or event.at.date())))
        case CallEnded(reason="line"):
            return state, ()  # a line that broke may come back
        case CallEnded():
            return replace(state, phase="ended"), ()
        case DigitPressed():
            return _pressed(dialog, state, event.digit)
        case PromptFinished():
            return _prompt_finished(dialog, state)
        case SpeechStarted():
            return _speech_started(dialog, state)
        case Heard():
            return _heard(dialog, state, event)
        case TimedOut():
            return _timed_out(dialog, state, event)
        case PartFailed():
            return _part_failed(dialog, state, event)
        case TakenOver():
            return handing_over.taken_over(dialog, state, event)
        case Dialled() | Rang() | LegUpdated() | Whispered() | OperatorAnswered() | SmsUpdated():
            return state, ()  # told for the record: the carrier goes on by itself
        case _:
            return _answered(dialog, state, event)


def _answered(
    dialog: Dialog,
    state: State,
    event: FaqAnswered | LookedUp | TransferEnded | MessageRecorded | CallbackBooked | SmsSent,
) -> Move:
    """The answer to an order; only the one that the phase waits for counts."""
    match event, state.phase:
        case FaqAnswered(), "searching":
            return understanding.weigh(dialog, state, event.hits, event.departments)
        case LookedUp(), "looking_up":
            if state.purpose == "hand_over":
                return handing_over.looked_up(dialog, state, event.facts)
            return walking.looked_up(dialog, state, event.facts)
        case CallbackBooked(), "booking":
            return walking.booked(dialog, state, event.ticket)
        case SmsSent(), "sending":
            return walking.sent(dialog, state, "sms_sent")
        case TransferEnded(), "transferring":
            return _with_clock(dialog, handing_over.transfer_ended(dialog, state, event))
        case MessageRecorded(), "recording":
            return handing_over.recorded(dialog, state, event)
    return state, ()


def _begin(dialog: Dialog, state: State, event: CallStarted) -> Move:
    if state.phase != "new":
        return state, ()
    disaster = dialog.disaster
    start = disaster.start if disaster and event.at < disaster.until else ""
    caller = national_number(event.caller or "") or ""
    state = replace(state, language=event.language, start=start, today=event.at.date(), caller=caller)
    state = replace(state, start=walking.start_of(dialog, state))
    return _with_clock(dialog, walking.enter(dialog, state, state.start or dialog.start))


def _with_clock(dialog: Dialog, move: Move) -> Move:
    """A stretch of the call on a new stream begins: no clock of the one before it runs any more."""
    state, actions = move
    if state.phase == "ended":
        return move
    return state, (Wait(0, dialog.limits.call_seconds, "call"), *actions)


def _resume(dialog: Dialog, state: State) -> Move:
    """The line came back: say so, and take up the conversation where it was."""
    match state.phase:
        case "new":
            return walking.enter(dialog, state, dialog.start)
        case "notice":
            return walking.again(dialog, state, phrase(dialog, state, "resumed"))
        case "transferring":
            return handing_over.not_reached(dialog, state, "transfer_failed")
        case "inviting" | "recording":
            return handing_over.invite(dialog, state, state.goal, phrase(dialog, state, "resumed"))
        case "closing":
            return walking.obey(dialog, state, ToCommand("end"))
        case "looking_up" if state.purpose != "hand_over":
            return walking.enter(dialog, state, state.node, phrase(dialog, state, "resumed"), *state.before)
        case "booking":
            return walking.follow(dialog, state, ToBooking(state.goal))
        case "sending" if state.form and isinstance(state.form.then, ToSms):
            return walking.follow(dialog, state, state.form.then)  # sent once, however often it is ordered
        case "sending":
            return walking.sent(dialog, state, "sms_failed")
        case "handing_over" if state.taker:
            return handing_over.to_taker(dialog, state, phrase(dialog, state, "resumed"))
        case "looking_up" | "handing_over":
            return handing_over.seek(dialog, state, state.goal, phrase(dialog, state, "resumed"), *state.before)
        case _ if state.question is None:
            return walking.enter(dialog, state, dialog.start, phrase(dialog, state, "resumed"))
        case _:
            return ask_again(dialog, state, state.question, phrase(dialog, state, "resumed"))


def _pressed(dialog: Dialog, state: State, digit: str) -> Move:
    """A key: the question's own choices first, then the keys that work everywhere."""
    everywhere = commands(dialog, state)
    if state.question and state.phase in {"asking", "hearing"}:
        move = forms.pressed(dialog, state, state.question, digit)
        if move:
            return move
    match state.phase:
        case "recording":
            return handing_over.finish(state)
        case "asking" | "hearing" | "notice":
            options = (*(state.question.options if state.question else ()), *everywhere)
        case "searching" | "inviting" | "closing":  # only the key for a person is worth an interruption
            options = tuple(option for option in everywhere if isinstance(option.target, ToPerson))
        case _:
            return state, ()
    for option in options:
        if option.key == digit:
            return walking.follow(dialog, replace(state, interrupted=False), option.target)
    # An announcement is not cut short by a key that means nothing.
    return ladder.wrong_key(dialog, state) if state.phase in {"asking", "hearing"} else (state, ())


def _prompt_finished(dialog: Dialog, state: State) -> Move:
    match state.phase:
        case "notice":
            return walking.go_on(dialog, state)
        case "asking" if state.keys:
            return replace(state, spoken=True), (Wait(state.turn, forms.INTERDIGIT_SECONDS, "digits"),)
        case "asking":
            return replace(state, spoken=True), (Wait(state.turn, _patience(dialog, state), "no_input"),)
        case "handing_over":
            return handing_over.dial(state)
        case "inviting":
            return handing_over.record(dialog, state)
        case "closing":
            return replace(state, phase="ended"), (HangUp("bot"),)
    return state, ()


def _speech_started(dialog: Dialog, state: State) -> Move:
    if state.phase != "asking" or state.keys:  # the first digit cancels speech for this turn
        return state, ()
    interrupted = not state.spoken
    stop: tuple[Action, ...] = (StopPlaying(state.turn),) if interrupted else ()
    state = replace(state, phase="hearing", interrupted=interrupted)
    return state, (*stop, Wait(state.turn, dialog.limits.max_speech_seconds, "max_speech"))


def _heard(dialog: Dialog, state: State, event: Heard) -> Move:
    if state.phase not in {"asking", "hearing"} or state.keys:
        return state, ()
    if any(guess.text for guess in event.alternatives):
        if not _only_listening(dialog, state, event):
            return understanding.understand(dialog, state, event.alternatives)
    elif not state.interrupted:
        return ladder.climb(dialog, state, "no_match")
    # A noise or a nod (はい, ええ) cut the prompt off: say it again, as if nothing had happened.
    return walking.again(dialog, replace(state, noises=state.noises + 1))


def _only_listening(dialog: Dialog, state: State, event: Heard) -> bool:
    """Whether はい was a nod and no answer: while we spoke, or where nothing can be answered with yes.

    While we spoke a yes to what comes last (ほかにお尋ねは) is taken as a nod too, because an answer that is cut off is
    lost; a choice by name is not. Once in a call: who says it again means it.
    """
    question = state.question
    if question is None or state.noises or question.kind == "yes_no":
        return False
    heard = said(event.alternatives[:1])
    if not is_just(heard, yes(dialog, state), A_NOD):
        return False
    options = tuple(option for option in question.options if not (state.interrupted and option.share))
    return best_option(heard, options, A_NOD) is None


def _timed_out(dialog: Dialog, state: State, event: TimedOut) -> Move:
    if event.clock == "call":
        return _call_too_long(dialog, state)
    question = state.question
    match event.clock, state.phase:
        case "digits", "asking":
            return forms.submit(dialog, state)
        case "no_input", "asking" if state.keys:
            return state, ()  # who is pressing digits is not silent; their own clock runs
        case "no_input", "asking" if question and question.silence is not None:
            return walking.follow(dialog, state, question.silence)
        case "no_input", "asking":
            return ladder.climb(dialog, state, "no_input")
        case "max_speech", "hearing":
            return ladder.climb(dialog, state, "no_match")
    return state, ()


def _call_too_long(dialog: Dialog, state: State) -> Move:
    """A call that does not come to an end by itself is led to a person, and a minute later to a message."""
    soon = Wait(0, OVERTIME_SECONDS, "call")
    match state.phase:
        case "asking" | "hearing" | "searching" | "notice":
            state = replace(state, rung=max(state.rung + 1, ladder.PERSON_RUNG))
            state, actions = handing_over.hand_over(dialog, state, "", phrase(dialog, state, "call_limit"))
            return state, (*actions, soon)
        case "recording":
            return state, (FinishRecording(state.turn),)
        case "looking_up" | "handing_over" | "inviting" | "booking" | "sending":
            return state, (soon,)
    return state, ()


def _part_failed(dialog: Dialog, state: State, event: PartFailed) -> Move:
    """A broken part degrades: keys instead of speech, the carrier's voice for ours, a person instead of a bot."""
    match event.part:
        case "recogniser" if not state.deaf:
            state = replace(state, deaf=True)
            return forms.deafened(dialog, state) if state.phase in {"asking", "hearing"} else (state, ())
        case "voice" if event.turn is not None and state.phase in _SPEAKING:
            return handing_over.voice_lost(dialog, state)
        case "faq" if state.phase == "searching" and state.leaning:
            return understanding.lean(dialog, state, state.leaning)
        case "faq" if state.phase == "searching":
            state = replace(state, rung=state.rung + 1)  # else who is not understood is dialled for without end
            return handing_over.hand_over(dialog, state, "", phrase(dialog, state, "search_failed"))
        case "lookup" if state.phase == "looking_up" and state.purpose != "hand_over":
            return walking.not_looked_up(dialog, state)
        case "lookup" if state.phase == "looking_up":
            return handing_over.hours_unknown(dialog, state)
        case "tickets" if state.phase == "booking":
            return walking.not_booked(dialog, state)
        case "sms" if state.phase == "sending":
            return walking.sent(dialog, state, "sms_failed")
        case "transfer" if state.phase == "transferring":
            return handing_over.not_reached(dialog, state, "transfer_failed")
        case "recorder" if state.phase == "recording":
            return handing_over.message_lost(dialog, state)
    return state, ()


_SPEAKING = {"notice", "asking", "handing_over", "inviting", "closing"}
"""Phases in which an order to speak is under way."""


def _patience(dialog: Dialog, state: State) -> float:
    return dialog.limits.no_input_seconds * (1.5 if state.slow else 1.0)
