"""The page 今日 and the part of it that browsers fetch anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, service, until
from staff_browser import Staff, browser, staffed

from voicebot.events import CallEnded, CallStarted
from voicebot.transcripts.calls import NewCall


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file."""
    with staffed(service(Path(tmp_path_factory.mktemp("today"))), mina="viewer", denwa="operator") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """The browser of somebody who may only look."""
    with browser(house) as staff:
        assert staff.sign_in("mina").headers["location"] == "today"
        yield staff


def test_a_call_on_the_line_is_counted_until_it_ends_and_says_nothing_of_the_caller(house: House, staff: Staff) -> None:
    """The part that is fetched anew shows it too."""
    store, now = house.service.store, house.service.now()
    call_id = store.begin_call(NewCall("CA1", "+815000000001", "+815000002000", "ja"), now)
    transcript = house.service.transcript(call_id)
    transcript.append(0.0, CallStarted(call_id, "+815000000001", "+815000002000", "ja", now))
    until(lambda: "<b>1</b>" in staff.get("today/now").text)
    text = staff.get("today/now").text
    assert "自動音声と話しています" in text
    assert "0000" not in text
    assert "<html" not in text
    transcript.append(5.0, CallEnded("caller"))
    until(lambda: "いま電話は入っていません" in staff.get("today").text)


def test_a_city_without_a_disaster_pack_says_so(staff: Staff) -> None:
    """And offers no switch to who may not publish."""
    text = staff.get("today").text
    assert "災害の案内(disaster.yaml)がありません" in text
    assert "today/disaster" not in text


def test_operators_begin_at_their_calls_and_may_look_here(house: House) -> None:
    """Who answers calls wants nothing else first."""
    with browser(house) as operator:
        assert operator.sign_in("denwa").headers["location"] == "operator"
        assert operator.get("today").status_code == 200


def test_the_page_is_there_in_english(staff: Staff) -> None:
    """With the same numbers."""
    staff.get("language?to=en&back=today")
    assert "What needs attention" in staff.get("today").text
    staff.get("language?to=ja&back=today")
