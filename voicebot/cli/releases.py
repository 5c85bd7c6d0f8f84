"""The library of the city's content beside the city's folder: import, export, differences, releases."""

import asyncio
from datetime import datetime
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap, in_force
from voicebot import content as contents
from voicebot.checking.findings import summary
from voicebot.cli.serve import settings_of
from voicebot.content import Files
from voicebot.errors import ContentError, LibraryError
from voicebot.examination import examine_files
from voicebot.releases.library import Library
from voicebot.settings import Settings
from voicebot.web.reloading import order

app = typer.Typer(help="The city's content: what is in the library of the pages, and what in the folder.")
City = Annotated[Path | None, typer.Option(help="Folder of the city's content.")]
Overwrite = Annotated[bool, typer.Option(help="Also when both sides have changed; the other side's change is lost.")]
FOLDER, DRAFT, IN_FORCE = "folder", "draft", "in-force"
_WHY = {
    "first": "最初の内容",
    "publish": "公開",
    "schedule": "予約の公開",
    "roll_back": "戻した",
    "urgent": "至急の公開",
    "folder": "フォルダーから",
}


@app.command("releases")
def releases(limit: Annotated[int, typer.Option(help="How many.")] = 20) -> None:
    """List the releases, newest first, and when each was put in force last."""
    library = Library(settings_of().library)
    current, history = library.in_force(), library.publications(200)
    for each in library.releases(limit):
        last = next((one for one in history if one.release == each.number), None)
        told = f"{last.at:%Y-%m-%d %H:%M} {_WHY[last.why]}({last.by})" if last else "公開していません"
        mark = "●" if current and current.release == each.number else " "
        typer.echo(f"{mark} 第{each.number}版 {each.title}({each.author}) {told}")


@app.command("import")
def take(
    city: City = None,
    draft: Annotated[bool, typer.Option(help="Only into the draft; nothing is put in force.")] = False,
    overwrite: Overwrite = False,
) -> None:
    """Take the city's folder into the library, and put it in force after the whole check.

    Exit code 1 when it was refused; what is in force stays.
    """
    settings = settings_of(city=city)
    library, read = Library(settings.library), bootstrap.reader()
    files = contents.read_folder(settings.city, settings.grammars)
    state = in_force.state_of(library, files)
    if state == "same":
        typer.echo("フォルダーとライブラリーの内容は同じです。")
        return
    if draft and state != "empty":
        _into_draft(library, files)
        return
    if state == "diverged" and not overwrite:
        raise LibraryError("content.diverged", in_force.DIVERGED)
    search = bootstrap.searching(settings, partial(typer.echo, err=True), wait=True)
    found = examine_files(files, read, _now().date(), partial(bootstrap.house, settings, read), search)
    for each in found.findings:
        if each.level == "fault":
            typer.echo(str(each), err=True)
    if found.faults or found.content is None:
        typer.echo(f"{summary(found.findings)}取り込みませんでした。", err=True)
        raise typer.Exit(1)
    _, number = in_force.taken(library, files, found.content, _now())
    _tell_service(settings, f"第{number}版として公開しました。")


@app.command("export")
def export(
    city: City = None,
    release: Annotated[int | None, typer.Option(help="Which release; what is in force if not given.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a release into the city's folder; files that it does not have are removed there."""
    settings = settings_of(city=city)
    library = Library(settings.library)
    number = release if release is not None else _current(library)
    try:
        there: Files = contents.read_folder(settings.city, settings.grammars)
    except ContentError:
        there = {}
    if there and in_force.state_of(library, there) in {"changed", "diverged"} and not overwrite:
        raise LibraryError("content.diverged", in_force.DIVERGED)
    changed = in_force.export(library, library.release(number), settings.city, settings.grammars)
    for path in changed:
        typer.echo(path)
    typer.echo(f"第{number}版をフォルダーに書き出しました。(変わったファイル {len(changed)}件)")


@app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="folder, draft, in-force, or the number of a release.")] = IN_FORCE,
    new: Annotated[str, typer.Argument(help="The same; what it is compared with.")] = FOLDER,
    city: City = None,
) -> None:
    """Show what differs, line by line. Exit code 1 when something does."""
    settings = settings_of(city=city)
    library = Library(settings.library)
    before, after = (_files(settings, library, which) for which in (old, new))
    paths = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    for path in paths:
        one, other = (side.get(path, "").splitlines(keepends=True) for side in (before, after))
        for line in unified_diff(one, other, f"{old}/{path}", f"{new}/{path}"):
            typer.echo(line.rstrip("\n"))
    if paths:
        raise typer.Exit(1)
    typer.echo("違いはありません。")


@app.command("use")
def use(number: Annotated[int, typer.Argument(help="Number of a release.")]) -> None:
    """Put a release in force again, say because a newer one was a mistake."""
    settings = settings_of()
    library = Library(settings.library)
    contents.load_files(library.files(number), bootstrap.reader())
    library.put_in_force(number, in_force.AUTHOR, "roll_back", _now())
    _tell_service(settings, f"第{number}版に戻しました。")


def _into_draft(library: Library, files: Files) -> None:
    folder = library.folder()
    base = library.files(folder.release if folder else _current(library))
    left = library.take_in(files, base, in_force.AUTHOR, _now(), "フォルダーの変更")
    for path in left:
        typer.echo(f"{path}: 下書きでも同じところが変わっているので、取り込みませんでした。", err=True)
    typer.echo("下書きに取り込みました。公開は画面で行ってください。")
    if left:
        raise typer.Exit(1)


def _files(settings: Settings, library: Library, which: str) -> Files:
    if which == FOLDER:
        return contents.read_folder(settings.city, settings.grammars)
    if which == DRAFT:
        return library.draft().files
    if which != IN_FORCE and not which.isdecimal():
        raise typer.BadParameter("Write folder, draft, in-force, or the number of a release.")
    return library.files(int(which) if which.isdecimal() else _current(library))


def _current(library: Library) -> int:
    current = library.in_force()
    if current is None:
        raise LibraryError(
            "content.empty", "ライブラリーはまだ空です。`voicebot content import` でフォルダーを取り込んでください。"
        )
    return current.release


def _tell_service(settings: Settings, done: str) -> None:
    """A running service takes it for its next call; without one the next start does."""
    try:
        asyncio.run(order(settings.data, "refresh"))
    except (OSError, ValueError):
        typer.echo(f"{done}動いているサービスはありません。次に起動したときから使われます。")
    else:
        typer.echo(f"{done}次の電話から使われます。")


def _now() -> datetime:
    return datetime.now().astimezone()
