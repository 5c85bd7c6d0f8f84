"""Edits of forms go into the shared draft through here: merged with those of others, and checked before they are kept.

An edit is a function from a file's text to its new text. It is applied to the text that the person began with, so that
what others did meanwhile is merged and not overwritten. An edit after which the content could not be loaded is refused,
and the page gives the form back as it was filled in. All methods block: not for the event loop.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.accounts.audit import Author
from voicebot.documents import Path, read
from voicebot.editing.namings import Naming
from voicebot.editing.renaming import rename
from voicebot.errors import ConflictError, ContentError, Fault
from voicebot.releases.library import Draft
from voicebot.releases.merging import merged
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.office import Office

_KEPT = 4
"""So many states of the draft are remembered with their faults."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of one file."""

    path: str
    seen: str
    """`digest_of` the text that the page showed."""
    edit: Callable[[str], str | None]
    """From that text ("" where there was no file) to the new one; None where the file is to go."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A thing that shall be called otherwise."""

    naming: Naming
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Saved:
    """It is in the draft."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The content would have faults, or a place cannot be edited by machine; nothing was kept."""

    faults: tuple[Fault, ...]
    files: Files = field(default_factory=dict)
    """The texts that the faults' lines are of."""

    def at(self, path: str, where: Path) -> dict[str, list[str]]:
        """The messages about a value of a file by the key of it that they are about; "" for the rest."""
        found: dict[str, list[str]] = {}
        lines = _lines_below(self.files.get(path, ""), path, where)
        for fault in self.faults:
            key = lines.get(fault.line, "") if fault.path == path else ""
            message = fault.message if fault.path == path or not fault.path else str(fault)
            found.setdefault(key, []).append(message)
        return found


@dataclass(frozen=True, slots=True)
class Crossed:
    """Somebody else changed the same lines meanwhile; nothing was kept and nothing is lost."""

    by: str
    path: str
    theirs: str
    """The file as it is now; "" when it is gone."""


Outcome = Saved | Refused | Crossed


class Saving:
    """Saves into the draft.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._known: OrderedDict[str, tuple[Fault, ...]] = OrderedDict()
        self._lock = Lock()

    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._office.library.draft()

    def save(self, who: Author, wishes: Sequence[Wish], what: str) -> Outcome:
        """Carry out all wishes, or none.

        Args:
            who: Who edits.
            wishes: One a file.
            what: What is done, in the words of the page.
        """
        draft = self.draft()
        began = {wish.path: self._began(draft, wish) for wish in wishes}
        try:
            changes = {wish.path: wish.edit(began[wish.path] or "") for wish in wishes}
        except ContentError as error:
            return Refused(error.faults)
        seen = {path: digest_of(text) for path, text in began.items()}
        try:
            files = self._after(draft, changes, seen)
            faults = self._new_faults(draft.files, files)
            if faults:
                return Refused(faults, files)
            self._office.library.edit(changes, seen, who.name, self._office.service.now(), what)
        except ConflictError as error:
            return Crossed(error.by, error.path, error.theirs or "")
        now = self._office.accounts.now()
        self._office.accounts.log.add(who, "content.edit", "、".join(sorted(changes)), now, words=what)
        return Saved()

    def rename(self, who: Author, wish: Wish, thing: Renamed, what: str, apart: Sequence[str] | None = None) -> Outcome:
        """Give a thing another name in all files that name it, and carry out the wish on its file after that.

        Args:
            who: Who edits.
            wish: Of the file that describes the thing; its edit is given the text with the new name.
            thing: What is called how.
            what: What is done, in the words of the page.
            apart: As `editing.renaming.rename` takes it.
        """
        draft = self.draft()
        files = {**draft.files, wish.path: self._began(draft, wish) or ""}
        try:
            changed = rename(thing.naming, files, thing.old, thing.new, apart)
        except ContentError as error:
            return Refused(error.faults)
        home = changed.pop(wish.path)
        others = [Wish(path, digest_of(draft.files[path]), partial(_always, text)) for path, text in changed.items()]
        return self.save(who, [replace(wish, edit=lambda text: wish.edit(home)), *others], what)

    def _began(self, draft: Draft, wish: Wish) -> str | None:
        """The text that the person began with; what is there now where that is not known, or was nothing."""
        began = self._office.library.text(wish.seen) if wish.seen else None
        return draft.files.get(wish.path) if began is None else began

    def _after(self, draft: Draft, changes: Mapping[str, str | None], seen: Mapping[str, str]) -> dict[str, str]:
        """The draft as it would be.

        Raises:
            ConflictError: as the library would.
        """
        files = dict(draft.files)
        for path, text in changes.items():
            current = files.pop(path, None)
            both = text
            if seen[path] != digest_of(current) and text is not None and current is not None:
                both = merged(self._office.library.text(seen[path]) or "", text, current)
                if both is None:
                    raise ConflictError(path, text, current, draft.touched[path].by if path in draft.touched else "")
            if both is not None:
                files[path] = both
        return files

    def _new_faults(self, before: Files, after: Files) -> tuple[Fault, ...]:
        """Faults that the edit brings; what was wrong already hinders nobody."""
        found = self._faults(after)
        if not found:
            return ()
        known = Counter((fault.path, fault.message) for fault in self._faults(before))
        new = []
        for fault in found:
            if known[fault.path, fault.message]:
                known[fault.path, fault.message] -= 1
            else:
                new.append(fault)
        return tuple(new)

    def _faults(self, files: Files) -> tuple[Fault, ...]:
        digest = contents.fingerprint_of(files)
        with self._lock:
            if digest in self._known:
                return self._known[digest]
        try:
            contents.load_files(files, bootstrap.reader())
            faults: tuple[Fault, ...] = ()
        except ContentError as error:
            faults = error.faults
        with self._lock:
            self._known[digest] = faults
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return faults


def _always(text: str, began: str) -> str:
    """An edit that is made already."""
    return text


def _lines_below(text: str, path: str, where: Path) -> dict[int, str]:
    """The key of the value at a path that stands on each line; lines on which several stand are left out."""
    try:
        document = read(text, path)
    except ContentError:
        return {}
    begins: dict[int, set[str]] = {}
    for place, line in document.lines.items():
        if len(place) > len(where) and place[: len(where)] == where:
            begins.setdefault(line, set()).add(str(place[len(where)]))
    return {line: next(iter(keys)) for line, keys in begins.items() if len(keys) == 1}
