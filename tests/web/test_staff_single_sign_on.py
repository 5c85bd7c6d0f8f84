"""Signing in by the city's own identity provider, as a browser does it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from house import House, open_house, service
from identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from staff_browser import Staff, browser, person, quick_passwords


@pytest.fixture(name="idp")
def provider() -> Iterator[IdentityProvider]:
    """The city's provider."""
    with identity_provider() as found:
        yield found


@pytest.fixture(name="house")
def opened(tmp_path: Path, idp: IdentityProvider) -> Iterator[House]:
    """A service that knows the provider."""
    made = service(tmp_path, oidc_issuer=idp.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    with quick_passwords(), open_house(made) as house:
        person(made, "hanako", "editor")
        yield house


def sign_in(staff: Staff) -> tuple[int, str]:
    """By the provider; the public address leads to the test's own."""
    there = staff.get("sso")
    assert there.status_code == 303
    back = urlsplit(staff.client.get(there.headers["location"]).headers["location"])
    answer = staff.get(f"sso/back?{back.query}")
    return answer.status_code, answer.headers.get("location", answer.text)


def test_who_has_an_account_comes_in(house: House) -> None:
    """And it stands in the audit log."""
    with browser(house) as staff:
        assert "市役所のアカウントでログイン" in staff.get("login").text
        status, where = sign_in(staff)
        assert status == 303
        assert where.startswith("../")
        assert staff.get("account").status_code == 200
        assert house.service.accounts.log.rows()[0].what == "session.begin"


def test_who_has_none_or_a_disabled_one_stays_outside(house: House, idp: IdentityProvider) -> None:
    """The provider knows many people."""
    idp.claims = {"preferred_username": "stranger"}
    with browser(house) as staff:
        status, text = sign_in(staff)
        assert (status, "登録されていません" in text) == (403, True)
        assert staff.get("account").status_code == 303


def test_another_browser_cannot_bring_the_answer(house: House) -> None:
    """Nobody is signed in as somebody else by a link."""
    with browser(house) as staff, browser(house) as other:
        there = staff.get("sso")
        back = urlsplit(staff.client.get(there.headers["location"]).headers["location"])
        assert other.get(f"sso/back?{back.query}").status_code == 401


def test_without_a_provider_there_is_no_such_door(tmp_path: Path) -> None:
    """Without a provider there is no such door."""
    with open_house(service(tmp_path)) as house, browser(house) as staff:
        assert staff.get("sso").status_code == 404
        assert staff.get("sso/back").status_code == 404
        assert "sso" not in staff.get("login").text
