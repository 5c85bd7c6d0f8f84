"""Choices of one question that callers, or the recogniser, take for each other.

The same reading twice is a fault and is refused at load. Here are those that only sound alike (`sounds`).
"""

import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from voicebot.checking.files import Files
from voicebot.checking.findings import Finding, warning
from voicebot.checking.sounds import alike, distance
from voicebot.content import Content
from voicebot.dialog.tree import AskNode, Phrase
from voicebot.documents import Document, Path

RULE = "sounds-alike"
_SHORTEST = 2
_CANDIDATES = 45
"""A cheap likeness (0 to 100) below which two readings are not compared sound by sound."""
_NUMBER_WORDS = re.compile(
    r"[일이삼사오육칠팔구영공]번(이요|요)?|(number )?(one|two|three|four|five|six|seven|eight|nine)"
)
"""The number of the key, said aloud: it must be like its neighbours in every menu, and the key is there."""


def alike_choices(content: Content, files: Files) -> Iterator[Finding]:
    """For each pair of choices of a question the two ways of saying them that are nearest, when they are too near."""
    for name, (document, where) in files.nodes().items():
        node = content.dialog.nodes[name]
        if isinstance(node, AskNode):
            yield from _of_question(document, where, node)


def _of_question(document: Document, where: Path, node: AskNode) -> Iterator[Finding]:
    for (_, first), (at, second) in combinations(enumerate(node.choices), 2):
        if first.goto == second.goto:
            continue
        for language in first.say.keys() & second.say.keys():
            pair = nearest(first.say[language], second.say[language], language)
            if pair:
                message = (
                    f"「{pair[0]}」と「{pair[1]}」は、読みが似ていて(音の違いは{pair[2]:.0%})、"
                    "電話では聞き間違えられます。どちらかを、違う言い方に変えてください。"
                )
                yield warning(RULE, document.fault((*where, "choices", at, "say"), message))


def nearest(first: tuple[Phrase, ...], second: tuple[Phrase, ...], language: str) -> tuple[str, str, float] | None:
    """The two phrases that are most easily confused, and how far apart they are; None when all are far enough."""
    pairs = [
        (distance(one.reading, other.reading, language)[1], one.text, other.text)
        for one in first
        for other in second
        if one.reading != other.reading and _comparable(one, other) and alike(one.reading, other.reading, language)
    ]
    if not pairs:
        return None
    share, one, other = min(pairs)
    return one, other, share


def _comparable(one: Phrase, other: Phrase) -> bool:
    if min(len(one.reading), len(other.reading)) < _SHORTEST:
        return False
    if _NUMBER_WORDS.fullmatch(one.text) and _NUMBER_WORDS.fullmatch(other.text):
        return False
    return fuzz.ratio(one.reading, other.reading) >= _CANDIDATES
