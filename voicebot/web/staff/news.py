"""Keeps the board in step with what lies in the store and the accounts: tickets, operators, calls after a restart.

What is read is compared with what is shown, so it does not matter how often or by whom something was changed: an item
appears once, in its latest form. It is looked at as soon as something tells that there is news, and now and then.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from voicebot.call.watched import both
from voicebot.city.telephone_numbers import readable
from voicebot.errors import VoicebotError
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.web.staff.board import Data
from voicebot.web.staff.calls_now import CARDS_STAY, CallsNow
from voicebot.web.staff.office import Office
from voicebot.web.staff.tickets import Shelf

log = logging.getLogger(__name__)
LOOK_SECONDS = 3.0
"""What nobody has told of is found within this."""
AGAIN_SECONDS = 0.3
"""What is still on its way into the store is found by a second look after this."""
TROUBLE_SECONDS = 2.0
TEXTS_STAY = timedelta(hours=12)
"""A text message that did not arrive is shown for so long."""


class News:
    """Reads, and puts on the board.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell = asyncio.Event()
        self._shelf: Shelf | None = None
        self._calls = CallsNow(office.board, office.service.now, self.ring)

    def ring(self) -> None:
        """There may be news; from any thread."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has been closed: nobody looks any more
                self._loop.call_soon_threadsafe(self._bell.set)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look, until the end of the block; calls are followed from now on."""
        self._loop = asyncio.get_running_loop()
        service, board = self._office.service, self._office.board
        service.watcher = both(service.watcher, self._calls.told)
        service.believed = self._calls.believed
        board.on_refresh = self.ring
        looking = asyncio.create_task(self._look_always())
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    async def _look_always(self) -> None:
        begun = False
        while True:
            self._bell.clear()
            try:
                if not begun:
                    self._calls.begin(await self._office.ask(self._going_on))
                    begun = True
                await self._look()
                self._calls.tidy()
                rung = await self._wait(LOOK_SECONDS)
                if rung:
                    await self._look()
                    await asyncio.sleep(AGAIN_SECONDS)
            except VoicebotError as error:
                log.warning("the board cannot be kept in step; trying again", extra={"code": error.code})
                await asyncio.sleep(TROUBLE_SECONDS)
            except Exception:
                log.exception("the board cannot be kept in step; trying again")
                await asyncio.sleep(TROUBLE_SECONDS)

    async def _wait(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return False
        return True

    async def _look(self) -> None:
        office = self._office
        tickets = await office.ask(self._tickets)
        wrong = await office.ask(self._wrong)
        texts = await office.ask(self._texts)
        here = await office.ask(office.accounts.attendance.here)
        operators: dict[str, Data] = {
            f"operator:{user.name}": {
                "kind": "operator",
                "name": user.name,
                "display": user.display,
                "presence": user.presence,
                "phone": readable(user.phone),
            }
            for user in here
        }
        for prefix, items in (("ticket:", tickets), ("operator:", operators), ("wrong:", wrong), ("text:", texts)):
            for key, data in items.items():
                office.board.put(key, data)
            for key in set(office.board.keys(prefix)) - set(items):
                office.board.remove(key)

    def _tickets(self) -> dict[str, Data]:
        if self._shelf is None:
            self._shelf = Shelf(self._office)
        return self._shelf.read(self._office.service.now())

    def _wrong(self) -> dict[str, Data]:
        since = self._office.service.now() - CARDS_STAY
        return {
            f"wrong:{each.call_id}:{each.number}": {"kind": "wrong", "right": each.right, "by": each.operator}
            for each in self._office.service.store.wrong_transfers.since(since)
        }

    def _texts(self) -> dict[str, Data]:
        """Text messages that did not arrive: somebody waits for what was promised."""
        return {
            f"text:{each.id}": {
                "kind": "text",
                "call": each.call_id,
                "phone": readable(each.phone),
                "text": each.text,
                "error": each.error,
                "at": datetime.fromisoformat(each.changed_at).timestamp() * 1000,
            }
            for each in self._office.service.store.text_log.failures(self._office.service.now() - TEXTS_STAY)
        }

    def _going_on(self) -> list[tuple[Call, tuple[Entry, ...]]]:
        """Calls that are on the line, or were transferred not long ago, oldest first. Blocks."""
        store, since = self._office.service.store, self._office.service.now() - CARDS_STAY
        recent = store.calls(since=since, limit=100)
        wanted = [call for call in recent if call.ended_at is None or call.outcome == "transferred"]
        return [(call, store.records(call.id)) for call in reversed(wanted)]
