"""What people order about content: publish the draft, an urgent change, the folder, now or at a planned time; go back.

All methods block: not for the event loop.
"""

import logging
from datetime import datetime

from voicebot import content as contents
from voicebot import in_force
from voicebot.content import Files
from voicebot.errors import ConflictError, LibraryError
from voicebot.releases.drafting import Changes
from voicebot.releases.history import Plan
from voicebot.releases.library import Draft
from voicebot.releases.merging import merged
from voicebot.releases.shelf import NewRelease
from voicebot.web.releasing import Published, Releasing

log = logging.getLogger(__name__)


class Publishing(Releasing):
    """One service's content and its library; for any thread, one order after the other.

    Args:
        service: The whole house.
        reader: Gives readings.
        house: What is installed, for the check.
    """

    def begin(self) -> None:
        """Take the content that the service runs with as the first release, when the library is empty."""
        service = self._service
        if service.release is None and self.library.in_force() is None:
            files = contents.read_folder(service.settings.city, service.settings.grammars)
            service.release = in_force.taken(self.library, files, service.content, service.now())[1]

    def publish(self, title: str, by: str) -> Published:
        """Check the draft, make a release of it, and put it in force.

        Raises:
            LibraryError: a second person must approve it first.
        """
        with self._one:
            draft = self.library.draft()
            reviewer = self._reviewed(draft)
            return self._release(draft.files, title, by, "draft", "publish", reviewer)

    def urgent(self, changes: Changes, by: str, title: str) -> Published:
        """Put changes on top of what is in force, without the rest of the draft; golden talks are not waited for."""
        with self._one:
            files = {path: text for path, text in {**self._in_force(), **changes}.items() if text is not None}
            return self._release(files, title, by, "urgent", "urgent", hold_talks=False)

    def roll_back(self, number: int, by: str) -> Published:
        """Put an earlier release in force again.

        Raises:
            LibraryError: there is none of this number.
        """
        with self._one:
            return self._again(number, by, "roll_back")

    def schedule(self, at: datetime, by: str, title: str) -> tuple[Plan | None, Published]:
        """Check the draft as of that day, keep it as a release, and put it in force at that moment.

        Raises:
            LibraryError: the moment is over, or a second person must approve it first.
        """
        with self._one:
            now, draft = self._service.now(), self.library.draft()
            if at <= now:
                raise LibraryError("content.past", "公開の予約は、これから先の日時にしてください。")
            reviewer = self._reviewed(draft)
            found = self.examined(draft.files, at.date())
            if found.faults or found.content is None:
                return None, Published(None, found.findings)
            new = NewRelease(draft.files, found.content.fingerprint, title, by, "draft", reviewer)
            release = self.library.keep(new, now)
            return self.library.plan(release.number, at, by, now), Published(release, found.findings)

    def carry_out(self) -> None:
        """Put in force what was planned for now. Never raises: what fails is told in the plan."""
        with self._one:
            now = self._service.now()
            for plan in self.library.planned():
                if plan.at > now:
                    break
                try:
                    told = self._carry_out(plan)
                except (LibraryError, ConflictError) as error:
                    told = error.message
                except Exception:  # whatever it was, calls go on with what there is
                    log.exception("a planned publication failed; what was running goes on")
                    told = "思わぬ問題で公開できませんでした。"
                self.library.settle(plan.id, "failed" if told else "done", told)

    def refresh(self) -> bool:
        """Use what is in force in the library, which another process may have changed; whether it had."""
        with self._one:
            current = self.library.in_force()
            if current is None or current.release == self._service.release:
                return False
            edition = self.edition(self.library.files(current.release))
            self._use(edition.content, edition.answers, current.release)
            return True

    def take_folder(self) -> Published:
        """Check the city's folder, make a release of it, and put it in force; nothing new when it holds the same.

        Raises:
            ContentError: a file cannot be read.
            LibraryError: the pages have published what the folder does not hold.
        """
        with self._one:
            settings = self._service.settings
            files = contents.read_folder(settings.city, settings.grammars)
            state = in_force.state_of(self.library, files)
            if state == "diverged":
                raise LibraryError("content.diverged", in_force.DIVERGED)
            current = self.library.in_force()
            if state == "same" and current:
                return Published(self.library.release(current.release))
            published = self._release(files, "フォルダーの変更", in_force.AUTHOR, "folder", "folder")
            if published.release:
                self.library.note_folder(published.release.digest, published.release.number)
            return published

    def _carry_out(self, plan: Plan) -> str:
        """Why it could not be; empty when it was. What was published after the plan was made stays in force with it."""
        release, current = self.library.release(plan.release), self.library.in_force()
        if current is None or release.base is None or current.release == release.base:
            published = self._again(plan.release, plan.by, "schedule")
        else:
            base, mine = self.library.files(release.base), self.library.files(release.number)
            files = _joined(base, mine, self.library.files(current.release))
            published = self._release(files, release.title, plan.by, "draft", "schedule", release.reviewer)
        if published.release:
            return ""
        return next((str(each) for each in published.findings if each.level == "fault"), "")

    def _in_force(self) -> Files:
        current = self.library.in_force()
        return self.library.files(current.release) if current else {}

    def _reviewed(self, draft: Draft) -> str:
        """Who has approved the draft; every change must have been seen by somebody who did not make it."""
        approvals = self.library.approvals(draft.digest)
        if self._service.settings.content_review:
            authors = self.library.authors()
            if not approvals or any(not approvals - {author} for author in authors):
                raise LibraryError("content.review", "公開の前に、変更した人とは別の人の承認が必要です。")
        return "、".join(sorted(approvals))


def _joined(base: Files, mine: Files, theirs: Files) -> dict[str, str]:
    """What was changed on both sides, in one; a file that is gone on one side is gone.

    Raises:
        ConflictError: both have changed the same lines.
    """
    found: dict[str, str] = {}
    for path in {*mine, *theirs}:
        if path in mine and path in theirs:
            both = merged(base.get(path, ""), mine[path], theirs[path])
            if both is None:
                raise ConflictError(path, mine[path], theirs[path], "")
            found[path] = both
        elif path not in base:
            found[path] = mine.get(path, theirs.get(path, ""))
        elif mine.get(path, theirs.get(path)) != base[path]:  # gone on one side, changed on the other
            raise ConflictError(path, mine.get(path), theirs.get(path), "")
    return found
