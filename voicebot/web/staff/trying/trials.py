"""Holds a trial: a place for it, its stage, and an end to it when residents need what it takes."""

import asyncio
import logging
import secrets

from starlette.websockets import WebSocket

from voicebot.accounts.sessions import Session
from voicebot.errors import ContentError, LibraryError, VoicebotError
from voicebot.telephony.line import SocketClosed
from voicebot.tuning.deeds import Done
from voicebot.tuning.retelling import Retold, retell
from voicebot.web.staff.guards import session_of
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.trying.places import Places, Trial
from voicebot.web.staff.trying.showing import Showing
from voicebot.web.staff.trying.spoken import Spoken
from voicebot.web.staff.trying.stage import Stage, set_stage
from voicebot.web.staff.trying.wanted import By, Wanted
from voicebot.web.staff.trying.wire import Item, Wire
from voicebot.web.staff.trying.written import Written

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
"""How often is looked whether residents need the place."""
SIGNED_IN_EVERY = 20
"""Looks between two of whether the person is still signed in."""
MOST_FAULTS = 5


class Trials:
    """Of one service.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def _places(self) -> Places:
        return self._office.trials

    async def hold(self, socket: WebSocket, session: Session, wanted: Wanted, wire: Wire) -> Item:
        """Hold one trial to its end; how it ended."""
        office = self._office
        if wanted.content and not session.user.may("edit"):
            return _over("staff.forbidden")
        refusal = self._places.refusal(wanted.by, *self._calls(socket))
        if refusal:
            return _over(refusal)
        with self._places.taken(wanted.by):
            try:
                stage = await office.ask(lambda: set_stage(office, wanted))
                return await self._watched(socket, session, stage, wire)
            except ContentError as error:
                return _over("try.faults", [str(fault) for fault in error.faults[:MOST_FAULTS]])
            except LibraryError:
                return _over("try.release")
            except Refusal as error:
                return _over(error.code)
            except VoicebotError as error:
                log.warning("a trial could not go on", extra={"code": error.code})
                return _over("try.broken", [error.message])

    async def _watched(self, socket: WebSocket, session: Session, stage: Stage, wire: Wire) -> Item:
        """Hold it while there is room for it."""
        holding = asyncio.ensure_future(self._hold(session, stage, wire))
        watching = asyncio.ensure_future(self._disturbed(socket, stage.wanted.by))
        try:
            await asyncio.wait({holding, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not holding.done():
                return _over(watching.result())
            holding.result()
            return _over("")
        except SocketClosed:
            return _over("")
        finally:
            holding.cancel()
            watching.cancel()
            await asyncio.wait({holding, watching})

    async def _hold(self, session: Session, stage: Stage, wire: Wire) -> None:
        done, trial_id = Done(), secrets.token_urlsafe(9)
        self._places.remember(trial_id, Trial(session.user.name, lambda: _retold(done, stage)))
        pools = self._places.pools
        if stage.wanted.by == "text":
            written = Written(stage, pools, done)
            wire.ordered = written.ordered
            Showing(stage.dialog, wire.show, written.state).began(stage.moment, trial_id)
            await written.run(wire)
            return
        spoken = Spoken(self._office, stage, pools, done)
        showing = Showing(stage.dialog, wire.show, spoken.state)
        wire.ordered, wire.sounded = spoken.ordered, spoken.sounded
        showing.began(stage.moment, trial_id)
        await spoken.run(wire, showing)

    async def _disturbed(self, socket: WebSocket, by: By) -> str:
        """Why the trial must end now, as a code of the words."""
        count = 0
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            count += 1
            if self._office.board.closed:
                return "try.stopping"
            if by == "voice" and self._places.crowded(*self._calls(socket)):
                return "try.calls"
            if count % SIGNED_IN_EVERY == 0 and await session_of(socket) is None:
                return "staff.signed_out"

    def _calls(self, socket: WebSocket) -> tuple[int, int]:
        """Residents on the line, and how many there may be."""
        return socket.app.state.admission.count, self._office.service.settings.max_calls


def _retold(done: Done, stage: Stage) -> Retold:
    return retell(done, stage.session, stage.edition.content.dialog, stage.talk)


def _over(why: str, lines: list[str] | None = None) -> Item:
    return {"what": "over", "why": why, "lines": lines or []}
