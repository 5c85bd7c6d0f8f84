"""What a caller's words mean at this point, and what the FAQ's answers are worth."""

from collections.abc import Sequence
from dataclasses import replace

from voicebot.actions import AskFaq
from voicebot.dialog.handing_over import hand_over
from voicebot.dialog.ladder import PERSON_RUNG, climb
from voicebot.dialog.match import Match, best_option, by_key, contains, says
from voicebot.dialog.speaking import Move, ask, commands, phrase, yes_no
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, Option, Phrase, Question, ToAnswer, ToCommand, ToNode
from voicebot.dialog.walking import follow, give_answer
from voicebot.events import Alternative, FaqHit
from voicebot.language.yes_no import parse_yes_no

OFFERS = 3
"""So many likely answers are read out at most; more cannot be remembered."""
DEPARTMENT_CONFIDENCE = 0.8
BARE_NAME_CONFIDENCE = 0.96


def understand(dialog: Dialog, state: State, heard: Sequence[Alternative]) -> Move:
    """The caller has said something."""
    question = state.question
    if is_emergency(dialog, state, heard):
        return emergency(dialog, state)
    if question is None:
        return climb(dialog, state, "no_match")
    chosen = by_key(heard, question.options)
    if chosen:
        return follow(dialog, state, chosen.target)
    match = best_option(heard, question.options)
    limits = dialog.limits
    command = best_option(heard, commands(dialog, state))
    if command and command.confidence >= limits.choice_confidence and not _better(match, command):
        return follow(dialog, state, command.option.target)
    department = asked_department(dialog, state, heard)
    if department:
        return hand_over(dialog, state, department)
    answer = _plain_yes_no(question, heard)
    if answer is not None:
        return follow(dialog, state, answer.target)
    if match and match.confidence >= limits.choice_confidence:
        return follow(dialog, state, match.option.target)
    if match and match.confidence >= limits.choice_confirm_confidence and _confirmable(match):
        return confirm_choice(dialog, state, match.option)
    if question.open:
        return search(dialog, state, heard)
    return climb(dialog, state, "no_match")


def search(dialog: Dialog, state: State, heard: Sequence[Alternative]) -> Move:
    """Search the FAQ for what was said. Going round in confirmations climbs the ladder silently."""
    if state.question and state.question.name in {"確認", "候補"}:
        state = replace(state, rung=state.rung + 1)
        if state.rung >= PERSON_RUNG:
            return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    turn = state.turn + 1
    state = replace(state, phase="searching", turn=turn)
    return state, (AskFaq(turn, state.language, tuple(heard)),)


def weigh(dialog: Dialog, state: State, hits: Sequence[FaqHit]) -> Move:
    """Answer at once, confirm one, offer a few, or say that nothing was found: by how sure the search is."""
    limits = dialog.limits
    likely = [hit for hit in hits if hit.confidence >= limits.offer_confidence][:OFFERS]
    if not likely:
        return climb(dialog, state, "no_match")
    best = likely[0]
    if best.confidence >= limits.answer_confidence:
        return give_answer(dialog, state, best)
    if best.confidence >= limits.confirm_confidence or len(likely) == 1:
        text = phrase(dialog, state, "confirm", question=best.question).text
        return ask(dialog, _within(state), yes_no(dialog, state, "確認", text, ToAnswer(best)))
    return ask(dialog, _within(state), _offer(dialog, state, likely))


def confirm_choice(dialog: Dialog, state: State, option: Option) -> Move:
    """Ask whether this choice was meant."""
    text = phrase(dialog, state, "confirm_choice", choice=option.label or option.phrases[0].text).text
    return ask(dialog, _within(state), yes_no(dialog, state, "確認", text, option.target))


def asked_department(dialog: Dialog, state: State, heard: Sequence[Alternative]) -> str:
    """The department the caller wants to be connected with, "" if none was asked for."""
    wants = contains(heard, dialog.connect.get(state.language, ()))
    # A department's bare name is a request too; its nicknames (ごみ, 税金) need a word of connecting beside them.
    scores = {name: says(heard, ways if wants else ways[:1]) for name, ways in dialog.departments.items()}
    best = max(scores, key=lambda name: scores[name], default="")
    needed = DEPARTMENT_CONFIDENCE if wants else BARE_NAME_CONFIDENCE
    return best if best and scores[best] >= needed else ""


def is_emergency(dialog: Dialog, state: State, heard: Sequence[Alternative]) -> bool:
    """Whether words of danger were said, and not as part of something harmless (罹災証明, 救命講習)."""
    words = dialog.emergency.get(state.language) or dialog.emergency["ja"]
    unless = dialog.emergency_unless.get(state.language) or dialog.emergency_unless["ja"]
    return contains(heard, words) and not contains(heard, unless)


def emergency(dialog: Dialog, state: State) -> Move:
    """We cannot connect emergency calls: say so at once, twice, slowly; then listen, and hang up on silence."""
    state = replace(state, rung=state.rung + 1, slow=True, parent=None)
    if state.rung >= PERSON_RUNG:
        return hand_over(dialog, state, dialog.duty, phrase(dialog, state, "emergency"))
    said = phrase(dialog, state, "emergency").text
    question = Question("緊急", said, "open", open=True, recording="emergency", bargein=False, silence=ToCommand("end"))
    return ask(dialog, state, question, phrase(dialog, state, "emergency"))


def _plain_yes_no(question: Question, heard: Sequence[Alternative]) -> Option | None:
    """On a yes/no question the many ways of saying yes and no count, not only the listed ones."""
    if question.kind != "yes_no" or not heard:
        return None
    answer = parse_yes_no(heard[0].text, heard[0].reading)
    return None if answer is None else question.options[0 if answer else 1]


def _offer(dialog: Dialog, state: State, hits: Sequence[FaqHit]) -> Question:
    lines = [
        phrase(dialog, state, "offer_line", question=hit.question, key=str(key)).text
        for key, hit in enumerate(hits, start=1)
    ]
    options = [
        Option(ToAnswer(hit), (Phrase(hit.question, hit.reading),), str(key), hit.question)
        for key, hit in enumerate(hits, start=1)
    ]
    none = dialog.offers.get(state.language, dialog.offers["ja"])["other"]
    options.append(Option(ToCommand("reject"), none, str(len(hits) + 1), phrase(dialog, state, "label_other").text))
    text = "".join(
        (
            phrase(dialog, state, "offer_intro").text,
            *lines,
            phrase(dialog, state, "offer_other", key=str(len(hits) + 1)).text,
        )
    )
    return Question("候補", text, "choices", tuple(options), open=True)


def _within(state: State) -> State:
    """Remember the question that a confirmation interrupts."""
    return replace(state, parent=state.parent or state.question)


def _better(match: Match | None, command: Match) -> bool:
    return match is not None and match.confidence > command.confidence


def _confirmable(match: Match) -> bool:
    return bool(match.option.label) or isinstance(match.option.target, ToNode)
