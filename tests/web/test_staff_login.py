"""Signing in and out by the pages."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from house import House, open_house, service
from staff_browser import PASSWORD, Staff, browser, form_token, person, staffed

from voicebot.accounts import one_time_codes
from voicebot.accounts.audit import Author
from voicebot.web.staff.forms import LARGEST_BYTES


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file; each has people of its own."""
    with staffed(service(Path(tmp_path_factory.mktemp("login"))), root="administrator") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """A browser."""
    with browser(house) as staff:
        yield staff


def deeds(house: House, name: str) -> list[str]:
    """What the audit log tells of somebody, oldest first."""
    return [row.what for row in reversed(house.service.accounts.log.rows(limit=500)) if row.who == name]


@pytest.mark.parametrize(
    ("role", "room"),
    [("administrator", "today"), ("operator", "operator"), ("editor", "today"), ("viewer", "today")],
)
def test_everybody_is_led_to_the_room_where_they_work(house: House, staff: Staff, role: str, room: str) -> None:
    """From the front door, too."""
    person(house.service, f"at-{role}", role)  # type: ignore[arg-type]
    assert staff.get("").headers["location"] == "login"
    assert "パスワードを忘れたときは、管理者に" in staff.get("login").text
    answer = staff.sign_in(f"at-{role}")
    assert (answer.status_code, answer.headers["location"]) == (303, room)
    assert staff.get("").headers["location"] == room
    assert staff.get(room).status_code == 200


def test_the_session_is_a_cookie_that_scripts_cannot_read(house: House, staff: Staff) -> None:
    """And that other sites' forms do not send; `Secure` is tested with the guards."""
    person(house.service, "cookie")
    (cookie,) = [
        each for each in staff.sign_in("cookie").headers.get_list("set-cookie") if each.startswith("voicebot=")
    ]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_a_wrong_password_and_an_unknown_name_are_told_alike(house: House, staff: Staff) -> None:
    """The name stays in the field, the password does not."""
    person(house.service, "wrong")
    answers = [staff.sign_in(name, "not the password") for name in ("wrong", "nobody-at-all")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert all("ユーザー名、パスワード、または確認コードが違います。" in answer.text for answer in answers)
    assert 'value="wrong"' in answers[0].text
    assert "not the password" not in answers[0].text
    assert staff.get("account").status_code == 303


def test_after_five_failures_the_account_is_locked(house: House, staff: Staff) -> None:
    """An administrator lets in again."""
    person(house.service, "locked")
    for _ in range(5):
        staff.sign_in("locked", "not the password")
    answer = staff.sign_in("locked")
    assert answer.status_code == 429
    assert "15分間" in answer.text
    accounts = house.service.accounts
    accounts.users.enable(Author("test"), "locked", accounts.now())
    assert staff.sign_in("locked").status_code == 303
    assert deeds(house, "locked").count("session.locked") == 1


def test_a_login_form_of_another_site_is_refused(house: House, staff: Staff) -> None:
    """Else somebody could be signed in as somebody else without noticing."""
    person(house.service, "forged")
    staff.get("login")
    for token in (None, "guessed", ""):
        assert staff.post("login", token, name="forged", password=PASSWORD).status_code == 403


def test_with_a_one_time_code(house: House, staff: Staff) -> None:
    """The password alone opens nothing."""
    person(house.service, "coded")
    accounts, secret = house.service.accounts, one_time_codes.new_secret()
    code = pyotp.TOTP(secret).at(accounts.now() - timedelta(seconds=30))
    accounts.credentials.set_code(Author("test"), "coded", secret, code, accounts.now())
    answer = staff.sign_in("coded")
    assert "確認コード" in answer.text
    assert staff.get("operator").status_code == 303
    again = staff.post("code", form_token(answer), code="000000")
    assert again.status_code == 401
    entered = staff.post("code", form_token(again), code=pyotp.TOTP(secret).at(accounts.now()))
    assert entered.headers["location"] == "operator"
    assert staff.get("operator").status_code == 200
    assert deeds(house, "coded")[-2:] == ["session.refused", "session.begin"]


def test_the_page_of_the_code_without_a_password_before_it(house: House, staff: Staff) -> None:
    """It leads back to the beginning."""
    answer = staff.post("code", staff.token("login"), code="000000")
    assert answer.status_code == 401
    assert "もう一度ログイン" in answer.text


def test_signing_out_ends_the_session_on_the_server(house: House, staff: Staff) -> None:
    """A copy of the cookie is of no use afterwards."""
    person(house.service, "leaves")
    staff.sign_in("leaves")
    token = staff.token("account")
    copy = dict(staff.client.cookies)
    assert staff.post("logout", token).headers["location"] == "login"
    with browser(house) as thief:
        thief.client.cookies.update(copy)
        assert thief.get("account").status_code == 303
    assert deeds(house, "leaves") == ["session.begin", "session.end"]


def test_english_is_chosen_by_a_switch_and_kept(house: House, staff: Staff) -> None:
    """Also before anybody is signed in; an address of elsewhere is not followed."""
    assert "ログイン" in staff.get("login").text
    answer = staff.get("language?to=en&back=login")
    assert answer.headers["location"] == "login"
    page = staff.get("login").text
    assert 'lang="en"' in page
    assert "User name" in page
    for elsewhere in ("https://evil.example", "//evil.example", "/evil", "..%2F..%2Fevil", "javascript:x"):
        assert staff.get(f"language?to=ja&back={elsewhere}").headers["location"] == "login"


def test_a_form_that_is_too_large_or_no_form_is_refused(house: House, staff: Staff) -> None:
    """Strangers may knock at the login."""
    assert staff.client.post("login", content=b"name=" + b"x" * LARGEST_BYTES).status_code == 413
    assert staff.client.post("login", content=b"\xff\xfe=\xff").status_code == 400


def test_the_first_page_tells_how_to_begin_when_there_is_nobody(tmp_path: Path) -> None:
    """Else nobody could know."""
    with open_house(service(tmp_path)) as house, browser(house) as staff:
        assert "voicebot users add" in staff.get("login").text
        person(house.service)
        assert "voicebot users add" not in staff.get("login").text
