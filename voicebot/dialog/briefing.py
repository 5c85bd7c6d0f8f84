"""What an operator must know before the first word: whose call it is, in what language, about what, and how it went.

Pure: the record of a call so far in, a few words out. Always in Japanese: it is for the city's staff.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from voicebot.actions import Action, Play, RequestCallback
from voicebot.dialog.ladder import PERSON_RUNG
from voicebot.dialog.phrases import EMERGENCY, MATTER, SCREENING
from voicebot.dialog.state import State
from voicebot.events import Event, FaqAnswered, FaqHit, Heard

LANGUAGES = {"ja": "日本語", "en": "英語", "ko": "韓国語", "zh": "中国語", "pt": "ポルトガル語", "vi": "ベトナム語"}
LIKELY = 0.5
"""From this confidence on a question of the FAQ tells the matter, even when it was not answered."""
SHORTEST_MATTER = 4
"""Fewer characters than this are a yes, a no or a noise."""
LONGEST_MATTER = 30
SHORT_MATTER = 12
LONGEST_REPLY = 20
Item = Event | Action


@dataclass(frozen=True, slots=True)
class Briefing:
    """The few words."""

    department: str
    language: str
    """As the city's staff call it."""
    matter: str
    """"" when the caller has not said it."""
    notes: tuple[str, ...]
    """How the caller is, the most important first: 折り返し希望, 聞き取れていません ..."""
    reply: str = ""
    """What the caller said to the question that the department wanted asked; "" when there was none."""


def briefing(state: State, department: str, items: Iterable[Item]) -> Briefing:
    """Sum a call up.

    Args:
        state: Where the conversation stands.
        department: Who is called.
        items: The record of the call so far.
    """
    record = tuple(items)
    language = LANGUAGES.get(state.language, state.language)
    replied = state.values.get(SCREENING)
    reply = replied.said[:LONGEST_REPLY] if replied else ""
    return Briefing(department, language, _matter(state, record), tuple(_notes(state, department, record)), reply)


def whispers(about: Briefing, question: str, short: str = "") -> tuple[str, ...]:
    """What the operator hears, the fullest first; each further one is terser, or leaves out what matters least.

    Args:
        about: The call.
        question: What they are asked at the end.
        short: The same in fewer words; "" when there are none.
    """
    short = short or question
    full = [f"{about.department}への電話です。{about.language}。"]
    full += [f"ご用件は、{about.matter}。"] if about.matter else []
    full += [f"お尋ねへの返事は、{about.reply}。"] if about.reply else []
    full += [f"{note}。" for note in about.notes]
    matters = tuple(dict.fromkeys((about.matter, about.matter[:SHORT_MATTER])))
    chosen = [(matter, about.reply, about.notes[:count]) for matter in matters for count in (len(about.notes), 1, 0)]
    chosen += [(matters[-1], "", ()), ("", about.reply, ())]
    terse = [_terse(about, matter, reply, notes) + short for matter, reply, notes in chosen]
    return tuple(dict.fromkeys(("".join(full) + question, *terse, full[0] + question, question)))


def _terse(about: Briefing, matter: str, reply: str, notes: tuple[str, ...]) -> str:
    """In as few words as can be understood; a comma is a shorter pause than the end of a sentence."""
    said = (f"{about.department}へ", about.language, matter, reply and f"返事は{reply}", *notes)
    return f"{'、'.join(words for words in said if words)}。"


def _matter(state: State, record: tuple[Item, ...]) -> str:
    """What the caller said when asked, else the question that was answered or is most likely, else their own words."""
    asked = state.values.get(MATTER)
    if asked:
        return asked.said[:LONGEST_MATTER]
    hits: tuple[FaqHit, ...] = ()
    about = words = ""
    replies: set[int] = set()
    for item in record:
        match item:
            case Play(turn=turn, node=node) if node == SCREENING:
                replies.add(turn)
            case FaqAnswered(_, found):
                hits = found
                if found and found[0].confidence >= LIKELY:
                    about = found[0].question
            case Play(answers=entry) if entry:
                about = next((hit.question for hit in hits if hit.entry == entry), about)
            case Heard(turn, (best, *_)) if turn not in replies and len(best.text) >= SHORTEST_MATTER:
                words = best.text
            case _:
                pass
    return (about or words)[:LONGEST_MATTER]


def _notes(state: State, department: str, record: tuple[Item, ...]) -> Iterable[str]:
    if any(isinstance(item, Play) and item.node == EMERGENCY for item in record):
        yield "緊急の言葉がありました"
    if any(isinstance(item, RequestCallback) for item in record) or state.calls_back:
        yield "折り返し希望"
    if state.rung >= PERSON_RUNG:
        yield "自動音声では通じていません"
    elsewhere = tuple(name for name in dict.fromkeys(state.tried) if name != department)
    if elsewhere:
        yield f"{'と'.join(elsewhere[:2])}は出ませんでした"
    if state.slow and state.rung < PERSON_RUNG:
        yield "ゆっくりご希望"
    if state.unrecorded:
        yield "録音はお断り"
