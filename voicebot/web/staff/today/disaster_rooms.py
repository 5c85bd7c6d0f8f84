"""The pages of the disaster switch: what is wanted, what callers would hear, and the confirmation."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.editing.emergency import Switch, Wanted
from voicebot.errors import ContentError, VoiceError
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Publisher
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.today.disaster import DisasterDesk, differences
from voicebot.web.staff.today.previews import Preview

USUAL = timedelta(hours=12)
LONGEST = timedelta(days=60)
"""A pack that is forgotten ends all the same."""
MOST_NOTE = 120


def router(office: Office) -> APIRouter:
    """`today/disaster` and what is under it."""
    rooms, room = APIRouter(), DisasterRooms(office)
    rooms.get("/today/disaster")(room.show)
    rooms.post("/today/disaster/preview")(room.prepare)
    rooms.post("/today/disaster/end")(room.prepare_end)
    rooms.get("/today/disaster/preview/{preview_id}")(room.preview)
    rooms.get("/today/disaster/preview/{preview_id}/{number}.wav")(room.sound)
    rooms.post("/today/disaster/publish/{preview_id}")(room.publish)
    return rooms


class DisasterRooms:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desk = DisasterDesk(office)

    async def show(self, request: Request, session: Publisher) -> Response:
        """What is in force, and the form for what shall be."""
        return await self._form(request, session)

    async def prepare(self, request: Request, session: Publisher) -> Response:
        """From the form to a preview."""
        fields, desk = await form_of(request), self._desk
        switch = await self._office.ask(desk.switch)
        if switch is None:
            raise Refusal(404, "staff.missing")
        until = _moment(fields.get("until", ""))
        now = desk.now().replace(tzinfo=None)
        if until is None or not now < until <= now + LONGEST:
            return await self._form(request, session, code="today.until", fields=fields)
        orders = {order.name: _line(fields.get(f"order:{order.name}", "")) for order in switch.orders}
        places = {
            (spot.kind, spot.name): _line(fields.get(f"note:{spot.kind}:{spot.name}", ""))
            for spot in switch.spots
            if fields.get(f"open:{spot.kind}:{spot.name}")
        }
        wanted = Wanted(until, orders, places)
        try:
            preview = await self._office.ask(lambda: desk.on(wanted))
        except ContentError as error:
            return await self._form(request, session, code="today.by_hand", fields=fields, told=str(error))
        return RedirectResponse(f"preview/{preview.id}", 303)

    async def prepare_end(self, request: Request, session: Publisher) -> Response:
        """To a preview of the end."""
        desk = self._desk
        try:
            preview = await self._office.ask(desk.off)
        except ContentError as error:
            return await self._form(request, session, code="today.by_hand", told=str(error))
        return RedirectResponse(f"preview/{preview.id}", 303)

    async def preview(self, request: Request, session: Publisher, preview_id: str) -> Response:
        """What would be heard; nothing has changed yet."""
        return await self._preview(request, session, self._desk.preview(preview_id))

    async def sound(self, request: Request, session: Publisher, preview_id: str, number: int) -> Response:
        """What is said in a scene."""
        desk = self._desk
        try:
            data = await self._office.ask(lambda: desk.sound(preview_id, number))
        except VoiceError as error:
            raise Refusal(503, "today.silent") from error
        return Response(data, media_type="audio/wav")

    async def publish(self, request: Request, session: Publisher, preview_id: str) -> Response:
        """Callers hear it from their next call on, when it was confirmed."""
        fields, desk, office = await form_of(request), self._desk, self._office
        preview = desk.preview(preview_id)
        if fields.get("confirm") != "yes":
            return await self._preview(request, session, preview, code="today.confirm")
        published = await office.ask(lambda: desk.publish(preview_id, session.user.name))
        if published.release is None:
            return await self._preview(request, session, preview, code="today.refused")
        who, now, number = author(request, session), office.accounts.now(), published.release.number
        until = preview.until.isoformat(timespec="minutes") if preview.until else ""
        deed = f"disaster.{preview.what}"
        await office.ask(lambda: office.accounts.log.add(who, deed, str(number), now, until=until))
        office.board.refresh()
        return RedirectResponse(f"../../../today?told={preview.what}", 303)

    async def _preview(self, request: Request, session: Session, preview: Preview, *, code: str = "") -> Response:
        desk, library = self._desk, self._office.library
        files = await self._office.ask(lambda: library.files(preview.release))
        return page(
            request, "today/preview.html", session, status=400 if code else 200, preview=preview, code=code,
            differences=list(differences(preview, files)), switch=await self._office.ask(desk.switch),
        )  # fmt: skip

    async def _form(
        self,
        request: Request,
        session: Session,
        *,
        code: str = "",
        told: str = "",
        fields: Mapping[str, str] | None = None,
    ) -> Response:
        desk = self._desk
        switch = await self._office.ask(desk.switch)
        now = desk.now()
        lasts = switch is not None and switch.lasts(now)
        return page(
            request, "today/disaster.html", session, status=400 if code else 200, switch=switch, lasts=lasts,
            until=_until(switch, now) if switch else "", fields=fields, code=code, told=told, now=now,
        )  # fmt: skip


def _until(switch: Switch, now: datetime) -> str:
    """What the field holds at first: the end that is set, else some hours from now, on the hour."""
    if switch.until is not None and switch.lasts(now):
        return switch.until.isoformat(timespec="minutes")
    usual = now.replace(tzinfo=None, minute=0, second=0, microsecond=0) + USUAL
    return usual.isoformat(timespec="minutes")


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if found.tzinfo else found


def _line(text: str) -> str:
    """One line of text, not too long to be spoken."""
    return " ".join(text.split())[:MOST_NOTE]
