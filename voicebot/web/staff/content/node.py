"""What is done to a node: its form and its YAML kept in step, saved, made, renamed, deleted, taken back."""

from collections.abc import Mapping
from dataclasses import asdict
from difflib import SequenceMatcher
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from voicebot import bootstrap
from voicebot.accounts.sessions import Session
from voicebot.editing.reconciling import brought_to
from voicebot.editing.scenes import TREES, is_tree, name_in
from voicebot.editing.uses import uses
from voicebot.errors import ConflictError, ContentError, Fault, LibraryError
from voicebot.web.staff.content.node_fields import KINDS, kind_of, wanted
from voicebot.web.staff.content.node_moves import changed_kind, fresh, moved
from voicebot.web.staff.content.node_trial import Told, tried
from voicebot.web.staff.content.node_view import data_of, form_view
from voicebot.web.staff.content.scene_saving import Crossed, Kept, SceneSaving, Unmade
from voicebot.web.staff.content.sight import Sight
from voicebot.web.staff.content.tree import Tree, at_node
from voicebot.web.staff.forms import form_of, number_in
from voicebot.web.staff.guards import Editor
from voicebot.web.staff.office import Office, author, page, words_for
from voicebot.web.staff.words import Words

Form = Mapping[str, str]
FIELD = "f."
"""Before the names of the form's fields."""


def router(office: Office, tree: Tree) -> APIRouter:
    """What is sent from `content/tree`."""
    rooms, room = APIRouter(), Nodes(office, tree)
    rooms.post("/content/tree-sync")(room.sync)
    rooms.post("/content/tree-save")(room.save)
    rooms.post("/content/tree-create")(room.create)
    rooms.post("/content/tree-rename")(room.rename)
    rooms.get("/content/tree-delete")(room.ask_delete)
    rooms.post("/content/tree-delete")(room.delete)
    rooms.post("/content/tree-undo")(room.undo)
    return rooms


class Nodes:
    """The rooms.

    Args:
        office: What the pages share.
        tree: The page that they are sent from.
    """

    def __init__(self, office: Office, tree: Tree) -> None:
        self._office = office
        self._tree = tree
        self._saving = SceneSaving(office)

    async def sync(self, request: Request, session: Editor) -> Response:
        """The form follows the YAML, or the YAML the form; with what is wrong with it. Nothing is saved."""
        form, words = await form_of(request), words_for(request, session)
        from_form = form.get("from") == "form"

        def work() -> tuple[str, tuple[Told, ...], dict[str, Any]]:
            sight = self._tree.sight()
            text = _from_form(form, sight) if from_form else _lines(form.get("yaml", ""))
            told = tried(text, sight, bootstrap.reader(), form.get("path", ""))
            return text, told, self._form_view(text, told, sight, words, form)

        try:
            text, told, values = await self._office.ask(work)
        except ContentError as error:  # a place that cannot be changed by machine
            told = tuple(Told("", 1, fault.message) for fault in error.faults)
            whole = {"": " ".join(each.message for each in told)}
            unchanged = {"yaml": form.get("yaml", ""), "form": None, "broken": False}
            return JSONResponse({**unchanged, "told": _told(told), "fields": whole})
        drawn = not from_form or bool(form.get("do"))
        html = None
        if drawn and not values["broken"]:
            recorded = form.get("recorded") == "yes"
            more: dict[str, Any] = {"can_edit": True, "name": form.get("name", ""), "recorded": recorded}
            html = bytes(page(request, "content/node_form.html", session, **more, **values).body).decode()
        fields = {where: " ".join(messages) for where, messages in values["told_by"].items()}
        answer = {"yaml": text, "told": _told(told), "form": html, "broken": values["broken"]}
        return JSONResponse({**answer, "fields": fields})

    async def save(self, request: Request, session: Editor) -> Response:
        """Into the draft; also what has mistakes, which no caller meets."""
        form, who = await form_of(request), author(request, session)
        path, name = form.get("path", ""), form.get("name", "")
        began, mine = _lines(form.get("began", "")), _lines(form.get("yaml", ""))

        def work() -> tuple[Kept | Crossed | Unmade, tuple[Told, ...]]:
            kept = self._saving.save(who, path, name, began, mine, remake=form.get("remake") == "yes")
            told = tried(kept.text, self._tree.sight(), bootstrap.reader(), path) if isinstance(kept, Kept) else ()
            return kept, told

        kept, told = await self._office.ask(work)
        scripted = "application/json" in request.headers.get("accept", "")
        match kept:
            case Kept() if scripted:
                return JSONResponse({**asdict(kept), "told": _told(told), "faulty": bool(told)})
            case Kept():
                return RedirectResponse(at_node(kept.name, "saved_faulty" if told else "saved", kept.edit), 303)
            case Crossed():
                template = "content/crossed_texts.html" if scripted else "content/crossed.html"
                mine_lines, their_lines = beside(mine, kept.theirs)
                answer = page(
                    request, template, session, status=409, name=name, path=path, mine=mine, crossed=kept,
                    mine_lines=mine_lines, their_lines=their_lines,
                )  # fmt: skip
                return JSONResponse({"crossed": bytes(answer.body).decode()}, 409) if scripted else answer
            case Unmade():
                if scripted:
                    messages = " ".join(fault.message for fault in kept.faults)
                    return JSONResponse({"refused": messages}, 400)
                return await self._tree.page(request, session, problems=kept.faults, node=name)

    async def create(self, request: Request, session: Editor) -> Response:
        """A new node of a kind, which can be filled in."""
        form, who = await form_of(request), author(request, session)
        name, path, kind = form.get("name", "").strip(), form.get("path", ""), form.get("kind", "")
        if not is_tree(path) or kind not in KINDS or path.count("/") != TREES.count("/"):
            return await self._tree.page(request, session, problems=(Fault(path, 0, "入れるところを選んでください。"),))

        def work() -> Kept | Unmade:
            department = next(iter(self._tree.sight().departments), "")
            data = fresh(kind, name, department)
            return self._saving.create(who, path, path[len(TREES) : -len(".yaml")], name, data, form.get("after", ""))

        return await self._shown(request, session, await self._office.ask(work), "made")

    async def rename(self, request: Request, session: Editor) -> Response:
        """Another name, everywhere."""
        form, who = await form_of(request), author(request, session)
        name, new = form.get("name", ""), form.get("to", "").strip()
        if name == new:
            return RedirectResponse(at_node(name), 303)
        kept = await self._office.ask(lambda: self._saving.rename(who, name, new))
        return await self._shown(request, session, kept, "renamed", name)

    async def ask_delete(self, request: Request, session: Editor) -> Response:
        """Where it is used, before it is deleted."""
        return await self._delete_page(request, session, request.query_params.get("name", ""))

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take it away, with what leads to it led elsewhere."""
        form, who = await form_of(request), author(request, session)
        name, instead = form.get("name", ""), form.get("instead", "").strip()
        sight = await self._office.ask(self._tree.sight)
        if instead and (instead == name or instead not in sight.scenes):
            fault = Fault("", 0, f"代わりの行き先「{instead}」がありません。一覧から選んでください。")
            return await self._delete_page(request, session, name, (fault,))
        kept = await self._office.ask(lambda: self._saving.delete(who, name, instead))
        if isinstance(kept, Unmade):
            return await self._delete_page(request, session, name, kept.faults)
        return RedirectResponse(at_node(instead, "deleted", kept.edit), 303)

    async def undo(self, request: Request, session: Editor) -> Response:
        """Take an edit back."""
        form, who = await form_of(request), author(request, session)
        edit = number_in(form.get("edit", "")) or 0
        try:
            await self._office.ask(lambda: self._saving.take_back(who, edit))
        except (ConflictError, LibraryError):
            return RedirectResponse(at_node(form.get("node", ""), "not_undone"), 303)
        return RedirectResponse(at_node(form.get("node", ""), "undone"), 303)

    def _form_view(self, text: str, told: tuple[Told, ...], sight: Sight, words: Words, form: Form) -> dict[str, Any]:
        spoken = self._office.service.content.city.profile.languages
        language = form.get("do", "").removeprefix("language:") if form.get("do", "").startswith("language:") else ""
        kind = form.get("kind", "") if form.get("from") == "form" and form.get("kind") in KINDS else ""
        return form_view(text, told, sight, words, spoken, kind, f"{form.get('languages', '')} {language}")

    async def _shown(
        self, request: Request, session: Session, kept: Kept | Unmade, told: str, node: str = ""
    ) -> Response:
        if isinstance(kept, Unmade):
            return await self._tree.page(request, session, problems=kept.faults, node=node)
        return RedirectResponse(at_node(kept.name, told, kept.edit), 303)

    async def _delete_page(
        self, request: Request, session: Session, name: str, problems: tuple[Fault, ...] = ()
    ) -> Response:
        sight = await self._office.ask(self._tree.sight)
        if name not in sight.scenes:
            return await self._tree.page(request, session, node=name)
        found = [use for use in uses(sight.files, name) if use.node != name and use.where[0] != "recorded"]
        return page(
            request, "content/tree_delete.html", session, status=400 if problems else 200,
            name=name, uses=found, problems=problems, names=[each for each in sight.scenes if each != name],
        )  # fmt: skip


def _from_form(form: Form, sight: Sight) -> str:
    """The node's own text with what the form says.

    Raises:
        ContentError: a place is written in a way that cannot be changed by machine.
    """
    text = _lines(form.get("yaml", ""))
    before, name = data_of(text), name_in(text)
    if before is None:
        return text
    old, kind = kind_of(before), form.get("kind", "")
    typed = {key[len(FIELD) :]: value for key, value in form.items() if key.startswith(FIELD)}
    shown = form.get("shown_kind", old)
    said = wanted(shown if shown in KINDS else old, typed, before)
    department = next(iter(sight.departments), "")
    if kind in KINDS and kind != shown:
        said = changed_kind(said, kind, name, department)
    said = moved(said, form.get("do", ""), name, department)
    return brought_to(text, (name,), said).rstrip("\n")


def beside(mine: str, theirs: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The lines of two texts, each with `same` or `other`."""
    one, two = mine.splitlines(), theirs.splitlines()
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    in_one = {block.a + step for block in blocks for step in range(block.size)}
    in_two = {block.b + step for block in blocks for step in range(block.size)}
    return (
        [("same" if at in in_one else "other", line) for at, line in enumerate(one)],
        [("same" if at in in_two else "other", line) for at, line in enumerate(two)],
    )


def _lines(text: str) -> str:
    """Text of a form, whose lines end as browsers end them."""
    return text.replace("\r\n", "\n").rstrip()


def _told(told: tuple[Told, ...]) -> list[dict[str, Any]]:
    return [asdict(each) for each in told]
