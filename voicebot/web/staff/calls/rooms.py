"""The pages about calls, put together."""

from fastapi import APIRouter

from voicebot.web.staff.calls import choosing, correcting, exporting, listing, showing, sounding
from voicebot.web.staff.office import Office

PAGES = (listing, exporting, correcting, sounding, choosing, showing)
"""Modules with a function `router(office)`; the page of one call comes last, because its address takes any word."""


def router(office: Office) -> APIRouter:
    """Every page under `calls`."""
    rooms = APIRouter()
    for page in PAGES:
        rooms.include_router(page.router(office))
    return rooms
