"""How long the server takes for each page of the staff, with a large store behind it.

    python -m bench.large_store FOLDER      makes the store (once; three minutes)
    python -m bench.pages FOLDER            asks every page: each GET address of each room, and where they link to
    python -m bench.pages FOLDER figures    only addresses that begin so

The service runs in this process, on a free port of the loopback, with all its parts; nothing is deleted from the store.
An administrator signs in and asks each page `--times` times: milliseconds until the last byte, median and worst. Of
addresses that differ only in numbers and ids a few are asked. Fields of searches are filled in with words that are in
the store. What is over the goal (500 ms a page, 1 s a search, 2 s a file such as the calls for Excel) is marked, and
the exit status tells of it.
"""

import argparse
import re
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

import httpx
from fastapi import FastAPI

from voicebot import bootstrap
from voicebot.accounts.audit import Author
from voicebot.cli.serve import server
from voicebot.errors import AccountError
from voicebot.pauses import Pauses
from voicebot.service import Service
from voicebot.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE_MILLISECONDS, SEARCH_MILLISECONDS, FILE_MILLISECONDS = 500, 1000, 2000
ALIKE = 3
"""So many addresses of one kind are asked."""
NAME, PASSWORD = "bench", "a password for measurements"
WORDS = ("粗大ごみ", "住民票", "ごみ")
LINKED = ("models", "voice-cache", "faq-vectors")
NOT_PAGES = re.compile(r"^(live|logout|login|language|static/|.*\.(wav|mp3|zip|db)$)")
LARGEST_BYTES = 3_000_000
"""A page that is larger than this loads everything."""
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
_FORM = re.compile(r'<form\b(?=[^>]*method="get")[^>]*?action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r'<input\b(?=[^>]*type="(?:search|text)")[^>]*?name="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Taken:
    """How long an address took, asked several times."""

    path: str
    status: int
    milliseconds: tuple[float, ...]
    size: int
    searches: bool
    file: bool = False
    """Whether it is a file to keep, and no page."""

    @property
    def over(self) -> bool:
        """Whether it is slower, or larger, than it may be."""
        page = FILE_MILLISECONDS if self.file else PAGE_MILLISECONDS
        most = SEARCH_MILLISECONDS if self.searches else page
        return max(self.milliseconds) > most or self.size > LARGEST_BYTES or self.status >= 500

    def __str__(self) -> str:
        return (
            f"{statistics.median(self.milliseconds):8.0f} {max(self.milliseconds):8.0f} {self.size / 1024:8.0f}"
            f"  {self.status}  {'OVER ' if self.over else ''}{'search ' if self.searches else ''}{unquote(self.path)}"
        )


@contextmanager
def serving(service: Service) -> Iterator[tuple[str, FastAPI]]:
    """The service on a port of the loopback until the end of the block; its address and application."""
    # With its protocol named, asyncio sends without delay, as it does for the service's own socket.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    web = server(service, 0.0)
    thread = threading.Thread(target=web.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", web.config.app  # type: ignore[misc]
    finally:
        web.should_exit = True
        thread.join()
        listener.close()


def linked(folder: Path) -> Settings:
    """Settings for a service whose data are in this folder; what does not have to be made anew is shared."""
    for each in LINKED:
        if (ROOT / "var" / each).is_dir() and not (folder / each).exists():
            (folder / each).symlink_to(ROOT / "var" / each)
    return Settings(_env_file=None, data=folder, recordings=folder / "recordings")  # type: ignore[call-arg]


def signed_in(service: Service, url: str) -> httpx.Client:
    """An administrator's browser."""
    accounts = service.accounts
    try:
        accounts.users.add(Author("bench"), NAME, PASSWORD, "administrator", accounts.now(), display=NAME)
    except AccountError:
        pass  # measured before in this folder
    client = httpx.Client(base_url=f"{url}/staff/", timeout=60, headers={"accept": "text/html"})
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("login").text)
    assert token
    answer = client.post("login", data={"form_token": token[1], "name": NAME, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def rooms(app: FastAPI) -> list[str]:
    """Every GET address of the staff without a part that varies; the others are found by links."""
    found = sorted(path.removeprefix("/staff/") for path in _paths(app.routes, "") if path.startswith("/staff/"))
    return [path for path in found if path and "{" not in path and not NOT_PAGES.match(path)]


def _paths(routes: list[Any], prefix: str) -> Iterator[str]:
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from _paths(router.routes, prefix + route.include_context.prefix)
        elif "GET" in (getattr(route, "methods", None) or ()):
            yield prefix + route.path


def kind_of(path: str) -> str:
    """What addresses that differ in numbers, ids and values have in common."""
    place, _, query = path.partition("?")
    parts = [re.sub(r"[0-9a-f-]*\d[0-9a-f-]*|[^\x00-\x7f]+", "#", unquote(part)) for part in place.split("/")]
    return "/".join(parts) + "?" + "&".join(sorted({name for name, _ in parse_qsl(query)}))


def leads_to(path: str, text: str) -> Iterator[tuple[str, bool]]:
    """Addresses inside `/staff/` that a page links to or searches at, and whether it is a search."""
    base = f"http://x/staff/{path}"
    for link in _LINK.findall(text):
        yield from _inside(urljoin(base, unescape(link)), searches=False)
    for action, inner in _FORM.findall(text):
        for name in _FIELD.findall(inner):
            for word in WORDS:
                yield from _inside(urljoin(base, unescape(action)) + "?" + urlencode({name: word}), searches=True)


def _inside(url: str, *, searches: bool) -> Iterator[tuple[str, bool]]:
    split = urlsplit(url)
    if split.netloc == "x" and split.path.startswith("/staff/"):
        path = split.path.removeprefix("/staff/") + (f"?{split.query}" if split.query else "")
        if path and not NOT_PAGES.match(path):
            yield path, searches


def measured(client: httpx.Client, begin: list[str], prefix: str = "", times: int = 3) -> Iterator[Taken]:
    """Every page from these on."""
    waiting, seen = [(path, False) for path in begin], set(begin)
    kinds: dict[str, int] = {}
    while waiting:
        path, searches = waiting.pop(0)
        kinds[kind_of(path)] = kinds.get(kind_of(path), 0) + 1
        if kinds[kind_of(path)] > ALIKE or not path.startswith(prefix):
            continue
        answers = [_asked(client, path) for _ in range(times)]
        status, text, size, file = answers[0][1]
        yield Taken(path, status, tuple(each[0] for each in answers), size, searches, file)
        for found, is_search in leads_to(path, text):
            if found not in seen:
                seen.add(found)
                waiting.append((found, is_search))


def _asked(client: httpx.Client, path: str) -> tuple[float, tuple[int, str, int, bool]]:
    began = time.perf_counter()
    answer = client.get(path)
    spent = (time.perf_counter() - began) * 1000
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    is_file = "attachment" in answer.headers.get("content-disposition", "")
    return spent, (answer.status_code, answer.text if is_page else "", len(answer.content), is_file)


def summed(taken: list[Taken]) -> Mapping[str, float]:
    """Median and worst over all pages, all searches and all files, milliseconds."""
    told: dict[str, float] = {}
    kinds = {"pages": (False, False), "searches": (True, False), "files": (False, True)}
    for name, kind in kinds.items():
        found = [each for one in taken if (one.searches, one.file) == kind for each in one.milliseconds]
        if found:
            told |= {f"{name}: median": statistics.median(found), f"{name}: worst": max(found)}
    return told


def main() -> None:
    """Print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("prefix", nargs="?", default="")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    service = bootstrap.service(linked(given.folder))
    pauses = Pauses()
    pauses.begin()
    taken = []
    with serving(service) as (url, app):
        client = signed_in(service, url)
        print(f"{'median':>8} {'worst ms':>8} {'KB':>8}")
        for each in measured(client, rooms(app), given.prefix, given.times):
            taken.append(each)
            print(each, flush=True)
    for name, milliseconds in summed(taken).items():
        print(f"{name} {milliseconds:.0f} ms")
    print(f"longest stop by the garbage collector {1000 * pauses.worst_seconds:.0f} ms")
    sys.exit(any(each.over for each in taken))


if __name__ == "__main__":
    main()
