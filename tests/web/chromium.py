"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from staff_browser import PASSWORD

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
WIDTHS = {"desktop": (1440, 900), "tablet": (900, 1100), "phone": (390, 844)}


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """The browser until the end of the block, with more arguments; the test is skipped where there is none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on the PATH (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=(*ARGUMENTS, *more))
        try:
            yield browser
        finally:
            browser.close()


def enter(page: Page, base_url: str, name: str) -> None:
    """Sign in by the page, as everybody does."""
    page.goto(f"{base_url}/staff/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button.main")
    page.wait_for_url(re.compile("/staff/(?!login)"))


def serious(page: Page) -> list[str]:
    """What axe-core finds on a page that keeps people out (WCAG 2.2 A and AA and best practices)."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in violations
        if each["impact"] in {"serious", "critical"}
    ]


def overflows(page: Page) -> bool:
    """Whether one would have to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
