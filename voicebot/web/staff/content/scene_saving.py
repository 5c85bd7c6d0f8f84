"""Nodes go into the draft through here: each by itself, merged with what others did meanwhile, also while it is wrong.

What somebody has typed is never lost: text that is no YAML is kept in the draft, where no caller meets it, and of two
edits of the same lines both texts come back. All methods block: not for the event loop.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from voicebot.accounts.audit import Author
from voicebot.editing.renaming import rename_node
from voicebot.editing.scenes import added, name_in, removed, replaced, tree_of
from voicebot.editing.uses import led_elsewhere
from voicebot.editing.values import Value, entry
from voicebot.errors import ConflictError, ContentError, Fault
from voicebot.releases.library import Draft
from voicebot.releases.merging import merged
from voicebot.releases.texts import digest_of
from voicebot.web.staff.office import Office

_TRIES = 3
"""So often an edit is made anew when somebody else is quicker in the very same moment."""
_BUSY = Fault("", 0, "ほかの人が同じところを直しています。もう一度お試しください。")


@dataclass(frozen=True, slots=True)
class Kept:
    """It is in the draft."""

    edit: int | None
    """The edit, which can be taken back; None when nothing changed."""
    name: str
    """The node's name, which may be another now."""
    text: str
    joined: str = ""
    """Whose edit of the same node was merged with it."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """Somebody else changed the same lines meanwhile; nothing was kept and nothing is lost."""

    theirs: str
    """The node as it is now; empty when it is gone."""
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Unmade:
    """It cannot be done; nothing was changed."""

    faults: tuple[Fault, ...]


Changes = Mapping[str, str | None]


class SceneSaving:
    """Saves nodes.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def save(
        self, who: Author, path: str, name: str, began: str, mine: str, *, remake: bool = False
    ) -> Kept | Crossed | Unmade:
        """Give a node another text.

        Args:
            who: Who edits.
            path: The file.
            name: The node, as it was called when the page was opened.
            began: Its text when the page was opened.
            mine: Its text as it shall be; begins with its name, which may be another one.
            remake: Whether to make it again if it is gone.
        """
        for _ in range(_TRIES):
            draft = self._office.library.draft()
            scene = tree_of(path, draft.files.get(path, "")).scenes.get(name)
            touched = draft.touched.get(path)
            by, at = (touched.by, touched.at) if touched else ("", None)
            if scene is None:
                return self._remade(draft, who, path, mine) if remake else Crossed("", by, at)
            new = merged(_ended(began), _ended(mine), _ended(scene.text))
            if new is None:
                return Crossed(scene.text, by, at)
            called, new = name_in(new) or name, new.rstrip("\n")
            joined = by if scene.text.strip() != began.strip() and new != scene.text and by != who.name else ""
            if new == scene.text:
                return Kept(None, name, scene.text)
            try:
                changes = _changes(draft, path, name, called, new)
                edit = self._keep(draft, changes, who, f"場面「{called}」を直した")
            except ConflictError:
                continue
            except ContentError as error:
                return Unmade(error.faults)
            except KeyError:
                return Unmade((_by_hand(path),))
            return Kept(edit, called, new, joined)
        return Unmade((_BUSY,))

    def create(
        self, who: Author, path: str, section: str, name: str, data: Mapping[str, Value], after: str
    ) -> Kept | Unmade:
        """Make a node, at the end of a file or behind another node; the file, too, if there is none."""
        text = "\n".join(entry(name, data, 0))

        def change(draft: Draft) -> Changes:
            taken = any(_holds(file, old, name) for file, old in draft.files.items())
            if taken or not name.strip():
                told = f"「{name}」という場面はもうあります。" if taken else "名前がありません。"
                raise ContentError((Fault(path, 0, f"{told}別の名前を書いてください。"),))
            old = draft.files.get(path)
            head = "\n".join([*entry("section", section, 0), "nodes:", ""])
            return {path: added(old, text, after) if old else head + "\n".join(entry(name, data, 2)) + "\n"}

        kept = self._make(who, change, f"場面「{name}」を作った")
        return Kept(kept, name, text) if not isinstance(kept, Unmade) else kept

    def delete(self, who: Author, name: str, instead: str) -> Kept | Unmade:
        """Take a node away; places that lead to it lead to `instead`, or go with it when that is empty.

        Nothing is done when a place must lead somewhere and is given no other.
        """

        def change(draft: Draft) -> Changes:
            path = next((file for file, old in draft.files.items() if _holds(file, old, name)), None)
            if path is None:
                return {}
            try:
                files = {**draft.files, path: removed(draft.files[path], name)}
            except KeyError:
                files = {file: text for file, text in draft.files.items() if file != path}
            files |= led_elsewhere(files, name, instead)
            return {file: files.get(file) for file, text in draft.files.items() if files.get(file) != text}

        kept = self._make(who, change, f"場面「{name}」を消した")
        return Kept(kept, name, "") if not isinstance(kept, Unmade) else kept

    def rename(self, who: Author, name: str, new: str) -> Kept | Unmade:
        """Call a node otherwise, wherever it is named."""
        what = f"場面「{name}」の名前を「{new}」にした"
        kept = self._make(who, lambda draft: rename_node(draft.files, name, new), what)
        return Kept(kept, new, "") if not isinstance(kept, Unmade) else kept

    def save_file(self, who: Author, path: str, seen: str, text: str) -> Kept | Crossed:
        """Give a file another text as a whole; `seen` is `digest_of` the text that the page was opened with."""
        draft = self._office.library.draft()
        try:
            edit = self._keep(draft, {path: text}, who, f"{path} を直した", {path: seen})
        except ConflictError as error:
            touched = draft.touched.get(path)
            return Crossed(error.theirs or "", error.by, touched.at if touched else None)
        return Kept(edit, path, text)

    def take_back(self, who: Author, edit: int) -> None:
        """Undo an edit.

        Raises:
            LibraryError: there is no such edit, or the same lines were changed again after it.
        """
        done = self._office.library.take_back(edit, who.name, self._office.service.now(), "元に戻した")
        self._note(who, done.paths, "元に戻した")

    def _remade(self, draft: Draft, who: Author, path: str, text: str) -> Kept | Unmade:
        name = name_in(text)
        try:
            edit = self._keep(draft, {path: added(draft.files[path], text)}, who, f"場面「{name}」を作り直した")
        except KeyError:
            return Unmade((_by_hand(path),))
        except ConflictError:
            return Unmade((_BUSY,))
        return Kept(edit, name, text)

    def _make(self, who: Author, change: Callable[[Draft], Changes], what: str) -> int | Unmade | None:
        for _ in range(_TRIES):
            draft = self._office.library.draft()
            try:
                return self._keep(draft, change(draft), who, what)
            except ConflictError:
                continue
            except ContentError as error:
                return Unmade(error.faults)
            except KeyError:
                return Unmade((_by_hand(""),))
        return Unmade((_BUSY,))

    def _keep(
        self, draft: Draft, changes: Changes, who: Author, what: str, seen: Mapping[str, str] | None = None
    ) -> int | None:
        changed = {path: text for path, text in changes.items() if draft.files.get(path) != text}
        if not changed:
            return None
        began = seen or {path: digest_of(draft.files.get(path)) for path in changed}
        edit = self._office.library.edit(changed, began, who.name, self._office.service.now(), what)
        self._note(who, edit.paths, what)
        return edit.id

    def _note(self, who: Author, paths: tuple[str, ...], what: str) -> None:
        self._office.accounts.log.add(who, "content.edit", "、".join(paths), self._office.accounts.now(), words=what)


def _changes(draft: Draft, path: str, name: str, called: str, new: str) -> Changes:
    """One file, or all that name the node when it is called otherwise now."""
    if called == name:
        return {path: replaced(draft.files[path], name, new)}
    changed = rename_node(draft.files, name, called)
    return {**changed, path: replaced(changed[path], called, new)}


def _holds(path: str, text: str, name: str) -> bool:
    return path.startswith("trees/") and name in tree_of(path, text).scenes


def _ended(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n") + "\n"


def _by_hand(path: str) -> Fault:
    return Fault(path, 0, "このファイルの書き方では、場面を一つずつ直せません。ファイル全体を開いて直してください。")
