"""The disaster switch: from what staff have chosen to a preview, and from a confirmed preview to what callers hear.

What was previewed is what is published: a preview keeps its changes, and counts no longer when something else has been
put in force meanwhile. The pack ends by itself at its time, since every call looks at the clock; `end_when_due` then
also puts back what else was changed (orders, open places).
"""

import logging
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime

from voicebot import bootstrap
from voicebot.audio import mulaw, wav
from voicebot.editing.emergency import Changes, Switch, Wanted, begun, ended, switch_of
from voicebot.errors import ContentError
from voicebot.releases.texts import Files
from voicebot.web.releasing import Published
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.today.previews import Preview, What
from voicebot.web.staff.today.rehearsal import Scene, rehearsed

log = logging.getLogger(__name__)
TITLES: Mapping[What, str] = {
    "begin": "災害の案内を開始",
    "change": "災害の案内を変更",
    "end": "災害の案内を終了",
}
AUTOMATIC = "自動終了"
"""Who ends it when its time is over."""
NEVER = 1
"""The year of the end of a pack without an end, as the dialog holds it."""
MOST_LOOKED_BACK = 200
"""So many publications are looked through for what was in force before the switch."""


class DisasterDesk:
    """One service's switch. All methods block, and may be called from any thread.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._previews = office.previews

    def now(self) -> datetime:
        """The moment that calls begin at, in the city's zone."""
        service = self._office.service
        return (service.office_time or service.now)()

    def in_force(self) -> tuple[int, Files]:
        """The release that callers hear, and its files."""
        library = self._office.library
        current = library.in_force()
        if current is None:
            raise Refusal(503, "staff.trouble")
        return current.release, library.files(current.release)

    def switch(self) -> Switch | None:
        """What is in force says; None for a city without a disaster pack."""
        return switch_of(self.in_force()[1])

    def on(self, wanted: Wanted) -> Preview:
        """What would be heard with this.

        Raises:
            ContentError: a file cannot be edited by machine.
        """
        release, files = self.in_force()
        switch = switch_of(files)
        what: What = "change" if switch and switch.lasts(self.now()) else "begin"
        return self._kept(what, begun(files, wanted), release, files)

    def off(self) -> Preview:
        """What would be heard after the end.

        Raises:
            ContentError: a file cannot be edited by machine.
        """
        release, files = self.in_force()
        return self._kept("end", ended(files, self._before(files)), release, files)

    def preview(self, preview_id: str) -> Preview:
        """A preview that was made.

        Raises:
            Refusal: it is not known any more.
        """
        found = self._previews.find(preview_id)
        if found is None:
            raise Refusal(404, "today.preview_gone")
        return found

    def sound(self, preview_id: str, number: int) -> bytes:
        """What is said in a scene, as a WAV file of 8 kHz.

        Raises:
            Refusal: there is no such scene.
            VoiceError: no voice can say it.
        """
        preview = self.preview(preview_id)
        if not 0 <= number < len(preview.scenes):
            raise Refusal(404, "staff.missing")
        content = self._office.publishing.edition(self._with(preview)).content
        voice = self._office.service.voices.taught(content.city.readings).for_call()
        said = b"".join(voice.render(prompt) for prompt in preview.scenes[number].prompts)
        return wav.write(wav.Sound(mulaw.decode(said), mulaw.BYTES_PER_SECOND))

    def publish(self, preview_id: str, by: str) -> Published:
        """Put a preview in force.

        Raises:
            Refusal: it is not known any more, or something else was put in force since it was made.
        """
        preview = self.preview(preview_id)
        if self.in_force()[0] != preview.release:
            raise Refusal(409, "today.preview_old")
        published = self._office.publishing.urgent(preview.changes, by, TITLES[preview.what])
        if published.release is not None:
            self._previews.clear()
        return published

    def end_when_due(self) -> bool:
        """Put back what the switch has changed when its time is over; whether that was so now."""
        pack = self._office.service.content.dialog.disaster
        if pack is None or pack.until.year == NEVER or self.now() < pack.until:
            return False
        release, files = self.in_force()
        if release == self._previews.unended:
            return False
        title = f"{TITLES['end']}(自動)"
        if self._office.publishing.urgent(ended(files, self._before(files)), AUTOMATIC, title).release is None:
            self._previews.unended = release
            log.error("the disaster pack is over and could not be put away; end it on the page")
            return False
        return True

    def _kept(self, what: What, changes: Changes, release: int, files: Files) -> Preview:
        together = {**files, **changes}
        found = self._office.publishing.loaded(together)
        scenes: tuple[Scene, ...] = ()
        if not found.faults:
            edition = self._office.publishing.edition(together)
            scenes = rehearsed(edition, edition.content.city.reader or bootstrap.reader(), self.now())
        switch = switch_of(together)
        until = switch.until if switch else None
        preview = Preview(secrets.token_urlsafe(9), what, changes, release, until, scenes, found.findings)
        self._previews.keep(preview)
        return preview

    def _with(self, preview: Preview) -> Files:
        return {**self._office.library.files(preview.release), **preview.changes}

    def _before(self, files: Files) -> Files:
        """What was in force before the switch; the files themselves when that is too long ago."""
        library = self._office.library
        for publication in library.publications(MOST_LOOKED_BACK):
            earlier = library.files(publication.release)
            if not _traces(earlier):
                return earlier
        return files


def differences(preview: Preview, files: Files) -> Iterator[tuple[str, str, str]]:
    """Lines that become others: path, the line as it is, the line as it will be; empty for a line that is not there."""
    for path, text in preview.changes.items():
        old, new = files.get(path, "").splitlines(), text.splitlines()
        gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
        for number in range(max(len(gone), len(come))):
            yield path, gone[number] if number < len(gone) else "", come[number] if number < len(come) else ""


def _traces(files: Files) -> bool:
    try:
        switch = switch_of(files)
    except ContentError:
        return True
    return switch is None or switch.traces
