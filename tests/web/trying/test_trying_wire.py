"""On one websocket the messages of a line and our own: each goes where it belongs."""

import asyncio
import json
from collections.abc import Mapping

import pytest

from voicebot.telephony.line import SocketClosed
from voicebot.web.staff.trying.wire import LONGEST, Wire


class Browser:
    """The accepted websocket."""

    def __init__(self, *frames: str) -> None:
        self.frames = list(frames)
        self.sent: list[str] = []
        self.closed = False

    async def receive(self) -> str:
        if not self.frames:
            raise SocketClosed(1001)
        return self.frames.pop(0)

    async def send(self, text: str) -> None:
        if self.closed:
            raise SocketClosed(1006)
        self.sent.append(text)

    async def close(self, code: int, reason: str) -> None:
        self.closed = True


def test_our_own_messages_never_reach_the_line() -> None:
    """They are given to whom they concern; what is none is passed over."""
    frames = ('{"event":"trial","do":"say","text":"ごみ"}', '{"event":"trial"', '{"event":"trial"}' + " " * LONGEST,
              '{"event":"media"}')  # fmt: skip
    orders: list[Mapping[str, object]] = []

    async def read() -> str:
        wire = Wire(Browser(*frames))
        wire.ordered = orders.append
        return await wire.receive()

    assert asyncio.run(read()) == '{"event":"media"}'
    assert orders == [{"event": "trial", "do": "say", "text": "ごみ"}]


def test_items_are_sent_in_order_beside_the_sound() -> None:
    """And the stretch of a conversation that ends leaves the browser connected."""
    browser, sounds = Browser(), []

    async def hold() -> None:
        wire = Wire(browser)
        wire.sounded = lambda: sounds.append(1)
        showing = asyncio.ensure_future(wire.showing())
        wire.show({"what": "one"})
        wire.show({"what": "two"})
        await wire.shown()
        await wire.send('{"event": "media", "x": 1}')
        await wire.send('{"event": "mark"}')
        await wire.close(1000, "")
        showing.cancel()

    asyncio.run(hold())
    assert [json.loads(text).get("what") for text in browser.sent] == ["one", "two", None, None]
    assert sounds == [1]
    assert not browser.closed


def test_a_browser_that_is_gone_holds_nothing_up() -> None:
    """What was to be shown is dropped, and the line learns that it is over."""

    async def hold() -> None:
        browser = Browser()
        browser.closed = True
        wire = Wire(browser)
        showing = asyncio.ensure_future(wire.showing())
        wire.show({"what": "one"})
        await wire.shown()
        await showing
        with pytest.raises(SocketClosed):
            await wire.receive()

    asyncio.run(hold())
