"""One's own account by the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from house import House, open_house, service
from staff_browser import PASSWORD, Staff, browser, person, quick_passwords

from voicebot.accounts.audit import Author

NEW = "another long sentence"


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file; each has people of its own."""
    with quick_passwords(), open_house(service(Path(tmp_path_factory.mktemp("account")))) as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """A browser in which somebody new is signed in."""
    name = f"n{len(house.service.accounts.users.all())}"
    person(house.service, name, "editor")
    with browser(house) as staff:
        staff.sign_in(name)
        staff.name = name  # type: ignore[attr-defined]
        yield staff


def change(staff: Staff, present: str = PASSWORD, new: str = NEW, again: str = NEW) -> tuple[int, str]:
    """Ask for another password."""
    answer = staff.post("account/password", staff.token("account"), present=present, new=new, again=again)
    return answer.status_code, answer.text


def test_the_password_is_changed_and_one_signs_in_anew(house: House, staff: Staff) -> None:
    """Everywhere."""
    assert change(staff)[0] == 303
    assert staff.get("account").status_code == 303
    assert staff.sign_in(staff.name, NEW).headers["location"] == "today"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"present": "wrong"}, "パスワード、または確認コードが違います"),
        ({"again": "something else"}, "2回の入力が一致しません"),
        ({"new": "short", "again": "short"}, "12文字以上"),
        ({"new": PASSWORD, "again": PASSWORD}, "いまと同じ"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_told(staff: Staff, fields: dict[str, str], told: str) -> None:
    """And nothing changes."""
    status, text = change(staff, **fields)
    assert status == 400
    assert told in text
    assert staff.get("account").status_code == 200


def test_a_temporary_password_is_changed_first(house: House, staff: Staff) -> None:
    """Then everything is open."""
    accounts, name = house.service.accounts, staff.name  # type: ignore[attr-defined]
    accounts.credentials.set_password(Author("test"), name, "temporary long one", accounts.now(), must_change=True)
    staff.sign_in(name, "temporary long one")
    assert "仮のパスワード" in staff.get("account").text
    assert change(staff, "temporary long one")[0] == 303
    staff.sign_in(name, NEW)
    assert "仮のパスワード" not in staff.get("account").text


def test_one_time_codes_are_begun_with_proof_and_stopped_with_the_password(house: House, staff: Staff) -> None:
    """The secret is shown as text and as a link for the application."""
    page = staff.post("account/code", staff.token("account")).text
    found = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert found
    assert "otpauth://totp/" in page
    token, secret, now = staff.token("account"), found[1], house.service.accounts.now()
    assert staff.post("account/code-on", token, secret=secret, code="000000").status_code == 400
    assert staff.post("account/code-on", token, secret=secret, code=pyotp.TOTP(secret).at(now)).status_code == 303
    name = staff.name  # type: ignore[attr-defined]
    assert house.service.accounts.users.named(name).has_code
    assert staff.post("account/code-off", token, present="wrong").status_code == 400
    assert staff.post("account/code-off", token, present=PASSWORD).status_code == 303
    assert not house.service.accounts.users.named(name).has_code
