"""The staff's pages for tests: accounts, and a client that keeps cookies and sends forms as a page does."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from argon2 import PasswordHasher
from house import House, open_house

from voicebot.accounts import passwords
from voicebot.accounts.audit import Author
from voicebot.accounts.roles import Role
from voicebot.accounts.users import User
from voicebot.service import Service
from voicebot.web.staff.live import BEAT_SECONDS

PASSWORD = "correct horse battery"
TELEPHONE = "+815000002001"


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Passwords are meant to be slow to try; tests/accounts/test_passwords.py tests that."""
    usual = passwords._HASHER
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    try:
        yield
    finally:
        passwords._HASHER = usual


def person(service: Service, name: str = "hanako", role: Role = "operator", **more: str) -> User:
    """An account with `PASSWORD`."""
    accounts = service.accounts
    given = {"display": f"{name}さん", "phone": TELEPHONE} | more
    return accounts.users.add(Author("test"), name, PASSWORD, role, accounts.now(), **given)  # type: ignore[arg-type]


@contextmanager
def staffed(service: Service, **people: Role) -> Iterator[House]:
    """The service is open until the end of the block, and these people have accounts."""
    with quick_passwords(), open_house(service) as house:
        for name, role in people.items():
            person(house.service, name, role)
        yield house


class Staff:
    """A browser without scripts."""

    def __init__(self, base_url: str) -> None:
        self.client = httpx.Client(base_url=f"{base_url}/staff/", timeout=20, headers={"accept": "text/html"})

    def get(self, path: str, **options: object) -> httpx.Response:
        """A page, or where it leads."""
        return self.client.get(path, **options)  # type: ignore[arg-type]

    def made(self, path: str) -> httpx.Response:
        """What takes the server some time: asked for until it is there, as the page's script does."""
        while (answer := self.get(path)).status_code == 202:
            pass
        return answer

    def token(self, path: str) -> str:
        """The form token of a page."""
        return form_token(self.get(path))

    def post(self, path: str, token: str | None = None, /, **fields: str) -> httpx.Response:
        """A form with its token."""
        form = fields if token is None else {"form_token": token, **fields}
        return self.client.post(path, data=form)

    def sign_in(self, name: str = "hanako", password: str = PASSWORD) -> httpx.Response:
        """By the page."""
        return self.post("login", self.token("login"), name=name, password=password)

    def send(self, path: str, /, **fields: str) -> httpx.Response:
        """As a script of the page sends it."""
        headers = {"x-form-token": self.token("account"), "accept": "application/json"}
        return self.client.post(path, data=fields, headers=headers)


class Stream:
    """The live stream of a browser, message by message."""

    def __init__(self, staff: Staff, last: str = "") -> None:
        headers = {"last-event-id": last} if last else {}
        self._held = staff.client.stream("GET", "live", headers=headers, timeout=BEAT_SECONDS * 3)
        self.answer = self._held.__enter__()
        self._lines = self.answer.iter_lines()
        self.last = last

    def close(self) -> None:
        """The connection is lost."""
        self._held.__exit__(None, None, None)

    def message(self) -> tuple[str, Any]:
        """The next message that is no comment: its event and data."""
        event, data = "", ""
        for line in self._lines:
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: "):
                data = line.removeprefix("data: ")
            elif line.startswith("id: "):
                self.last = line.removeprefix("id: ")
            elif not line and event:
                return event, json.loads(data)
        return "closed", None

    def until(self, key: str) -> Any:
        """The data of the first item under this key that comes."""
        while True:
            event, data = self.message()
            assert event != "closed"
            for item in data.get("items", ()):
                if item["key"] == key:
                    return item["data"]


def form_token(answer: httpx.Response) -> str:
    """The form token in a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


@contextmanager
def browser(house: House) -> Iterator[Staff]:
    """Somebody's browser until the end of the block."""
    staff = Staff(house.base_url)
    try:
        yield staff
    finally:
        staff.client.close()


@contextmanager
def signed_in(house: House, name: str = "hanako") -> Iterator[Staff]:
    """The browser of somebody who is signed in, until the end of the block."""
    with browser(house) as staff:
        staff.sign_in(name)
        yield staff
