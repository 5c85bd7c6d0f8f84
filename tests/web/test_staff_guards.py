"""Every route of the service has its guard, and the guards hold."""

from collections.abc import Iterator
from typing import Any

import pytest
from doors import doors
from fastapi import FastAPI
from house import House, service
from staff_browser import PASSWORD, browser, person, quick_passwords
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from voicebot.accounts.audit import Author
from voicebot.accounts.roles import RIGHTS, ROLES, Role
from voicebot.web.app import application
from voicebot.web.staff.guards import Guard, Open

OPEN = {"/health", "/healthz"}
"""Routes without a guard, on purpose: they tell no names and no numbers."""
OPEN_ROOMS = {
    "/staff", "/staff/", "/staff/login", "/staff/code", "/staff/language", "/staff/sso", "/staff/sso/back",
}  # fmt: skip
"""Rooms that everybody may enter: they are where one proves who one is."""


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passwords are checked quickly."""
    with quick_passwords():
        yield


@pytest.fixture
def app(tmp_path: Any) -> Iterator[FastAPI]:
    """The application, not running; its public address has a path."""
    made = service(tmp_path, public_url="https://city.example.jp/voice")
    yield application(made)
    made.close()


def test_the_walk_finds_what_is_there(app: FastAPI) -> None:
    """Or the tests below would hold for nothing."""
    paths = {door.path for door in doors(app)}
    for expected in ("/twilio/voice", "/twilio/media", "/healthz", "/staff/operator", "/staff/static", "/staff/live"):
        assert expected in paths
    assert {"/voice/twilio/voice", "/voice/staff/operator", "/staff/tickets/{number}/{deed}"} <= paths


def test_every_route_has_its_guard(app: FastAPI) -> None:
    """The carrier's doors are signed (see the next test), health is open, and all others ask who is there."""
    wrong = []
    for door in doors(app):
        path = door.path.removeprefix("/voice")
        if path.startswith("/twilio/") or path in OPEN or path == "/staff/static":
            continue
        guarded = [guard for guard in door.guards if isinstance(guard, Guard)]
        opened = [guard for guard in door.guards if isinstance(guard, Open)]
        if not guarded and not (opened and path in OPEN_ROOMS):
            wrong.append(f"{sorted(door.methods)} {door.path}")
    assert wrong == []


def test_an_unguarded_route_would_be_found(app: FastAPI) -> None:
    """The test above can fail."""

    @app.get("/staff/secret")
    async def secret() -> None:
        """Nobody asks."""

    assert [door.path for door in doors(app) if not door.guards and door.path.startswith("/staff/s")].count(
        "/staff/secret"
    ) == 1


def test_every_door_of_the_carrier_refuses_what_is_not_signed(house: House) -> None:
    """403, whatever the method's fields are; sockets are closed before they are accepted."""
    app = application(house.service)
    for door in doors(app):
        if not door.path.startswith("/twilio/"):
            continue
        path = door.path.replace("{", "").replace("}", "")
        if "POST" in door.methods:
            assert house.send(path).status_code == 403, door.path
        elif "GET" in door.methods:
            assert house.get(path).status_code in {403, 404}, door.path
        else:
            with pytest.raises(InvalidStatus) as told:
                connect("ws" + house.base_url.removeprefix("http") + path)
            assert told.value.response.status_code == 403


def _rooms(house: House) -> list[tuple[str, str, Guard]]:
    """Method, path and guard of every room that is not open."""
    found = []
    for door in doors(application(house.service)):
        guards = [guard for guard in door.guards if isinstance(guard, Guard)]
        if guards and door.path.startswith("/staff/"):
            path = door.path.removeprefix("/staff/").replace("{number}", "1001").replace("{deed}", "take")
            path = path.replace("{call_id}", "x").replace("{name}", "x")
            found += [(method, path, guards[0]) for method in sorted(door.methods - {"HEAD"})]
    return found


def test_who_is_not_signed_in_gets_nowhere(house: House) -> None:
    """A page leads to the sign-in, anything else is 401."""
    rooms = _rooms(house)
    assert len(rooms) > 15
    with browser(house) as nobody:
        for method, path, _ in rooms:
            if method == "GET":
                answer = nobody.get(path)
                assert answer.status_code == 303, path
                assert answer.headers["location"].endswith("login")
            elif method == "POST":
                assert nobody.post(path).status_code == 401, path
            else:
                with pytest.raises(InvalidStatus) as told:
                    connect("ws" + house.base_url.removeprefix("http") + f"/staff/{path}")
                assert told.value.response.status_code in {401, 403}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_enters_where_it_has_the_right_and_nowhere_else(house: House, role: Role) -> None:
    """403 to all others, also with a form that is ours."""
    person(house.service, "root", "administrator")
    person(house.service, role=role)
    with browser(house) as staff:
        staff.sign_in()
        token = staff.token("account")
        for method, path, guard in _rooms(house):
            if guard.right is None or path == "live" or guard.right in RIGHTS[role]:
                continue
            if method == "WS":
                continue
            answer = staff.get(path) if method == "GET" else staff.post(path, token)
            assert answer.status_code == 403, (method, path)


def test_a_form_without_the_token_is_refused_everywhere(house: House) -> None:
    """Another site's page can make a browser send a form, but not read ours."""
    person(house.service, role="administrator")
    with browser(house) as staff:
        staff.sign_in()
        for method, path, _ in _rooms(house):
            if method == "POST":
                assert staff.post(path).status_code == 403, path
                assert staff.post(path, "guessed").status_code == 403, path
        assert staff.get("session").status_code == 204, "still signed in"


def test_a_socket_is_opened_by_our_own_pages_only(house: House) -> None:
    """Browsers send cookies with a socket that any page opens."""
    person(house.service)
    with browser(house) as staff:
        staff.sign_in()
        cookie = "; ".join(f"{name}={value}" for name, value in staff.client.cookies.items())
        address = "ws" + house.base_url.removeprefix("http") + "/staff/calls/x/sound"
        for origin in (None, "https://evil.example"):
            with pytest.raises(InvalidStatus):
                connect(address, additional_headers={"cookie": cookie}, origin=origin)  # type: ignore[arg-type]
        with connect(address, additional_headers={"cookie": cookie}, origin=house.base_url) as socket:  # type: ignore[arg-type]
            assert list(socket) == [], "a call that is not on the line is over at once"


def test_a_temporary_password_must_be_changed_before_anything_else(house: House) -> None:
    """Pages lead to the account, scripts are refused."""
    person(house.service)
    accounts = house.service.accounts
    accounts.credentials.set_password(Author("test"), "hanako", f"{PASSWORD} 2", accounts.now(), must_change=True)
    with browser(house) as staff:
        assert staff.sign_in(password=f"{PASSWORD} 2").headers["location"] == "account"
        assert staff.get("operator").headers["location"].endswith("account")
        assert staff.send("presence", presence="away").status_code == 403


def test_production_takes_no_password_over_an_open_wire(house: House) -> None:
    """Unless on the machine itself; a proxy on this machine tells that its own wire is encrypted."""
    house.service.settings = house.service.settings.model_copy(update={"environment": "production"})
    with browser(house) as staff:
        assert staff.get("login").status_code == 200, "on the machine itself"
        assert staff.get("login", headers={"host": "voice.city.example.jp"}).status_code == 403
        behind = {"host": "voice.city.example.jp", "x-forwarded-proto": "https"}
        answer = staff.get("login", headers=behind)
        assert answer.status_code == 200
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
