"""What staff could change so that a group of callers is understood, and why. Pure; proposes and changes nothing.

Each proposal rests on a group of utterances that are alike (`clusters`). Where it should lead is decided by what is
known best: staff's corrections, then the callers' own yes in the same call, then what the search finds likely over all
utterances of the group together, which is far surer than any single one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from voicebot.events import Alternative
from voicebot.faq.load import Entry
from voicebot.faq.words import Analyse, sound_form
from voicebot.ports import Reader
from voicebot.transcripts.redact import redact
from voicebot.tuning.cases import Case
from voicebot.tuning.clusters import Matrix
from voicebot.tuning.likeness import Seen
from voicebot.tuning.wordings import (
    called,
    commonest,
    missed_words,
    nouns,
    other_wordings,
    spokesman,
    written,
)

ProposalKind = Literal["way", "new", "alias", "duty", "word"]
"""Another way of asking for an entry; a new entry; another name of a department; a further duty of a department, by
which its callers are found; a word that the recogniser shall expect."""
Likely = Mapping[str, float]
"""How likely each entry is, likeliest first."""
Grounds = Literal["staff", "caller", "search"]
LIKELY = 0.50
"""So likely an entry must be over a whole group, without anybody having said so."""
FEWEST = 2
"""What rests on guesses alone is worth anybody's time when so many have called."""
_FURTHER = 3
_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change that staff may accept."""

    kind: ProposalKind
    target: str
    """The entry, or the department; empty for a new entry."""
    text: str
    """What is added: a way of asking, a question, a name, a word."""
    cases: tuple[Case, ...]
    """What it rests on, newest call first."""
    grounds: Grounds
    """Who says that the target is right."""
    sure: float
    """How sure that is, 0 to 1."""
    more: tuple[str, ...] = ()
    """Further ways of asking from the same group."""
    others: tuple[str, ...] = ()
    """Other entries or departments that it may be, likeliest first."""
    department: str = ""
    """Whose matter it is; for a new entry."""
    instead: tuple[str, ...] = ()
    """For a word: what the recogniser wrote in its place."""

    @property
    def key(self) -> str:
        """Names the proposal, also tomorrow when more have called."""
        what = self.cases[-1].name if self.kind == "new" else self.text
        return f"{self.kind}|{self.target}|{what}"

    @property
    def calls(self) -> tuple[str, ...]:
        """The calls that it rests on, newest first."""
        return tuple(dict.fromkeys(case.call for case in self.cases))


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to be added to."""

    entries: Mapping[str, Entry]
    departments: Mapping[str, tuple[str, ...]]
    """Each department's other names and duties."""
    vocabulary: frozenset[str]
    """The words that the recogniser expects."""
    reader: Reader
    analyse: Analyse | None = None
    route: Callable[[tuple[Alternative, ...]], Sequence[str]] = field(default=lambda guesses: ())
    """Whose matter words may be; best first."""


@dataclass(frozen=True, slots=True)
class Group:
    """Utterances that are about the same."""

    seen: tuple[Seen, ...]
    likeness: Matrix

    @property
    def cases(self) -> tuple[Case, ...]:
        """Newest call first."""
        return tuple(sorted((each.case for each in self.seen), key=lambda case: (-case.began, case.name)))


def proposals(groups: Iterable[Group], known: Known) -> tuple[Proposal, ...]:
    """Everything that is worth proposing, what helps the most calls first."""
    groups = tuple(groups)
    found = _joined([proposal for group in groups for proposal in _of_group(group, known)])
    found += _words([each.case for group in groups for each in group.seen], known)
    return tuple(sorted(found, key=lambda one: (-len(one.calls), one.grounds != "staff", -one.sure, one.key)))


def _joined(found: Sequence[Proposal]) -> list[Proposal]:
    """Several groups may be about the same entry, asked in very different words: that is one proposal."""
    ways: dict[str, Proposal] = {}
    rest: list[Proposal] = []
    for each in sorted(found, key=lambda one: (one.grounds != "staff", -len(one.calls), one.key)):
        if each.kind != "way":
            rest.append(each)
        elif each.target not in ways:
            ways[each.target] = each
        else:
            first = ways[each.target]
            cases = sorted((*first.cases, *each.cases), key=lambda case: (-case.began, case.name))
            more = other_wordings((*first.more, each.text, *each.more), first.text, _FURTHER)
            ways[each.target] = replace(first, cases=tuple(cases), more=more)
    return [*ways.values(), *rest]


def subjects(group: Group) -> Likely:
    """How likely each entry is over the whole group; what a caller refused is not what that caller meant."""
    likely: dict[str, float] = {}
    for each in group.seen:
        for entry, chance in each.subjects.items():
            if entry not in each.case.refused:
                likely[entry] = likely.get(entry, 0.0) + chance / len(group.seen)
    return dict(sorted(likely.items(), key=lambda one: (-one[1], one[0])))


def _of_group(group: Group, known: Known) -> Iterable[Proposal]:
    cases = group.cases
    name = commonest([called(case.text) for case in cases])
    if name and sum(bool(called(case.text)) for case in cases) * 2 >= len(cases):
        yield from _alias(name, cases, known)
        return
    likely = subjects(group)
    entry, grounds, sure = _right_entry(cases, likely, known)
    department = _most([case.department for case in cases])[0]
    if entry:
        yield from _way(group, entry, grounds, sure, likely, known)
    elif department:
        yield from _duty(cases, department, known)
        yield from _new(group, department, "staff", known)
    else:
        routed = known.route(tuple(guess for case in cases[:3] for guess in case.heard[:1]))
        yield from _new(group, next(iter(routed), ""), "search", known)


def _right_entry(cases: Sequence[Case], likely: Likely, known: Known) -> tuple[str, Grounds, float]:
    staff, sure = _most([case.entry for case in cases if case.entry in known.entries])
    if staff:
        return staff, "staff", sure
    if any(case.department for case in cases):
        return "", "staff", 0.0
    caller, sure = _most([case.shown_entry for case in cases if case.shown_entry in known.entries])
    if caller:
        return caller, "caller", sure
    best, chance = next(iter(likely.items()), ("", 0.0))
    if chance >= LIKELY and _many(cases):
        return best, "search", chance
    return "", "search", 0.0


def _way(group: Group, entry: str, grounds: Grounds, sure: float, likely: Likely, known: Known) -> Iterable[Proposal]:
    """Another way of asking, when staff have not written it already."""
    here = known.entries[entry]
    there = {sound_form(known.reader(text, "ja")) for text in (here.question, *here.also)}
    texts = [text for text in _texts(group, known) if sound_form(known.reader(text, "ja")) not in there]
    if texts:
        others = tuple(name for name in likely if name != entry)[:_OTHERS]
        more = other_wordings(texts[1:], texts[0], _FURTHER)
        yield Proposal("way", entry, texts[0], group.cases, grounds, sure, more, others, here.department)


def _new(group: Group, department: str, grounds: Grounds, known: Known) -> Iterable[Proposal]:
    texts = _texts(group, known)
    if texts and _many(group.cases):
        others = tuple(subjects(group))[:_OTHERS]
        more = other_wordings(texts[1:], texts[0], _FURTHER)
        yield Proposal("new", "", texts[0], group.cases, grounds, 0.0, more, others, department)


def _alias(name: str, cases: tuple[Case, ...], known: Known) -> Iterable[Proposal]:
    """Another name of a department; where it is one already, nothing is to be added."""
    if any(name == own or name in names for own, names in known.departments.items()):
        return
    staff, sure = _most([case.department for case in cases if case.department in known.departments])
    routed = [each for each in known.route((Alternative(name, known.reader(name, "ja"), 1.0),)) if each != staff]
    target = staff or next(iter(routed), "")
    if target and (staff or _many(cases)):
        others = tuple(each for each in routed if each != target)
        yield Proposal("alias", target, name, cases, "staff" if staff else "search", sure, others=others)


def _duty(cases: tuple[Case, ...], department: str, known: Known) -> Iterable[Proposal]:
    """What most of these callers named, as a duty of the department."""
    if known.analyse is None or department not in known.departments:
        return
    named = [word for case in cases for word in dict.fromkeys(word for word, _ in nouns(case.text, known.analyse))]
    own = known.departments[department]
    word = max(
        (word for word in dict.fromkeys(named) if word not in own and len(word) > 1),
        key=lambda word: (named.count(word), len(word)),
        default="",
    )
    if word:
        yield Proposal("duty", department, word, cases, "staff", 1.0)


def _words(cases: Sequence[Case], known: Known) -> Iterable[Proposal]:
    """Words that the recogniser does not expect and that it heard as something else."""
    if known.analyse is None:
        return
    missed: dict[str, list[tuple[Case, str]]] = {}
    for case in sorted(cases, key=lambda case: (-case.began, case.name)):
        for each in missed_words(case, known.analyse, known.vocabulary):
            missed.setdefault(each.word, []).append((case, each.heard))
    for word, rows in missed.items():
        right = [(case.wanted, case.department) for case, _ in rows if case.wanted in known.entries or case.department]
        if not right:
            continue
        (entry, department), count = Counter(right).most_common(1)[0]
        found = tuple(case for case, _ in rows)
        instead = tuple(dict.fromkeys(heard for _, heard in rows if heard))
        target = entry or department
        if entry or department in known.departments:
            yield Proposal("word", target, word, found, "staff", count / len(rows), instead=instead)


def _texts(group: Group, known: Known) -> list[str]:
    """What may be written down, the one that speaks for the group first, then what staff have listened to.

    What only greets, thanks, or says yes or no is no way of asking for anything.
    """
    cases = [each.case for each in group.seen]
    first = spokesman(cases, group.likeness)
    order = sorted(range(len(cases)), key=lambda place: (place != first, not cases[place].said, -cases[place].began))
    texts = dict.fromkeys(written(redact(cases[place].text)) for place in order)
    return [text for text in texts if text and _means_something(text, known)]


def _means_something(text: str, known: Known) -> bool:
    return known.analyse is None or any(word.content for word in known.analyse(text))


def _many(cases: Sequence[Case]) -> bool:
    return len({case.call for case in cases}) >= FEWEST


def _most(names: Sequence[str]) -> tuple[str, float]:
    """The name that most have, and their share."""
    counted = Counter(name for name in names if name)
    if not counted:
        return "", 0.0
    name, count = counted.most_common(1)[0]
    return name, count / counted.total()
