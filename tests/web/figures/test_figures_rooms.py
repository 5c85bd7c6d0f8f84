"""The pages of the figures, with a small store of believable calls behind them."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from house import House, service, settings
from staff_browser import Staff, browser, signed_in, staffed

from bench.large_store import make
from voicebot import bootstrap
from voicebot import content as contents
from voicebot.transcripts.calls import NewCall

pytestmark = pytest.mark.slow
CALLS = 120


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file, with a month of calls until now."""
    folder = Path(tmp_path_factory.mktemp("figures"))
    given = settings(folder)
    content = contents.load(given.city, given.grammars, bootstrap.reader())
    make(given.data, content, calls=CALLS, kinds=12, recorded=20, days=25)
    with staffed(service(folder), mina="viewer") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """The browser of somebody who may only look."""
    with signed_in(house, "mina") as staff:
        yield staff


def test_the_page_shows_numbers_pictures_and_definitions(staff: Staff) -> None:
    """Of the last thirty days."""
    text = staff.get("figures").text
    assert "自己完結率" in text
    assert "自動応答が答えを伝え、そのあと職員につながずに終わった電話の割合です" in text
    assert text.count("<svg class=") == 3
    assert 'class="heat-8"' in text
    assert "OpsDog" in text


def test_sheets_add_up_to_all_calls(staff: Staff) -> None:
    """Every call of the store stands in one day and one language."""
    answer = staff.get("figures/table/time.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sum(int(cell) for row in rows[1:] for cell in row[1:]) == CALLS
    for name in ("hours", "departments", "subjects", "scenes", "wrong", "delays", "languages", "releases", "kpis"):
        assert staff.get(f"figures/table/{name}.csv").status_code == 200, name
    assert staff.get("figures/table/none.csv").status_code == 404


def test_what_is_taken_away_is_in_the_audit_log(house: House, staff: Staff) -> None:
    """Who, and which table."""
    staff.get("figures/table/departments.csv?from=2026-01-01&to=2026-01-31")
    row = house.service.accounts.log.rows(words="figures.export")[0]
    assert (row.who, row.subject) == ("mina", "departments")


def test_a_period_without_calls_says_so(staff: Staff) -> None:
    """And what to do."""
    text = staff.get("figures?from=2001-01-01&to=2001-01-31").text
    assert "この期間には、まだ電話がありません" in text
    assert "この期間には、まだ電話がありません" in staff.get("figures/report?month=2001-01").text


def test_the_report_of_a_month_holds_numbers_and_how_they_are_counted(house: House, staff: Staff) -> None:
    """The month before unless told; another one by its address."""
    month = house.service.now() - timedelta(days=12)
    text = staff.get(f"figures/report?month={month:%Y-%m}").text
    assert f"{month.year}年{month.month}月" in text
    assert "数え方" in text
    before = house.service.now().replace(day=1) - timedelta(days=1)
    assert f"{before.year}年{before.month}月" in staff.get("figures/report?month=nonsense").text


def test_a_call_that_has_just_ended_is_counted_when_the_page_is_opened(house: House, staff: Staff) -> None:
    """Without waiting for the round."""
    from_to = f"from={house.service.now():%Y}-01-01"
    before = staff.get(f"figures/table/languages.csv?{from_to}").text
    store, now = house.service.store, house.service.now()
    call_id = store.begin_call(NewCall("CAnew", None, "+815000002000", "ko"), now)
    store.end_call(call_id, now + timedelta(seconds=30), "caller")
    store.flush()
    after = staff.get(f"figures/table/languages.csv?{from_to}").text
    assert "ko,1," in after
    assert "ko" not in before


def test_strangers_see_nothing(house: House) -> None:
    """They are led to the sign-in."""
    with browser(house) as stranger:
        for path in ("figures", "figures/report", "figures/table/time.csv"):
            assert stranger.get(path).status_code in {303, 401}, path
