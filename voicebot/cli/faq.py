"""A city's FAQ as a table: in from Excel or CSV with a look at the changes first, and out again."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.facts import fill
from voicebot.cli.serve import settings_of
from voicebot.content import Content
from voicebot.documents import read
from voicebot.editing.faq_changes import FOLDER, applied
from voicebot.errors import TableError, VoicebotError
from voicebot.examination import examine
from voicebot.faq import table_export
from voicebot.faq.changes import FieldChange, Plan, plan
from voicebot.faq.rows import Written, written_in
from voicebot.faq.table_import import Imported, Office, imported
from voicebot.settings import Settings
from voicebot.sheets.reading import read_table, read_tables
from voicebot.sheets.table import Table
from voicebot.sheets.writing import csv_bytes, workbook_bytes

app = typer.Typer(help="The FAQ as a table for Excel: in and out.", no_args_is_help=True)
SHEET = "FAQ"
SHOWN = 20
"""So many missing entries are named; the rest is counted."""
City = Annotated[Path | None, typer.Option(help="Folder of the city's content.")]


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="Excel (.xlsx) or CSV, in any order of columns.")],
    city: City = None,
    apply: Annotated[
        bool, typer.Option("--apply/--dry-run", help="Write the changes; without it they are only shown.")
    ] = False,
    leave_out: Annotated[
        bool, typer.Option("--leave-out-bad-rows", help="Write the good rows although others have problems.")
    ] = False,
    department: Annotated[str, typer.Option(help="The department of rows that name none.")] = "",
    sheet: Annotated[str, typer.Option(help="Only this sheet of a workbook.")] = "",
) -> None:
    """Show what a table of questions and answers would change in the city's FAQ; write it with --apply.

    Nothing is deleted. Comments and the order in the files stay. Exit code 1 when a row has a problem.
    """
    settings = settings_of(city=city)
    content = contents.load(settings.city, settings.grammars, bootstrap.reader())
    texts = _texts(settings.city)
    written = written_in(tuple(read(text, path) for path, text in texts.items()))
    departments = {one.name: one.also for one in content.city.departments}
    if department and department not in departments:
        raise VoicebotError(
            "faq.department", f"「{department}」という課はありません。--department を確かめてください。"
        )
    office = Office(departments, {one.entry.question: one.department for one in written}, department)
    found = imported(_tables(file, sheet), office)
    changes = plan(written, found.rows, lambda text: fill(text, content.city.values))
    _show(file.name, found, changes)
    _stop_at_problems(found, apply=apply, leave_out=leave_out)
    if not apply or changes.is_empty:
        if not changes.is_empty:
            typer.echo("\nまだ何も書いていません。これでよければ、--apply を付けて、もう一度実行してください。")
        return
    new = applied(changes, texts)
    _checked(settings, new)
    for path, text in new.items():
        _write(settings.city / path, text)
    typer.echo("\n書き込みました: " + "、".join(sorted(new)))


@app.command("export")
def write_out(
    file: Annotated[Path, typer.Argument(help="Where to: a name ending in .xlsx (Excel) or .csv.")],
    city: City = None,
    department: Annotated[str, typer.Option(help="Only the entries of this department.")] = "",
) -> None:
    """Write the city's FAQ as a table for Excel; `faq import` reads it again without loss."""
    settings = settings_of(city=city)
    content: Content = contents.load(settings.city, settings.grammars, bootstrap.reader())
    texts = _texts(settings.city)
    written = written_in(tuple(read(text, path) for path, text in texts.items()))
    chosen = [one for one in written if department in ("", one.department)]
    if not chosen:
        names = "、".join(sorted({one.department for one in written}))
        raise VoicebotError(
            "faq.nothing", f"{content.city.profile.name}の FAQ に、その課のものはありません。課: {names}"
        )
    rows = table_export.rows(chosen)
    match file.suffix.casefold():
        case ".xlsx":
            data = workbook_bytes(SHEET, table_export.HEADER, rows)
        case ".csv":
            data = csv_bytes(table_export.HEADER, rows)
        case _:
            raise TableError("faq.suffix", "ファイルの名前の終わりを、.xlsx(Excel)か .csv にしてください。")
    file.write_bytes(data)
    typer.echo(f"{len(rows)}件を書き出しました: {file}")


def _tables(file: Path, sheet: str) -> Sequence[Table]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise TableError("faq.file", f"「{file.name}」が開けません。名前と場所を確かめてください。") from error
    return [read_table(file.name, data, sheet)] if sheet else read_tables(file.name, data)


def _texts(city: Path) -> dict[str, str]:
    """The FAQ's files by their path in the city's folder; line ends as they are."""
    found = {}
    for path in sorted((city / FOLDER).rglob("*.yaml")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.relative_to(city).as_posix()] = file.read()
    return found


def _show(name: str, found: Imported, changes: Plan) -> None:
    typer.echo(
        f"{name}: {len(found.rows) + found.bad_rows}件のうち、新しいもの {len(changes.new)}件、変わるもの "
        f"{len(changes.changed)}件、同じもの {len(changes.unchanged)}件、使えない行 {found.bad_rows}件"
    )
    for note in found.notes:
        typer.echo(f"  {note}")
    for row in changes.new:
        typer.echo(f"\n+ {row.question} ({row.department}、{row.number}行目)")
        typer.echo(f"    {row.answer.replace(chr(10), ' ')}")
        if row.also:
            typer.echo(f"    別の聞き方: {' / '.join(row.also)}")
    for changed in changes.changed:
        typer.echo(f"\n* {changed.written.entry.question} ({changed.row.number}行目)")
        for change in changed.fields:
            typer.echo(f"    {change.label}: {_difference(change)}")
    _show_missing(changes.missing)
    for title, fatal in (("使えない行", True), ("お知らせ", False)):
        listed = [problem for problem in (*found.problems, *changes.notes) if problem.fatal is fatal]
        if listed:
            typer.echo(f"\n{title}:")
            for problem in listed:
                typer.echo(f"  {problem}")


def _show_missing(missing: Sequence[Written]) -> None:
    if missing:
        typer.echo(f"\nこの表にないもの {len(missing)}件(そのまま残ります):")
        for one in missing[:SHOWN]:
            typer.echo(f"  - {one.entry.question} ({one.path})")
        if len(missing) > SHOWN:
            typer.echo(f"  ほか{len(missing) - SHOWN}件")


def _difference(change: FieldChange) -> str:
    """The words that go and come in brackets: 手数料は[-300-][+400+]円. Of a list the items."""
    if isinstance(change.before, tuple) and isinstance(change.after, tuple):
        gone = [f"[-{word}-]" for word in change.before if word not in change.after]
        come = [f"[+{word}+]" for word in change.after if word not in change.before]
        return " ".join((*gone, *come)) or "順番が変わります。"
    signs = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("[+", "+]")}
    return "".join(f"{signs[kind][0]}{words}{signs[kind][1]}" for kind, words in change.pieces).replace("\n", " ")


def _stop_at_problems(found: Imported, *, apply: bool, leave_out: bool) -> None:
    if found.bad_rows and not (apply and leave_out):
        typer.echo(
            f"\n使えない行が{found.bad_rows}件あります。表を直してもう一度実行するか、その行を除いてよければ、"
            "--apply と --leave-out-bad-rows を付けてください。"
        )
        raise typer.Exit(1)


def _checked(settings: Settings, new: Mapping[str, str]) -> None:
    """Refuse changes after which the city could not be loaded, or a golden talk goes wrong: tried on a copy.

    Raises:
        VoicebotError: with every fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "city"
        shutil.copytree(settings.city, copy)
        for path, text in new.items():
            _write(copy / path, text)
        search = bootstrap.searching(settings, wait=True)
        examined = examine(copy, settings.grammars, bootstrap.reader(), date.today(), search=search)
    faults = [str(each) for each in examined.findings if each.level == "fault"]
    if faults:
        listed = "\n".join(f"  {fault}" for fault in faults)
        message = f"このままでは確認(voicebot check)に通らないので、書きませんでした:\n{listed}"
        raise VoicebotError("faq.refused", message)


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8", newline="")
    draft.replace(path)
