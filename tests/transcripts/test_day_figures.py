"""Figures by day: their sums are what a direct count gives, and they follow every change of what is counted."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.actions import RequestCallback
from voicebot.transcripts.measures import MEASURES, Ears
from voicebot.transcripts.reviews import Judgement, Review, ReviewOutcome
from voicebot.transcripts.store import Store
from voicebot.transcripts.wrong_transfers import WrongTransfer

JAPAN = timezone(timedelta(hours=9))
FIRST = datetime(2027, 4, 1, tzinfo=JAPAN)
LAST_DAY = date(2027, 4, 4)
ALL = (*MEASURES, "hearing", "hearing.release")
READ = {"住民票": "ジュウミンヒョウ", "住民表": "ジュウミンヒョウ", "給食": "キュウショク"}
EARS = Ears(lambda text, language: READ.get(text, text), lambda text, language: tuple(text))


@dataclass(frozen=True)
class Turn:
    """As much of a turn as figures look at."""

    node: str
    missed: str
    keys: str
    heard: str
    delay: float | None


@dataclass(frozen=True)
class Phoned:
    """A call."""

    minutes: int
    outcome: str
    seconds: float
    language: str
    caller: str | None
    turns: tuple[Turn, ...]


turns = st.builds(
    Turn, st.sampled_from(["受付", "ごみ"]), st.sampled_from(["", "no_input", "no_match"]), st.sampled_from(["", "1"]),
    st.sampled_from(["", "住民票"]), st.one_of(st.none(), st.integers(0, 150).map(lambda tenths: tenths / 10 + 0.01)),
)  # fmt: skip
phoned = st.builds(
    Phoned, st.integers(0, 4 * 1440 - 1), st.sampled_from(["contained", "transferred", "abandoned"]),
    st.sampled_from([3.0, 10.0, 60.0]), st.sampled_from(["ja", "en"]), st.sampled_from([None, "+815000000001"]),
    st.lists(turns, max_size=3).map(tuple),
)  # fmt: skip


def enter(path: Path, calls: Sequence[Phoned]) -> None:
    """Calls as if they had been held and summed up."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, call in enumerate(calls):
            at = FIRST + timedelta(minutes=call.minutes)
            connection.execute(
                "INSERT INTO calls (id, carrier_sid, caller, called, language, started_at, ended_at, outcome, content, "
                "recogniser, voice, seconds) VALUES (?, ?, ?, '', ?, ?, ?, NULL, 'f1', '', '', ?)",
                (f"c{number}", f"CA{number}", call.caller, call.language, at.isoformat(), at.isoformat(), call.seconds),
            )
            for place, turn in enumerate(call.turns):
                connection.execute(
                    "INSERT INTO turns (call_id, turn, asked, node, heard_text, heard_reading, nbest, keys, "
                    "answered_entry, started_seconds, ended_seconds, speech_seconds, answer_delay_seconds, missed) "
                    "VALUES (?, ?, '', ?, ?, ?, '[]', ?, '', 0, 1, ?, ?, ?)",
                    (f"c{number}", place, turn.node, turn.heard, READ.get(turn.heard, ""), turn.keys,
                     1.0 if turn.heard else None, turn.delay, turn.missed),
                )  # fmt: skip
            connection.execute("UPDATE calls SET outcome = ? WHERE id = ?", (call.outcome, f"c{number}"))


def counted(store: Store) -> dict[str, dict[str, tuple[int, float]]]:
    """All figures, after every stale day has been counted."""
    for day in store.figures.stale():
        assert store.figures.count(day)
    sums = store.figures.sums(FIRST.date(), LAST_DAY, ALL)
    return {measure: {key: (n, round(total, 6)) for key, (n, total) in rows.items()} for measure, rows in sums.items()}


@settings(max_examples=25, deadline=None)
@given(st.lists(phoned, max_size=12))
def test_the_sum_of_the_days_is_what_a_direct_count_gives(calls: list[Phoned]) -> None:
    """Against a count that knows neither days nor SQL."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "voicebot.db") as store:
        enter(store.path, calls)
        found = counted(store)
        by_day = store.figures.by_part(FIRST.date(), LAST_DAY, "calls.hour", 0, "day")
        by_weekday = store.figures.by_part(FIRST.date(), LAST_DAY, "calls.hour", 1, "weekday")

    def outcome(call: Phoned) -> str:
        return "abandoned_brief" if call.outcome == "abandoned" and call.seconds < 10 else call.outcome

    hours = Counter(f"{outcome(call)}\t{call.minutes // 60 % 24:02d}" for call in calls)
    assert {key: row[0] for key, row in found["calls.hour"].items()} == hours
    languages = Counter(f"{outcome(call)}\t{call.language}" for call in calls)
    assert {key: row[0] for key, row in found["calls.language"].items()} == languages
    assert by_day == _grouped((at(call).date().isoformat(), outcome(call)) for call in calls)
    assert by_weekday == _grouped((str(at(call).weekday()), f"{at(call):%H}") for call in calls)
    assert sum(row[1] for row in found["calls.language"].values()) == sum(call.seconds for call in calls)
    replied = [turn for call in calls for turn in call.turns if turn.heard or turn.keys or turn.missed]
    scenes = Counter(f"{turn.node}\t{turn.missed}" for turn in replied)
    assert {key: row[0] for key, row in found["turns.scene"].items()} == scenes
    inputs = Counter("keys" if turn.keys else "speech" if turn.heard else "nothing" for turn in replied)
    assert {key: row[0] for key, row in found["turns.input"].items()} == inputs
    delays = [turn.delay for call in calls for turn in call.turns if turn.heard and turn.delay is not None]
    assert {key: row[0] for key, row in found["delay"].items()} == Counter(
        f"{min(int(each * 10), 100):03d}" for each in delays
    )
    again = [
        any(0 < call.minutes - other.minutes <= 7 * 1440 for other in calls if other.caller)
        for call in calls
        if call.caller
    ]
    assert sum(row[0] for key, row in found["repeats"].items() if key == "again") == sum(again)


def review(outcome: ReviewOutcome, *, all_heard: bool = False) -> Review:
    """What somebody says about the second call."""
    return Review("c1", "done", outcome, "", "", all_heard, "hanako", FIRST)


def at(call: Phoned) -> datetime:
    """When it began."""
    return FIRST + timedelta(minutes=call.minutes)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (group, part), number in Counter(pairs).items():
        found.setdefault(group, {})[part] = number
    return found


CALLS = (
    Phoned(60, "contained", 60.0, "ja", "+815000000001", (Turn("受付", "", "", "住民票", 0.9),)),
    Phoned(61, "transferred", 90.0, "ja", "+815000000001", (Turn("受付", "no_match", "", "住民票", 1.2),)),
    Phoned(3000, "abandoned", 3.0, "en", None, ()),
)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with three calls on two days."""
    enter(store.path, CALLS)
    store.figures.ears = EARS
    return store


def test_days_with_calls_wait_to_be_counted_and_then_do_not(filled: Store) -> None:
    """Newest first."""
    assert filled.figures.stale() == ("2027-04-03", "2027-04-01")
    counted(filled)
    assert filled.figures.stale() == ()
    assert filled.figures.span() == (date(2027, 4, 1), date(2027, 4, 3))
    assert set(filled.figures.by_part(FIRST.date(), LAST_DAY, "calls.hour", 0, "day")) == {"2027-04-01", "2027-04-03"}


def test_a_store_without_calls_has_no_figures(store: Store) -> None:
    """And an unknown day is not counted."""
    assert store.figures.span() is None
    assert store.figures.stale() == ()
    assert not store.figures.count("2027-04-01")


def test_what_staff_say_makes_the_day_stale_and_is_counted(filled: Store) -> None:
    """A correction, a review, a wrong transfer reported and withdrawn, a promise."""
    counted(filled)
    now = FIRST + timedelta(days=1)
    assert filled.reviews.correct("c0", 0, Judgement("住民表", entry="住民票の写し"), "hanako", now)
    assert filled.figures.stale() == ("2027-04-01",)
    assert filled.figures.stale_between(date(2027, 4, 2), LAST_DAY) == 0
    heard = counted(filled)["hearing"]
    assert heard["ja\treading"] == (8, 0.0)
    assert heard["ja\tsurface"] == (3, 1.0)
    assert heard["ja\twords"] == (3, 1.0)
    assert heard["ja\tutterances"] == (1, 0.0)
    assert counted(filled)["understood"] == {"none": (1, 0.0)}
    filled.reviews.save(review("solved", all_heard=True))
    assert counted(filled)["reviews"] == {"solved": (1, 0.0)}
    assert counted(filled)["hearing"]["ja\tutterances"] == (2, 0.0)
    filled.wrong_transfers.report(WrongTransfer("c1", 1, "市民課", "税務課", "hanako", now.isoformat()))
    assert counted(filled)["wrong"] == {"市民課\t税務課": (1, 0.0)}
    filled.wrong_transfers.withdraw("c1", 1)
    assert counted(filled)["wrong"] == {}
    filled.book("c0", RequestCallback(1, "市民課", "05000000001", "佐藤", "住民票", "朝"), now)
    assert counted(filled)["owed"] == {"callback\t市民課": (1, 0.0)}


@pytest.mark.parametrize("before", [True, False], ids=["counted before", "not counted yet"])
def test_a_forgotten_call_stays_in_the_figures(filled: Store, before: bool) -> None:
    """Also when its day is counted anew, for figures say nothing about anybody."""
    filled.reviews.correct("c0", 0, Judgement("給食"), "hanako", FIRST)
    whole = counted(filled) if before else None
    assert filled.forget("c0")
    assert filled.forget("c2")
    if not before:
        assert counted(filled)["hearing"]["ja\tutterances"] == (1, 1.0)
    assert whole is None or counted(filled) == whole
    filled.reviews.save(review("wrong"))
    found = counted(filled)
    assert found["calls.language"] == {
        "contained\tja": (1, 60.0), "transferred\tja": (1, 90.0), "abandoned_brief\ten": (1, 3.0),
    }  # fmt: skip
    assert found["reviews"] == {"wrong": (1, 0.0)}


def test_a_change_while_a_day_is_counted_leaves_it_stale(filled: Store) -> None:
    """What is written then is no newer than what was read."""
    ears = filled.figures.ears

    def meanwhile(text: str, language: str) -> str:
        filled.figures.ears = ears
        filled.reviews.save(review("solved"))
        return text

    filled.reviews.correct("c0", 0, Judgement("給食"), "hanako", FIRST)
    filled.figures.ears = Ears(meanwhile, ears.split)
    filled.figures.count("2027-04-01")
    assert "2027-04-01" in filled.figures.stale()
    assert counted(filled)["reviews"] == {"solved": (1, 0.0)}
