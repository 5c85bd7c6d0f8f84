"""The pages about FAQ, hours, departments, values and readings in a real browser, as staff use them."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chromium import chromium, enter, overflows, serious
from house import House, service
from playwright.sync_api import Browser, Page, expect
from staff_browser import staffed

from voicebot.actions import Prompt
from voicebot.audio import wav
from voicebot.content import essential_prompts
from voicebot.sheets.writing import workbook_bytes

pytestmark = pytest.mark.slow
SIZES = {"desktop": (1280, 900), "tablet": (820, 1180)}


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's microphone hears: a tone that swells."""
    samples = np.sin(2 * np.pi * 330 * np.arange(96_000) / 48_000) * np.linspace(0.05, 0.6, 96_000)
    path = Path(tmp_path_factory.mktemp("microphone")) / "tone.wav"
    path.write_bytes(wav.write(wav.Sound((samples * 32767).astype("<i2").tobytes(), 48_000)))
    return path


@pytest.fixture(scope="module")
def browser(microphone: Path) -> Iterator[Browser]:
    """Chromium with a microphone."""
    with chromium(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}",
    ) as browser:
        yield browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A service with an editor."""
    with staffed(service(Path(tmp_path_factory.mktemp("forms"))), hana="administrator") as house:
        yield house


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """Signed in, on a desktop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    page = context.new_page()
    enter(page, house.base_url, "hana")
    yield page
    context.close()


def opened(page: Page, house: House, path: str) -> None:
    """A page about content, once the check has been shown on it."""
    page.goto(f"{house.base_url}/staff/content/{path}")
    for place in page.locator("[data-found]").all():
        expect(place).to_have_attribute("data-looked", "", timeout=30_000)


def draft(house: House, path: str) -> str:
    """A file of the draft."""
    return house.service.library.draft().files.get(path, "")


def test_a_question_is_added_and_found_in_the_table(page: Page, house: House) -> None:
    """A faulty value comes back at its field, with all that was typed."""
    opened(page, house, "faq")
    page.get_by_role("link", name="質問を足す").click()
    page.get_by_label("質問").first.fill("プールの休み")
    page.get_by_label("ほかの聞き方").fill("プールはいつ休みですか\nプールはやっていますか")
    page.get_by_label("回答").fill("{facts.プール}です。")
    page.get_by_label("担当課").select_option("総合案内")
    page.get_by_role("button", name="下書きに保存する").click()
    expect(page.locator("#answer-wrong")).to_contain_text("facts.プール")
    expect(page.get_by_label("ほかの聞き方")).to_have_value("プールはいつ休みですか\nプールはやっていますか")
    page.get_by_label("回答").fill("月曜日がお休みです。")
    page.get_by_role("button", name="電話の声で聞く").click()
    expect(page.locator("[data-kana=answer]")).to_contain_text("ゲツ", timeout=20_000)
    page.get_by_role("button", name="下書きに保存する").click()
    expect(page.get_by_role("status")).to_contain_text("公開するまで")
    page.get_by_label("言葉で探す").fill("ぷーる")
    page.get_by_role("button", name="探す").click()
    expect(page.get_by_role("rowheader")).to_have_count(1)
    expect(page.get_by_role("rowheader")).to_contain_text("プールの休み")
    assert "プールの休み" in draft(house, "faq/総合案内.yaml")
    assert not any(entry.question == "プールの休み" for entry in house.service.content.entries)


def test_a_table_from_excel_with_a_bad_row_is_looked_at_and_taken_in(page: Page, house: House) -> None:
    """The row is named before anything changes."""
    rows = [("水道課", "断水の予定", "ホームページでお知らせします。"), ("すいか課", "謎の質問", "謎です。")]
    data = io.BytesIO(workbook_bytes("FAQ", ("担当課", "質問", "回答"), rows)).getvalue()
    opened(page, house, "faq/import")
    page.set_input_files(
        "input[type=file]", {"name": "市のFAQ.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="何が変わるかを見る").click()
    expect(page.locator(".problems").first).to_contain_text("3行目")
    expect(page.locator(".problems").first).to_contain_text("すいか課")
    assert serious(page) == []
    page.get_by_role("button", name="1件を下書きに取り込む").click()
    expect(page.get_by_role("alert")).to_contain_text("使えない行")
    page.get_by_label("使えない1行を除いて取り込む").check()
    page.get_by_role("button", name="1件を下書きに取り込む").click()
    expect(page.get_by_role("status")).to_contain_text("取り込みました")
    assert "断水の予定" in draft(house, "faq/水道課.yaml")


def test_the_hours_of_one_day_are_changed_on_the_calendar(page: Page, house: House) -> None:
    """And the moment is tried as callers would hear it."""
    opened(page, house, "hours?calendar=昼&month=2026-12")
    page.get_by_role("link", name="12月25日だけ変える").click()
    page.get_by_label("時間", exact=False).first.fill("9:00-12:00")
    page.get_by_label("理由", exact=True).fill("大掃除")
    page.get_by_role("button", name="下書きに保存する").click()
    expect(page.locator("td.special")).to_contain_text("9:00-12:00")
    page.get_by_label("日時").fill("2026-12-25T14:00")
    page.get_by_role("button", name="確かめる").click()
    row = page.locator("table.preview tr", has_text="水道課").first
    expect(row).to_contain_text(
        "大掃除のため、ただいまは受け付けていません。次は、12月28日、月曜日の午前8時半からです。"
    )
    expect(row).to_contain_text("伝言を預かる")
    expect(page.locator("table.preview tr", has_text="守衛室").last).to_contain_text("24時間、受け付けています。")


def test_a_reading_is_corrected_by_ear(page: Page, house: House) -> None:
    """The kana that will be said, and the sound, change before it is saved."""
    opened(page, house, "words?word=生田")
    kana = page.locator("[data-kana=word]")
    page.locator("#hear-now").click()
    expect(kana).to_contain_text("イ", timeout=20_000)
    before = kana.inner_text()
    page.get_by_label("読み（かな）").fill("しょうだ")
    page.get_by_role("radio", name="ショ＼").click()
    expect(page.get_by_role("radio", name="ショ＼")).to_have_attribute("aria-checked", "true")
    page.locator("#hear-new").click()
    expect(kana).to_contain_text("ショ＼ーダ", timeout=20_000)
    expect(page.locator("#hear-new")).to_have_attribute("data-played", "1", timeout=20_000)
    assert kana.inner_text() != before
    assert serious(page) == []
    page.get_by_role("button", name="下書きに保存する").click()
    expect(page.locator("[data-shown]", has_text="ショ＼ウダ")).to_be_visible()
    assert "生田: {reading: しょうだ, accent: 1}" in draft(house, "readings.yaml")


def test_a_prompt_is_recorded_with_the_microphone(page: Page, house: House) -> None:
    """Listened to, kept, and heard instead of the synthesised voice."""
    name = house.service.content.dialog.start
    opened(page, house, "words/recordings")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("button", name="録音を始める").click()
    expect(page.locator("[data-clock]")).to_contain_text("1.", timeout=15_000)
    assert float(page.locator("meter").evaluate("meter => meter.value")) > 0
    page.get_by_role("button", name="録音を終える").click()
    expect(page.locator("[data-player]")).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-player]').duration > 0.8")
    assert serious(page) == []
    page.get_by_role("button", name="この録音を使う").click()
    expect(page.get_by_role("status")).to_contain_text("録音を保存しました")
    recordings = house.service.voices.recordings
    sound = recordings.render(prompt(house, name))
    assert len(sound) > 6_000
    page.get_by_text("録音を消す").click()
    page.get_by_role("button", name="消す", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("録音を消しました")
    assert name not in recordings.words()


def prompt(house: House, name: str) -> Prompt:
    """The sentence as calls say it."""
    found = essential_prompts(house.service.content)
    return next(each for each in found if each.name == name and each.language == "ja")


PAGES = (
    "faq", "faq/edit", "faq/edit?path=faq/総合案内.yaml&name=犬の登録", "faq/import", "facts", "facts/edit",
    "facts/edit?name=住民票_手数料", "departments", "departments/edit?name=水道課", "departments/edit",
    "hours?calendar=昼&month=2026-12&at=2026-12-29T10:00", "hours?new=yes", "hours/special?calendar=昼&year_end=yes",
    "words", "words/recordings", "words/vocabulary",
)  # fmt: skip


def test_every_page_can_be_used_by_everybody_on_every_screen(page: Page, house: House) -> None:
    """Without serious findings of axe-core, without scrolling sideways, in both languages."""
    for path in PAGES:
        opened(page, house, path)
        assert serious(page) == [], path
        _fits(page, path)
    page.goto(f"{house.base_url}/staff/language?to=en&back=content/faq")
    for path in PAGES:
        page.goto(f"{house.base_url}/staff/content/{path}")
        _fits(page, path)


def _fits(page: Page, path: str) -> None:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert not overflows(page), f"{path} {size}"
