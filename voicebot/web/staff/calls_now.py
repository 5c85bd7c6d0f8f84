"""Keeps the board in step with the calls: told of every record as it is logged, and of the caller's words so far.

Quick, and never raises: it stands beside the conversation. What it cannot show is logged once and left out.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from voicebot.actions import Action
from voicebot.city.telephone_numbers import readable
from voicebot.events import CallbackBooked, CallEnded, CallResumed, CallStarted, Event, MessageRecorded
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.web.staff.board import Board
from voicebot.web.staff.picture import MOST_LINES, Picture

log = logging.getLogger(__name__)
LINGER = timedelta(seconds=90)
"""A call that has ended stays on the board for so long."""
CARDS_STAY = timedelta(hours=2)
"""A transfer can be reported as wrong for so long."""
MOST_CALLS = 200
MOST_CARDS = 100
MOST_REMEMBERED = 1000
_LINGER_MS, _CARDS_MS = LINGER.total_seconds() * 1000, CARDS_STAY.total_seconds() * 1000
_SILENT_MS = 2 * _CARDS_MS
"""A call that nothing has been told of for so long is over, whatever became of it."""


class CallsNow:
    """Satisfies `call.watched.Watcher` by `told`.

    Args:
        board: Where they are shown.
        now: The time.
        on_ticket: Called when a ticket may have come into being; must be quick.
    """

    def __init__(self, board: Board, now: Callable[[], datetime], on_ticket: Callable[[], None]) -> None:
        self._board = board
        self._now = now
        self._on_ticket = on_ticket
        self._pictures: dict[str, Picture] = {}
        self._cards: dict[str, float] = {}
        self._over: dict[str, None] = {}
        self._lock = threading.Lock()

    def told(self, call_id: str, seconds: float, record: Event | Action) -> None:
        """One more record of a call."""
        try:
            with self._lock:
                if call_id in self._over and not isinstance(record, CallStarted | CallResumed):
                    return  # told late: it is not on the board any more
                picture = self._pictures.get(call_id)
                if picture is None:
                    started = self._now() - timedelta(seconds=seconds)
                    picture = self._pictures[call_id] = Picture(call_id, started)
                picture.told_at = self._now().timestamp() * 1000
                self._show(picture, picture.told(seconds, record))
                self._tidy()
            if isinstance(record, CallbackBooked | MessageRecorded | CallEnded):
                self._on_ticket()
        except Exception:
            log.exception("a record could not be shown", extra={"call_id": call_id})

    def believed(self, call_id: str, words: str) -> None:
        """The caller's words so far."""
        with self._lock:
            picture = self._pictures.get(call_id)
            if picture is not None and picture.state != "ended":
                picture.speaking = words
                self._board.put(picture.key, picture.data())

    def begin(self, calls: Iterable[tuple[Call, Iterable[Entry]]]) -> None:
        """After a start: calls that were going on, or had been transferred not long ago, with their records."""
        for call, entries in calls:
            picture = Picture(call.id, call.started_at, readable(call.caller or ""), call.language)
            picture.told_at = self._now().timestamp() * 1000
            with self._lock:
                if call.id not in self._pictures:
                    self._pictures[call.id] = picture
                    for entry in entries:
                        self._show(picture, picture.told(entry.seconds, entry.item))
                    if call.ended_at is not None:
                        picture.state, picture.ended_at = "ended", call.ended_at.timestamp() * 1000
                        self._board.put(picture.key, picture.data())
        self.tidy()

    def tidy(self) -> None:
        """Take down what is over; also to be called from time to time while nothing happens."""
        with self._lock:
            self._tidy()

    def _show(self, picture: Picture, lines: Iterable[tuple[str, object]]) -> None:
        for key, data in lines:
            self._board.put(key, data, picture.key)  # type: ignore[arg-type]
            if picture.lines > MOST_LINES:
                self._board.remove(f"line:{picture.call_id}:{picture.lines - MOST_LINES}")
        self._board.put(picture.key, picture.data())
        for card in picture.cards:
            key, data = picture.card(card)
            self._cards[key] = card.at
            self._board.put(key, data)

    def _tidy(self) -> None:
        now = self._now().timestamp() * 1000
        over = [
            each
            for each in self._pictures.values()
            if (each.ended_at and each.ended_at < now - _LINGER_MS) or each.told_at < now - _SILENT_MS
        ]
        most = list(self._pictures.values())[: max(0, len(self._pictures) - MOST_CALLS)]
        for picture in {each.call_id: each for each in (*over, *most)}.values():
            del self._pictures[picture.call_id]
            self._over[picture.call_id] = None
            if len(self._over) > MOST_REMEMBERED:
                del self._over[next(iter(self._over))]
            self._board.remove(picture.key)
        for key in [key for key, at in self._cards.items() if at < now - _CARDS_MS]:
            self._drop(key)
        while len(self._cards) > MOST_CARDS:
            self._drop(next(iter(self._cards)))

    def _drop(self, key: str) -> None:
        del self._cards[key]
        self._board.remove(key)
