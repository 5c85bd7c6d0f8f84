"""The page's end of a trial, without a browser: what its script would send and be told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from house import House, Media, until
from staff_browser import Staff, browser
from websockets.sync.client import connect


class TrialPage(Media):
    """As the carrier's end of a media socket, with what belongs to a trial beside it."""

    def __init__(self, staff: Staff, **conditions: str) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in staff.client.cookies.items())
        address = str(staff.client.base_url.join("try/line")).replace("http", "ws", 1)
        query = "&".join(f"{name}={value}" for name, value in conditions.items())
        origin = f"http://{staff.client.base_url.netloc.decode()}"
        headers = {"cookie": cookie}
        link = connect(f"{address}?{query}", additional_headers=headers, origin=origin, compression=None)  # type: ignore[arg-type]
        super().__init__(link.__enter__(), "trial")
        self.stream_sid = "trial"

    def sounding(self) -> "TrialPage":
        """The microphone is on; nobody speaks yet."""
        self._writer = threading.Thread(target=self._silence, daemon=True)
        self._writer.start()
        return self

    def order(self, what: str, **fields: str) -> None:
        """What a telephone cannot carry."""
        self.send(json.dumps({"event": "trial", "do": what, **fields}, separators=(",", ":")))

    def told(self, what: str) -> list[dict[str, Any]]:
        """Items of this kind so far."""
        return [item for item in self.events("trial") if item["what"] == what]

    def wait(self, what: str, count: int = 1, seconds: float = 10.0) -> dict[str, Any]:
        """The item of this kind that comes as this one."""
        return until(lambda: len(found := self.told(what)) >= count and found[count - 1], seconds)  # type: ignore[no-any-return]

    def phase(self, name: str, seconds: float = 10.0) -> None:
        """Wait until the conversation stands there."""
        until(lambda: (places := self.told("place")) and places[-1]["phase"] == name, seconds)

    @property
    def said(self) -> list[str]:
        """What the bot has said."""
        return ["".join(item["texts"]) for item in self.told("said")]


@contextmanager
def page_of(house: House, name: str = "hanako") -> Iterator[Callable[..., TrialPage]]:
    """Opens trials for somebody who is signed in."""
    pages: list[TrialPage] = []

    def opened(**conditions: str) -> TrialPage:
        pages.append(TrialPage(staff, **conditions))
        return pages[-1]

    with browser(house) as staff:
        staff.sign_in(name)
        try:
            yield opened
        finally:
            for page in pages:
                page.close()
