"""A file as a whole, for what no form changes (sample conversations), and for mending what cannot be read."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.dialog.files import DisasterFile, LineFile, TreeFile
from voicebot.documents import Strict, parse, read
from voicebot.editing.scenes import is_tree
from voicebot.errors import ContentError, Fault
from voicebot.releases.library import Draft
from voicebot.releases.texts import digest_of
from voicebot.tuning.golden import TalksFile
from voicebot.web.staff.content.scene_saving import Crossed, SceneSaving
from voicebot.web.staff.content.tree import Tree
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

_OTHERS: Mapping[str, type[Strict]] = {"line.yaml": LineFile, "disaster.yaml": DisasterFile}
"""Files beside the trees that say where calls begin."""
_TALKS = "talks/"


def router(office: Office, tree: Tree) -> APIRouter:
    """`content/tree-file`."""
    rooms, room = APIRouter(), WholeFile(office)
    rooms.get("/content/tree-file")(room.show)
    rooms.post("/content/tree-file")(room.save)
    return rooms


class WholeFile:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = SceneSaving(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The file."""
        path = request.query_params.get("path", "")
        draft = _with(await self._office.ask(self._office.library.draft), path)
        text = draft.files.get(path, "")
        return self._page(request, session, path, text, digest_of(draft.files.get(path)))

    async def save(self, request: Request, session: Editor) -> Response:
        """Into the draft, with mistakes and all."""
        form, who = await form_of(request), author(request, session)
        path, text, seen = form.get("path", ""), form.get("yaml", "").replace("\r\n", "\n"), form.get("seen", "")
        _with(await self._office.ask(self._office.library.draft), path)
        kept = await self._office.ask(lambda: self._saving.save_file(who, path, seen, text))
        if isinstance(kept, Crossed):
            return self._page(request, session, path, text, digest_of(kept.theirs or None), kept)
        told = "saved_faulty" if _faults(path, text) else "saved"
        # What is wrong in any other file is told where one came from.
        where = f"tree?told={told}&edit={kept.edit or ''}" if _is_of_tree(path) else "draft?done=edited"
        return RedirectResponse(where, 303)

    def _page(
        self, request: Request, session: Session, path: str, text: str, seen: str, crossed: Crossed | None = None
    ) -> Response:
        return page(
            request, "content/tree_file.html", session, status=409 if crossed else 200, path=path, text=text,
            seen=seen, crossed=crossed, faults=_faults(path, text), can_edit=session.user.may("edit"),
            of_tree=_is_of_tree(path),
        )  # fmt: skip


def _with(draft: Draft, path: str) -> Draft:
    """The draft, when it has this file or may have it."""
    if path not in draft.files and not _is_of_tree(path):
        raise Refusal(404, "staff.missing")
    return draft


def _is_of_tree(path: str) -> bool:
    return is_tree(path) or path in _OTHERS


def _faults(path: str, text: str) -> tuple[Fault, ...]:
    try:
        document = read(text, path)
        if _is_of_tree(path) or path.startswith(_TALKS):
            parse(document, TalksFile if path.startswith(_TALKS) else _OTHERS.get(path, TreeFile))
    except ContentError as error:
        return error.faults
    return ()
