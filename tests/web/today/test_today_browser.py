"""今日, the disaster switch and 統計 in a real browser, as somebody who has never seen them uses them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import WIDTHS, chromium, enter, overflows, serious
from disaster_city import Clock, disaster_city
from house import House, until
from playwright.sync_api import Page
from staff_browser import person, quick_passwords

from bench.large_store import make

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", name="city")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Clock]]:
    """One service for all tests of this file, with some weeks of calls."""
    folder = Path(tmp_path_factory.mktemp("browser"))
    with quick_passwords(), disaster_city(folder, before=_filled) as (house, clock):
        person(house.service, "kiki", "editor")
        yield house, clock


def _filled(data: Path, clock: Clock, content: object) -> None:
    make(data, content, calls=80, kinds=10, recorded=10, days=20, last=clock.now)  # type: ignore[arg-type]


@pytest.fixture(scope="module", name="page")
def opened(city: tuple[House, Clock]) -> Iterator[Page]:
    """An editor's browser, signed in."""
    with chromium() as browser:
        page = browser.new_context(locale="ja-JP").new_page()
        enter(page, city[0].base_url, "kiki")
        yield page


def test_the_disaster_switch_is_found_previewed_confirmed_and_ended(city: tuple[House, Clock], page: Page) -> None:
    """From 今日 and back to it; the note of a place can be written once it is ticked; the sound can be played."""
    base = f"{city[0].base_url}/staff"
    page.goto(f"{base}/today")
    page.click("text=災害の案内に切り替える")
    note = page.locator('[name="note:shelters:本町小学校"]')
    note.wait_for(state="hidden")
    page.check("text=本町小学校")
    note.fill("一階は使えません")
    page.fill("#until", "2026-11-24T22:00")
    page.select_option("select", "避難指示")
    page.click("text=確認へ進む")
    assert "災害のご案内です。" in page.inner_text(".scene >> nth=0")
    assert page.evaluate("document.querySelector('audio').play().then(() => 'plays', (error) => error.name)") == "plays"
    assert serious(page) == []
    page.click("text=災害の案内を始める")
    assert page.url.split("/")[-2] == "preview", "the tick is asked for first"
    page.check("text=電話の案内がすぐに変わることを確かめました")
    page.click("button.main")
    page.wait_for_url("**/today?told=begin")
    assert "災害の案内を始めました" in page.inner_text("main")
    assert "11/24 22:00" in page.inner_text(".alarm")
    assert serious(page) == []
    page.click(".alarm a")
    assert page.is_checked("text=本町小学校")
    assert serious(page) == []
    page.click("text=終了の確認へ進む")
    page.check("text=電話の案内がすぐに変わることを確かめました")
    page.click("button.main")
    page.wait_for_url("**/today?told=end")
    assert page.locator(".alarm").count() == 0


def test_the_page_follows_what_happens_without_being_opened_again(city: tuple[House, Clock], page: Page) -> None:
    """Within some seconds."""
    house, _ = city
    page.goto(f"{house.base_url}/staff/today")
    assert page.inner_text(".calls-count b") == "0"
    media = house.media("CAlive", house.token("CAlive"))
    until(lambda: house.texts("CAlive"))
    page.wait_for_selector(".calls-count b:text-is('1')", timeout=15_000)
    media.stop()


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_for_everybody_at_every_width(city: tuple[House, Clock], page: Page, width: str) -> None:
    """Nothing that keeps people out, nothing to scroll sideways."""
    base = f"{city[0].base_url}/staff"
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
    for path in ("today", "today/disaster", "figures", "figures/report?month=2026-11"):
        page.goto(f"{base}/{path}")
        assert serious(page) == [], path
        assert not overflows(page), path


def test_figures_are_chosen_read_and_explained(city: tuple[House, Clock], page: Page) -> None:
    """By clicks: a period, what a number means, a picture as a table, the report."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{city[0].base_url}/staff/figures")
    page.click("text=7日間")
    assert "from=2026-11-18" in page.url
    page.click(".kpi:nth-child(2) summary")
    assert "職員につながずに終わった" in page.inner_text(".kpi:nth-child(2) details")
    page.click("section[aria-labelledby=h-time] details summary")
    assert page.locator("section[aria-labelledby=h-time] tbody tr").count() == 7
    page.click("text=月次報告")
    page.locator("#print").wait_for()
    assert "2026年10月" in page.inner_text(".report")
