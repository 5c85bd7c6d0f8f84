"""From what callers said to words that staff can write into the city's files. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from voicebot.faq.words import Analyse, sound_form
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import katakana
from voicebot.tuning.cases import Case
from voicebot.tuning.clusters import Matrix

LONGEST = 40
"""A way of asking that is longer is a story, and hardly anybody else tells it so."""
_ENDING = re.compile(r"[。、,.!?！？\s]+$")
_INNER = re.compile(r"(?<=[ぁ-ゖァ-ヺー一-龥])[、,]\s*")
_HIDDEN = re.compile(r"\[[^\]]*\]")
_CONNECT = re.compile(
    r"(?:さん|の(?:人|方|かた|窓口|担当)|の窓口の(?:人|方|かた))?(?:に|へ|を|と)?[、\s]*(?:電話を)?"
    r"(?:(?:つな|繋|継な)(?:い|げ|ぎ)|(?:回し|まわし)て|(?:代わ|替わ|変わ|かわ)(?:って|れま)|転送|話がしたい|話したい).*$"
)
"""Words by which a caller asks to be connected with whoever was named before them."""
_OFFICE = re.compile(
    r"((?:課|係|局|部|室|所|館|会|センター|窓口|担当))(?:さん)?(?:に|を|へ)?[、\s]*(?:お願い|おねがい).*$"
)
"""お願いします alone may ask for anything; behind the name of an office it asks for that office."""
_BEFORE = re.compile(r"^(?:すみません|すいません|あの[ー、]*|もしもし|そちら(?:は)?|えっと|ええと)[、\s]*")
_PARTICLES = re.compile(r"(?:です|ます|さんですか|って|ので|けど|から)")
_LONGEST_NAME = 12
_SUFFIX = re.compile(r"[一-龥々]")
_TERM = re.compile(r"[一-龥々ァ-ヴーA-Za-z]{2,}")
"""A word worth expecting is written in kanji or katakana; what is written in hiragana is everybody's."""


@dataclass(frozen=True, slots=True)
class MissedWord:
    """A word that was said and that the recogniser wrote otherwise."""

    word: str
    heard: str
    """What stood in its place."""


def tidy(text: str) -> str:
    """A way of asking as staff would write it: without hesitation, politeness and the last stop."""
    plain = _ENDING.sub("", strip_fillers(text) or text)
    return _ENDING.sub("", _INNER.sub("", plain)).strip()


def written(text: str) -> str:
    """The tidy text if it may be written down; empty when it is too long, or hides something personal."""
    found = tidy(text)
    return "" if _HIDDEN.search(text) or not 2 <= len(found) <= LONGEST else found


def spokesman(cases: Sequence[Case], likeness: Matrix) -> int:
    """Which case says best what all of them want.

    One that staff have listened to if there is one, and among these the one that is most like the others; a surely
    heard one before a doubtful one.
    """
    heard = np.array([1.0 if case.said else case.guesses[0].confidence for case in cases])
    middle = likeness.mean(axis=1) * (0.5 + 0.5 * heard)
    listened = [place for place, case in enumerate(cases) if case.said]
    places = listened or range(len(cases))
    return max(places, key=lambda place: (round(float(middle[place]), 4), -len(cases[place].text), -place))


def other_wordings(texts: Sequence[str], first: str, most: int) -> tuple[str, ...]:
    """Further ways of asking that sound different from the first and from one another."""
    chosen: list[str] = []
    for text in texts:
        found = written(text)
        if found and all(_differ(found, each) for each in (first, *chosen)):
            chosen.append(found)
    return tuple(chosen[:most])


def called(text: str) -> str:
    """What a caller who wants to be connected calls the department; empty when nobody was asked for.

    水道局につないでください is 水道局.
    """
    plain = _BEFORE.sub("", _ENDING.sub("", text))
    connect, office = _CONNECT.search(plain), _OFFICE.search(plain)
    if connect is None and office is None:
        return ""
    end = connect.start() if connect is not None else office.end(1) if office is not None else 0
    name = plain[:end].strip("、。 ")
    name = re.split(r"[、。]", name)[-1].removesuffix("さんですか").removesuffix("さん")
    fits = 2 <= len(name) <= _LONGEST_NAME and not _PARTICLES.search(name) and "の" not in name[-1:]
    return name if fits else ""


def commonest(names: Sequence[str]) -> str:
    """The name that was used most; of equals the first."""
    counted = Counter(name for name in names if name)
    return counted.most_common(1)[0][0] if counted else ""


def missed_words(case: Case, analyse: Analyse, known: Collection[str]) -> tuple[MissedWord, ...]:
    """Nouns of what was really said that no guess holds, by spelling or by sound, and that are not expected yet."""
    if not case.said:
        return ()
    spellings = "\n".join(guess.text for guess in case.guesses)
    sounds = "\n".join(sound_form(guess.reading or guess.text) for guess in case.guesses)
    found: list[MissedWord] = []
    for word, reading in nouns(case.said, analyse):
        sound = sound_form(reading)
        if not _TERM.fullmatch(word) or word in known or word in spellings or len(sound) < 3 or sound in sounds:
            continue
        found.append(MissedWord(word, _instead(case, reading)))
    return tuple(found)


def nouns(text: str, analyse: Analyse) -> list[tuple[str, str]]:
    """Nouns and their readings; those that stand together are one, with the kanji that ends them (駐輪場, 申込書)."""
    found: list[tuple[str, str]] = []
    whole: tuple[str, str] = ("", "")
    for word in (*analyse(text), None):
        belongs = word is not None and word.content and bool(word.reading)
        if word is not None and belongs and (word.noun or (whole[0] and _SUFFIX.fullmatch(word.surface))):
            whole = (whole[0] + word.surface, whole[1] + word.reading)
            continue
        if len(whole[0]) > 1:
            found.append(whole)
        whole = ("", "")
    return found


def _instead(case: Case, reading: str) -> str:
    """The stretch of the best guess that stands where the word was said."""
    heard = katakana(case.guesses[0].reading) or case.guesses[0].text
    matcher = SequenceMatcher(None, heard, reading, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return ""
    start = max(0, blocks[0].a - blocks[0].b)
    return heard[start : start + len(reading)]


def _differ(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.8
