"""From invented callers who were misheard to sensible groups and proposals, with the real search of みなと市."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from voicebot import bootstrap
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Alternative
from voicebot.faq.search import FaqSearch
from voicebot.transcripts.reviews import Judgement
from voicebot.tuning.cases import Case, judged
from voicebot.tuning.gathering import Looked, groups, look
from voicebot.tuning.likeness import Seen
from voicebot.tuning.proposals import Known, proposals
from voicebot.tuning.reactions import Line, Reaction
from voicebot.voice.reading import reading

CALLERS = yaml.safe_load(Path(__file__).with_name("misheard.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def search(minato: Content) -> FaqSearch:
    """By sound and words; vectors of meaning make groups better still (bench.improve measures it)."""
    return FaqSearch(minato.entries, reading, bootstrap.words(), None, minato.duties)


@pytest.fixture(scope="module")
def line(minato: Content, search: FaqSearch) -> Line:
    """The city at an hour when it is open."""
    now = datetime(2026, 11, 25, 10, tzinfo=minato.city.profile.zone)
    return Line(minato.dialog, search, Desk(minato.city), reading, now)


def callers(topic: str, *, corrected: int) -> list[Case]:
    """Those who meant this; as many of them were listened to."""
    cases = []
    for place, row in enumerate(CALLERS):
        if topic not in (row.get("entry"), row.get("new"), row.get("alias")):
            continue
        guesses = tuple(Alternative(text, "", sure) for text, sure in row["heard"])
        case = Case(f"c{place}", 1, place, "ja", "not_understood", "受付", guesses)
        if len(cases) < corrected:
            department = "" if row.get("entry") else row["department"]
            case = judged(case, Judgement(row["say"], "", row.get("entry", ""), department)) or case
        cases.append(case)
    return cases


def looked(case: Case, reaction: Reaction, ideal: Reaction | None = None) -> Looked:
    """A case and what became of it."""
    return Looked(Seen(case, "", {}), reaction, ideal or reaction)


def test_whether_a_case_is_mended() -> None:
    """By what is known to be right; else by whether the bot understands anything that was not refused."""
    plain = Case("c", 1, 0, "ja", "not_understood", "受付", (Alternative("長持", "", 0.8),))
    answer, again = Reaction("answer", ("粗大ごみ",), "環境課"), Reaction("again")
    assert looked(plain, answer).mended
    assert not looked(plain, again).mended
    assert not looked(replace(plain, refused=("粗大ごみ",)), answer).mended
    assert looked(replace(plain, entry="粗大ごみ"), answer).mended
    assert not looked(replace(plain, entry="家具"), answer).mended
    assert looked(replace(plain, department="環境課"), answer).mended
    assert not looked(replace(plain, kind="corrected"), answer).mended
    assert looked(replace(plain, said="粗大ごみ", entry="粗大ごみ"), again, answer).misheard
    assert not looked(replace(plain, entry="粗大ごみ"), again, answer).misheard


def test_misheard_callers_are_put_together_and_led_to_the_right_entry(
    minato: Content, search: FaqSearch, line: Line
) -> None:
    """One of each matter was listened to; the others are as the recogniser heard them."""
    topics = ("高齢者のバス券", "市県民税の通知と納期", "街灯が消えているとき", "自転車ヘルメットの補助")
    cases = [case for topic in topics for case in callers(topic, corrected=1)]
    seen = [look(case, search, line, reading) for case in cases]
    found = groups(seen)
    assert groups(list(reversed(seen)))[0].cases == found[0].cases  # the order in which they are given decides nothing
    assert sorted(case.name for group in found for case in group.cases) == sorted(case.name for case in cases)
    known = Known(
        {entry.question: entry for entry in minato.entries}, minato.duties, frozenset(minato.dialog.vocabulary),
        reading, bootstrap.words(),
    )  # fmt: skip
    targets = {each.target for each in proposals(found, known) if each.kind == "way"}
    assert set(topics[:3]) <= targets
    assert any(each.kind in {"duty", "new"} for each in proposals(found, known))


def test_each_language_is_grouped_for_itself() -> None:
    """An English question is not like a Japanese one because both were not understood."""
    plain = Case("c", 1, 0, "ja", "not_understood", "受付", (Alternative("ごみ", "ゴミ", 0.8),))
    both = [
        looked(replace(plain, call=call, language=language), Reaction("again"))
        for call, language in (("c1", "ja"), ("c2", "en"))
    ]
    assert [len(group.seen) for group in groups(both, least=-1.0)] == [1, 1]
