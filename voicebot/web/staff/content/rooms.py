"""The pages about content, put together."""

from fastapi import APIRouter

from voicebot.web.staff.content import (
    departments,
    drafts,
    facts,
    faq,
    faq_import,
    findings,
    hours,
    hours_special,
    recording,
    shelf,
    speech,
    tree_rooms,
    words_rooms,
)
from voicebot.web.staff.office import Office

PAGES = (
    tree_rooms,
    faq_import,
    faq,
    facts,
    departments,
    hours,
    hours_special,
    words_rooms,
    recording,
    findings,
    speech,
    drafts,
    shelf,
)
"""Modules with a function `router(office)`."""


def router(office: Office) -> APIRouter:
    """Every page under `content`."""
    rooms = APIRouter()
    for page in PAGES:
        rooms.include_router(page.router(office))
    return rooms
