"""The disaster switch by its pages, and what callers of the running service hear then."""

import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from disaster_city import Clock, disaster_city
from house import House, until
from staff_browser import Staff, browser, person, quick_passwords

from voicebot.editing.emergency import switch_of
from voicebot.web.staff.today import rooms
from voicebot.web.staff.today.disaster import DisasterDesk

pytestmark = pytest.mark.slow
UNTIL = "2026-11-24T22:00"
WANTED = {
    "until": UNTIL,
    "order:避難情報": "避難指示",
    "order:避難情報_町": "浜町と白浜",
    "open:shelters:本町小学校": "yes",
    "note:shelters:本町小学校": "一階は 使えません",
    "note:shelters:浜町体育館": "開いていないので伝えません",
    "open:water:本町公園": "yes",
}


@pytest.fixture(scope="module", name="city")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Clock]]:
    """One service for all tests of this file, which build on one another as a day does."""
    with quick_passwords(), disaster_city(Path(tmp_path_factory.mktemp("disaster"))) as (house, clock):
        person(house.service, "kiki", "editor")
        person(house.service, "denwa", "operator")
        yield house, clock


@pytest.fixture
def staff(city: tuple[House, Clock]) -> Iterator[Staff]:
    """The browser of somebody who may publish."""
    with browser(city[0]) as staff:
        staff.sign_in("kiki")
        yield staff


def greeting(house: House, sid: str) -> str:
    """What somebody hears who phones now, first of all."""
    media = house.media(sid, house.token(sid))
    texts = until(lambda: house.texts(sid))
    media.stop()
    media.wait_closed()
    return "".join(texts)


def prepared(staff: Staff, **changes: str) -> str:
    """The address of a preview."""
    answer = staff.post("today/disaster/preview", staff.token("today/disaster"), **(WANTED | changes))
    assert answer.status_code == 303, answer.text
    return f"today/disaster/{answer.headers['location']}"


def published(staff: Staff, preview: str, **fields: str) -> int:
    """The status of confirming it."""
    name = preview.rsplit("/", 1)[1]
    return staff.post(f"today/disaster/publish/{name}", staff.token(preview), **fields).status_code


def in_force(house: House) -> DisasterDesk:
    """The switch of the running service."""
    return DisasterDesk(house.page.app.state.office)


def test_a_preview_says_what_callers_will_hear_and_changes_nothing(city: tuple[House, Clock], staff: Staff) -> None:
    """To be read, and to be heard in the bot's own voice; the note of a place that is not open is not taken."""
    house, _ = city
    page = staff.get(prepared(staff)).text
    for words in (
        "災害のご案内です",
        "浜町と白浜に避難指示です",
        "本町小学校です。一階は 使えません",
    ):
        assert words in page
    assert "伝えません" not in page
    sounds = re.findall(r'src="\./\.\./[^"]*?(today/[^"]+\.wav)"', page) or re.findall(r'(today/[^"]+\.wav)"', page)
    answer = staff.get(sounds[0])
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.content[:4] == b"RIFF"
    assert len(answer.content) > 8000 * 2 * 3
    assert staff.get(sounds[0].replace("/0.wav", "/99.wav")).status_code == 404
    assert in_force(house).switch().until is None  # type: ignore[union-attr]
    assert "災害" not in greeting(house, "CApreview")


@pytest.mark.parametrize("moment", ["2026-11-24T09:59", "2027-03-01T00:00", "", "きょう", "2026-11-24T22:00+09:00"])
def test_an_end_that_is_over_too_far_or_no_moment_is_told_and_nothing_is_lost(staff: Staff, moment: str) -> None:
    """What was filled in stands in the form still."""
    answer = staff.post("today/disaster/preview", staff.token("today/disaster"), **(WANTED | {"until": moment}))
    assert answer.status_code == 400
    assert "60日以内" in answer.text
    assert 'value="浜町と白浜"' in answer.text
    assert re.search(r'name="open:shelters:本町小学校" value="yes" checked', answer.text)


def test_only_who_may_publish_gets_to_the_switch(city: tuple[House, Clock]) -> None:
    """Not an operator, not a stranger."""
    house, _ = city
    with browser(house) as operator, browser(house) as stranger:
        operator.sign_in("denwa")
        assert operator.get("today/disaster").status_code == 403
        assert operator.post("today/disaster/end", operator.token("account")).status_code == 403
        assert operator.get("today").status_code == 200
        assert "today/disaster" not in operator.get("today").text
        assert stranger.get("today").status_code == 303


def test_without_the_tick_nothing_is_put_in_force(city: tuple[House, Clock], staff: Staff) -> None:
    """The page says what is missing."""
    preview = prepared(staff)
    assert published(staff, preview) == 400
    assert in_force(city[0]).switch().until is None  # type: ignore[union-attr]


def test_a_preview_of_what_was_before_does_not_count(city: tuple[House, Clock], staff: Staff) -> None:
    """Somebody has published meanwhile: what would be heard is not what was shown."""
    house, _ = city
    preview = prepared(staff)
    files = in_force(house).in_force()[1]
    changed = {"facts.yaml": files["facts.yaml"].replace("市内の一部", "市内のどこか")}
    house.page.app.state.office.publishing.urgent(changed, "other", "ほかの変更")
    assert published(staff, preview, confirm="yes") == 409
    house.page.app.state.office.publishing.urgent({"facts.yaml": files["facts.yaml"]}, "other", "元に戻す")


def test_the_next_call_hears_it_until_its_end_and_then_no_more(city: tuple[House, Clock], staff: Staff) -> None:
    """Switched on, extended, over by itself; what it has changed is put back; all of it is in the audit log."""
    house, clock = city
    before = dict(in_force(house).in_force()[1])
    assert published(staff, prepared(staff), confirm="yes") == 303
    assert "災害のご案内です" in greeting(house, "CAon")
    page = staff.get("today").text
    assert "11/24 22:00" in page
    assert 'value="2026-11-24T22:00"' in staff.get("today/disaster").text

    assert published(staff, prepared(staff, until="2026-11-25T08:00"), confirm="yes") == 303
    clock.set("2026-11-24T23:00")
    assert "災害のご案内です" in greeting(house, "CAextended")
    assert not in_force(house).end_when_due()

    clock.set("2026-11-25T08:00")
    assert "災害" not in greeting(house, "CAover")
    assert "期限が過ぎました" in staff.get("today").text
    assert in_force(house).end_when_due()
    assert not in_force(house).end_when_due()
    assert dict(in_force(house).in_force()[1]) == before
    deeds = [row.what for row in house.service.accounts.log.rows(words="disaster")]
    assert deeds == ["disaster.change", "disaster.begin"]


def test_ending_it_now_is_previewed_too_and_heard_at_once(city: tuple[House, Clock], staff: Staff) -> None:
    """The usual greeting comes back, and shelters are closed again; what others wrote meanwhile stays."""
    house, clock = city
    clock.set("2026-11-24T10:00")
    assert published(staff, prepared(staff), confirm="yes") == 303
    office = house.page.app.state.office
    files = in_force(house).in_force()[1]
    office.publishing.urgent({"facts.yaml": files["facts.yaml"] + "\n# 追記\n"}, "other", "ほかの変更")
    answer = staff.post("today/disaster/end", staff.token("today/disaster"))
    preview = f"today/disaster/{answer.headers['location']}"
    assert "災害のご案内です" not in re.sub(r"<del>.*?</del>", "", staff.get(preview).text)
    assert published(staff, preview, confirm="yes") == 303
    assert "災害" not in greeting(house, "CAended")
    now = in_force(house).in_force()[1]
    assert not switch_of(now).traces  # type: ignore[union-attr]
    assert now["facts.yaml"].endswith("# 追記\n")
    assert "避難情報: {value: なし" in now["facts.yaml"]
    assert house.service.accounts.log.rows(words="disaster")[0].what == "disaster.end"


def test_the_service_ends_it_by_itself_and_notes_that(tmp_path: Path) -> None:
    """Nobody has to be there; it is done once."""
    with quick_passwords(), patch.object(rooms, "LOOK_SECONDS", 0.1), disaster_city(tmp_path) as (house, clock):
        person(house.service, "kiki", "editor")
        with browser(house) as staff:
            staff.sign_in("kiki")
            assert published(staff, prepared(staff), confirm="yes") == 303
        clock.set(UNTIL)
        log = house.service.accounts.log
        until(lambda: [row.who for row in log.rows(words="disaster")] == ["自動終了", "kiki"])
        assert not in_force(house).switch().traces  # type: ignore[union-attr]
        assert house.page.app.state.office.library.in_force().by == "自動終了"
