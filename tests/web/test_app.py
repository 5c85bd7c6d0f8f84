"""The application around the doors."""

from pathlib import Path

import pytest
from house import House, open_house, service, until
from starlette.testclient import TestClient

from voicebot.errors import VoicebotError
from voicebot.web.app import application


def test_health_tells_whether_calls_can_be_served(house: House) -> None:
    """For the watchdog of whoever runs it: no names, no numbers."""
    answer = house.health()
    assert answer.status_code == 200
    assert answer.json() == {"store": True, "calls": 0, "content": house.service.content.fingerprint}
    house.token()
    assert house.health().json()["calls"] == 1


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
