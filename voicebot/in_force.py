"""Which content is used: that of the library, or that of the city's folder when people have changed it there.

The library is what counts once there is one. A folder that was changed by hand is taken into it as a release of its
own, unless the pages have published something since that the folder does not hold: then nothing is decided for people.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from voicebot import content as contents
from voicebot.content import Content, Files
from voicebot.errors import ContentError, LibraryError
from voicebot.ports import Reader
from voicebot.releases.library import Library
from voicebot.releases.shelf import NewRelease, Release
from voicebot.releases.texts import digest_of_files

AUTHOR = "command line"
_EARLIER = 5
"""So many earlier publications are tried when what is in force cannot be loaded by this version any more."""
DIVERGED = (
    "フォルダーと画面の両方で内容が変わっています。`voicebot content diff` で違いを見て、フォルダーを残すなら "
    "`voicebot content import --overwrite`、画面で公開した内容を残すなら `voicebot content export --overwrite` を"
    "実行してください。"
)
State = Literal["empty", "same", "changed", "diverged"]
"""The folder: the library is empty; both hold the same; only the folder was changed; both were."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a service starts with."""

    content: Content
    release: int
    state: State
    """Of the folder, as it was found."""
    refused: ContentError | None = None
    """Why the folder's content, or what was in force, was not used."""


def state_of(library: Library, files: Files) -> State:
    """How the folder and the library stand to each other."""
    current, folder = library.in_force(), library.folder()
    if current is None:
        return "empty"
    digest = digest_of_files(files)
    if digest == library.release(current.release).digest or (folder is not None and digest == folder.digest):
        return "same"
    return "changed" if folder is not None and folder.release == current.release else "diverged"


def opened(library: Library, folder: Path, grammars: Path, reader: Reader, now: datetime) -> Opened:
    """Decide, and load; a folder that only people with a text editor have changed becomes a release.

    Raises:
        ContentError: neither the folder nor anything that was published can be used.
        LibraryError: the library cannot be used.
    """
    files = contents.read_folder(folder, grammars)
    state = state_of(library, files)
    if state == "empty":
        return Opened(*taken(library, files, contents.load_files(files, reader), now), state)
    if state == "changed":
        try:
            return Opened(*taken(library, files, contents.load_files(files, reader), now), state)
        except ContentError as error:
            return _published(library, reader, state, error)
    return _published(library, reader, state)


def taken(library: Library, files: Files, content: Content, now: datetime) -> tuple[Content, int]:
    """The folder's content becomes a release and is in force; the moment is kept as the city's clock shows it."""
    first = library.in_force() is None
    new = NewRelease(files, content.fingerprint, "最初の内容" if first else "フォルダーの変更", AUTHOR, "folder")
    release, _ = library.publish(new, "first" if first else "folder", now.astimezone(content.city.profile.zone))
    library.note_folder(release.digest, release.number)
    return content, release.number


def _published(library: Library, reader: Reader, state: State, refused: ContentError | None = None) -> Opened:
    """What is in force; what was before it, when this version of voicebot refuses that."""
    for publication in library.publications(_EARLIER):
        try:
            content = contents.load_files(library.files(publication.release), reader)
        except ContentError as error:
            refused = refused or error
            continue
        return Opened(content, publication.release, state, refused)
    raise refused or LibraryError("content.empty", "Nothing was ever published; run `voicebot content import`.")


def export(library: Library, release: Release, folder: Path, grammars: Path) -> tuple[str, ...]:
    """Write a release into the city's folder; the paths that changed. Each file is whole or as it was.

    Raises:
        OSError: a file cannot be written.
    """
    wanted, there = library.files(release.number), _read(folder, grammars)
    changed = sorted(path for path in {*wanted, *there} if wanted.get(path) != there.get(path))
    for path in changed:
        spoken = path.startswith(contents.GRAMMARS)
        target = grammars / path.removeprefix(contents.GRAMMARS) if spoken else folder / path
        if path not in wanted:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(wanted[path].encode())
        beside.replace(target)
    library.note_folder(release.digest, release.number)
    return tuple(changed)


def _read(folder: Path, grammars: Path) -> Files:
    try:
        return contents.read_folder(folder, grammars)
    except ContentError:
        return {}  # an empty folder, into which all is written
