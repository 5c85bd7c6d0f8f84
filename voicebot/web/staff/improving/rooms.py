"""The pages about making the line better, put together."""

from fastapi import APIRouter

from voicebot.web.staff.improving import keeping_calls, overviews, proposing, rehearsing
from voicebot.web.staff.office import Office

PAGES = (proposing, overviews, keeping_calls, rehearsing)
"""Modules with a function `router(office)`."""


def router(office: Office) -> APIRouter:
    """Every page under `improve`."""
    rooms = APIRouter()
    for page in PAGES:
        rooms.include_router(page.router(office))
    return rooms
