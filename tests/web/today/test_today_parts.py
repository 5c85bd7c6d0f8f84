"""The parts of 今日: numbers, counters, failures, previews, what callers would hear, what needs attention."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from disaster_city import city_folder, loaded
from house import OFFICE, House, open_house, service
from staff_browser import quick_passwords

from voicebot import bootstrap
from voicebot.actions import RequestCallback
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.edition import Edition
from voicebot.events import CallEnded, PartFailed
from voicebot.faq.search import FaqSearch
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.store import Store
from voicebot.web.staff.today.attention import attention
from voicebot.web.staff.today.counters import counters
from voicebot.web.staff.today.failures import KEPT_SECONDS, MOST, Failures
from voicebot.web.staff.today.numbers import lines
from voicebot.web.staff.today.previews import MOST_PREVIEWS, Preview, Previews
from voicebot.web.staff.today.rehearsal import rehearsed

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """みじか市 with a disaster pack."""
    return loaded(city_folder(Path(tmp_path_factory.mktemp("parts"))))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running service."""
    with quick_passwords(), open_house(service(tmp_path)) as house:
        yield house


def phoned(store: Store, sid: str, at: datetime, seconds: float) -> str:
    """A call that the caller has given up."""
    call_id = store.begin_call(NewCall(sid, None, "+815000002000", "ja"), at)
    store.transcript(call_id).append(seconds, CallEnded("caller"))
    store.end_call(call_id, at + timedelta(seconds=seconds), "caller")
    return call_id


def test_numbers_stand_beside_the_same_weekday_until_the_same_time(tmp_path: Path) -> None:
    """What came later last week does not count yet."""
    now = datetime(2026, 11, 24, 12, tzinfo=TOKYO)
    with Store(tmp_path / "voicebot.db") as store:
        phoned(store, "CA1", now - timedelta(minutes=5), 60)
        phoned(store, "CA2", now - timedelta(days=1), 60)
        phoned(store, "CA3", now - timedelta(days=7, minutes=1), 60)
        phoned(store, "CA4", now - timedelta(days=7, minutes=-1), 60)
        phoned(store, "CA5", now - timedelta(days=7, hours=1), 60)
        store.begin_call(NewCall("CA6", None, "+815000002000", "ja"), now - timedelta(seconds=9))
        store.flush()
        found = {line.name: (line.now, line.before) for line in lines(store.figures, now)}
    assert found == {
        "all": (2, 2), "contained": (0, 0), "transferred": (0, 0), "promised": (0, 0), "abandoned": (1, 2),
        "helpless": (0, 0),
    }  # fmt: skip
    assert [line.outcome for line in lines(Store(tmp_path / "other.db").figures, now)][:2] == ["", "contained"]


def test_counters_are_open_first_with_their_next_change(content: Content) -> None:
    """Departments that keep the same hours stand together."""
    by_day = counters(content.city, datetime(2026, 11, 24, 10, tzinfo=TOKYO))
    names = [each.names for each in by_day]
    assert sorted(name for group in names for name in group) == sorted(each.name for each in content.city.departments)
    opened = next(each for each in by_day if "水道課" in each.names)
    assert opened.is_open
    assert "環境課" in opened.names
    assert opened.changes_at is not None
    later = counters(content.city, opened.changes_at + timedelta(minutes=1))
    closed = next(each for each in later if "水道課" in each.names)
    assert not closed.is_open
    assert closed.changes_at is not None
    assert closed.changes_at > opened.changes_at
    assert later[0].is_open
    assert next(each for each in later if "守衛室" in each.names).changes_at is None


def test_failures_of_the_last_day_count_by_part() -> None:
    """Older ones no longer do, and there are never too many."""
    now = 0.0
    failures = Failures(lambda: now)
    failures.told("c", 1.0, PartFailed("sms", "sms.refused"))
    now = KEPT_SECONDS + 1
    failures.told("c", 1.0, PartFailed("voice", "voice.none"))
    failures.told("c", 1.0, CallEnded("caller"))
    assert failures.by_part() == {"voice": 1}
    for _ in range(2 * MOST):
        failures.told("c", 1.0, PartFailed("faq", "faq.slow"))
    assert failures.by_part() == {"faq": MOST}


def test_only_the_last_previews_are_kept() -> None:
    """And none when something has been published."""
    previews = Previews()
    one = Preview("0", "begin", {}, 1, None, (), ())
    for number in range(MOST_PREVIEWS + 1):
        previews.keep(replace(one, id=str(number)))
    assert previews.find("0") is None
    assert previews.find("1") is not None
    previews.clear()
    assert previews.find("1") is None


def test_what_callers_would_hear_is_what_the_dialog_says(content: Content) -> None:
    """The greeting, each key, and the way to a shelter; by the clock of that moment."""
    answers, desk = FaqSearch(content.entries, bootstrap.reader()), Desk(content.city)
    edition = Edition(content, answers, desk, desk)
    usual = rehearsed(edition, bootstrap.reader(), OFFICE.replace(tzinfo=TOKYO))
    assert usual[0].text.startswith("録音します。")
    assert "番号" in [scene.did for scene in usual]
    assert content.dialog.disaster is not None
    dialog = replace(
        content.dialog, disaster=replace(content.dialog.disaster, until=datetime(2026, 11, 25, tzinfo=TOKYO))
    )
    switched = replace(edition, content=replace(content, dialog=dialog))
    scenes = rehearsed(switched, bootstrap.reader(), OFFICE.replace(tzinfo=TOKYO))
    assert [(scene.key, scene.did) for scene in scenes] == [
        ("", ""), ("1", "避難の情報"), ("2", "避難所"), ("2", "本町"),
    ]  # fmt: skip
    assert "災害のご案内です。" in scenes[0].text
    assert "本町小学校" in scenes[3].text
    assert rehearsed(switched, bootstrap.reader(), datetime(2026, 11, 26, 10, tzinfo=TOKYO))[0].text == usual[0].text


def test_what_needs_attention_is_named_with_where_it_is_mended(house: House) -> None:
    """The worst first; nothing is said of what is well."""
    office, store = house.page.app.state.office, house.service.store
    now = house.service.now()
    begun = {each.name for each in attention(office, now, {})}
    assert not begun & {"late", "owed", "errors", "failed", "refused", "store", "recordings"}
    call_id = store.begin_call(NewCall("CA1", None, "+815000002000", "ja"), now)
    store.end_call(call_id, now, "error")
    store.book(call_id, RequestCallback(1, "水道課", "05000000001", "佐藤", "漏水", "朝"), now)
    other = store.begin_call(NewCall("CA2", None, "+815000002000", "ja"), now)
    store.book(other, RequestCallback(1, "水道課", "05000000001", "鈴木", "漏水", "朝"), now)
    store.flush()
    later = now + timedelta(days=40)
    found = {each.name: each for each in attention(office, later, {"sms": 2}, refused=True)}
    assert (found["late"].level, found["late"].link, found["late"].values["number"]) == ("bad", "operator", 2)
    assert found["failed"].details == ("sms: 2",)
    assert found["refused"].link == "content/draft"
    levels = [each.level for each in attention(office, later, {"sms": 2}, refused=True)]
    assert levels == sorted(levels, key=("bad", "warn", "note").index)
    errors = next(each for each in attention(office, now + timedelta(hours=1), {}) if each.name == "errors")
    assert errors.link.startswith("calls?outcome=error&from=")
