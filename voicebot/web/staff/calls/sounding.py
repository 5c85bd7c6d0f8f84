"""The shape of a call's sound; the sound itself is a recording (`listening`), of which players ask for parts."""

from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot.audio import wav
from voicebot.audio.peaks import peaks
from voicebot.web.staff.guards import Trusted
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal

FINEST = 20
"""Pieces a second."""
MOST = 6000
"""Pieces of one call; a longer one is drawn in coarser pieces."""


def router(office: Office) -> APIRouter:
    """`calls/{call_id}/peaks`."""
    rooms, room = APIRouter(), Sounding(office)
    rooms.get("/calls/{call_id}/peaks")(room.shape)
    return rooms


class Sounding:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def shape(self, request: Request, call_id: str, session: Trusted) -> Response:
        """How loud the caller and the bot are, piece by piece."""
        office = self._office
        call = await office.ask(lambda: office.service.store.call(call_id))
        if call is None or not call.recording:
            raise Refusal(404, "staff.missing")
        path = office.service.settings.calls / Path(call.recording).name
        return JSONResponse(await office.ask(lambda: shape_of(path)))


def shape_of(path: Path) -> dict[str, object]:
    """The two channels of a recording. Blocks.

    Raises:
        Refusal: it is gone, or no recording of a call.
    """
    try:
        sound = wav.read(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Refusal(404, "staff.missing") from error
    frames = max(sound.rate // FINEST, -(-int(sound.seconds * sound.rate) // MOST), 1)
    channels = peaks(sound.pcm, sound.channels, frames)
    return {"step": frames / sound.rate, "seconds": sound.seconds, "caller": channels[0], "bot": channels[-1]}
