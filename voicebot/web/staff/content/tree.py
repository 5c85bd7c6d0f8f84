"""The tree as a picture that can be walked, and the selected node beside it as a form and as YAML."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from voicebot import bootstrap
from voicebot.accounts.sessions import Session
from voicebot.dialog.diagram.outline import Box, Outline
from voicebot.dialog.diagram.sketch import onward, part
from voicebot.dialog.diagram.walkable import Marks, walkable
from voicebot.editing.scenes import Scene
from voicebot.editing.uses import uses
from voicebot.errors import Fault
from voicebot.releases.library import Draft
from voicebot.releases.texts import Files
from voicebot.web.staff.content.node_fields import KINDS
from voicebot.web.staff.content.node_trial import Told, tried
from voicebot.web.staff.content.node_view import form_view
from voicebot.web.staff.content.sight import Sight, Sights
from voicebot.web.staff.content.traffic import Traffic, traffic_of
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page, words_for
from voicebot.web.staff.words import Words

STATE = ("node", "part", "from", "days", "until", "view", "find", "new")
"""What the address of the page tells, so that it can be sent to a colleague."""
EDITS_SHOWN = 8
PICTURES_KEPT = 8


def router(room: "Tree") -> APIRouter:
    """`content/tree`; `content` leads to it."""
    rooms = APIRouter()
    rooms.get("/content")(room.enter)
    rooms.get("/content/tree")(room.show)
    rooms.get("/content/tree-picture")(room.picture)
    rooms.get("/content/tree-node")(room.node)
    return rooms


@dataclass(frozen=True, slots=True)
class Look:
    """The draft, and how much of it is looked at."""

    draft: Draft
    sight: Sight
    traffic: Traffic
    outline: Outline
    state: Mapping[str, str]


class Tree:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._sights = Sights()
        self._pictures: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    async def enter(self, session: Viewer) -> Response:
        """The picture is the first page."""
        return RedirectResponse("content/tree", 303)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The picture, or the list, with a node beside it."""
        return await self.page(request, session)

    async def picture(self, request: Request, session: Viewer) -> Response:
        """Only the picture, for a script."""
        state, words = state_of(request), words_for(request, session)
        return HTMLResponse(await self._office.ask(lambda: self._drawn(self._look(state), words)))

    async def node(self, request: Request, session: Viewer) -> Response:
        """Only the node, for a script."""
        state, words = state_of(request), words_for(request, session)
        values = await self._office.ask(lambda: self._panel(self._look(state), words, session))
        if values["scene"] is None:
            return HTMLResponse("", 404)
        return page(request, "content/node.html", session, **values)

    async def page(
        self, request: Request, session: Session, *, problems: Sequence[Fault] = (), node: str = ""
    ) -> Response:
        """The whole page; `problems` are why something could not be done."""
        state, words = state_of(request), words_for(request, session)
        state = {**state, "node": node or state["node"]}

        def values() -> dict[str, Any]:
            look = self._look(state)
            shown = _list(look) if state["view"] == "list" else {"svg": self._drawn(look, words)}
            return {**_overview(look), **shown, **self._panel(look, words, session)}

        found = await self._office.ask(values)
        told, undo = request.query_params.get("told", ""), request.query_params.get("edit", "")
        return page(
            request, "content/tree.html", session, status=400 if problems else 200,
            message=words[f"tree_told_{told}"] if told in _TOLD else "", undo=undo if undo.isdecimal() else "",
            problems=(*problems, *found.pop("broken_files")), **found,
        )  # fmt: skip

    def sight(self) -> Sight:
        """The draft as it is now; blocks."""
        return self.seen(self._office.library.draft().files)

    def seen(self, files: Files) -> Sight:
        """Files as they are seen; blocks."""
        return self._sights.of(files)

    def _look(self, state: Mapping[str, str]) -> Look:
        draft = self._office.library.draft()
        sight = self._sights.of(draft.files)
        service = self._office.service
        traffic = traffic_of(service.store.figures, sight, state["days"], state["until"], service.now().date())
        if state["from"] in sight.boxes:
            outline = onward(sight.boxes, state["from"])
        elif state["part"] in sight.trees:
            outline = part(sight.boxes, sight.trees[state["part"]].scenes, sight.beginnings)
        else:
            outline = sight.outline
        return Look(draft, sight, traffic, outline, state)

    def _drawn(self, look: Look, words: Words) -> str:
        """The picture as SVG; the last ones are remembered, since most requests look at the same."""
        shown = [value for key, value in look.state.items() if key != "node"]
        traffic = sorted(look.traffic.walked.ways.items())
        key = repr((look.sight.digest, shown, words.language, look.traffic.until, traffic))
        with self._lock:
            if key not in self._pictures:
                self._pictures[key] = walkable(look.outline, _marks(look, words))
                while len(self._pictures) > PICTURES_KEPT:
                    self._pictures.popitem(last=False)
            return self._pictures[key]

    def _panel(self, look: Look, words: Words, session: Session) -> dict[str, Any]:
        """What `content/node.html` needs."""
        sight, name = look.sight, look.state["node"]
        scene = sight.scenes.get(name)
        can_edit = session.user.may("edit")
        if scene is None:
            return {"scene": None, "name": name, "path": "", "can_edit": can_edit, "kinds": tuple(KINDS)}
        told: tuple[Told, ...] = tried(scene.text, sight, bootstrap.reader(), scene.path) if scene.text else ()
        spoken = self._office.service.content.city.profile.languages
        return {
            **form_view(scene.text, told, sight, words, spoken),
            **_about(look, scene),
            "told": told,
            "can_edit": can_edit,
            "uses": [use for use in uses(sight.files, name) if use.node != name],
            "lost": any(box.name == name for box in sight.outline.apart),
            "history": self._office.library.edits(EDITS_SHOWN, scene.path),
        }


_TOLD = frozenset({"made", "deleted", "renamed", "undone", "saved", "saved_faulty", "not_undone"})
"""What has been done before this page is shown."""


def state_of(request: Request) -> dict[str, str]:
    """What the address tells."""
    state = {key: request.query_params.get(key, "")[:200] for key in STATE}
    return {**state, "days": state["days"] or "1"}


def at_node(name: str, told: str = "", edit: int | None = None) -> str:
    """The address of a node's page, relative to those beside it."""
    more = f"&told={told}" if told else ""
    return f"tree?node={quote(name)}{more}" + (f"&edit={edit}" if edit else "")


def _about(look: Look, scene: Scene) -> dict[str, Any]:
    sight = look.sight
    box = sight.boxes[scene.name]
    return {
        "scene": scene,
        "name": scene.name,
        "path": scene.path,
        "section": sight.trees[scene.path].section,
        "whole_only": not sight.trees[scene.path].by_lines,
        "text": scene.text,
        "began": scene.text,
        "box_kind": box.kind.name,
        "visits": look.traffic.walked.visits.get(scene.name, 0),
        "touched": look.draft.touched.get(scene.path),
        "recorded": scene.name in sight.recorded,
    }


def _overview(look: Look) -> dict[str, Any]:
    sight, traffic, walked = look.sight, look.traffic, look.traffic.walked
    return {
        "state": look.state,
        "parts": [(path, tree.title) for path, tree in sight.trees.items()],
        "new_parts": [(path, each) for each in sight.departments if (path := f"trees/{each}.yaml") not in sight.trees],
        "names": list(sight.scenes),
        "total": len(sight.scenes),
        "apart": look.outline.apart,
        "hot": sorted(((each, walked.visits[each]) for each in walked.hot), key=lambda each: -each[1]),
        "calls": traffic.walked.calls,
        "counting": traffic.counting,
        "until": traffic.until.isoformat(),
        "broken_files": sight.broken,
    }


def _list(look: Look) -> dict[str, Any]:
    """What the list shows."""
    sight, walked, find = look.sight, look.traffic.walked, look.state["find"].strip()
    inside = {box.name for box in (*look.outline.boxes, *look.outline.apart)}
    listed: list[tuple[str, str, list[Box]]] = []
    for path, tree in sight.trees.items():
        boxes = [sight.boxes[name] for name in tree.scenes if name in inside and _fits(sight.boxes[name], find)]
        if boxes:
            listed.append((tree.title, path, boxes))
    counts = {name: walked.visits.get(name, 0) for name in sight.boxes}
    apart = {box.name for box in look.outline.apart}
    return {"listed": listed, "apart_names": apart, "counts": counts, "ways": walked.ways}


def _fits(box: Box, find: str) -> bool:
    return not find or any(find in text for text in (box.name, box.text, *(way.label for way in box.exits)))


def _marks(look: Look, words: Words) -> Marks:
    kept = "".join(f"&{key}={quote(value)}" for key, value in look.state.items() if value and key != "node")
    walked = look.traffic.walked
    named = {"title": "tree_title", "apart": "tree_apart", "visits": "tree_visits", "hot": "tree_hot_sign"}
    return Marks(
        address=lambda name: f"tree?node={quote(name)}{kept}",
        ways=walked.ways,
        visits=walked.visits,
        hot=walked.hot,
        words={sign: words[word] for sign, word in named.items()},
    )
