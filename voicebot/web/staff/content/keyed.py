"""Saving one named thing of a file (a value, a department, a reading): kept, or given back as it was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.editing.namings import Naming
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.faq_form import said
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Renamed, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor
from voicebot.web.staff.office import Office, author

Messages = dict[str, list[str]]


class Form(Protocol):
    """A form of one thing; a frozen dataclass."""

    @property
    def name(self) -> str:
        """What it was called when the form was opened; "" for a new one."""

    @property
    def seen(self) -> str:
        """`digest_of` the file then."""

    @property
    def values(self) -> Mapping[str, str]:
        """What is typed, by field."""

    def wrong(self) -> Messages:
        """What is wrong before any check of the whole."""

    def applied(self, text: str) -> str:
        """The file with it. Raises `ContentError`."""

    def removed(self, text: str) -> str:
        """The file without it. Raises `ContentError`."""


Filled = TypeVar("Filled", bound=Form)


@dataclass(frozen=True, slots=True)
class Returned(Generic[Filled]):
    """What the page of a form shows."""

    form: Filled
    wrong: Messages
    """By field; "" for what is about no field."""
    crossed: Crossed | None = None
    theirs: Mapping[str, str] | None = None
    """What somebody else has made of it meanwhile."""

    @property
    def status(self) -> int:
        """HTTP's status."""
        return 409 if self.crossed else 422 if self.wrong else 200


@dataclass(frozen=True, slots=True)
class Kind(Generic[Filled]):
    """One kind of things."""

    file: str
    key: str
    """Of the mapping in which they stand."""
    page: str
    """Where they are listed, seen from the forms."""
    called: str
    """「値「{}」」: for the list of changes."""
    name_field: str
    """The field that holds the name."""
    sent: Callable[[Mapping[str, str]], Filled]
    now: Callable[[Files, str, str], Filled | None]
    """The form of a thing as it is, by its name and the digest of its file."""
    naming: Naming
    """Where its name stands."""
    apart: Callable[[Filled, Files], Sequence[str] | None] = lambda form, files: None
    """Whether texts follow a new name, as `editing.renaming.rename` takes it."""


class Keyed(Generic[Filled]):
    """The rooms that save and delete.

    Args:
        office: What the pages share.
        kind: Of what.
        show: The page of a form.
    """

    def __init__(
        self, office: Office, kind: Kind[Filled], show: Callable[[Request, Session, Files, Returned[Filled]], Response]
    ) -> None:
        self._office = office
        self._saving = Saving(office)
        self._kind = kind
        self._show = show

    async def save(self, request: Request, session: Editor) -> Response:
        """Keep what was typed; when it cannot be, the form comes back as it was."""
        form = self._kind.sent(await form_of(request))
        wrong = form.wrong()
        if wrong:
            files = (await self._office.ask(self._saving.draft)).files
            return self._show(request, session, files, Returned(form, wrong))
        name = form.values[self._kind.name_field]
        if form.name and name != form.name:
            renamed = await self._renamed(request, session, form, name)
            return await self._done(request, session, form, renamed, "renamed")
        deed = "直しました" if form.name else "足しました"
        what = f"{self._kind.called.format(name)}を{deed}"
        outcome = await self._kept(request, session, Wish(self._kind.file, form.seen, form.applied), what)
        return await self._done(request, session, form, outcome, "saved")

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take it away; refused while something needs it."""
        form = self._kind.sent(await form_of(request))
        what = f"{self._kind.called.format(form.name)}を消しました"
        outcome = await self._kept(request, session, Wish(self._kind.file, form.seen, form.removed), what)
        if not isinstance(outcome, Saved):
            files = (await self._office.ask(self._saving.draft)).files
            form = self._kind.now(files, form.name, form.seen) or form
        return await self._done(request, session, form, outcome, "deleted")

    async def _renamed(self, request: Request, session: Session, form: Filled, name: str) -> Outcome:
        """With another name, in all files that name it."""
        kind, who = self._kind, author(request, session)
        fresh: dict[str, Any] = {"name": name}
        wish = Wish(kind.file, form.seen, replace(form, **fresh).applied)  # type: ignore[type-var]
        what = f"{kind.called.format(form.name)}の名前を「{name}」に変えました"

        def work() -> Outcome:
            apart = kind.apart(form, self._saving.draft().files)
            return self._saving.rename(who, wish, Renamed(kind.naming, form.name, name), what, apart)

        return await self._office.ask(work)

    async def _kept(self, request: Request, session: Session, wish: Wish, what: str) -> Outcome:
        who = author(request, session)
        return await self._office.ask(lambda: self._saving.save(who, [wish], what))

    async def _done(self, request: Request, session: Session, form: Filled, outcome: Outcome, told: str) -> Response:
        if isinstance(outcome, Saved):
            return RedirectResponse(f"{self._kind.page}?told={told}", 303)
        files = (await self._office.ask(self._saving.draft)).files
        if isinstance(outcome, Refused):
            where = (self._kind.key, form.values[self._kind.name_field])
            place = outcome.at(self._kind.file, where) if outcome.files else said(outcome.faults)
            return self._show(request, session, files, Returned(form, place))
        other = self._kind.now(files, form.name, "") if form.name else None
        changes: dict[str, Any] = {"seen": digest_of(files.get(self._kind.file))}
        fresh = replace(form, **changes)  # type: ignore[type-var]
        return self._show(request, session, files, Returned(fresh, {}, outcome, other.values if other else {}))
