"""The picture of the conversation and all that is sent from it, which look at the same draft through the same eyes."""

from fastapi import APIRouter

from voicebot.web.staff.content import node, node_company, tree, tree_file
from voicebot.web.staff.office import Office


def router(office: Office) -> APIRouter:
    """`content`, `content/tree` and everything that begins so."""
    rooms, page = APIRouter(), tree.Tree(office)
    rooms.include_router(tree.router(page))
    for more in (node, node_company, tree_file):
        rooms.include_router(more.router(office, page))
    return rooms
