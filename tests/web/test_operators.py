"""The operators' page and what is sent from it, over HTTP."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from house import House, open_house, service, together, until
from staff_browser import TELEPHONE, Staff, Stream, browser, person, quick_passwords, signed_in
from websockets.sync.client import connect

from voicebot.accounts.audit import Author
from voicebot.actions import RequestCallback
from voicebot.events import CallbackBooked, CallStarted, TakenOver
from voicebot.transcripts.calls import NewCall
from voicebot.web.staff.live import BEAT_SECONDS


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file."""
    with quick_passwords(), open_house(service(Path(tmp_path_factory.mktemp("operators")))) as house:
        for name in ("hanako", "taro", "jiro"):
            person(house.service, name)
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """An operator's browser."""
    with signed_in(house) as staff:
        yield staff


def call(house: House, sid: str, number: str = "+815000000001") -> str:
    """A call has begun."""
    store, now = house.service.store, house.service.now()
    call_id = store.begin_call(NewCall(sid, number, "+815000002000", "ja"), now)
    house.service.transcript(call_id).append(0.0, CallStarted(call_id, number, "+815000002000", "ja", now))
    return call_id


def ticket(house: House, sid: str) -> str:
    """A call back has been promised."""
    order, call_id = RequestCallback(1, "水道課", "05000000001", "鈴木", "漏水", "午後"), call(house, sid)
    number = house.service.store.book(call_id, order, house.service.now())
    house.service.transcript(call_id).append(9.0, CallbackBooked(1, number))
    return number


def state_of(house: House, number: str) -> tuple[str, str]:
    """State and holder of a ticket."""
    found = house.service.store.ticket_desk.one(number)
    assert found
    return found.state, found.taken_by


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_speaks_both_languages_and_names_the_departments(house: House, staff: Staff) -> None:
    """Words for the script are in the page; there is no script or style inside it."""
    page = staff.get("operator").text
    assert '<html lang="ja">' in page
    assert "受付票" in page
    assert all(department.name in page for department in house.service.content.city.departments)
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == 1
    staff.get("language?to=en&back=operator")
    assert "Tickets" in staff.get("operator").text


def test_every_answer_bears_the_headers(staff: Staff) -> None:
    """No foreign script, no frame, no cache."""
    for path in ("operator", "login", "session", "audit", "static/operator.js"):
        headers = staff.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store" or path.startswith("static")


# --- the stream -------------------------------------------------------------------------------------------------------


def test_a_call_reaches_the_stream_while_it_happens(house: House, staff: Staff) -> None:
    """Everything first, then what changes."""
    stream = Stream(staff)
    assert stream.answer.headers["content-type"].startswith("text/event-stream")
    event, data = stream.message()
    assert (event, data["anew"]) == ("items", True)
    call_id = call(house, "live-1")
    begun = time.monotonic()
    assert stream.until(f"call:{call_id}")["number"] == "050-0000-0001"
    assert time.monotonic() - begun < 1.0
    stream.close()


def test_who_comes_back_misses_nothing_and_sees_nothing_twice(house: House, staff: Staff) -> None:
    """By the id of the last message."""
    first = call(house, "back-1")
    stream = Stream(staff)
    stream.until(f"call:{first}")
    stream.close()
    second = call(house, "back-2")
    again = Stream(staff, stream.last)
    event, data = again.message()
    keys = [item["key"] for item in data["items"]]
    assert (event, data["anew"]) == ("items", False)
    assert f"call:{second}" in keys
    assert f"call:{first}" not in keys
    again.close()


def test_after_a_restart_the_browser_begins_anew(house: House, staff: Staff) -> None:
    """An id of another life of the service means nothing."""
    for last in ("0123abcd.5", "nonsense", f"{'x' * 30}.{'9' * 30}"):
        stream = Stream(staff, last)
        assert stream.message()[1]["anew"]
        stream.close()


@pytest.mark.slow
def test_the_stream_ends_with_the_session(house: House) -> None:
    """Whoever is disabled sees nothing more after a beat."""
    person(house.service, "gone")
    with browser(house) as staff:
        staff.sign_in("gone")
        stream = Stream(staff)
        stream.message()
        accounts = house.service.accounts
        accounts.users.disable(Author("test"), "gone", accounts.now())
        begun = time.monotonic()
        while stream.message()[0] != "over":
            assert time.monotonic() - begun < 4 * BEAT_SECONDS
        assert stream.message()[0] == "closed"
        stream.close()


# --- tickets ----------------------------------------------------------------------------------------------------------


def test_a_new_ticket_comes_by_itself_and_its_state_follows(house: House, staff: Staff) -> None:
    """Created, taken, done."""
    stream = Stream(staff)
    stream.message()
    number, begun = ticket(house, "ticket-1"), time.monotonic()
    data = stream.until(f"ticket:{number}")
    assert time.monotonic() - begun < 1.0
    assert (data["state"], data["department"], data["phone"]) == ("open", "水道課", "050-0000-0001")
    assert staff.send(f"tickets/{number}/take").status_code == 204
    taken = stream.until(f"ticket:{number}")
    assert (taken["state"], taken["by"], taken["by_name"]) == ("taken", "hanako", "hanakoさん")
    assert staff.send(f"tickets/{number}/done", text="かけ直しました").status_code == 204
    assert stream.until(f"ticket:{number}")["state"] == "done"
    stream.close()
    history = staff.get(f"tickets/{number}/history").json()
    assert [(row["what"], row["who"]) for row in history] == [
        ("created", ""), ("taken", "hanakoさん"), ("done", "hanakoさん"),
    ]  # fmt: skip
    assert history[-1]["text"] == "かけ直しました"


def test_two_operators_never_take_the_same_ticket(house: House) -> None:
    """However hard they try: of all who press at once one has it, the others are told so."""
    numbers = [ticket(house, f"race-{each}") for each in range(5)]
    with browser(house) as one, browser(house) as two, browser(house) as three:
        hands = []
        for name, staff in (("hanako", one), ("taro", two), ("jiro", three)):
            staff.sign_in(name)
            hands.append((name, staff, staff.token("account")))
        for number in numbers:
            answers = together(
                lambda hand, number=number: hand[1].post(f"tickets/{number}/take", hand[2]).status_code, hands
            )
            assert sorted(answers) == [204, 409, 409]
            winner = hands[answers.index(204)][0]
            assert state_of(house, number) == ("taken", winner)


def test_notes_and_another_department(house: House, staff: Staff) -> None:
    """What is unusable is told in words."""
    number = ticket(house, "note-1")
    assert staff.send(f"tickets/{number}/note", text="不在。夕方にもう一度").status_code == 204
    assert staff.send(f"tickets/{number}/reassign", department="環境課").status_code == 204
    history = staff.get(f"tickets/{number}/history").json()
    assert [(row["what"], row["text"]) for row in history[1:]] == [
        ("note", "不在。夕方にもう一度"), ("reassigned", "水道課 → 環境課"),
    ]  # fmt: skip
    for path, fields, status in (
        (f"tickets/{number}/note", {"text": "  "}, 400),
        (f"tickets/{number}/reassign", {"department": "宇宙課"}, 400),
        (f"tickets/{number}/release", {}, 409),
        (f"tickets/{number}/explode", {}, 404),
        ("tickets/9999/take", {}, 409),
        ("tickets/x/take", {}, 409),
    ):
        answer = staff.send(path, **fields)
        assert answer.status_code == status, path
        assert answer.json()["message"]


# --- presence, calls, transfers ---------------------------------------------------------------------------------------


def test_presence_is_respected_by_the_ladder(house: House, staff: Staff) -> None:
    """The telephone of who is away does not ring; colleagues see it."""
    accounts = house.service.accounts
    taro = accounts.users.named("taro")
    accounts.users.change(Author("test"), "taro", accounts.now(), phone="+815000002002")
    assert taro.presence == "available"
    with browser(house) as other:
        other.sign_in("taro")
        stream = Stream(staff)
        assert other.send("presence", presence="away").status_code == 204
        while stream.until("operator:taro")["presence"] != "away":
            pass
        assert "+815000002002" in house.service.presence.absent()
        assert other.send("presence", presence="asleep").status_code == 400
        assert other.send("presence", presence="available").status_code == 204
        assert "+815000002002" not in house.service.presence.absent()
        stream.close()


def test_earlier_calls_of_the_same_number_are_told(house: House, staff: Staff) -> None:
    """Not the call itself, and nothing of a number that was withheld."""
    first = call(house, "earlier-1", "+815000000077")
    house.service.store.end_call(first, house.service.now(), "caller")
    second = call(house, "earlier-2", "+815000000077")
    house.service.store.flush()
    (row,) = staff.get(f"calls/{second}/earlier").json()
    assert (row["id"], row["outcome"]) == (first, "abandoned")
    assert staff.get("calls/unknown/earlier").json() == []


def test_a_wrong_transfer_is_kept_with_the_right_department(house: House, staff: Staff) -> None:
    """In one click; it can be taken back."""
    call_id = call(house, "wrong-1")
    stream = Stream(staff)
    path = f"calls/{call_id}/wrong/1"
    assert staff.send(path, right="環境課", department="水道課").status_code == 204
    assert stream.until(f"wrong:{call_id}:1") == {"kind": "wrong", "right": "環境課", "by": "hanako"}
    kept = house.service.store.wrong_transfers.since(house.service.now() - timedelta(hours=1))
    assert [(each.department, each.right, each.operator) for each in kept if each.call_id == call_id] == [
        ("水道課", "環境課", "hanako")
    ]
    assert staff.send(path).status_code == 204
    assert stream.until(f"wrong:{call_id}:1") is None
    stream.close()
    assert staff.send(path, right="宇宙課").status_code == 400
    assert staff.send("calls/unknown/wrong/1", right="環境課").status_code == 404


@pytest.mark.slow
def test_a_call_is_listened_to_and_taken_over(house: House, staff: Staff) -> None:
    """A real call: its sound comes over a guarded socket; then it is connected with the operator's telephone."""
    media = house.media("take-1", house.token("take-1"))
    until(lambda: house.texts("take-1"))
    call_id = house.service.store.find("take-1")
    cookie = "; ".join(f"{name}={value}" for name, value in staff.client.cookies.items())
    address = "ws" + house.base_url.removeprefix("http") + f"/staff/calls/{call_id}/sound"
    with connect(address, additional_headers={"cookie": cookie}, origin=house.base_url) as socket:  # type: ignore[arg-type]
        heard = b"".join(bytes(socket.recv(5)) for _ in range(50))  # type: ignore[arg-type]
        assert len(heard) >= 50 * 320
        assert staff.send(f"calls/{call_id}/take-over").status_code == 204
        assert media.wait_closed() is not None
        assert list(socket) is not None
    (taken,) = house.of("take-1", TakenOver)
    assert (taken.number, taken.operator) == (TELEPHONE, "hanakoさん")
    assert staff.send(f"calls/{call_id}/take-over").status_code == 409
    deeds = [row.what for row in house.service.accounts.log.rows(words=call_id or "-")]
    assert deeds == ["call.take_over", "call.listen"]


def test_recordings_are_played_in_parts_and_noted(house: House, staff: Staff) -> None:
    """Nothing outside of the folder is given away."""
    folder = house.service.settings.calls
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x-message-1.wav").write_bytes(b"RIFF" + bytes(1000))
    answer = staff.get("recordings/x-message-1.wav")
    assert (answer.status_code, answer.headers["content-type"], len(answer.content)) == (200, "audio/wav", 1004)
    part = staff.get("recordings/x-message-1.wav", headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, bytes(4))
    for name in ("nobody.wav", "..%2Faccounts.db", "%2e%2e%2fx.wav", "x-message-1.wav%00", "x.txt"):
        assert staff.get(f"recordings/{name}").status_code == 404, name
    assert len([row for row in house.service.accounts.log.rows() if row.what == "recording.play"]) == 1


def test_a_store_that_cannot_be_read_is_told_in_words(tmp_path: Path) -> None:
    """The page stays, and whoever works on it knows what to do."""
    made = service(tmp_path)
    with open_house(made) as own, browser(own) as staff:
        person(made)
        staff.sign_in()
        path = made.store.path
        path.rename(path.with_suffix(".gone"))
        answer = staff.client.get("tickets/1001/history", headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (503, "staff.trouble")
        assert staff.get("operator").status_code == 200
        path.with_suffix(".gone").rename(path)
