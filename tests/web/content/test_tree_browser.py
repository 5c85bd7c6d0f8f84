"""The picture of the conversation in a real browser: walked by mouse and by keys, edited on both sides, never lost."""

from collections.abc import Callable, Iterator

import pytest
from chromium import chromium, enter, overflows, serious
from house import House
from playwright.sync_api import Browser, Page, expect
from scenes_city import scene

pytestmark = pytest.mark.slow
SIZES = {"desktop": (1280, 900), "tablet": (820, 1180)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of this file."""
    with chromium() as browser:
        yield browser


Open = Callable[..., Page]


@pytest.fixture
def visit(house: House, browser: Browser) -> Iterator[Open]:
    """Opens the picture for somebody; what scripts complain of fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def opened(who: str = "hanako", where: str = "content/tree", size: tuple[int, int] = (1280, 900)) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        enter(page, house.base_url, who)
        page.goto(f"{house.base_url}/staff/{where}")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.context.close()
    assert complaints == []


def title(page: Page) -> str:
    """The scene that is open."""
    return page.locator("#node-title").inner_text().split()[-1]


def test_the_picture_is_walked_by_mouse(visit: Open) -> None:
    """A scene, then along a way out; the address tells which, and back goes back."""
    page = visit()
    page.click('g[data-node="受付"] text.name')
    expect(page.locator("#node-title")).to_contain_text("受付")
    page.click('g[data-node="受付"] a.way >> nth=0')
    expect(page.locator("#node-title")).to_contain_text("番号案内")
    assert "node=%E7%95%AA%E5%8F%B7%E6%A1%88%E5%86%85" in page.url
    expect(page.locator("g.chosen")).to_have_attribute("data-node", "番号案内")
    page.go_back()
    expect(page.locator("#node-title")).to_contain_text("受付")
    page.click("#panel summary >> nth=0")
    page.click('#panel .links a[data-node="案内"]')
    expect(page.locator("#node-title")).to_contain_text("案内")


def test_the_picture_is_walked_by_keys(visit: Open) -> None:
    """Arrows along the ways, Enter opens, plus and minus change the size, a slash finds."""
    page = visit()
    page.focus("#picture")
    page.keyboard.press("ArrowRight")
    steps = (("Right", "受付"), ("Right", "番号案内"), ("Down", "水道課へ"), ("Left", "受付"))
    for key, name in ((f"Arrow{way}", name) for way, name in steps):
        page.keyboard.press(key)
        expect(page.locator(f'g[data-node="{name}"] a.open')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#node-title")).to_contain_text("受付")
    width = page.locator("#picture svg").evaluate("svg => Number(svg.getAttribute('width'))")
    page.focus("#picture")
    page.keyboard.press("+")
    assert page.locator("#picture svg").evaluate("svg => Number(svg.getAttribute('width'))") > width
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("燃える")
    page.keyboard.press("Enter")
    expect(page.locator("#node-title")).to_contain_text("長い話")


def test_the_picture_is_moved_and_sized(visit: Open) -> None:
    """By dragging, by the wheel, by buttons."""
    page = visit(size=(1280, 700))
    for _ in range(4):
        page.click('[data-zoom="in"]')
    box = page.locator("#picture").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    before = page.locator("#picture").evaluate("pane => [pane.scrollLeft, pane.scrollTop]")
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=4)
    page.mouse.up()
    after = page.locator("#picture").evaluate("pane => [pane.scrollLeft, pane.scrollTop]")
    assert after[0] - before[0] == 100
    page.click('[data-zoom="fit"]')
    assert page.locator("#picture").evaluate("pane => pane.scrollWidth <= pane.clientWidth + 2")


def test_the_form_and_the_yaml_are_in_step(house: House, visit: Open) -> None:
    """And what is saved is in the draft, and in the picture."""
    page = visit(where="content/tree?node=受付")
    page.fill("#f-prompt-ja", "ご用件をどうぞ。")
    expect(page.locator("#yaml")).to_have_value(scene(house, "受付").text.replace("ご用件は。", "ご用件をどうぞ。"))
    yaml = page.input_value("#yaml").replace("reword: なんでしょう。", "reword: 短い言葉でどうぞ。")
    page.fill("#yaml", yaml)
    expect(page.locator("#f-reword-ja")).to_have_value("短い言葉でどうぞ。")
    page.click('[data-do="add:choices"]')
    expect(page.locator("[data-row]")).to_have_count(7)
    page.click("#save")
    expect(page.locator("#saved")).to_contain_text("下書きに保存しました")
    assert scene(house, "受付").data["prompt"] == "ご用件をどうぞ。"  # type: ignore[index]
    expect(page.locator('g[data-node="受付"]')).to_contain_text("ご用件をどうぞ。")
    page.click("#undo button")
    expect(page.locator("#f-prompt-ja")).to_have_value("ご用件は。")


def test_what_is_wrong_is_shown_at_the_field_and_at_the_line(visit: Open) -> None:
    """YAML that cannot be read stops the form until it can."""
    page = visit(where="content/tree?node=番号案内")
    page.fill("#f-choices-0-goto", "ごみの日")
    page.press("#f-choices-0-goto", "Tab")
    expect(page.locator('.at-field[data-at="choices.0.goto"]')).to_contain_text("行き先「ごみの日」がありません")
    expect(page.locator(".goes a.step").first).to_contain_text("この名前で作る")
    page.fill("#yaml", '番号案内:\n  prompt: "1番か2番を。\n  open: true')
    expect(page.locator("#form-off")).to_be_visible()
    expect(page.locator("#yaml-told")).to_contain_text("引用符")
    page.click("#yaml-told button")
    assert page.evaluate("document.activeElement.id") == "yaml"
    page.fill("#yaml", "番号案内:\n  prompt: 1番か2番を。\n  open: true")
    expect(page.locator("#f-prompt-ja")).to_be_visible()


def test_nothing_is_lost_when_the_browser_is_closed_half_way(visit: Open) -> None:
    """It is offered again, and thrown away only when somebody says so."""
    page = visit(where="content/tree?node=ごみ")
    page.fill("#f-answer-ja", "まだ途中の文です。")
    expect(page.locator("#saved")).to_contain_text("まだ保存していません")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator("#restore")).to_be_visible()
    again.click("#restore-yes")
    expect(again.locator("#f-answer-ja")).to_have_value("まだ途中の文です。")
    again.once("dialog", lambda dialog: dialog.dismiss())
    again.click('g[data-node="長い話"] text.name')
    assert title(again) == "ごみ"
    again.click("#revert")
    expect(again.locator("#f-answer-ja")).to_have_value("月曜です。")


def test_two_editors_see_each_other_and_neither_is_overwritten(house: House, visit: Open) -> None:
    """The second is shown both texts, and makes one of them."""
    first = visit("hanako", "content/tree?node=ごみ")
    second = visit("taro", "content/tree?node=ごみ")
    expect(second.locator("#company")).to_contain_text("hanakoさん")
    first.fill("#f-answer-ja", "火曜です。")
    second.fill("#f-answer-ja", "水曜です。")
    first.click("#save")
    expect(first.locator("#saved")).to_contain_text("下書きに保存しました")
    expect(second.locator("#saved")).to_contain_text("まだ保存していません")
    second.click("#save")
    expect(second.locator("#h-crossed")).to_be_visible()
    expect(second.locator(".crossed .mine")).to_contain_text("水曜です。")
    expect(second.locator(".crossed .theirs")).to_contain_text("火曜です。")
    assert serious(second) == []
    assert scene(house, "ごみ").data["answer"] == "火曜です。"  # type: ignore[index]
    second.fill("#crossed-yaml", "ごみ:\n  answer: 火曜と水曜です。\n  department: 環境課")
    second.click("#crossed button.main")
    expect(second.locator("#f-answer-ja")).to_have_value("火曜と水曜です。")
    assert scene(house, "ごみ").data["answer"] == "火曜と水曜です。"  # type: ignore[index]


def test_a_prompt_is_heard_as_callers_will_hear_it(visit: Open) -> None:
    """Also while it is being written."""
    page = visit(where="content/tree?node=ごみ")
    page.fill("#f-answer-ja", "火曜です。")
    with page.expect_response(lambda answer: "words/say" in answer.url) as heard:
        page.click('[data-hear="f-answer-ja"]')
    assert heard.value.headers["content-type"] == "audio/wav"
    assert heard.value.body()[24:28] == (8000).to_bytes(4, "little"), "samples a second"


@pytest.mark.parametrize("size", SIZES)
def test_the_page_can_be_used_by_everybody(visit: Open, size: str) -> None:
    """With a screen reader, and on a tablet: nothing is cut off."""
    page = visit(where="content/tree?node=受付", size=SIZES[size])
    expect(page.locator("#findings")).to_contain_text("注意")
    assert serious(page) == []
    assert not overflows(page)
    if size == "desktop":
        assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight"), "both sides scroll alone"
    for where in ("tree?view=list&node=番号案内", "tree-delete?name=受付", "tree-file?path=line.yaml"):
        page.goto(page.url.split("/content/")[0] + "/content/" + where)
        assert serious(page) == [], where
        assert not overflows(page), where
