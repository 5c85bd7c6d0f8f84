"""The pages of values, departments, hours and readings, as a browser without scripts meets them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from house import House, service
from staff_browser import Staff, browser, signed_in, staffed

from voicebot.audio import wav
from voicebot.releases.texts import digest_of


@pytest.fixture(scope="module", name="house")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One service for all tests of this file."""
    with staffed(service(Path(tmp_path_factory.mktemp("forms"))), hana="editor", view="viewer") as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """An editor's browser."""
    with signed_in(house, "hana") as staff:
        yield staff


def text(house: House, path: str) -> str:
    """A file of the draft."""
    return house.service.library.draft().files.get(path, "")


def seen(house: House, path: str) -> str:
    """What a page that is opened now has seen."""
    return digest_of(house.service.library.draft().files.get(path))


def test_a_value_is_changed_and_one_that_is_said_cannot_go(house: House, staff: Staff) -> None:
    """The places that say it are named."""
    path = "facts.yaml"
    token = staff.token("content/facts")
    assert "1か所" in staff.get("content/facts").text
    assert "faq/総合案内.yaml" in staff.get("content/facts/edit?name=住民票_手数料").text
    row = {"name": "住民票_手数料", "value": "350", "owner": "総合案内", "valid_until": "2027-03-31"}
    assert (
        staff.post("content/facts/save", token, seen=seen(house, path), **row).headers["location"]
        == "../facts?told=saved"
    )
    assert "2027-03-31" in staff.get("content/facts?words=350").text
    wrong = staff.post("content/facts/save", token, seen=seen(house, path), **row | {"value": ""})
    assert (wrong.status_code, 'id="value-wrong"' in wrong.text) == (422, True)
    kept = staff.post("content/facts/delete", token, seen=seen(house, path), name="住民票_手数料")
    assert kept.status_code == 422
    assert "faq/総合案内.yaml:" in kept.text
    new = staff.post("content/facts/save", token, seen=seen(house, path), new_name="新しい値", value="1")
    assert new.status_code == 303
    assert staff.post("content/facts/delete", token, seen=seen(house, path), name="新しい値").status_code == 303
    assert staff.get("content/facts/edit?name=ない").status_code == 404
    late = staff.post("content/facts/save", token, seen="0" * 32, **row | {"value": "400"})
    assert late.status_code == 303, "what a page has seen may have been forgotten"


def test_a_department_is_changed_and_its_faults_stand_at_their_fields(house: House, staff: Staff) -> None:
    """Numbers, ladder, limits."""
    path = "departments.yaml"
    token = staff.token("content/departments")
    assert "守衛室につなぐ" in staff.get("content/departments").text
    row = {
        "name": "水道課", "reading": "すいどうか", "also": "水道の係", "duties": "水道料金、漏水、断水",
        "ring": "in_order",
        "numbers": "050-0000-2100\n050-0000-2101", "hours": "昼", "closed": "callback", "next": "守衛室",
        "timeout_seconds": "15", "wait_seconds": "60", "talk_minutes": "0", "whisper": "true", "screening": "",
    }  # fmt: skip
    wrong = staff.post("content/departments/save", token, seen=seen(house, path), **row | {"numbers": "123"})
    assert wrong.status_code == 422
    assert "123" in wrong.text.split('id="numbers-wrong"')[1].split("</ul>")[0]
    assert "漏水、断水" in wrong.text
    circle = staff.post("content/departments/save", token, seen=seen(house, path), **row | {"next": "水道課"})
    assert "輪になっています" in circle.text
    assert staff.post("content/departments/save", token, seen=seen(house, path), **row).status_code == 303
    assert "ring: in_order" in text(house, path)
    assert "[水道料金, 漏水, 断水]" in text(house, path)
    used = staff.post("content/departments/delete", token, seen=seen(house, path), name="守衛室")
    assert used.status_code == 422
    assert "departments.yaml" not in used.text.split("<form")[0] or "守衛室" in used.text
    assert staff.get("content/departments/edit?name=ない").status_code == 404


def test_hours_of_one_day_change_and_the_preview_says_what_callers_hear(house: House, staff: Staff) -> None:
    """For every department, at any moment."""
    path = "hours.yaml"
    token = staff.token("content/hours")
    usual = staff.get("content/hours?calendar=昼&month=2026-12&at=2026-12-29T10:00").text
    assert "きょうは午後5時15分までです。" in usual
    form = staff.get("content/hours/special?calendar=昼&year_end=yes").text
    assert "12月29日から1月3日まで" in form
    day = {"calendar": "昼", "at": "", "date": "2026年12月29日", "hours": "休み"}
    wrong = staff.post("content/hours/special", token, seen=seen(house, path), **day)
    assert wrong.status_code == 422
    assert "理由を書いてください" in wrong.text.split('id="reason_ja-wrong"')[1].split("</ul>")[0]
    assert 'value="2026年12月29日"' in wrong.text
    done = staff.post("content/hours/special", token, seen=seen(house, path), **day, reason_ja="停電")
    assert done.status_code == 303
    page = staff.get("content/hours?calendar=昼&month=2026-12&at=2026-12-29T10:00").text
    assert "きょうは停電のため、お休みです。次は、あす、水曜日の午前8時半からです。" in page
    assert "special" in page
    gone = {"calendar": "昼", "at": "0", "date": "2026年12月29日"}
    assert staff.post("content/hours/special/delete", token, seen=seen(house, path), **gone).status_code == 303
    assert "special" not in text(house, path)


def test_the_week_is_changed_and_hours_in_use_cannot_go(house: House, staff: Staff) -> None:
    """A fault comes back with the rows as they were typed."""
    path = "hours.yaml"
    token = staff.token("content/hours")
    row = {"calendar": "昼", "days-0": "月-金", "hours-0": "8時半から17時"}
    wrong = staff.post("content/hours/week", token, seen=seen(house, path), **row | {"hours-0": "いつも"})
    assert wrong.status_code == 422
    assert 'value="いつも"' in wrong.text
    assert staff.post("content/hours/week", token, seen=seen(house, path), **row).status_code == 303
    assert "8:30-17:00" in staff.get("content/hours?calendar=昼&month=2026-12").text
    assert staff.post("content/hours/delete", token, seen=seen(house, path), calendar="昼").status_code == 422
    new = {"new_name": "夜", "days-0": "毎日", "hours-0": "17:15-22:00"}
    assert staff.post("content/hours/week", token, seen=seen(house, path), **new).status_code == 303
    assert staff.post("content/hours/delete", token, seen=seen(house, path), calendar="夜").status_code == 303
    assert staff.post("content/hours/week", token, seen=seen(house, path)).status_code == 422
    assert staff.get("content/hours/special?calendar=ない").status_code == 404


def test_a_reading_changes_what_the_draft_says_and_only_when_published_what_callers_hear(
    house: House, staff: Staff
) -> None:
    """It can be heard before it is saved; kana and sound are others then."""
    token = staff.token("content/words")

    def kana(query: str) -> str:
        return "".join(each["kana"] for each in staff.get(f"content/words/spelled?{query}").json()["phrases"])

    asked = "text=生田の窓口"
    assert kana(asked).startswith("イクタ")
    assert kana(f"{asked}&word=生田&reading=しょうだ&accent=1").startswith("ショーダ")
    sounds = [staff.get(f"content/words/say?{asked}{more}").content for more in ("", "&word=生田&reading=しょうだ")]
    assert all(wav.read(sound).seconds > 0.5 for sound in sounds)
    assert sounds[0] != sounds[1]
    row = {"word": "生田", "reading": "生田", "accent": ""}
    path = "readings.yaml"
    assert staff.post("content/words/save", token, seen="", **row).status_code == 422
    too_far = staff.post("content/words/save", token, seen="", **row | {"reading": "しょうだ", "accent": "9"})
    assert "0から3まで" in too_far.text
    saved = staff.post("content/words/save", token, seen="", **row | {"reading": "しょうだ", "accent": "1"})
    assert saved.status_code == 303
    assert kana(asked).startswith("ショーダ")
    assert "生田" in staff.get("content/words/vocabulary").text
    assert house.service.content.city.readings.words == ()
    published = house.page.app.state.publishing.publish("読み", "hana")
    assert published.release is not None
    known = house.service.content.city.readings
    assert known.words[0].word == "生田"
    assert house.service.content.city.reader is not None
    assert house.service.content.city.reader("生田", "ja") == "ショーダ"
    assert (
        staff.post("content/words/delete", token, seen=seen(house, path), name="生田", word="生田").status_code == 303
    )
    assert kana(asked).startswith("イクタ")


def test_things_are_renamed_by_their_forms_and_everything_follows(house: House, staff: Staff) -> None:
    """In one edit that can be taken back whole; the old name of a department is understood still."""
    library, token = house.service.library, staff.token("content/departments")
    before = dict(library.draft().files)
    page = staff.get("content/departments/edit?name=水道課").text
    assert 'name="new_name" value="水道課"' in page
    shown = {
        "name": "水道課", "reading": "じょうすいか", "also": "", "duties": "水道料金", "ring": "simultaneous",
        "numbers": "050-0000-2100", "hours": "昼", "closed": "callback", "next": "守衛室", "timeout_seconds": "15",
        "wait_seconds": "60", "talk_minutes": "0", "whisper": "true", "reword": "yes", "keep_old": "yes",
    }  # fmt: skip
    where = "departments.yaml"
    taken = staff.post("content/departments/save", token, seen=seen(house, where), **shown, new_name="守衛室")
    assert (taken.status_code, "もうあります" in taken.text) == (422, True)
    assert dict(library.draft().files) == before
    done = staff.post("content/departments/save", token, seen=seen(house, where), **shown, new_name="上水課")
    assert done.headers["location"] == "../departments?told=renamed"
    assert "名前を変えました" in staff.get("content/departments?told=renamed").text
    assert "also: [水道課]" in text(house, where)
    after = library.draft().files
    assert not any("transfer: 水道課" in told for told in after.values())
    assert any("transfer: 上水課" in told for told in after.values())
    edit = library.edits(1)[0]
    assert edit.what == "課「水道課」の名前を「上水課」に変えました"
    week = {"calendar": "昼", "new_name": "平日", "days-0": "月-金", "hours-0": "8:30-17:15"}
    moved = staff.post("content/hours/week", token, seen=seen(house, "hours.yaml"), **week)
    assert "told=renamed" in moved.headers["location"]
    assert "hours: 昼" not in text(house, where)
    value = {"name": "住民票_手数料", "new_name": "住民票_料金", "value": "300", "owner": "総合案内"}
    assert staff.post("content/facts/save", token, seen=seen(house, "facts.yaml"), **value).status_code == 303
    assert "{facts.住民票_料金}" in text(house, "faq/総合案内.yaml")
    reading = {"name": "", "word": "生田", "reading": "しょうだ", "accent": ""}
    assert staff.post("content/words/save", token, seen=seen(house, "readings.yaml"), **reading).status_code == 303
    again = reading | {"name": "生田", "word": "生田町"}
    assert staff.post("content/words/save", token, seen=seen(house, "readings.yaml"), **again).status_code == 303
    assert "生田町: しょうだ" in text(house, "readings.yaml")
    assert "生田: " not in text(house, "readings.yaml")


def tone(seconds: float = 1.0) -> bytes:
    """A WAV file as a browser's microphone makes it."""
    samples = 0.3 * np.sin(2 * np.pi * 440 * np.arange(int(48_000 * seconds)) / 48_000)
    return wav.write(wav.Sound((samples * 32767).astype("<i2").tobytes(), 48_000))


def test_a_recording_is_kept_heard_and_taken_away(house: House, staff: Staff) -> None:
    """Under the name that calls look for, with its words beside it."""
    name = house.service.content.dialog.start
    listed = staff.get("content/words/recordings?state=none").text
    assert f"name={name}" in listed or "録音がない" in listed
    where = f"content/words/recording?name={name}&language=ja"
    headers = {"x-form-token": staff.token(where), "accept": "application/json", "content-type": "audio/wav"}
    for sound, status in ((b"no sound", 422), (tone(0.1), 422), (tone(), 200)):
        assert staff.client.post(where, content=sound, headers=headers).status_code == status
    recordings = house.service.voices.recordings
    assert name in recordings.words()
    assert "録音あり" in staff.get(where).text
    text_of = recordings.words()[name]
    heard = staff.get(f"content/words/say?text={text_of}&name={name}&recorded=yes")
    assert abs(wav.read(heard.content).seconds - 1) < 0.3
    with browser(house) as viewer:
        viewer.sign_in("view")
        mine = {**headers, "x-form-token": viewer.token("account")}
        assert viewer.client.post(where, content=tone(), headers=mine).status_code == 403
    gone = staff.post(f"content/words/recording/delete?name={name}&language=ja", staff.token(where))
    assert gone.status_code == 303
    assert name not in recordings.words()
    assert staff.get("content/words/recording?name=ない").status_code == 404


def test_what_the_check_finds_is_told_beside_its_place(staff: Staff) -> None:
    """The same as `voicebot check`, of the files that a page shows."""
    found = staff.made("content/found?under=facts.yaml").json()["findings"]
    assert all(each["path"] == "facts.yaml" for each in found)
    of_one = staff.made("content/found?under=facts.yaml&where=facts.ない").json()["findings"]
    assert of_one == []
