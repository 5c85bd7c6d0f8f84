"""A trial kept as a golden talk: retold, written behind the others of a file of the draft, and tried there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from voicebot import bootstrap
from voicebot.editing.talk_files import with_talk
from voicebot.editing.values import Value
from voicebot.errors import ContentError
from voicebot.releases.texts import digest_of
from voicebot.tuning import golden
from voicebot.tuning.retelling import Retold
from voicebot.web.staff.office import Office

FILE = "試した会話"
"""Where talks go whose file is not named."""
_NAME = re.compile(r"[^/\\.\x00-\x1f]{1,40}")
MOST_SIGNS = 80
"""Of a talk's name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A talk in the draft."""

    path: str
    text: str
    """The talk as it is written."""
    same: bool
    """Whether it went as the trial did when it was told again."""
    fault: str
    """Why it does not come true on the draft; "" when it does."""


def path_of(file: str) -> str | None:
    """The path of a file of talks; None when it cannot be called so."""
    name = file.strip().removesuffix(".yaml") or FILE
    return f"talks/{name}.yaml" if _NAME.fullmatch(name) else None


def written(retold: Retold, name: str) -> Mapping[str, Value]:
    """The talk in the shape of its file."""
    return cast(Mapping[str, Value], retold.session.talk(name.strip()[:MOST_SIGNS]))


def preview(retold: Retold, name: str) -> str:
    """The talk as it would be written."""
    return with_talk(None, written(retold, name), "talks/")


def keep(office: Office, retold: Retold, name: str, path: str, by: str) -> Kept:
    """Write it into the draft, and try it there. Blocks.

    Raises:
        ContentError: the file cannot be edited.
        ConflictError: somebody else has changed the same lines meanwhile.
        LibraryError: the library is out of order.
    """
    before = office.library.draft().files.get(path)
    talk = written(retold, name)
    text = with_talk(before, talk, path)
    what = f"試した会話「{talk['name']}」を見本にする"
    office.library.edit({path: text}, {path: digest_of(before)}, by, office.service.now(), what)
    return Kept(path, preview(retold, name), retold.same, _fault(office, path))


def _fault(office: Office, path: str) -> str:
    """How the last talk of a file does not come true on the draft."""
    files = office.library.draft().files
    try:
        edition = office.publishing.edition(files)
        content = edition.content
        talk = golden.load(((path, files[path]),), tuple(content.dialog.departments))[-1]
    except ContentError as error:
        return str(error.faults[0])
    zone = content.city.profile.zone
    fault = golden.run(talk, content.dialog, edition.answers, edition.city_desk, bootstrap.reader(), zone)
    return fault.message if fault else ""
