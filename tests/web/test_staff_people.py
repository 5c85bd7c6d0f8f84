"""Accounts and the audit log by the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House, service
from staff_browser import Staff, browser, person, signed_in, staffed

from voicebot.web.staff.people import departments_in


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file."""
    with staffed(service(Path(tmp_path_factory.mktemp("people"))), root="administrator") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """The administrator's browser."""
    with signed_in(house, "root") as staff:
        yield staff


def test_somebody_is_added_and_signs_in_with_the_password_that_is_shown_once(house: House, staff: Staff) -> None:
    """It must be changed then."""
    answer = staff.post(
        "accounts/add", staff.token("accounts"),
        name="Taro", display="太郎", role="operator", phone="+815000002001", departments="水道課、環境課",
    )  # fmt: skip
    found = re.search(r'<code class="secret">([^<]+)</code>', answer.text)
    assert found
    user = house.service.accounts.users.named("taro")
    assert (user.display, user.departments, user.must_change) == ("太郎", ("水道課", "環境課"), True)
    assert found[1] not in staff.get("accounts").text
    with browser(house) as other:
        assert other.sign_in("taro", found[1]).headers["location"] == "account"


def test_changes_take_effect_and_faults_are_told_in_words(house: House, staff: Staff) -> None:
    """In Japanese, beside the form."""
    person(house.service, "change")
    token = staff.token("accounts")
    fields = {"role": "viewer", "display": "変更後", "phone": "", "departments": ""}
    assert staff.post("accounts/change/change", token, **fields).headers["location"] == "../../accounts"
    assert house.service.accounts.users.named("change").role == "viewer"
    for path, wrong, told in (
        ("accounts/change/change", {**fields, "role": "king"}, "役割を選んで"),
        ("accounts/change/change", {**fields, "phone": "abc"}, "+81"),
        ("accounts/root/disable", {}, "最後の管理者"),
        ("accounts/nobody/disable", {}, "見つかりません"),
        ("accounts/change/explode", {}, "見つかりません"),
        ("accounts/add", {"name": "花子", "role": "viewer"}, "半角英小文字"),
    ):
        answer = staff.post(path, token, **wrong)
        assert answer.status_code == 400, path
        assert told in answer.text


def test_a_disabled_person_is_out_at_once(house: House, staff: Staff) -> None:
    """And in again when enabled."""
    person(house.service, "off")
    with browser(house) as other:
        other.sign_in("off")
        staff.post("accounts/off/disable", staff.token("accounts"))
        assert other.get("operator").status_code == 303
        assert other.sign_in("off").status_code == 401
        staff.post("accounts/off/enable", staff.token("accounts"))
        assert other.sign_in("off").status_code == 303


def test_a_temporary_password_replaces_a_forgotten_one(house: House, staff: Staff) -> None:
    """Shown once."""
    person(house.service, "forgot")
    answer = staff.post("accounts/forgot/password", staff.token("accounts"))
    found = re.search(r'<code class="secret">([^<]+)</code>', answer.text)
    assert found
    with browser(house) as other:
        assert other.sign_in("forgot", found[1]).headers["location"] == "account"


def test_the_audit_log_tells_who_did_it_and_can_only_be_read(house: House, staff: Staff) -> None:
    """There is no address that would change it."""
    person(house.service, "seen")
    staff.post("accounts/seen/disable", staff.token("accounts"))
    page = staff.get("audit", params={"find": "seen"}).text
    assert "利用者を停止した" in page
    assert "root" in page
    assert "127.0.0.1" in page
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("audit", "audit/1"):
            assert staff.client.request(method, path).status_code in {404, 405}
    assert staff.get("audit?before=abc&find=%3Cscript%3E").status_code == 200
    assert "<script>" not in staff.get("audit?find=%3Cscript%3E").text


def test_departments_are_read_as_people_type_them() -> None:
    """With either comma, or on lines of their own."""
    assert departments_in("市民課、税務課,市民課\n 水道課 ，") == ("市民課", "税務課", "水道課")
    assert departments_in("") == ()
