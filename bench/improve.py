"""How sensible the groups and proposals of the room 改善 are, on callers who were misheard or used other words.

    python -m bench.improve                 with the city's FAQ, and with a young one that has no other ways of asking

The callers are `tests/tuning/misheard.yaml`: 117 utterances about 38 matters, spoken by a synthetic voice through 8 kHz
mu-law, as the shipped recogniser heard them. Only those that the FAQ does not lead to what is right are cases. A share
of them, drawn by a seed, has been corrected by staff; what the others meant is known here and hidden from the
proposals. A proposal is right when most of its callers meant its target (for a new entry: one and the same new matter).
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Alternative
from voicebot.faq.load import Entry
from voicebot.faq.search import FaqSearch
from voicebot.settings import Settings
from voicebot.transcripts.reviews import Judgement
from voicebot.tuning.cases import Case, judged
from voicebot.tuning.gathering import groups, look
from voicebot.tuning.likeness import meanings_over
from voicebot.tuning.proposals import Known, Proposal, proposals
from voicebot.tuning.reactions import Line

CALLERS = Path("tests/tuning/misheard.yaml")
SHARES = (0.0, 0.3, 0.6)
SEEDS = (1, 2, 3)
Row = Mapping[str, Any]


def main() -> None:
    """One line for each FAQ and share of corrected callers."""
    settings, read = Settings(), bootstrap.reader()
    content = contents.load(settings.city, settings.grammars, read)
    rows = yaml.safe_load(CALLERS.read_text("utf-8"))
    print(f"{len(rows)} callers, {len({_matter(row) for row in rows})} matters; means of {len(SEEDS)} draws")
    for name, entries in (
        ("whole FAQ", content.entries),
        ("young FAQ", [replace(each, also=()) for each in content.entries]),
    ):
        for share in SHARES:
            _measure(name, settings, content, entries, rows, share)


def _measure(
    name: str, settings: Settings, content: Content, entries: Sequence[Entry], rows: Sequence[Row], share: float
) -> None:
    read, embed = content.city.reader or bootstrap.reader(), bootstrap.vectors(settings, settings.city.name)
    search = FaqSearch(entries, read, bootstrap.words(), embed, content.duties, content.learned)
    now = datetime(2026, 11, 25, 10, tzinfo=content.city.profile.zone)
    line = Line(content.dialog, search, Desk(content.city), read, now)
    known = Known(
        {entry.question: entry for entry in entries}, content.duties, frozenset(content.dialog.vocabulary), read,
        bootstrap.words(), lambda guesses: [each.department for each in search.route(guesses, "ja")],
    )  # fmt: skip
    ways = [text for entry in content.entries for text in (entry.question, *entry.also)]
    meanings = meanings_over(embed, ways) if embed else None
    troubled = [(row, case) for row, case in zip(rows, map(_case, range(len(rows)), rows), strict=True)]
    troubled = [(row, case) for row, case in troubled if not _served(line, row, case)]
    told: Counter[str] = Counter()
    for seed in SEEDS:
        chance = random.Random(seed)  # noqa: S311
        cases = [_corrected(row, case) if chance.random() < share else case for row, case in troubled]
        meant = {case.name: row for case, (row, _) in zip(cases, troubled, strict=True)}
        found = proposals(groups([look(case, search, line, read) for case in cases], meanings), known)
        told.update(_judged(found, meant))
    right, made, covered = (told[key] / len(SEEDS) for key in ("right", "made", "covered"))
    good, of = (told[key] / len(SEEDS) for key in ("good cases", "cases"))
    print(
        f"{name}, {share:.0%} corrected: {len(troubled)} cases; "
        f"{made:.0f} proposals, {right / max(1, made):.0%} right; "
        f"{good / max(1, of):.0%} of their callers meant that; {covered:.0f} cases led to what is right"
    )


def _judged(found: Sequence[Proposal], meant: Mapping[str, Row]) -> Counter[str]:
    told: Counter[str] = Counter()
    covered: set[str] = set()
    for proposal in found:
        if proposal.kind == "word":
            continue  # rests on corrections alone
        good = [case.name for case in proposal.cases if _fits(proposal, meant[case.name], meant)]
        told.update({"made": 1, "right": 2 * len(good) > len(proposal.cases)})
        told.update({"cases": len(proposal.cases), "good cases": len(good)})
        covered |= set(good)
    told["covered"] = len(covered)
    return told


def _fits(proposal: Proposal, row: Row, meant: Mapping[str, Row]) -> bool:
    match proposal.kind:
        case "way":
            return row.get("entry") == proposal.target
        case "new":
            most = Counter(_matter(meant[case.name]) for case in proposal.cases).most_common(1)[0][0]
            return row.get("new") == most
        case _:
            return row.get("department") == proposal.target


def _matter(row: Row) -> str:
    return str(row.get("entry") or row.get("alias") or row["new"])


def _case(number: int, row: Row) -> Case:
    read = bootstrap.reader()
    guesses = tuple(Alternative(text, read(text, "ja"), sure) for text, sure in row["heard"])
    return Case(f"c{number}", 1, number, "ja", "not_understood", "受付", guesses)


def _served(line: Line, row: Row, case: Case) -> bool:
    """Whether the city understands it already."""
    department = "" if row.get("new") else row.get("department", "")
    return line.react(case.guesses, case.node).serves(row.get("entry", ""), department)


def _corrected(row: Row, case: Case) -> Case:
    department = "" if row.get("entry") else row.get("department", "")
    return judged(case, Judgement(row["say"], "", row.get("entry", ""), department)) or case


if __name__ == "__main__":
    main()
