"""The pages for administrators, put together."""

from fastapi import APIRouter

from voicebot.web.staff.keeping import backing_up, belongings, carrier, retention, state, voices
from voicebot.web.staff.office import Office

PAGES = (state, retention, belongings, carrier, voices, backing_up)
"""Modules with a function `router(office)`."""


def router(office: Office) -> APIRouter:
    """Every page under `keeping`."""
    rooms = APIRouter()
    for page in PAGES:
        rooms.include_router(page.router(office))
    return rooms
