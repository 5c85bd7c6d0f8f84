"""What a caller's words mean at this point, and what the FAQ's answers are worth."""

import re
from collections.abc import Sequence
from dataclasses import replace

from voicebot.actions import AskFaq, Prompt
from voicebot.dialog import forms
from voicebot.dialog.corrections import WORDS
from voicebot.dialog.handing_over import hand_over
from voicebot.dialog.ladder import PERSON_RUNG, climb
from voicebot.dialog.match import Match, Said, best_name, best_option, by_key, contains, lexicon_of, said, share
from voicebot.dialog.phrases import ALL, CALLBACK_SLOTS, CANDIDATES, CONFIRM, EMERGENCY, MOST, SCREENING
from voicebot.dialog.speaking import Move, ask, commands, offered, phrase, yes, yes_no
from voicebot.dialog.state import Leaning, State
from voicebot.dialog.tree import Dialog, Option, Phrase, Question, Target, ToAnswer, ToCommand, ToNode, ToPerson
from voicebot.dialog.walking import follow, give_answer
from voicebot.dialog.weighing import decide, eased, likely, remaining
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.language.yes_no import parse_yes_no

DEPARTMENT_CONFIDENCE = 0.8
OWN_TEXTS = frozenset((SCREENING, *(name for name, kind, _ in CALLBACK_SLOTS if kind == "text")))
"""The matter of a call back may well be a question."""
_ASKS = re.compile(
    "(?:です|ます|でしょう|ません|した|の)か[。??]?$|(?:どこ|いつ|いくら|何時|何番|どうすれば|どうやって).*"
)
BARE_NAME_CONFIDENCE = 0.96
NEARLY_ALL = 0.65
"""The share of what was said that a department and the wish to be connected must have in the midst of a form."""
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
    likely = best_option(heard, state.question.options, dialog.limits.choice_confirm_confidence)
    target = _certain(dialog, state, state.question, heard, likely)
    if target:
        return follow(dialog, state, target)
    asked_before = bool(likely and likely.option.target in state.unmeant)
    choice = likely if likely and (_surely(dialog, likely) or (_confirmable(likely) and not asked_before)) else None
    if state.question.open:
        return search(dialog, state, alternatives, choice)
    return take(dialog, state, choice) if choice else climb(dialog, state, "no_match")


def _certain(dialog: Dialog, state: State, question: Question, heard: Said, likely: Match | None) -> Target | None:
    """Where the words lead without any doubt: a number, a command, a department, yes or no, a choice."""
    everywhere, words = commands(dialog, state), lexicon_of(dialog, state.language)
    key = by_key(heard, (*everywhere, *question.options))
    if key:
        return key.target
    choice = likely if likely and _surely(dialog, likely) else None
    command = best_option(heard, everywhere, dialog.limits.choice_confidence, words.commands)
    if command and (choice is None or command.confidence > choice.confidence):
        return command.option.target
    person = asked_person(dialog, state, heard)
    if person and (choice is None or _rather(dialog, state, person, choice, heard)):
        return person.option.target
    answer = _plain_yes_no(question, heard)
    if answer:
        return answer.target
    return choice.option.target if choice and _own_words(question, choice) else None


def _rather(dialog: Dialog, state: State, person: Match, choice: Match, heard: Said) -> bool:
    """Whether a person was meant rather than a choice: 市民課につないで, but no 市民課 that is a choice."""
    if person.confidence != choice.confidence:
        return person.confidence > choice.confidence
    named = isinstance(person.option.target, ToPerson) and bool(person.option.target.department)
    return named and contains(heard, lexicon_of(dialog, state.language).connect)


def _surely(dialog: Dialog, match: Match) -> bool:
    return match.confidence >= dialog.limits.choice_confidence


def _own_words(question: Question, choice: Match) -> bool:
    """Whether the choice is what the caller said, and not a word in a longer question that the FAQ may know.

    Of the choices that were read out, with their keys, a word suffices: the caller has just heard it. The others must
    be more than half: 税金 and 税金のことで are the choice 税金; 税金の納付書をなくしました is a question, and so is
    介護保険 where 介護 and 保険 are choices.
    """
    if not question.open or choice.option.key or not isinstance(choice.option.target, ToNode):
        return True
    return choice.share > MOST


def take(dialog: Dialog, state: State, choice: Match) -> Move:
    """Go where a choice leads, after asking back where it was not surely said."""
    if _surely(dialog, choice):
        return follow(dialog, state, choice.option.target)
    return confirm_choice(dialog, state, choice.option)


def _value(
    dialog: Dialog, state: State, question: Question, heard: Said, alternatives: Sequence[Alternative]
) -> Move | None:
    """What was said as a value of the form, unless it is a command; None when it is neither."""
    everywhere, words = commands(dialog, state), lexicon_of(dialog, state.language)
    command = best_option(heard, everywhere, SLOT_COMMAND_CONFIDENCE, words.commands)
    # 職員採用試験の件で is a matter, and no wish for a person.
    if command and (question.slot_kind not in WORDS or command.share >= ALL):
        return follow(dialog, state, command.option.target)
    person = _surely_asked(dialog, state, heard)
    if person and not (question.slot_kind == "text" and person.share < ALL):
        return follow(dialog, state, person.option.target)
    if question.slot_kind == "text" and question.options:  # what a look-up offered to choose from
        key = by_key(heard, question.options)
        choice = best_option(heard, question.options, dialog.limits.choice_confidence)
        chosen = key or (choice.option if choice else None)
        if chosen:
            return follow(dialog, state, chosen.target)
    move = forms.heard(dialog, state, question, alternatives)
    if question.slot_kind == "text" and question.slot not in OWN_TEXTS and heard.text and _ASKS.search(heard.text):
        # 何番へ電話しますか is hardly what is to be thrown away: the FAQ is asked first.
        value = forms.text_of(dialog, state, question, alternatives)
        return search(dialog, state, alternatives, value) if value else move
    return move


def _surely_asked(dialog: Dialog, state: State, heard: Said) -> Match | None:
    """The department that was asked for in the midst of a form, when that is all that was said.

    市民課につないで is a wish, whatever was asked; 市民課の担当のかたのお話では is not.
    """
    person = asked_person(dialog, state, heard)
    if person is None or not heard.forms or not isinstance(person.option.target, ToPerson):
        return None
    if not person.option.target.department:
        return None  # 電話番号 is a way of asking for a person, and what a form asks for
    ways = (*person.option.phrases, *dialog.connect.get(state.language, ()), *_person_words(dialog, state))
    said_of_it = share(heard.forms[0][0], ways)
    return replace(person, share=said_of_it) if said_of_it >= NEARLY_ALL else None


def _person_words(dialog: Dialog, state: State) -> tuple[Phrase, ...]:
    return next((option.phrases for option in commands(dialog, state) if isinstance(option.target, ToPerson)), ())


def search(dialog: Dialog, state: State, alternatives: Sequence[Alternative], choice: Match | None = None) -> Move:
    """Search the FAQ for what was said; `choice` is taken when the FAQ has nothing likely.

    Going round in confirmations climbs the ladder silently.
    """
    if state.question and state.question.name in {CONFIRM, CANDIDATES}:
        state = replace(state, rung=state.rung + 1)
        if state.rung >= PERSON_RUNG:
            return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    turn = state.turn + 1
    leaning = None
    if choice:
        option = replace(choice.option, phrases=choice.option.phrases[:1])
        leaning = Leaning(option, choice.confidence)
    state = replace(state, phase="searching", turn=turn, leaning=leaning)
    return state, (AskFaq(turn, state.language, tuple(alternatives)),)


def weigh(dialog: Dialog, state: State, hits: Sequence[FaqHit], departments: Sequence[DepartmentHit] = ()) -> Move:
    """Answer at once, confirm one, offer a few or a department, or ask anew: by how sure the search is."""
    limits = eased(dialog.limits, state.rung)
    hits = remaining(hits, state.refused, limits)
    departments = [hit for hit in departments if ToPerson(hit.department) not in state.unmeant]
    named = likely(hits, limits)
    decision = decide(hits, departments, limits)
    # A choice that was surely said goes before a mere list of likely answers; one that was not, only before nothing.
    sure = state.leaning is not None and state.leaning.confidence >= limits.choice_confidence
    likelier = bool(named) and (named[0].confidence >= limits.confirm_confidence or bool(state.refused))
    if state.leaning and (decision == "ask_again" or (sure and not likelier)):
        return lean(dialog, state, state.leaning)
    if state.question and state.question.slot:
        return _digress(dialog, state, state.question, named[0]) if named else climb(dialog, state, "no_match")
    state = _about(dialog, state, departments)
    match decision:
        case "answer":
            return give_answer(dialog, state, named[0])
        case "confirm":
            text = phrase(dialog, state, "confirm", question=named[0].question).text
            return ask(dialog, _within(state), yes_no(dialog, state, CONFIRM, text, ToAnswer(named[0])))
        case "offer":
            return ask(dialog, _within(state), _candidates(dialog, state, named))
        case "route":
            return _route(dialog, state, departments[0].department)
        case "ask_again":
            return climb(dialog, state, "no_match")


def _about(dialog: Dialog, state: State, departments: Sequence[DepartmentHit]) -> State:
    """Whose matter it probably is: who is connected later, or leaves a message, reaches that department."""
    best = next((hit for hit in departments if hit.department in dialog.departments), None)
    if best is None or best.confidence < dialog.limits.confirm_confidence:
        return state
    return replace(state, department=best.department)


def _route(dialog: Dialog, state: State, department: str) -> Move:
    """No entry answers it, but it is clear who does: offer to connect."""
    text = phrase(dialog, state, "confirm_department", department=department).text
    return ask(dialog, _within(state), yes_no(dialog, state, CONFIRM, text, ToPerson(department)))


def lean(dialog: Dialog, state: State, leaning: Leaning) -> Move:
    """The FAQ knows nothing better: the choice whose words were among what the caller said."""
    return take(dialog, replace(state, leaning=None), Match(leaning.option, leaning.confidence))


def _digress(dialog: Dialog, state: State, question: Question, hit: FaqHit) -> Move:
    """A question in the middle of a form: answer it when the answer is sure, and come back to the form."""
    if hit.confidence < dialog.limits.answer_confidence and state.leaning:
        return lean(dialog, state, state.leaning)
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
    words = lexicon_of(dialog, state.language)
    wants = contains(heard, words.connect)
    # A department's bare name is a request too; its nicknames (ごみ, 税金) need a word of connecting beside them.
    names = words.departments if wants else words.department_names
    found = best_name(heard, names, DEPARTMENT_CONFIDENCE if wants else BARE_NAME_CONFIDENCE)
    if found:
        name = tuple(dialog.departments)[found[0]]
        return Match(Option(ToPerson(name), dialog.departments[name]), found[1])
    if not wants:
        return None
    polite = [agreed.reading for agreed in yes(dialog, state)]
    asking = dialog.connect.get(state.language, ())
    clear = tuple(word for word in asking if not any(word.reading in each for each in polite))
    return best_option(heard, (Option(ToPerson(), clear, share=MOST),), DEPARTMENT_CONFIDENCE)


def is_emergency(dialog: Dialog, state: State, heard: Said) -> bool:
    """Whether words of danger were said, and not as part of something harmless (罹災証明, 救命講習)."""
    words = lexicon_of(dialog, state.language)
    return contains(heard, words.emergency) and not contains(heard, words.emergency_unless)


def emergency(dialog: Dialog, state: State) -> Move:
    """We cannot connect emergency calls: say so at once, twice, slowly; then listen, and hang up on silence."""
    # Who goes back then comes to what was asked before, with all that has been said already.
    here = state.question if state.question and state.question.name != EMERGENCY else state.parent
    state = replace(state, rung=state.rung + 1, slow=True, parent=here)
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
