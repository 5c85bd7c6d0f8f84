"""Asking for several things: slot after slot, several at once, read back, corrected.

A caller may say more than was asked for (町名 and a date in one breath), correct what was understood
(いえ、二丁目です), and press keys wherever digits are wanted. Nothing is taken as settled before it has been read back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from voicebot.actions import Action, GrammarKind, Prompt, StopPlaying, Wait
from voicebot.dialog import corrections
from voicebot.dialog.handing_over import hand_over
from voicebot.dialog.ladder import PERSON_RUNG, ask_for_keys, climb
from voicebot.dialog.match import Match
from voicebot.dialog.phrases import ALL, CHANGE, CONFIRM_SLOT, SCREENING, SUMMARY
from voicebot.dialog.slots import DIGIT_KINDS, YES_NO, Slot, SlotKind, Surroundings, Value, keyed
from voicebot.dialog.speaking import Move, ask, in_language, no, phrase, said_slots, yes
from voicebot.dialog.state import Form, State, changed
from voicebot.dialog.tree import Dialog, Option, Phrase, Question, ToBooking, ToSlot, ToValue
from voicebot.events import Alternative
from voicebot.language.phones import national_number
from voicebot.language.yes_no import parse_yes_no

INTERDIGIT_SECONDS = 4.0
"""So long after a key the next one may come; then the digits are complete."""
LASTING: frozenset[SlotKind] = frozenset({"district", "phone", "postal", "name"})
"""Kinds that do not change within a call: they are not asked for twice."""
FULL_LENGTH: Mapping[SlotKind, int] = {"phone": 11, "postal": 7, "date": 4, "time": 4, "number": 8}
"""So many digits are complete without waiting."""
MOST_CHOICES = 4
_DIGITS = frozenset("0123456789")
_GRAMMAR: Mapping[SlotKind, GrammarKind] = {"yes_no": "yes_no", **dict.fromkeys(DIGIT_KINDS, "digits")}
_SOME_DAY = date(2000, 1, 1)


def begin(dialog: Dialog, state: State, form: Form, *before: Prompt) -> Move:
    """Start a form. What the caller has said before in this call and does not change is kept."""
    kept = {slot.name for slot in form.slots if slot.kind in LASTING}
    own = {slot.name for slot in form.slots}
    values = {name: value for name, value in state.values.items() if name not in own or name in kept}
    return ask_next(dialog, replace(state, form=form, values=values), *before)


def ask_next(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """The first slot that is still empty; when none is, everything is read back."""
    form = state.form
    if form is None:
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    empty = next((slot for slot in _askable(state, form) if slot.name not in state.values), None)
    if empty:
        return ask_slot(dialog, state, empty, *before)
    if form.name == SCREENING:  # what was said for the department is not read back
        return hand_over(dialog, state, "")
    return ask(dialog, state, _summary(dialog, state, form), *before)


def ask_slot(
    dialog: Dialog, state: State, slot: Slot, *before: Prompt, text: str = "", choices: Sequence[Phrase] = ()
) -> Move:
    """Ask for one slot, in other words than its own if `text` is given; `choices` can also be chosen by key.

    Who cannot be heard and is asked for words that no key can give is sent to a person.
    """
    if state.deaf and not _by_keys(slot):
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    options: tuple[Option, ...] = ()
    if slot.kind == "yes_no":
        options = tuple(
            Option(ToValue(slot.name, Value(word, word)), ways(dialog, state), key, phrase(dialog, state, name).text)
            for word, ways, key, name in zip(YES_NO, (yes, no), "12", ("yes", "no"), strict=True)
        )
    for key, each in enumerate(choices, start=1):
        chosen = ToValue(slot.name, Value(each.text, each.text), chosen=True)
        options = (*options, Option(chosen, (each,), str(key), each.text))
        text += phrase(dialog, state, "offer_line", question=each.text, key=str(key)).text
    name = f"{state.form.name}/{slot.name}" if state.form else slot.name
    question = Question(
        name,
        text or said_slots(state, in_language(slot.text, state.language)),
        _GRAMMAR.get(slot.kind, "open"),
        options,
        # A free text takes whatever is said; beside the other kinds a question may be asked and answered.
        open=slot.kind not in corrections.WORDS,
        reword=said_slots(state, in_language(slot.reword, state.language)) if slot.reword else "",
        slot=slot.name,
        slot_kind=slot.kind,
    )
    return ask(dialog, changed(state, parent=None) if state.parent else state, question, *before)


def is_full(state: State) -> bool:
    """Whether nothing of the form is left to ask for."""
    return state.form is not None and all(slot.name in state.values for slot in state.form.slots)


def fill(dialog: Dialog, state: State, slot: str, value: Value) -> Move:
    """A value is settled: go on."""
    return ask_next(dialog, replace(state, values={**state.values, slot: value}, parent=None))


def change(dialog: Dialog, state: State, slot: str, *before: Prompt) -> Move:
    """Ask for a slot anew."""
    form = state.form
    found = next((each for each in form.slots if each.name == slot), None) if form else None
    if found is None:
        return ask_next(dialog, state, *before)
    values = {name: value for name, value in state.values.items() if name != slot}
    return ask_slot(dialog, replace(state, values=values), found, *before)


def refused(dialog: Dialog, state: State, slot: str) -> Move:
    """What was read back is wrong: ask for it again, or which it is. Going round in circles climbs the ladder."""
    state = replace(state, rung=state.rung + 1)
    if state.rung >= PERSON_RUNG:
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    return change(dialog, state, slot) if slot else ask_what_to_change(dialog, state)


def complete(dialog: Dialog, state: State, slot: str, say: str, choices: Sequence[Phrase] = ()) -> Move | None:
    """What was said for a slot does not suffice (何丁目ですか): ask for the rest; None when that is of no use.

    `choices` are what it may have been, to be chosen by voice or key.
    """
    found = next((each for each in state.form.slots if each.name == slot), None) if state.form else None
    if found is None or state.rung + 1 >= PERSON_RUNG or (state.deaf and not _by_keys(found)):
        return None
    return ask_slot(dialog, replace(state, rung=state.rung + 1), found, text=say, choices=choices)


def ask_what_to_change(dialog: Dialog, state: State) -> Move:
    """Something was read back wrong: which one? With more than can be remembered, from the beginning."""
    form = state.form
    slots = tuple(slot for slot in form.slots if slot.name in state.values) if form else ()
    if form is None or len(slots) > MOST_CHOICES:
        cleared = {name: v for name, v in state.values.items() if name not in {slot.name for slot in slots}}
        return ask_next(dialog, replace(state, values=cleared), phrase(dialog, state, "form_again"))
    if len(slots) == 1:
        return change(dialog, state, slots[0].name)
    labels = ((slot, in_language(slot.label, state.language)) for slot in slots)
    options = tuple(
        Option(ToSlot(slot.name), (Phrase(label, corrections.label_sound(state, slot)),), str(key), label)
        for key, (slot, label) in enumerate(labels, start=1)
    )
    lines = (phrase(dialog, state, "offer_line", question=option.label, key=option.key).text for option in options)
    text = phrase(dialog, state, "form_change").text + "".join(lines)
    return ask(dialog, replace(state, parent=None), Question(CHANGE, text, "choices", options, slot=CHANGE))


def back(dialog: Dialog, state: State) -> Move | None:
    """To what was asked before in the form; None when that was its first question, or no form is being asked."""
    question, form = state.question, state.form
    if form is None or question is None or not question.slot or not (slots := _askable(state, form)):
        return None
    names = [slot.name for slot in slots]
    if question.name == CONFIRM_SLOT:
        return change(dialog, state, question.slot)
    # Behind the last slot comes what is read back.
    at = names.index(question.slot) if question.slot in names else len(names)
    return change(dialog, state, names[at - 1]) if at else None


def deafened(dialog: Dialog, state: State) -> Move:
    """The caller cannot be heard any more: what keys can give is still asked for."""
    question, form = state.question, state.form
    if form and question and question.slot_kind in corrections.WORDS | {"district"} and question.name != CONFIRM_SLOT:
        return ask_next(dialog, state, phrase(dialog, state, "deaf"))
    return ask_for_keys(dialog, state)


def heard(dialog: Dialog, state: State, question: Question, alternatives: Sequence[Alternative]) -> Move | None:
    """What was said as values of the form; None when it holds none."""
    around = _around(dialog, state)
    if question.name in {SUMMARY, CHANGE}:
        return _corrected(dialog, state, alternatives)
    if question.name == CONFIRM_SLOT:
        rest = corrections.without_no(alternatives)
        if not rest or parse_yes_no(alternatives[0].text, alternatives[0].reading) is True:
            return None  # the question's own yes and no decide
        return _said_instead(dialog, state, question, corrections.values_said(state, question, rest, around))
    if corrections.denies(alternatives) and (rest := corrections.without_no(alternatives)):
        another = corrections.corrected(state, rest, around)
        if another:
            return _taken(dialog, state, another)
        alternatives = rest if question.slot_kind != "yes_no" else alternatives
    return _taken(dialog, state, corrections.values_said(state, question, alternatives, around))


def text_of(dialog: Dialog, state: State, question: Question, alternatives: Sequence[Alternative]) -> Match | None:
    """What was said as the text that is asked for, should it be no question of the caller's."""
    value = corrections.values_said(state, question, alternatives, _around(dialog, state)).get(question.slot)
    return Match(Option(ToValue(question.slot, value)), 1.0) if value else None


def pressed(dialog: Dialog, state: State, question: Question, digit: str) -> Move | None:
    """A key while digits are wanted; None when keys mean what they always mean."""
    # On a confirmation keys mean yes and no; only speech may give another value there.
    kind = question.slot_kind if question.name != CONFIRM_SLOT else None
    if kind not in DIGIT_KINDS or kind is None or not (digit in _DIGITS or (state.keys and digit == "#")):
        return None  # * asks once more, and what was pressed so far is forgotten with it
    if digit == "#":
        return submit(dialog, state)
    stop: tuple[Action, ...] = () if state.spoken else (StopPlaying(state.turn),)
    # The first digit cancels speech for this turn: the prompt counts as spoken, and the caller as pressing.
    state = replace(state, keys=state.keys + digit, phase="asking", spoken=True)
    if _is_complete(kind, state.keys):
        state, actions = submit(dialog, state)
        return state, (*stop, *actions)
    return state, (*stop, Wait(state.turn, INTERDIGIT_SECONDS, "digits"))


def submit(dialog: Dialog, state: State) -> Move:
    """The digits are complete. A lone 0 asks for a person, as everywhere."""
    question, keys = state.question, state.keys
    state = replace(state, keys="")
    if keys == "0":
        return hand_over(dialog, state, "")
    kind = question.slot_kind if question else None
    value = keyed(kind, keys, _around(dialog, state)) if kind else None
    if question is None or value is None:
        return climb(dialog, state, "no_match")
    return _taken(dialog, state, {question.slot: value}) or climb(dialog, state, "no_match")


def _taken(dialog: Dialog, state: State, found: Mapping[str, Value]) -> Move | None:
    """Keep what is sure, ask about the first that is not."""
    if not found:
        return None
    unsure = next(((name, value) for name, value in found.items() if not value.sure), None)
    sure = {name: value for name, value in found.items() if value.sure}
    state = changed(state, values={**state.values, **sure}, parent=None)
    if unsure:
        return ask(dialog, state, _confirmation(dialog, state, *unsure))
    if state.form and all(slot.name in state.values for slot in _askable(state, state.form)):
        return ask_next(dialog, state)  # everything is read back now: once is enough
    said = "、".join(value.said for value in sure.values() if value.value not in YES_NO)
    return ask_next(dialog, state, *((phrase(dialog, state, "slot_heard", value=said),) if said else ()))


def _said_instead(dialog: Dialog, state: State, question: Question, found: Mapping[str, Value]) -> Move | None:
    """Another value instead of a yes or no. Who says the same again agrees; who never does climbs the ladder."""
    asked = next((o.target.value for o in question.options if isinstance(o.target, ToValue)), None)
    value = found.get(question.slot)
    if value and asked and value.value == asked.value:
        return fill(dialog, state, question.slot, asked)
    if value and not value.sure:
        state = replace(state, rung=state.rung + 1)
        if state.rung >= PERSON_RUNG:
            return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    return _taken(dialog, state, found)


def _corrected(dialog: Dialog, state: State, alternatives: Sequence[Alternative]) -> Move | None:
    """A correction of what was read back: the value says which slot it is for, or its label does."""
    if state.form is None or parse_yes_no(alternatives[0].text, alternatives[0].reading) is True:
        return None
    around = _around(dialog, state)
    rest = corrections.without_no(alternatives)
    slot = corrections.named(state, rest[0]) if rest else None
    if slot is None:
        another = _taken(dialog, state, corrections.corrected(state, rest, around))
        return another or (refused(dialog, state, "") if corrections.objects(alternatives) else None)
    if state.deaf and not _by_keys(slot):
        return None
    new = corrections.renamed(state, slot, rest, around)
    return _taken(dialog, state, new) or change(dialog, state, slot.name)


def _confirmation(dialog: Dialog, state: State, slot: str, value: Value) -> Question:
    kind = next((each.kind for each in state.form.slots if each.name == slot), None) if state.form else None
    agreed = Option(
        ToValue(slot, replace(value, sure=True)), yes(dialog, state), "1", phrase(dialog, state, "yes").text, ALL
    )
    wrong = Option(ToSlot(slot, refused=True), no(dialog, state), "2", phrase(dialog, state, "no").text, ALL)
    text = phrase(dialog, state, "slot_confirm", value=value.said).text
    return Question(CONFIRM_SLOT, text, "yes_no", (agreed, wrong), slot=slot, slot_kind=kind)


def _summary(dialog: Dialog, state: State, form: Form) -> Question:
    text = said_slots(state, form.summary)
    if not text:
        lines = (
            phrase(dialog, state, "form_line", label=in_language(slot.label, state.language), value=value.said).text
            for slot in form.slots
            if (value := state.values.get(slot.name))
        )
        text = "".join((*lines, phrase(dialog, state, "form_right").text))
    agreed = Option(form.then, yes(dialog, state), "1", phrase(dialog, state, "yes").text, ALL)
    wrong = form.declined or ToSlot("", refused=True)
    refused = Option(wrong, no(dialog, state), "2", phrase(dialog, state, "no").text, ALL)
    return Question(SUMMARY, text, "yes_no", (agreed, refused), open=True, slot=SUMMARY)


def _askable(state: State, form: Form) -> tuple[Slot, ...]:
    """The slots to fill. A call back needs no more than a number when the caller cannot be heard."""
    number_only = state.deaf and isinstance(form.then, ToBooking)
    return tuple(slot for slot in form.slots if _by_keys(slot) or not number_only)


def _by_keys(slot: Slot) -> bool:
    return slot.kind in DIGIT_KINDS or slot.kind == "yes_no"


def _is_complete(kind: SlotKind, keys: str) -> bool:
    """Whether no digit can follow: a telephone number shows by its beginning how long it is."""
    return len(keys) >= FULL_LENGTH.get(kind, 0) or (kind == "phone" and national_number(keys) is not None)


def _around(dialog: Dialog, state: State) -> Surroundings:
    # Every call begins with an event that brings the date; a state without one is not a call's.
    today, language = state.today or _SOME_DAY, state.language
    return Surroundings(today, dialog.districts, spoken=dialog.spoken_districts, chome=dialog.chome, language=language)
