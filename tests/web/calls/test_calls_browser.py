"""A call is found, heard, corrected, judged, and left for the next one, in a real browser."""

from collections.abc import Iterator

import pytest
from chromium import chromium, enter, overflows, serious
from house import House, until
from playwright.sync_api import Browser, Page, expect
from recorded_calls import place

pytestmark = pytest.mark.slow
WIDTHS = ((1280, 900), (820, 1180))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def calls(house: House) -> list[str]:
    """Two calls with sound, the misheard one newest."""
    return [place(house, 51, "税金のこと", hours_ago=1), place(house, 50)]


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """An editor's browser; a fault of a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda told: faults.append(told.text) if "Security Policy" in told.text else None)
    enter(page, house.base_url, "henshu")
    yield page
    context.close()
    assert faults == []


def seconds(page: Page) -> float:
    """Where on the line the page is."""
    return float(page.locator("#track").get_attribute("aria-valuenow") or 0)


def test_find_play_correct_judge_and_go_on(page: Page, house: House, calls: list[str]) -> None:
    """As somebody does it every morning, mostly by keys."""
    page.goto(f"{house.base_url}/staff/calls")
    page.fill("#q", "投票所")
    page.select_option("#reviewed", "no")
    page.click(".finder button.main")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("mark")).to_have_text("投票所")
    page.click("tbody a")

    # The line is drawn, with the sound of both and their words.
    expect(page.locator("#line polygon.line-caller")).to_have_count(1)
    expect(page.locator("#line polygon.line-bot")).to_have_count(1)
    expect(page.locator("#line")).to_contain_text("先行の投票所")
    expect(page.locator("#track")).to_have_attribute("aria-valuenow", "4")  # the turn that was found
    # Close up, words stand along the time in which they were said.
    expect(page.locator("#line text[textLength]")).to_have_count(0)
    page.click("#wider")
    page.click("#wider")
    spread = page.locator("#line text[textLength]", has_text="先行の投票所")
    spoken = page.locator("#line .line-span-heard").first
    assert spread.get_attribute("textLength") == spoken.get_attribute("width")
    page.click("#narrower")
    page.click("#narrower")
    page.locator("#track").focus()

    # Keys: to the next turn, back, slower, play and pause.
    page.keyboard.press("k")
    expect(page.locator("#track")).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("j")
    assert seconds(page) == 4
    page.keyboard.press("ArrowRight")
    assert seconds(page) == 7
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    assert seconds(page) == 0
    page.keyboard.press(">")
    page.keyboard.press(">")
    page.keyboard.press(">")
    expect(page.locator("#speed")).to_have_value("2")
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "true")
    until(lambda: seconds(page) >= 5)
    expect(page.locator(".moment.now")).to_contain_text("先行の投票所")
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")

    # The turn is corrected: a guess is taken over, the right answer is looked for, all by keys but the guess.
    turn = page.locator("#turn-1")
    turn.locator(".why > summary").click()
    turn.locator("[data-guess]").nth(1).click()
    expect(turn.locator("textarea")).to_have_value("選挙の投票所")
    expect(turn.locator("[name=verdict][value=changed]")).to_be_checked()
    turn.locator("textarea").fill("選挙の投票所はどこですか")
    turn.locator("[name=entry]").press_sequentially("犬")
    expect(turn.locator("[role=option]").first).to_contain_text("犬")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(turn.locator("[name=entry]")).to_have_value("犬の登録")
    turn.locator("textarea").focus()
    page.keyboard.press("Control+Enter")
    expect(turn.locator(".text").first).to_have_text("選挙の投票所はどこですか")
    expect(turn).to_contain_text("正しい答え（FAQ）: 犬の登録")
    kept = house.service.store.reviews.of_call(calls[1]).corrections
    assert [(each.text, each.judgement.entry) for each in kept] == [("選挙の投票所はどこですか", "犬の登録")]
    assert seconds(page) >= 4, "listening goes on where it was"

    # The call is judged, and m leads to the next one of the list.
    page.keyboard.press("r")
    page.check("[name=outcome][value=wrong]")
    page.fill("#r-notes", "聞き違い")
    page.check("[name=all_heard]")
    page.keyboard.press("m")
    expect(page.locator(".told[role=status]")).to_contain_text("もうありません")
    review = house.service.store.reviews.of_call(calls[1]).review
    assert review is not None
    assert (review.status, review.outcome, review.notes, review.all_heard) == ("done", "wrong", "聞き違い", True)
    page.goto(f"{house.base_url}/staff/calls")
    expect(page.locator("tbody tr").first).to_contain_text("確認済み")
    page.keyboard.press("n")
    expect(page.locator("h1 small")).to_have_text("050-0000-1234")
    expect(page).to_have_url(f"{house.base_url}/staff/calls/{calls[0]}?")


def test_a_refused_correction_is_told_and_nothing_typed_is_lost(page: Page, house: House, calls: list[str]) -> None:
    """An answer that is not in the FAQ."""
    page.goto(f"{house.base_url}/staff/calls/{calls[0]}")
    page.keyboard.press("e")
    turn = page.locator("#turn-1")
    turn.locator("textarea").fill("税金の納め方")
    turn.locator("[name=intent]").fill("税")
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.evaluate(
            "document.querySelector('#turn-1 [name=department]').append(new Option('無い課', '無い課', true, true))"
        )
        turn.locator("button.main").click()
    assert told.value.status == 400
    expect(page.locator("#told")).to_be_visible()
    expect(turn.locator("textarea")).to_have_value("税金の納め方")


@pytest.mark.parametrize("width", WIDTHS, ids=lambda size: str(size[0]))
def test_the_pages_are_open_to_everybody(page: Page, house: House, calls: list[str], width: tuple[int, int]) -> None:
    """No serious finding of axe-core, also with everything unfolded, and nothing to scroll sideways."""
    page.set_viewport_size({"width": width[0], "height": width[1]})
    for address in ("calls?q=ごみ&lost=1", "calls", f"calls/{calls[1]}"):
        page.goto(f"{house.base_url}/staff/{address}")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert serious(page) == [], address
        assert not overflows(page), address
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert serious(page) == []
