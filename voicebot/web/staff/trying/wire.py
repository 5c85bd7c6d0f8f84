"""The browser's websocket: on it the messages of a media stream, as a carrier sends them, and beside them our own.

The browser speaks as the carrier does (`media`, `dtmf`, `mark`, `stop`); what a telephone cannot say (typed words, how
a pretended transfer ended) comes as `{"event":"trial","do":...}` and is taken out here. To the browser go `media`,
`mark` and `clear`, and what is to be shown as `{"event":"trial","what":...}`.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress

from voicebot.telephony.line import Socket, SocketClosed

Order = Mapping[str, object]
"""What somebody does that a telephone cannot carry."""
Item = Mapping[str, object]
"""Something to be shown."""
_OURS = '{"event":"trial"'
_SOUND = '{"event": "media"'
LONGEST = 4_000
"""Signs of a message of ours."""
SHOWN_SECONDS = 2.0


class Wire:
    """One browser through a whole trial; satisfies `telephony.line.Socket` for one stretch of it after the other.

    Args:
        socket: The accepted websocket.
    """

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._items: asyncio.Queue[Item] = asyncio.Queue()
        self.ordered: Callable[[Order], None] = lambda order: None
        """Told what somebody does that a telephone cannot carry."""
        self.sounded: Callable[[], None] = lambda: None
        """Told that sound goes out."""

    async def receive(self) -> str:
        """The next message that is for the line. Raises `SocketClosed`."""
        while True:
            text = await self._socket.receive()
            if not text.startswith(_OURS):
                return text
            order = _order(text)
            if order:
                self.ordered(order)

    async def send(self, text: str) -> None:
        """Send one text frame. Raises `SocketClosed`."""
        if text.startswith(_SOUND):
            self.sounded()
        await self._socket.send(text)

    async def close(self, code: int, reason: str) -> None:
        """A stretch of the conversation gives the line back; the browser stays."""

    def show(self, item: Item) -> None:
        """Something to be shown, in order."""
        self._items.put_nowait(item)

    async def showing(self) -> None:
        """Send what is to be shown, until cancelled or the browser is gone."""
        with suppress(SocketClosed):
            while True:
                item = await self._items.get()
                try:
                    await self._socket.send(json.dumps({"event": "trial", **item}, ensure_ascii=False))
                finally:
                    self._items.task_done()

    async def shown(self) -> None:
        """Wait until nothing is left to be shown, or the browser does not take it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SHOWN_SECONDS):
                await self._items.join()


def _order(text: str) -> Order | None:
    """What is not understood is passed over: it can only come from another page than ours."""
    try:
        value = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
