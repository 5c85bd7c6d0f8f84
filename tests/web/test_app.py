"""The application around the doors."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from house import House, numbers_of, open_house, service, until
from starlette.testclient import TestClient

from voicebot.actions import Transfer
from voicebot.errors import VoicebotError
from voicebot.simulator.callee import Callee
from voicebot.simulator.resident import Resident, Silence
from voicebot.web.app import application

DUTY = "+815000002900"


def test_health_tells_which_parts_live(house: House) -> None:
    """For the watchdog of whoever runs it: no names, no numbers; under the name that others use too."""
    answer = house.health()
    assert answer.status_code == 200
    assert answer.json() == {
        "store": True,
        "recordings": True,
        "recognisers": {"ja": "scripted"},
        "voices": {"ja": house.service.voices.name("ja")},
        "voice_failures": house.health().json()["voice_failures"],
        "calls": 0,
        "stopping": False,
        "content": house.service.content.fingerprint,
        "content_refused": False,
    }
    assert house.get("/healthz").json() == answer.json()
    house.token()
    assert house.health().json()["calls"] == 1


def test_a_service_that_stops_sends_its_callers_to_a_person_first(tmp_path: Path) -> None:
    """Each hears why and is dialled through to the duty desk; who calls now is too; the transcripts are whole."""
    made = service(tmp_path)
    resident = Resident((Silence(60),))
    with open_house(made, leave_seconds=10.0) as house:
        carrier = house.carrier()
        call = partial(carrier.call, resident, dial_script=[Callee(ring_seconds=0.1, talk_seconds=0.3)])
        with ThreadPoolExecutor(2) as pool:
            calls = [pool.submit(asyncio.run, call()) for _ in range(2)]
            until(lambda: [entry for entry in made.store.calls() if made.store.records(entry.id)][1:])
            held = house.media("CA1", house.token())  # its carrier never asks what comes next
            until(lambda: house.texts("CA1"))
            house.stop()
            until(lambda: house.health().status_code == 503)
            late = house.twiml("voice", "CA2", CallStatus="ringing")
            reports = [each.result(30) for each in calls]
    assert held.close_code == 1000
    assert numbers_of(late) == [DUTY]
    for report in reports:
        assert [entry for entry in report.entries if entry.kind == "verb" and "点検" in entry.text], report
        dialled = [entry.detail["target"] for entry in report.entries if entry.text == "connected"]
        assert dialled == [DUTY]
    for row in made.store.calls():
        if row.carrier_sid != "CA2":
            assert [item.item for item in made.store.records(row.id) if isinstance(item.item, Transfer)]
    with pytest.raises(VoicebotError):
        made.store.begin_call(None, made.now())  # type: ignore[arg-type]


def test_a_service_without_callers_stops_at_once(tmp_path: Path) -> None:
    """Nobody waits for nothing."""
    with open_house(service(tmp_path), leave_seconds=60.0) as house:
        began = time.monotonic()
        house.health()
    assert time.monotonic() - began < 20


def test_nothing_else_is_shown_to_a_stranger(house: House) -> None:
    """No documentation pages, no listing, no framework's banner."""
    for path in ("/", "/docs", "/redoc", "/openapi.json", "/twilio", "/twilio/", "/static/x", "/.env"):
        assert house.get(path).status_code == 404, path


def test_a_failure_of_ours_is_told_to_the_carrier_as_one(tmp_path: Path) -> None:
    """500 with the cure: the carrier then asks the fallback."""
    made = service(tmp_path)
    app = application(made)

    @app.get("/broken")
    async def broken() -> None:
        raise VoicebotError("test.broken", "Mend it.")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert (answer.status_code, answer.text) == (500, "Mend it.")


def test_stopping_the_server_ends_calls_cleanly_and_closes_the_store(tmp_path: Path) -> None:
    """What was said until then is in the record, and the line may come back."""
    made = service(tmp_path)
    with open_house(made) as house:
        media = house.media("CA1", house.token())
        until(lambda: house.texts("CA1"))
    assert media.close_code == 1012
    with pytest.raises(VoicebotError):
        made.store.begin_call(None, made.now())  # type: ignore[arg-type]
    (call,) = made.store.calls()
    last = made.store.records(call.id)[-1].item
    assert getattr(last, "reason", "") == "line"
