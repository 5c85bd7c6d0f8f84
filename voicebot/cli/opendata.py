"""Open data: import published lists into the city's folder, and see what is there and how old it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap, documents
from voicebot.city.data_file import FOLDER, read_imported
from voicebot.city.data_sets import DataSet, age_days, stale
from voicebot.city.load import City
from voicebot.city.load import load as load_city
from voicebot.cli.serve import settings_of
from voicebot.errors import ContentError, Fault, TableError, VoicebotError
from voicebot.opendata.columns import place_of
from voicebot.opendata.kinds import COLLECTION, KNOWN, ListKind, kind_called
from voicebot.opendata.reading import read_list
from voicebot.opendata.report import Result
from voicebot.opendata.writing import Origin, file_name, text_of
from voicebot.sheets.table import Problem

app = typer.Typer(help="Import open data (CSV, Excel, GeoJSON), and see how old it is.", no_args_is_help=True)

SHOWN = 20
"""So many problems of a list are printed unless all are wanted."""
LARGEST_BYTES = 100_000_000
_CITY = typer.Option(help="Folder of the city's content.")


@dataclass(frozen=True, slots=True)
class _New:
    """A list that was read and the file that it would become."""

    result: Result
    path: str
    text: str


@app.command("import")
def import_lists(
    files: Annotated[list[Path], typer.Argument(help="Published lists: CSV, Excel (.xlsx) or GeoJSON.")],
    city: Annotated[Path | None, _CITY] = None,
    kind: Annotated[str, typer.Option(help="What the files list, if their headings do not tell (AED設置箇所).")] = "",
    source: Annotated[str, typer.Option(help="Who publishes them, and where.")] = "",
    licence: Annotated[str, typer.Option(help="Under which licence (CC BY 4.0).")] = "",
    as_of: Annotated[str, typer.Option(help="The day whose state they show: 2026-04-01.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, write nothing.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print every problem, not just the first twenty.")] = False,
) -> None:
    """Import lists into the folder `data` of the city. A list of the same file name takes the place of the older one.

    Rows that cannot be used are named with row, column and cure; the others are taken. Exit code 1 when a whole file
    was refused.
    """
    settings = settings_of(city=city)
    texts = _texts(settings.city)
    origin = Origin(datetime.now().astimezone().date(), source, licence, _day(as_of))
    wanted = _kind(kind)
    found = [new for file in files if (new := _read(file, wanted, origin, everything)) is not None]
    for new in found:
        typer.echo(_changes(new, texts))
        texts[new.path] = new.text
    if found:
        _check(texts)
    for new in found:
        if not dry_run:
            _write(settings.city / new.path, new.text)
    if dry_run:
        typer.echo("試しに読んだだけです。何も書き込んでいません。")
    elif found:
        typer.echo(f"{len(found)}つの一覧を {settings.city / FOLDER} に取り込みました。公開すると、案内が変わります。")
    if len(found) < len(files):
        raise typer.Exit(1)


@app.command("list")
def list_data(
    city: Annotated[Path | None, _CITY] = None,
    today: Annotated[str, typer.Option(help="As on this day: 2027-04-01; today if not given.")] = "",
) -> None:
    """Show the imported lists: how many rows, from when, from whom, and which ones should be replaced."""
    faults: list[Fault] = []
    sets = [each.data_set for each in read_imported(_texts(settings_of(city=city).city), faults)]
    if faults:
        raise ContentError(tuple(faults))
    day = _day(today) or datetime.now().astimezone().date()
    if not sets:
        typer.echo("取り込んだ一覧は、まだありません。「voicebot data import ファイル」で取り込めます。")
    for each in sorted(sets, key=lambda one: one.path):
        typer.echo(_line(each, day))
    for warning in stale(sets, day):
        typer.echo(f"注意 {warning.data.path}: {warning.message}")


def _read(file: Path, wanted: ListKind | None, origin: Origin, everything: bool) -> _New | None:
    """The list; None, and the reason on the terminal, when the whole file is refused."""
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise TableError("opendata.too_large", f"「{file.name}」は大きすぎます。使う一覧だけを保存してください。")
        result = read_list(file.name, file.read_bytes(), wanted)
    except OSError:
        typer.echo(f"取り込めません: 「{file}」を開けません。名前と場所を確かめてください。", err=True)
        return None
    except TableError as error:
        typer.echo(f"取り込めません: {error.message}", err=True)
        return None
    for line in _report(result, everything):
        typer.echo(line)
    return _New(result, f"{FOLDER}{file_name(file.name)}", text_of(result, origin))


def _report(result: Result, everything: bool) -> Iterator[str]:
    refused, mended = len(result.refused), len(result.mended)
    yield (
        f"{result.file}: {result.kind}({result.encoding})。使える行 {len(result.rows)}、"
        f"取り込まない行 {refused}、直した・一部だけの行 {mended}"
    )
    if everything:
        yield from (f"  {place_of(problem)}: {problem.message}" for problem in result.problems)
        return
    alike: dict[str, list[Problem]] = {}
    for problem in result.problems:
        alike.setdefault(problem.message, []).append(problem)
    for message, problems in list(alike.items())[:SHOWN]:
        more = f" ほか{len(problems) - 1}行" if len(problems) > 1 else ""
        yield f"  {place_of(problems[0])}{more}: {message}"
    if len(alike) > SHOWN or any(len(problems) > 1 for problems in alike.values()):
        yield "  (--all を付けると、一行ずつすべて表示します)"


def _changes(new: _New, texts: Mapping[str, str]) -> str:
    """How the list differs from the one whose place it takes."""
    if new.path not in texts:
        return f"  {new.path} を新しく作ります。"
    before, after = _rows(texts[new.path], new.path), _rows(new.text, new.path)
    added, gone = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    changed = sum(before[name] != after[name] for name in before.keys() & after.keys())
    return f"  {new.path} を入れ替えます: 新しい行 {added}、変わる行 {changed}、なくなる行 {gone}"


def _rows(text: str, path: str) -> Mapping[str, object]:
    """The rows of a file of `data/` by name and place, as far as it can be read."""
    try:
        data = documents.read(text, path).data
    except ContentError:
        return {}
    found: dict[str, object] = {}
    for section in data.values() if isinstance(data, dict) else ():
        if isinstance(section, dict):
            found |= {str(name): value for name, value in section.items()}
        for row in section if isinstance(section, list) else ():
            marks = ("name", "address", "place", "when", "date", "hours", "center", "first")
            found[" ".join(str(row.get(mark, "")) for mark in marks)] = row
    return found


def _check(texts: Mapping[str, str]) -> City:
    """The city with the new lists.

    Raises:
        ContentError: it could not be loaded; nothing has been written.
    """
    return load_city(texts, bootstrap.reader())


def _line(data: DataSet, today: date) -> str:
    age = age_days(data, today)
    when = f"{data.as_of.isoformat()}現在" if data.as_of else "時点不明"
    parts = [
        f"{data.path}: {data.name} {data.rows}件",
        when + (f"({age}日前)" if age is not None else ""),
        f"{data.imported.isoformat()}取り込み" if data.imported else "",
        f"{data.until.isoformat()}まで" if data.until else "",
        f"出典 {data.source or '未記入'}",
        f"ライセンス {data.licence or '未記入'}",
    ]
    return "、".join(part for part in parts if part)


def _texts(folder: Path) -> dict[str, str]:
    """The city's YAML files, by their paths inside its folder.

    Raises:
        VoicebotError: there is no such folder.
    """
    if not folder.is_dir():
        raise VoicebotError("opendata.no_city", f"「{folder}」がありません。--city で市のフォルダーを指してください。")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8-sig") for path in sorted(folder.rglob("*.yaml"))}


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter("Write the day as 2026-04-01.") from error


def _kind(word: str) -> ListKind | None:
    found = kind_called(word) if word else None
    if word and found is None:
        names = "、".join(kind.name for kind in (*KNOWN, COLLECTION))
        raise typer.BadParameter(f"「{word}」という一覧はありません。使えるもの: {names}", param_hint="--kind")
    return found
