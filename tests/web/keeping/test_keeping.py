"""The administrators' pages about data, the carrier, voices, backups and the machine."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from house import House, service
from staff_browser import Staff, browser, signed_in, staffed

from voicebot import backups
from voicebot.actions import RequestCallback
from voicebot.transcripts.calls import NewCall

PAGES = ("keeping", "keeping/retention", "keeping/number", "keeping/carrier", "keeping/voices", "keeping/backups")
NUMBER = "050-0000-0001"


@pytest.fixture(name="house")
def opened(tmp_path: Path) -> Iterator[House]:
    """A service with an administrator and an editor."""
    with staffed(service(tmp_path), root="administrator", hanako="editor") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """The administrator's browser."""
    with signed_in(house, "root") as staff:
        yield staff


def call(house: House, sid: str, days: int = 0, caller: str = "+815000000001") -> str:
    """A call so many days ago, with its sound."""
    store, at = house.service.store, house.service.now() - timedelta(days=days)
    call_id = store.begin_call(NewCall(sid, caller, "n", "ja"), at)
    house.service.settings.calls.mkdir(parents=True, exist_ok=True)
    (house.service.settings.calls / f"{call_id}.wav").write_bytes(b"RIFF")
    store.end_call(call_id, at + timedelta(seconds=9), "caller", f"{call_id}.wav")
    assert store.flush()
    return call_id


def deeds(house: House) -> list[str]:
    """The audit log, newest first."""
    return [row.what for row in house.service.accounts.log.rows(limit=5)]


def test_the_pages_open_for_administrators_only(house: House, staff: Staff) -> None:
    """In both languages."""
    for path in PAGES:
        assert staff.get(path).status_code == 200, path
    staff.get("language?to=en")
    for path in PAGES:
        assert staff.get(path).status_code == 200, path
    with browser(house) as editor:
        editor.sign_in("hanako")
        assert {editor.get(path).status_code for path in PAGES} == {403}


def test_the_state_tells_parts_disk_and_versions(house: House, staff: Staff) -> None:
    """The state tells parts disk and versions."""
    text = staff.get("keeping").text
    assert "電話に出られます" in text
    assert "聞き取り(日本語)" in text
    assert house.service.content.fingerprint in text
    assert re.search(r"空き [\d.]+ GB", text)
    assert "SQLite" in text


def test_days_are_changed_after_it_was_told_what_goes_at_once(house: House, staff: Staff) -> None:
    """And only then."""
    for number, days in enumerate((3, 20, 40)):
        call(house, f"CA{number}", days)
    token = staff.token("keeping/retention")
    asked = staff.post("keeping/retention", token, kind="sound", days="14")
    assert "すぐに2件が消え" in asked.text
    assert house.service.store.policies.all(90)["sound"].days == 90
    assert staff.post("keeping/retention", token, kind="sound", days="14", sure="yes").status_code == 303
    assert house.service.store.policies.all(90)["sound"].by == "root"
    assert deeds(house)[0] == "keeping.retention"
    assert "rootが決めました" in staff.get("keeping/retention").text
    for bad in ({"kind": "sound", "days": "-1"}, {"kind": "sound", "days": "9999"}, {"kind": "x", "days": "3"}):
        assert staff.post("keeping/retention", token, **bad).status_code == 400
    assert "消さないようにします" in staff.post("keeping/retention", token, kind="calls", days="0").text


def test_what_is_kept_about_a_number_is_handed_over_and_erased(house: House, staff: Staff) -> None:
    """The audit log tells who did it, and not for which number."""
    own = call(house, "CA1")
    other = call(house, "CA2", caller="+815000000009")
    house.service.store.book(own, RequestCallback(1, "市民課", "05000000001", "", "", ""), house.service.now())
    token = staff.token("keeping/number")
    assert staff.post("keeping/number", token, number="12").status_code == 400
    assert "通話1件、折り返し・伝言1件" in staff.post("keeping/number", token, number=NUMBER).text
    packed = staff.post("keeping/number/export", token, number=NUMBER)
    assert f"calls/{own}.txt" in zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert staff.post("keeping/number/erase", token, number=NUMBER).status_code == 400
    assert house.service.store.call(own) is not None
    assert "通話1件、折り返し・伝言1件" in staff.post("keeping/number/erase", token, number=NUMBER, sure="yes").text
    assert [each.id for each in house.service.store.calls()] == [other]
    assert "この番号についての記録はありません" in staff.post("keeping/number", token, number=NUMBER).text
    rows = house.service.accounts.log.rows(limit=8)
    assert {"keeping.number_erase", "keeping.number_export", "keeping.number_look"} <= {row.what for row in rows}
    assert "0000" not in str([(row.subject, row.detail) for row in rows if row.what.startswith("keeping")])


def test_the_way_of_a_call_is_tested_step_by_step(house: House, staff: Staff) -> None:
    """Each with its cure; nothing is asked of the carrier without an account."""
    text = staff.post("keeping/carrier/test", staff.token("keeping/carrier")).text
    assert "VOICEBOT_PUBLIC_URL" in text
    assert "声を作れるか" in text
    assert "聞き取れるか" in text
    assert text.count("直してください</span>") == 1
    assert f"{house.service.settings.public_url}/twilio/voice" in text


def test_a_voice_is_listened_to(house: House, staff: Staff) -> None:
    """As on the telephone."""
    sound = staff.get("keeping/voices/ja.wav")
    assert (sound.headers["content-type"], sound.content[:4]) == ("audio/wav", b"RIFF")
    assert staff.get("keeping/voices/xx.wav").status_code == 404


def test_a_backup_is_made_and_taken_away(house: House, staff: Staff) -> None:
    """And can be put back."""
    call_id = call(house, "CA1")
    assert staff.post("keeping/backups/make", staff.token("keeping/backups")).status_code == 303
    (made,) = backups.kept(house.service.settings.backup_folder)
    assert made.at in staff.get("keeping/backups").text
    taken = staff.get(f"keeping/backups/{made.at}.zip")
    assert taken.content == made.path.read_bytes()
    assert staff.get("keeping/backups/20200101-000000.zip").status_code == 404
    assert staff.get("keeping/backups/..%2f..%2fvoicebot.zip").status_code == 404
    assert call_id.encode() in zipfile.ZipFile(made.path).read("voicebot.db")
    assert deeds(house)[:2] == ["keeping.backup_taken", "keeping.backup"]
