"""What has been learned about searching, as a file: YAML that `voicebot tune faq` writes and a city may keep.

The file that comes with voicebot (`learned.yaml` beside this module) is part of the package as its code is.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pkgutil import get_data
from typing import Annotated

from pydantic import Field

from voicebot.documents import Strict, parse, read
from voicebot.errors import ContentError, Fault
from voicebot.faq.evidence import SETS
from voicebot.faq.weights import SIGNS, Certainty, Learned, Thresholds, Weights

NAME = "search.yaml"
"""What the file is called in a city's folder."""
_HEAD = """# What `voicebot tune faq` has learned about the search of the FAQ. Learn it again instead of changing it.
# fusion, signs: what each kind of evidence weighs. answer, confirm, offer: from which probability on.
"""
Chance = Annotated[float, Field(gt=0, lt=1)]


class CertaintyFile(Strict):
    """One certainty as written."""

    signs: Mapping[str, float]
    answer: Chance
    confirm: Chance
    offer: Chance


class SetFile(Strict):
    """The weights for one set of kinds, as written."""

    fusion: Mapping[str, float]
    entry: CertaintyFile
    department: CertaintyFile


class LearnedFile(Strict):
    """The file: a set for each of `evidence.SETS` that there is."""

    sets: Mapping[str, SetFile]


def loads(text: str, path: str = NAME) -> Learned:
    """Weights by the name of their set.

    Raises:
        ContentError: the text is not what `dumps` writes.
    """
    document = read(text, path)
    file = parse(document, LearnedFile)
    faults = [
        document.fault(("sets", name), "ほかの版の voicebot で作られています。voicebot tune faq で作り直してください。")
        for name, each in file.sets.items()
        if not _fits(name, each)
    ]
    if faults:
        raise ContentError(tuple(faults))
    return {name: _weights(name, each) for name, each in file.sets.items()}


def dumps(sets: Iterable[Weights]) -> str:
    """The text of a file."""
    lines = [_HEAD + "sets:"]
    for each in sets:
        kinds = SETS[each.name]
        lines += [f"  {each.name}:", "    fusion:", *_numbers(kinds, each.fusion, 6)]
        for name, certainty in (("entry", each.entry), ("department", each.department)):
            lines += [f"    {name}:", "      signs:", *_numbers((*SIGNS, *kinds), certainty.signs, 8)]
            at = certainty.thresholds
            lines += [
                f"      answer: {at.answer:.4f}",
                f"      confirm: {at.confirm:.4f}",
                f"      offer: {at.offer:.4f}",
            ]
    return "\n".join(lines) + "\n"


@cache
def defaults() -> Learned:
    """The weights that come with voicebot, learned from two cities' questions, typed and spoken."""
    text = get_data("voicebot.faq", "learned.yaml")
    if text is None:
        raise ContentError((Fault("learned.yaml", 0, "voicebot をインストールし直してください。"),))
    return loads(text.decode(), "learned.yaml")


def _fits(name: str, written: SetFile) -> bool:
    if name not in SETS or tuple(written.fusion) != SETS[name]:
        return False
    both = (written.entry, written.department)
    rising = all(each.offer <= each.confirm <= each.answer for each in both)
    return rising and all(tuple(each.signs) == (*SIGNS, *SETS[name]) for each in both)


def _weights(name: str, written: SetFile) -> Weights:
    return Weights(name, tuple(written.fusion.values()), _certainty(written.entry), _certainty(written.department))


def _certainty(written: CertaintyFile) -> Certainty:
    return Certainty(tuple(written.signs.values()), Thresholds(written.answer, written.confirm, written.offer))


def _numbers(names: Iterable[str], values: Iterable[float], indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: {value:.4f}" for name, value in zip(names, values, strict=True)]
