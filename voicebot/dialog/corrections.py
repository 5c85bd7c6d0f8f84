"""What was said while a form asks, as values of its slots: the answer, what was said beside it, and what it corrects.

Gives values, never moves: what becomes of them is decided by `forms`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from voicebot.dialog.slots import VOLUNTEERED, Slot, SlotKind, Surroundings, Value, understood
from voicebot.dialog.speaking import in_language
from voicebot.dialog.state import State
from voicebot.dialog.tree import Question
from voicebot.events import Alternative
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import matching_form
from voicebot.language.yes_no import parse_yes_no

WORDS: frozenset[SlotKind] = frozenset({"text", "name"})
"""Kinds that take whatever is said."""
_CALLED: Mapping[SlotKind, tuple[str, ...]] = {
    "district": ("マチ", "チョー", "チョーメー", "マチノナマエ", "チョーナイ", "ジューショ", "バショ"),
    "date": ("ヒ", "ヒニチ", "ヒズケ", "ニッテー"),
    "time": ("ジカン", "ジコク"),
    "phone": ("デンワ", "デンワバンゴー", "バンゴー"),
    "postal": ("ユービンバンゴー", "バンゴー"),
    "name": ("ナマエ", "シメー"),
    "number": ("カズ", "スージ", "ニンズー", "コスー"),
}
"""What people call values of a kind, whatever the form calls them, in matching form."""
_WRONG = re.compile("違い|違う|違っ|ちがい|ちがう|ちがっ|間違|直し")
_AROUND_LABEL = re.compile(
    "^オ(?=[ナデ])|(?:ノホー)?(?:ガ|ワ|ハ|オ|モ)?(?:チガイマス|チガウ|(?:マ?チガッテー?(?:マス|ル))|ナオシタイ(?:デス)?|ナオシ(?:マス|テクダサイ)|デス|ノホー)*$"
)
"""What people say around the name of what is wrong, in matching form."""
_GUESSED: frozenset[SlotKind] = frozenset({"number", *VOLUNTEERED})
"""Kinds whose values show by themselves what they correct."""
_NO = re.compile(
    r"^(?:(?:いえいえ|いいえ|いえ|いや|ちがいます|違います|違う|ちがう|そうじゃなくて|じゃなくて)(?![のにでをがは])[、。,\s]*)+"
)
_NO_READING = re.compile(
    r"^(?:(?:イエイエ|イイエ|イーエ|イエ|イヤ|チガイマス|チガウ|ソウジャナクテ|ジャナクテ)[、。\s]*)+"
)
_NOT_THIS = re.compile(r"^.+?(?:じゃなくて?|ではなくて?)[、。,\s]*(?=.)")
_NOT_THIS_READING = re.compile(r"^.+?(?:ジャナクテ?|デワナクテ?|デハナクテ?)[、。\s]*(?=.)")


def values_said(
    state: State, question: Question, alternatives: Sequence[Alternative], around: Surroundings
) -> dict[str, Value]:
    """The asked slot's value, and those of others that were said in the same breath."""
    found: dict[str, Value] = {}
    asked = replace(around, before=state.values.get(question.slot))
    if question.slot_kind and (value := understood(question.slot_kind, alternatives, asked)):
        found[question.slot] = value
    for slot in _others(state, question):
        if value := understood(slot.kind, alternatives[:1], around):
            found[slot.name] = value
    return found


def corrected(state: State, alternatives: Sequence[Alternative], around: Surroundings) -> dict[str, Value]:
    """The value that is said to be another one (いえ、二丁目です); the slot that was filled last comes first."""
    slots = state.form.slots if state.form else ()
    for slot in reversed(slots):
        if slot.kind in _GUESSED and (value := _another(state, slot, alternatives, around)):
            return {slot.name: value}
    return {}


def named(state: State, guess: Alternative) -> Slot | None:
    """The slot that was called by its label, or by a part of it that no other label has (時間: ご都合のよい時間).

    By sound: a recogniser writes labels as it likes (日にち, 日日, お名前, 女前).
    """
    slots = state.form.slots if state.form else ()
    form = matching_form(guess.reading or guess.text)
    sounds = {slot.name: label_sound(state, slot) for slot in slots}
    called = [slot for slot in slots if in_language(slot.label, state.language) in guess.text]
    called += [slot for slot in slots if len(sounds[slot.name]) > 2 and sounds[slot.name] in form]
    if called:
        return max(called, key=lambda slot: len(sounds[slot.name]))
    short = _AROUND_LABEL.sub("", matching_form(strip_fillers(guess.reading or guess.text)))
    partly = [slot for slot in slots if len(short) > 1 and short in sounds[slot.name]]
    of_kind = [slot for slot in slots if short in _CALLED.get(slot.kind, ())]
    return next((found[0] for found in (partly, of_kind) if len(found) == 1), None)


def objects(alternatives: Sequence[Alternative]) -> bool:
    """Whether something is said to be wrong, without telling what is right."""
    return bool(alternatives and _WRONG.search(alternatives[0].text))


def label_sound(state: State, slot: Slot) -> str:
    """How a slot's label sounds, in matching form."""
    label = in_language(slot.label, state.language)
    return slot.sounds.get(state.language) or slot.sounds.get("ja") or matching_form(label)


def renamed(state: State, slot: Slot, alternatives: Sequence[Alternative], around: Surroundings) -> dict[str, Value]:
    """The new value of a slot that was called by its label (お名前は田中です); empty when only the label was said."""
    label = re.escape(in_language(slot.label, state.language))
    said = re.compile(
        rf"^.*?{label}(?:が|は|を|も)?(?:違います|違う|ちがいます|ちがう|間違っています|直したい)?[、。,\s]*"
    )
    if slot.kind in WORDS and not any(said.match(guess.text) for guess in alternatives):
        return {}  # the label was known by its sound only: where it ends, and the words begin, is not
    rest = [replace(guess, text=said.sub("", guess.text)) for guess in alternatives]
    # The reading cannot be cut at the label: it stays only for kinds that are sought in the midst of other words.
    rest = [guess if slot.kind in _GUESSED else replace(guess, reading="") for guess in rest]
    value = _another(state, slot, [guess for guess in rest if guess.text.strip("。、 でおねがいします")], around)
    return {slot.name: value} if value else {}


def without_no(alternatives: Sequence[Alternative]) -> list[Alternative]:
    """The guesses without the no in front of a correction; those that are only a no are left out."""
    shorter = (
        replace(
            guess,
            text=_NOT_THIS.sub("", _NO.sub("", guess.text)),
            reading=_NOT_THIS_READING.sub("", _NO_READING.sub("", guess.reading)),
        )
        for guess in alternatives
    )
    return [guess for guess in shorter if guess.text.strip("。、 です") and parse_yes_no(guess.text) is None]


def denies(alternatives: Sequence[Alternative]) -> bool:
    """Whether the caller contradicts: a no, or this-not-that, stands in front."""
    text = alternatives[0].text if alternatives else ""
    return bool(_NO.match(text) or _NOT_THIS.match(text))


def _another(state: State, slot: Slot, alternatives: Sequence[Alternative], around: Surroundings) -> Value | None:
    """A value for a slot that has one already, and is not the same."""
    old = state.values.get(slot.name)
    if old is None:
        return None
    value = understood(slot.kind, alternatives, replace(around, before=old))
    return value if value and value.value != old.value else None


def _others(state: State, question: Question) -> Iterator[Slot]:
    """Empty slots of a kind that nobody says by chance."""
    if state.form is None or question.slot_kind in WORDS:
        return
    for slot in state.form.slots:
        empty = slot.name not in state.values and slot.name != question.slot
        if empty and slot.kind in VOLUNTEERED and slot.kind != question.slot_kind:
            yield slot
