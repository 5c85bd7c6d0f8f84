"""What a page with a node asks while it is open: who else has it open, and what the whole check has found."""

import hashlib
from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot import bootstrap
from voicebot.editing.scenes import Scene
from voicebot.web.staff.content.company import Company
from voicebot.web.staff.content.findings import PATIENCE_SECONDS, Looks
from voicebot.web.staff.content.node_trial import Told, found_at, tried, worst_by_node
from voicebot.web.staff.content.sight import Sight
from voicebot.web.staff.content.tree import Tree
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office


def router(office: Office, tree: Tree) -> APIRouter:
    """`content/tree-now` and `content/tree-findings`."""
    rooms, room = APIRouter(), Beside(office, tree)
    rooms.get("/content/tree-now")(room.now)
    rooms.get("/content/tree-findings")(room.findings)
    return rooms


class Beside:
    """The rooms.

    Args:
        office: What the pages share.
        tree: The page that asks.
    """

    def __init__(self, office: Office, tree: Tree) -> None:
        self._office = office
        self._tree = tree
        self._company = Company()
        self._looks = Looks(office)

    async def now(self, request: Request, session: Viewer) -> Response:
        """Who else has the node open, and whether it says something else than what this page shows (`began`)."""
        name, began = request.query_params.get("node", ""), request.query_params.get("began", "")
        user, accounts = session.user, self._office.accounts
        others = self._company.here(name, user.name, user.display, accounts.now()) if user.may("edit") else ()
        draft = await self._office.ask(self._office.library.draft)
        scene = (await self._office.ask(self._tree.sight)).scenes.get(name)
        changed = bool(began) and (scene is None or fingerprint(scene.text) != began)
        touched = draft.touched.get(scene.path) if scene else None
        return JSONResponse({"others": others, "changed": changed, "by": touched.by if touched else ""})

    async def findings(self, request: Request, session: Viewer) -> Response:
        """What `voicebot check` finds in the draft: at nodes, and at the fields of one node."""
        name = request.query_params.get("node", "")
        look = await self._looks.soon(PATIENCE_SECONDS)
        if look is None:  # the page's script asks again
            return JSONResponse({}, 202)
        files, found = look[0], look[1].findings
        sight = await self._office.ask(lambda: self._tree.seen(files))
        scene = sight.scenes.get(name)
        here = await self._office.ask(lambda: found_at(scene, found, _known(scene, sight))) if scene else ()
        return JSONResponse(
            {
                "nodes": worst_by_node(sight, found),
                "faults": sum(each.level == "fault" for each in found),
                "warnings": sum(each.level == "warning" for each in found),
                "here": [asdict(each) for each in here if each.level != "note"],
            }
        )


def _known(scene: Scene, sight: Sight) -> tuple[Told, ...]:
    return tried(scene.text, sight, bootstrap.reader(), scene.path)


def fingerprint(text: str) -> str:
    """What tells one text of a node from another, as a page computes it too (SHA-256, in hexadecimal)."""
    return hashlib.sha256(text.encode()).hexdigest()
