"""The board: everything that is going on just now, as items that browsers follow. In memory, bounded, thread-safe.

An item is a state and not a change: whoever was away is given the items that have changed since, each once, in its
latest form. So nothing is queued for a browser, a slow one simply skips what is outdated, and a lost connection neither
loses nor doubles an item. A version counts the changes; an epoch tells one life of the service from the next.
"""

import asyncio
import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

Json = str | int | float | bool | None
Data = Mapping[str, "Json | tuple[Json, ...] | list[dict[str, Json]]"]
MOST_GONE = 2000
"""So many removals are remembered; who has missed more begins anew."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is on the board under one key."""

    key: str
    version: int
    text: str | None
    """Its data as JSON; None when it has been removed."""
    part_of: str = ""
    """The key of the item it disappears with."""


class Follower:
    """Somebody who is told that something has changed. Made inside an event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """Something has changed; from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._bell.set)
        except RuntimeError:
            pass  # the loop has been closed: nobody follows any more

    async def wait(self, seconds: float) -> None:
        """Until something changes, or this long."""
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            pass
        self._bell.clear()


class Board:
    """See the module. Every method may be called from any thread and is quick."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(4)
        self.closed = False
        self.on_refresh: Callable[[], None] = lambda: None
        """Called when what lies in the store or the accounts should be looked at."""
        self._version = 0
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._gone: OrderedDict[str, Item] = OrderedDict()
        self._complete_from = 0
        self._followers: set[Follower] = set()
        self._lock = threading.Lock()

    def put(self, key: str, data: Data, part_of: str = "") -> None:
        """Show this under the key; nothing happens when it is shown already."""
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            present = self._items.get(key)
            if present is not None and present.text == text:
                return
            self._version += 1
            self._gone.pop(key, None)
            self._items[key] = Item(key, self._version, text, part_of)
            self._items.move_to_end(key)
        self._ring()

    def remove(self, key: str) -> None:
        """Show it no longer, nor what is part of it."""
        with self._lock:
            if self._items.pop(key, None) is None:
                return
            for part in [each.key for each in self._items.values() if each.part_of == key]:
                del self._items[part]
            self._version += 1
            self._gone[key] = Item(key, self._version, None)
            while len(self._gone) > MOST_GONE:
                self._complete_from = self._gone.popitem(last=False)[1].version
        self._ring()

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """What is shown, oldest change first."""
        with self._lock:
            return tuple(key for key in self._items if key.startswith(prefix))

    def text(self, key: str) -> str | None:
        """What is shown under the key, as JSON."""
        with self._lock:
            item = self._items.get(key)
            return item.text if item else None

    def since(self, version: int) -> tuple[int, list[Item], bool]:
        """The present version, what has changed since an earlier one, and whether that is all there is."""
        with self._lock:
            anew = not self._complete_from <= version <= self._version or version == 0
            if anew:
                return self._version, list(self._items.values()), True
            changed = [*_later(self._items, version), *_later(self._gone, version)]
            return self._version, sorted(changed, key=lambda item: item.version), False

    @contextmanager
    def following(self) -> Iterator[Follower]:
        """Be told of changes until the end of the block."""
        follower = Follower()
        with self._lock:
            self._followers.add(follower)
        try:
            yield follower
        finally:
            with self._lock:
                self._followers.discard(follower)

    def refresh(self) -> None:
        """Something has changed in the store or the accounts that may be shown here."""
        self.on_refresh()
        self._ring()

    def close(self) -> None:
        """The service ends: let go of all who follow."""
        self.closed = True
        self._ring()

    def _ring(self) -> None:
        for follower in tuple(self._followers):
            follower.ring()


def _later(items: OrderedDict[str, Item], version: int) -> Iterator[Item]:
    for item in reversed(items.values()):
        if item.version <= version:
            return
        yield item
