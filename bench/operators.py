"""From an event of a call to the operators' screens: three browsers follow a call while fifty others are under way.

`python -m bench.operators`. Real: web server, store, server-sent events, Chromium. The calls are fed where their
events are logged. A screen shows an event when its line stands in the page.
"""

import shutil
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from voicebot import bootstrap
from voicebot.accounts.audit import Author
from voicebot.actions import Play, Prompt
from voicebot.cli.serve import server
from voicebot.events import Alternative, CallStarted, Heard
from voicebot.service import Service
from voicebot.settings import Settings
from voicebot.transcripts.calls import NewCall

GOAL_MILLISECONDS = 500
BROWSERS, CALLS, EVENTS = 3, 50, 200
EVERY_SECONDS = 0.05
PASSWORD = "a password for measurements"
NOTE_LINES = """
  window.lines = {};
  new MutationObserver((records) => {
    const now = Date.now();
    for (const record of records)
      for (const node of record.addedNodes) if (node.dataset?.n) window.lines[node.lastChild.textContent] ??= now;
  }).observe(document, { childList: true, subtree: true });
"""


def run(path: str) -> list[float]:
    """Milliseconds from each event to each screen, with the browser at this path."""
    with tempfile.TemporaryDirectory() as name, _serving(Path(name)) as (service, url), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        pages = [_signed_in(browser.new_context().new_page(), url, f"operator{number}") for number in range(BROWSERS)]
        calls = [_call(service, number) for number in range(CALLS + 1)]
        for page in pages:
            page.wait_for_function(f"() => document.querySelectorAll('.call').length > {CALLS}")
            page.evaluate('key => document.querySelector(`[data-key="call:${key}"] [data-do=open]`).click()', calls[0])
        fed = _feed(service, calls)
        for page in pages:
            page.wait_for_function(f"() => Object.keys(window.lines).length >= {EVENTS}")
        shown = [page.evaluate("window.lines") for page in pages]
        browser.close()
    return [lines[text] - at * 1000 for lines in shown for text, at in fed.items()]


def _feed(service: Service, calls: list[str]) -> dict[str, float]:
    """Events in the call that is followed, with others around them; when each was."""
    fed = {}
    for number in range(EVENTS):
        text = f"合図{number}"
        fed[text] = time.time()
        service.transcript(calls[0]).append(float(number), Play(number, (Prompt(text),)))
        other = calls[1 + number % CALLS]
        service.transcript(other).append(float(number), Heard(1, (Alternative("停電です", "テイデンデス", 0.8),)))
        time.sleep(EVERY_SECONDS)
    return fed


def _call(service: Service, number: int) -> str:
    now = service.now()
    caller = f"+8150000001{number:02d}"
    call_id = service.store.begin_call(NewCall(f"CA{number}", caller, "+815000002000", "ja"), now)
    service.transcript(call_id).append(0.0, CallStarted(call_id, caller, "+815000002000", "ja", now))
    return call_id


def _signed_in(page: Page, url: str, name: str) -> Page:
    page.add_init_script(NOTE_LINES)
    page.goto(f"{url}/staff/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("#line[data-state=on]")
    return page


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[Service, str]]:
    service = bootstrap.service(Settings(data=folder / "data", recordings=folder / "recordings"))
    for number in range(BROWSERS):
        accounts = service.accounts
        accounts.users.add(Author("bench"), f"operator{number}", PASSWORD, "operator", accounts.now())
    listener = socket.create_server(("127.0.0.1", 0))
    web = server(service, 0.0)
    thread = threading.Thread(target=web.run, args=([listener],))
    thread.start()
    try:
        yield service, f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        web.should_exit = True
        thread.join()
        listener.close()


def main() -> None:
    """Print the figures."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("not measured: chromium is not on the PATH (Debian: apt install chromium)")
        return
    taken = sorted(run(path))
    percentile = taken[int(len(taken) * 0.95)]
    print(f"event to screen, {BROWSERS} browsers, {CALLS} calls beside, {len(taken)} lines")
    print(f"median {statistics.median(taken):.0f} ms   95 % {percentile:.0f} ms   longest {taken[-1]:.0f} ms")
    print(f"{'within' if taken[-1] <= GOAL_MILLISECONDS else 'OVER'} the goal of {GOAL_MILLISECONDS} ms")


if __name__ == "__main__":
    main()
