"""The pages of the draft and of the releases, in a browser without scripts."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from house import House, service
from scenes_city import small_city
from staff_browser import Staff, browser, person, staffed

from voicebot.web.publishing import Publishing

GREETING = "trees/総合案内.yaml"


@pytest.fixture(name="house")
def opened(tmp_path: Path) -> Iterator[House]:
    """With an administrator, too."""
    with small_city(tmp_path) as house:
        person(house.service, "root", "administrator")
        yield house


def edit(house: House, old: str = "録音します。", new: str = "新しく録音します。", path: str = GREETING) -> None:
    """An edit of the draft by somebody."""
    library = house.service.library
    text = library.draft().files[path]
    assert old in text
    library.edit({path: text.replace(old, new)}, {}, "hanako", house.service.now(), "あいさつを直した")


def send(staff: Staff, where: str, **fields: str) -> tuple[int, str]:
    """A form of the draft's page; what it answers, or where it leads."""
    answer = staff.post(f"content/{where}", staff.token("content/draft"), **fields)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_changes_are_shown_in_words_and_published_with_a_title(house: House, staff: Staff) -> None:
    """The next call hears them; the record of releases says who did it, and goes back by one press."""
    edit(house)
    shown = staff.get("content/draft").text
    assert "会話 総合案内" in shown
    assert "新しく録音します。" in shown
    assert "hanakoさん" in shown
    assert send(staff, "draft/publish", title="")[0] == 400
    assert send(staff, "draft/publish", title="あいさつを変えた") == (303, "../releases?done=2")
    assert house.service.release == 2
    releases = staff.get("content/releases?done=2").text
    assert "第2版が公開中です" in releases
    assert "あいさつを変えた" in releases
    assert "新しく録音します。" in staff.get("content/releases/2").text
    assert send(staff, "releases/1/use") == (303, "../../releases?done=1")
    assert house.service.release == 1
    deeds = [row.what for row in house.service.accounts.log.rows()]
    assert deeds[:2] == ["content.roll_back", "content.publish"]


def test_a_fault_keeps_the_draft_out_and_is_named_with_its_line(house: House, staff: Staff) -> None:
    """Nothing that was typed is lost, not even the title."""
    edit(house, "  no_input:", "  no_imput:", "phrases.yaml")
    status, text = send(staff, "draft/publish", title="壊れたまま")
    assert status == 400
    assert "公開できませんでした" in text
    assert re.search(r"決まり文句.*行目", text)
    assert 'value="壊れたまま"' in text
    assert house.service.release == 1
    assert "問題が" in staff.made("content/draft/check").text


def test_the_check_of_a_good_draft_says_so(house: House, staff: Staff) -> None:
    """The check of a good draft says so."""
    assert "問題はありません" in staff.made("content/draft/check").text


def test_a_check_that_takes_long_is_said_to_be_under_way(
    house: House, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once; the page's script asks again, and who has none is given a link."""
    monkeypatch.setattr("voicebot.web.staff.content.drafts.PATIENCE_SECONDS", 0.0)
    answer = staff.get("content/draft/check")
    assert answer.status_code == 202
    assert "調べています" in answer.text
    assert 'href="">結果を見る' in answer.text


def test_changes_are_thrown_away_and_taken_back(house: House, staff: Staff) -> None:
    """One file, or everything; and that can be undone."""
    edit(house)
    assert send(staff, "draft/discard", path=GREETING) == (303, "../draft?done=edited")
    assert "新しく" not in house.service.library.draft().files[GREETING]
    newest = str(house.service.library.edits(1)[0].id)
    assert send(staff, "draft/take-back", edit=newest) == (303, "../draft?done=edited")
    assert "新しく" in house.service.library.draft().files[GREETING]
    assert send(staff, "draft/discard") == (303, "../draft?done=edited")
    assert send(staff, "draft/take-back", edit="999")[0] == 400


def test_a_publication_is_planned_and_cancelled(house: House, staff: Staff) -> None:
    """Only in the future."""
    edit(house)
    now = house.service.now()
    assert send(staff, "draft/schedule", title="明日から", at=f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}")[0] == 400
    assert send(staff, "draft/schedule", title="明日から", at="いつか")[0] == 400
    later = f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}"
    assert send(staff, "draft/schedule", title="明日から", at=later) == (303, "../draft?done=scheduled")
    (plan,) = house.service.library.planned()
    assert f"{plan.at:%Y-%m-%d %H:%M}" in staff.get("content/draft").text
    assert send(staff, "draft/cancel", plan=str(plan.id)) == (303, "../draft?done=cancelled")
    assert send(staff, "draft/cancel", plan=str(plan.id))[0] == 400


def test_who_only_looks_publishes_nothing(house: House) -> None:
    """Nor sees the buttons."""
    edit(house)
    with browser(house) as staff:
        staff.sign_in("gen")
        assert "draft/publish" not in staff.get("content/draft").text
        assert staff.post("content/draft/publish", staff.token("account"), title="だめ").status_code == 403
        assert staff.post("content/releases/1/use", staff.token("account")).status_code == 403
        assert staff.get("content/releases/77").status_code == 404


def test_a_second_person_approves_exactly_what_they_saw(tmp_path: Path) -> None:
    """Where the city wants it."""
    with staffed(service(tmp_path, content_review=True), hanako="editor", jiro="editor") as house:
        Publishing(house.service, lambda text, language: text).begin()
        edit(house)
        with browser(house) as author, browser(house) as other:
            author.sign_in("hanako")
            other.sign_in("jiro")
            assert send(author, "draft/publish", title="あいさつ")[0] == 400
            digest = house.service.library.draft().digest
            assert send(other, "draft/approve", digest="something else")[0] == 400
            assert send(other, "draft/approve", digest=digest) == (303, "../draft?done=approved")
            assert "jiro" in author.get("content/draft").text
            assert send(author, "draft/publish", title="あいさつ") == (303, "../releases?done=2")
