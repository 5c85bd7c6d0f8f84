"""The pages about content, put together."""

from fastapi import APIRouter

from voicebot.web.staff.content import faq, faq_import, findings, speech, tree
from voicebot.web.staff.office import Office

PAGES = (tree, faq_import, faq, findings, speech)
"""Modules with a function `router(office)`."""


def router(office: Office) -> APIRouter:
    """Every page under `content`."""
    rooms = APIRouter()
    for page in PAGES:
        rooms.include_router(page.router(office))
    return rooms
