"""Every page of the staff in a real browser: nobody is kept out, nothing runs off the edge; and publishing by mouse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium, enter, overflows, serious
from doors import doors
from house import House, open_house, service
from playwright.sync_api import Browser, Page, expect
from staff_browser import person, quick_passwords

from voicebot import backups
from voicebot.web.app import application

pytestmark = pytest.mark.slow
WIDTHS = {"desktop": (1280, 900), "tablet": (820, 1180)}
GREETING = "trees/総合案内.yaml"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module", name="house")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service with an administrator."""
    with quick_passwords(), open_house(service(Path(tmp_path_factory.mktemp("pages")))) as house:
        person(house.service, "root", "administrator", display="山田花子")
        yield house


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """The administrator, signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    page = context.new_page()
    enter(page, house.base_url, "root")
    yield page
    context.close()


def paths(tmp_path: Path) -> list[str]:
    """Every address under `/staff/` that can be asked for without knowing more, from the application itself."""
    made = service(tmp_path)
    found = {door.path for door in doors(application(made)) if "GET" in door.methods and "{" not in door.path}
    made.close()
    inside = {each.removeprefix("/staff/") for each in found if each.startswith("/staff/")}
    return sorted(inside - {"", "live"})  # `live` is a stream without an end


def test_every_page_can_be_used_by_everybody(house: House, page: Page, tmp_path: Path) -> None:
    """axe-core finds nothing serious on any page that exists, at two widths; no page is forgotten here."""
    found: dict[str, list[str]] = {}
    pages = []
    for path in paths(tmp_path):
        answer = page.request.get(f"{house.base_url}/staff/{path}", headers={"accept": "text/html"}, max_redirects=0)
        text = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
        if answer.status == 200 and "<!doctype html>" in text:
            pages.append(path)
    assert {"today", "calls", "content/tree", "content/draft", "try", "improve", "figures", "keeping"} <= set(pages)
    for width, size in WIDTHS.items():
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for path in pages:
            page.goto(f"{house.base_url}/staff/{path}", wait_until="domcontentloaded")
            wrong = serious(page) + (["it runs off the edge"] if overflows(page) else [])
            if wrong:
                found[f"{path} {width}"] = wrong
    assert found == {}


def test_a_draft_is_looked_at_published_and_taken_back(house: House, page: Page) -> None:
    """By mouse, as the guide says."""
    library = house.service.library
    text = library.draft().files[GREETING].replace("録音します。", "新しく録音します。")
    library.edit({GREETING: text}, {}, "root", house.service.now(), "あいさつを直した")
    page.goto(f"{house.base_url}/staff/content/draft")
    expect(page.locator(".changes .is").first).to_contain_text("新しく録音します。")
    expect(page.locator("#checked")).to_contain_text("問題はありません", timeout=60_000)
    page.get_by_label(re.compile("何を変えましたか")).fill("あいさつを変えた")
    page.get_by_role("button", name="いま公開する").click()
    page.wait_for_url("**/content/releases?done=2", timeout=60_000)
    expect(page.locator(".releases .current")).to_contain_text("あいさつを変えた")
    assert house.service.release == 2
    page.get_by_role("link", name="第1版: 違いを見る").click()
    expect(page.locator("main")).to_contain_text("いまこの版に戻すと変わること")
    page.get_by_role("button", name="この版に戻す").click()
    page.wait_for_url("**/content/releases?done=1", timeout=60_000)
    assert house.service.release == 1


def test_administration_is_done_by_mouse(house: House, page: Page) -> None:
    """Days of retention, a number that nobody called from, a backup."""
    page.goto(f"{house.base_url}/staff/keeping")
    page.get_by_role("link", name="保存期間").click()
    page.locator("#days-sound").fill("14")
    page.get_by_role("button", name="通話の録音: 変える").click()
    page.get_by_role("button", name="はい、変えます").click()
    expect(page.get_by_role("status")).to_contain_text("保存期間を変えました")
    page.get_by_role("link", name="開示と消去").click()
    page.get_by_label("電話番号").fill("050-0000-0099")
    page.get_by_role("button", name="探す").click()
    expect(page.get_by_role("status")).to_contain_text("記録はありません")
    page.get_by_role("link", name="バックアップ").click()
    page.get_by_role("button", name="いま作る").click()
    expect(page.get_by_role("status")).to_contain_text("作りました")
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("取り出す")).first.click()
    (made,) = backups.kept(house.service.settings.backup_folder)
    assert taken.value.suggested_filename == made.path.name
