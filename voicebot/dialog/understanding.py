"""What a caller's words mean at this point, and what the FAQ's answers are worth."""

from collections.abc import Sequence
from dataclasses import replace

from voicebot.actions import AskFaq, Prompt
from voicebot.dialog import forms
from voicebot.dialog.corrections import WORDS
from voicebot.dialog.handing_over import hand_over
from voicebot.dialog.ladder import PERSON_RUNG, climb
from voicebot.dialog.match import Match, Said, best_option, by_key, contains, said
from voicebot.dialog.phrases import CANDIDATES, CONFIRM, EMERGENCY, MOST
from voicebot.dialog.speaking import Move, ask, commands, offered, phrase, yes, yes_no
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, Option, Phrase, Question, Target, ToAnswer, ToCommand, ToNode, ToPerson
from voicebot.dialog.walking import follow, give_answer
from voicebot.events import Alternative, FaqHit
from voicebot.language.yes_no import parse_yes_no

OFFERS = 3
"""So many likely answers are read out at most; more cannot be remembered."""
DEPARTMENT_CONFIDENCE = 0.8
BARE_NAME_CONFIDENCE = 0.96
SLOT_COMMAND_CONFIDENCE = 0.9
"""While a value is wanted, words must be a command very clearly: a name may sound like one."""


def understand(dialog: Dialog, state: State, alternatives: Sequence[Alternative]) -> Move:
    """The caller has said something."""
    heard = said(alternatives)
    if is_emergency(dialog, state, heard):
        return emergency(dialog, state)
    if state.question is None:
        return climb(dialog, state, "no_match")
    if state.question.slot:
        move = _value(dialog, state, state.question, heard, alternatives)
        if move:
            return move
    target = _certain(dialog, state, state.question, heard)
    if target:
        return follow(dialog, state, target)
    match = best_option(heard, state.question.options, dialog.limits.choice_confirm_confidence)
    if match and _confirmable(match):
        return confirm_choice(dialog, state, match.option)
    if state.question.open:
        return search(dialog, state, alternatives)
    return climb(dialog, state, "no_match")


def _certain(dialog: Dialog, state: State, question: Question, heard: Said) -> Target | None:
    """Where the words lead without any doubt: a number, a command, a department, yes or no, a choice."""
    everywhere = commands(dialog, state)
    key = by_key(heard, (*everywhere, *question.options))
    if key:
        return key.target
    sure = dialog.limits.choice_confidence
    choice, command = best_option(heard, question.options, sure), best_option(heard, everywhere, sure)
    if command and (choice is None or command.confidence > choice.confidence):
        return command.option.target
    person = asked_person(dialog, state, heard)
    if person and (choice is None or person.confidence >= choice.confidence):
        return person.option.target
    answer = _plain_yes_no(question, heard)
    if answer:
        return answer.target
    return choice.option.target if choice else None


def _value(
    dialog: Dialog, state: State, question: Question, heard: Said, alternatives: Sequence[Alternative]
) -> Move | None:
    """What was said as a value of the form, unless it is a command; None when it is neither."""
    everywhere = commands(dialog, state)
    if question.slot_kind in WORDS:  # 職員採用試験の件で is a matter, and no wish for a person
        everywhere = tuple(replace(option, share=max(option.share, MOST)) for option in everywhere)
    command = best_option(heard, everywhere, SLOT_COMMAND_CONFIDENCE)
    if command:
        return follow(dialog, state, command.option.target)
    return forms.heard(dialog, state, question, alternatives)


def search(dialog: Dialog, state: State, alternatives: Sequence[Alternative]) -> Move:
    """Search the FAQ for what was said. Going round in confirmations climbs the ladder silently."""
    if state.question and state.question.name in {CONFIRM, CANDIDATES}:
        state = replace(state, rung=state.rung + 1)
        if state.rung >= PERSON_RUNG:
            return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    turn = state.turn + 1
    state = replace(state, phase="searching", turn=turn)
    return state, (AskFaq(turn, state.language, tuple(alternatives)),)


def weigh(dialog: Dialog, state: State, hits: Sequence[FaqHit]) -> Move:
    """Answer at once, confirm one, offer a few, or say that nothing was found: by how sure the search is."""
    limits = dialog.limits
    likely = [hit for hit in hits if hit.confidence >= limits.offer_confidence][:OFFERS]
    if not likely:
        return climb(dialog, state, "no_match")
    best = likely[0]
    if state.question and state.question.slot:
        return _digress(dialog, state, state.question, best)
    if best.confidence >= limits.answer_confidence:
        return give_answer(dialog, state, best)
    if best.confidence >= limits.confirm_confidence or len(likely) == 1:
        text = phrase(dialog, state, "confirm", question=best.question).text
        return ask(dialog, _within(state), yes_no(dialog, state, CONFIRM, text, ToAnswer(best)))
    return ask(dialog, _within(state), _candidates(dialog, state, likely))


def _digress(dialog: Dialog, state: State, question: Question, hit: FaqHit) -> Move:
    """A question in the middle of a form: answer it when the answer is sure, and come back to the form."""
    if hit.confidence < dialog.limits.answer_confidence:
        return climb(dialog, state, "no_match")
    state = replace(state, answered=True)
    return ask(dialog, state, question, Prompt(hit.answer, state.language), answers=hit.entry)


def confirm_choice(dialog: Dialog, state: State, option: Option) -> Move:
    """Ask whether this choice was meant."""
    text = phrase(dialog, state, "confirm_choice", choice=option.label or option.phrases[0].text).text
    return ask(dialog, _within(state), yes_no(dialog, state, CONFIRM, text, option.target))


def asked_person(dialog: Dialog, state: State, heard: Said) -> Match | None:
    """The department the caller wants to be connected with, None if nobody was asked for.

    つないでください without a name means the department of the matter; お願いします alone means nothing.
    """
    words = dialog.connect.get(state.language, ())
    wants = contains(heard, words)
    # A department's bare name is a request too; its nicknames (ごみ, 税金) need a word of connecting beside them.
    ways = [Option(ToPerson(name), phrases if wants else phrases[:1]) for name, phrases in dialog.departments.items()]
    department = best_option(heard, ways, DEPARTMENT_CONFIDENCE if wants else BARE_NAME_CONFIDENCE)
    if department or not wants:
        return department
    polite = [agreed.reading for agreed in yes(dialog, state)]
    clear = tuple(word for word in words if not any(word.reading in each for each in polite))
    return best_option(heard, (Option(ToPerson(), clear, share=MOST),), DEPARTMENT_CONFIDENCE)


def is_emergency(dialog: Dialog, state: State, heard: Said) -> bool:
    """Whether words of danger were said, and not as part of something harmless (罹災証明, 救命講習)."""
    words = dialog.emergency.get(state.language) or dialog.emergency["ja"]
    unless = dialog.emergency_unless.get(state.language) or dialog.emergency_unless["ja"]
    return contains(heard, words) and not contains(heard, unless)


def emergency(dialog: Dialog, state: State) -> Move:
    """We cannot connect emergency calls: say so at once, twice, slowly; then listen, and hang up on silence."""
    state = replace(state, rung=state.rung + 1, slow=True, parent=None)
    warning = phrase(dialog, state, "emergency")
    if state.rung >= PERSON_RUNG:
        return hand_over(dialog, state, dialog.duty, warning, warning)
    question = Question(
        EMERGENCY, warning.text, "open", open=True, recording="emergency", bargein=False, silence=ToCommand("end")
    )
    return ask(dialog, state, question, warning)


def _plain_yes_no(question: Question, heard: Said) -> Option | None:
    """On a yes/no question the many ways of saying yes and no count, not only the listed ones."""
    if question.kind != "yes_no":
        return None
    answer = parse_yes_no(heard.text, heard.reading)
    return None if answer is None else question.options[0 if answer else 1]


def _candidates(dialog: Dialog, state: State, hits: Sequence[FaqHit]) -> Question:
    options: list[Option] = []
    text = phrase(dialog, state, "offer_intro").text
    for key, hit in enumerate(hits, start=1):
        text += phrase(dialog, state, "offer_line", question=hit.question, key=str(key)).text
        options.append(Option(ToAnswer(hit), (Phrase(hit.question, hit.reading),), str(key), hit.question))
    last = str(len(hits) + 1)
    text += phrase(dialog, state, "offer_other", key=last).text
    other = phrase(dialog, state, "label_other").text
    options.append(Option(ToCommand("reject"), offered(dialog, state, "other"), last, other, share=MOST))
    return Question(CANDIDATES, text, "choices", tuple(options), open=True)


def _within(state: State) -> State:
    """Remember the question that a confirmation interrupts."""
    return replace(state, parent=state.parent or state.question)


def _confirmable(match: Match) -> bool:
    """Whether it makes sense to ask for this choice by its name; はい、でよろしいですか does not."""
    return not match.option.share and (bool(match.option.label) or isinstance(match.option.target, ToNode))
