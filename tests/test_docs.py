"""The papers tell the truth: settings, commands, links, keys, examples and messages are those of the program."""

import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
import pytest
import typer
import yaml
from pydantic import BaseModel, SecretStr

from voicebot import content as contents
from voicebot.city.data_file import DataFile
from voicebot.city.departments_file import DepartmentRow, DepartmentsFile, load_departments
from voicebot.city.districts_file import DistrictRow, DistrictsFile
from voicebot.city.duty_doctors_file import CenterRow, ClinicRow, DutyFile
from voicebot.city.facilities_file import FacilitiesFile, FacilityRow
from voicebot.city.facts import FactRow, FactsFile
from voicebot.city.garbage_file import ClosedRow, ExtraRow, GarbageFile, KindRow
from voicebot.city.hours_file import CalendarRows, HoursFile, SpecialRow, load_hours
from voicebot.city.profile import ProfileFile
from voicebot.city.readings_file import ReadingRow, ReadingsFile
from voicebot.city.shelters_file import NearestRow, ShelterRow, SheltersFile, WaterRow
from voicebot.city.sorting_file import ItemRow
from voicebot.cli import app
from voicebot.content import Content
from voicebot.dialog.files import (
    CaseFile,
    ChoiceFile,
    CommandFile,
    DisasterFile,
    GrammarFile,
    LimitsFile,
    LineFile,
    NodeFile,
    PhrasesFile,
    SlotFile,
    TreeFile,
)
from voicebot.dialog.phrases import COMMANDS, OFFERS, OWN_QUESTIONS, PHRASES
from voicebot.documents import Strict, parse, read
from voicebot.errors import ContentError
from voicebot.faq.load import EntryFile, FaqFile
from voicebot.settings import Settings
from voicebot.tuning.golden import TalkFile, TalkLineFile, TalksFile
from voicebot.voice.reading import reading
from voicebot.web.staff.words import Words, names

ROOT = Path(__file__).parent.parent
PAPERS = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
DEPLOYMENT, FORMAT, STAFF = (
    ROOT / "docs" / name for name in ("deployment.md", "dialog-format.md", "staff/はじめに.md")
)
MODELS: Mapping[str, type[Strict]] = {
    "line.yaml": LineFile,
    "disaster.yaml": DisasterFile,
    "phrases.yaml": PhrasesFile,
    "profile.yaml": ProfileFile,
    "departments.yaml": DepartmentsFile,
    "hours.yaml": HoursFile,
    "facts.yaml": FactsFile,
    "readings.yaml": ReadingsFile,
    "districts.yaml": DistrictsFile,
    "facilities.yaml": FacilitiesFile,
    "garbage.yaml": GarbageFile,
    "shelters.yaml": SheltersFile,
    "duty.yaml": DutyFile,
    "trees": TreeFile,
    "faq": FaqFile,
    "grammars": GrammarFile,
    "talks": TalksFile,
}
"""The model of each of the city's files, by its name or its folder."""
DOCUMENTED = (
    *(LineFile, LimitsFile, TreeFile, NodeFile, ChoiceFile, GrammarFile, CommandFile, FaqFile, EntryFile, ProfileFile),
    *(DisasterFile, SlotFile, CaseFile),
    *(DistrictRow, DistrictsFile, KindRow, ClosedRow, ExtraRow, GarbageFile, ItemRow, ClinicRow, CenterRow, DutyFile),
    *(WaterRow, ShelterRow, NearestRow, SheltersFile, FacilitiesFile, FacilityRow, DataFile),
    *(
        DepartmentRow,
        HoursFile,
        CalendarRows,
        SpecialRow,
        FactsFile,
        FactRow,
        ReadingsFile,
        ReadingRow,
        TalksFile,
        TalkFile,
        TalkLineFile,
    ),
)


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language, without the fences and the indentation of a list."""
    text = path.read_text("utf-8")
    found = re.finditer(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{each[1]}", "", each[2], flags=re.MULTILINE) for each in found]


def headings(path: Path) -> list[str]:
    """Titles with their level, without what stands in fences."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+ .+$", text, re.MULTILINE)


def anchor(heading: str) -> str:
    """The anchor that a heading gets."""
    words = re.sub(r"[^\w\- ]", "", heading.lstrip("#").strip().lower())
    return words.replace(" ", "-")


def commands(command: click.Command | None = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command with its words, `models list` among them."""
    group = command or typer.main.get_command(app)
    # typer may carry a copy of click of its own, so the shape decides and not the class.
    for name, each in getattr(group, "commands", {}).items():
        if getattr(each, "commands", None):
            yield from commands(each, (*path, name))
        else:
            yield " ".join((*path, name)), each


def default(value: object) -> str:
    """A setting's default as the table writes it."""
    match value:
        case SecretStr():
            return value.get_secret_value()
        case None:
            return "(none)"
        case bool() | dict():
            return json.dumps(value)
    return str(value)


def test_the_table_of_settings_is_that_of_the_program() -> None:
    """One row a setting: variable, default, description; to renew it, take the rows from this test's failure."""
    rows = [
        f"| `VOICEBOT_{name.upper()}` | `{default(field.default)}` | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    written = re.findall(r"^\| `VOICEBOT_.*$", DEPLOYMENT.read_text("utf-8"), re.MULTILINE)
    assert written == rows, "the table should be:\n" + "\n".join(rows)


def test_every_command_is_in_the_readme() -> None:
    """A command that nobody tells of does not exist for its users."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name, _ in commands() if f"voicebot {name}" not in readme and f"make {name}" not in readme] == [
        "settings"
    ]
    assert "`voicebot settings`" in DEPLOYMENT.read_text("utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_command_in_the_papers_can_be_given(paper: Path) -> None:
    """Each `voicebot ...` line of a shell block names a command and options that exist."""
    known = dict(commands())
    lines = "".join(blocks(paper, "sh")).splitlines()
    for line in lines:
        words = shlex.split(line, comments=True)
        places = [at for at, word in enumerate(words) if word == ".venv/bin/voicebot"]
        if not places:
            continue
        given = words[places[0] + 1 :]
        name = " ".join(given[:2]) if " ".join(given[:2]) in known else given[0]
        assert name in known, line
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert {word for word in given if word.startswith("--")} <= options, line


def test_every_make_target_in_the_papers_exists() -> None:
    """And every target is told of in the readme, but for `help` and `clean`."""
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for paper in PAPERS
        for target in re.findall(r"(?:^|`|-u \w+ )make ([a-z]+)", paper.read_text("utf-8"), re.M)
    }
    assert named <= targets
    assert targets - named <= {"help", "clean"}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_link_leads_somewhere(paper: Path) -> None:
    """Files exist, and so do the headings that are pointed at."""
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, fragment = target.partition("#")
        path = (paper.parent / file).resolve() if file else paper
        assert path.exists(), target
        if fragment:
            assert fragment in {anchor(heading) for heading in headings(path)}, target


def test_the_japanese_readme_mirrors_the_english_one() -> None:
    """The same sections in the same order, the same commands, the same links."""
    english, japanese = ROOT / "README.md", ROOT / "README.ja.md"
    levels = [[heading.split()[0] for heading in headings(paper)] for paper in (english, japanese)]
    assert levels[0] == levels[1]
    shell = [
        [shlex.split(line, comments=True) for line in "".join(blocks(paper, "sh")).splitlines()]
        for paper in (english, japanese)
    ]
    assert shell[0] == shell[1]
    links = [set(re.findall(r"\]\(([^)\s]+)\)", paper.read_text("utf-8"))) for paper in (english, japanese)]
    assert links[0] - links[1] == {"README.ja.md"}
    assert links[1] - links[0] == {"README.md"}


@pytest.mark.parametrize("model", DOCUMENTED, ids=lambda model: model.__name__)
def test_every_key_of_the_citys_files_is_described(model: type[BaseModel]) -> None:
    """A key that the program takes stands in the reference, as code in a table's first column."""
    text = FORMAT.read_text("utf-8")
    described = {key for row in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE) for key in re.findall(r"`(.+?)`", row)}
    assert {field.alias or name for name, field in model.model_fields.items()} <= described


def test_every_phrase_command_and_offer_is_described() -> None:
    """And the names that nobody may give to a node."""
    text = FORMAT.read_text("utf-8")
    for name in (*PHRASES, *COMMANDS, *OFFERS):
        assert f"`{name}`" in text, name
    for name in OWN_QUESTIONS:
        assert name in text, name
    for name, limit in LimitsFile.model_fields.items():
        row = re.search(rf"^\| `{name}` \| ([\d.]+) \|", text, re.MULTILINE)
        assert row, name
        assert float(row[1]) == limit.default, name


def model_of(path: str) -> type[Strict]:
    """The model that a file of this path is read with."""
    return MODELS.get(path) or MODELS[path.split("/", maxsplit=1)[0]]


def examples(paper: Path) -> list[tuple[str, str]]:
    """YAML blocks with the path that their first line names."""
    return [(block.split("\n", 1)[0].removeprefix("# "), block) for block in blocks(paper, "yaml")]


@pytest.mark.parametrize(("path", "text"), examples(FORMAT), ids=lambda value: value.split("\n")[0])
def test_every_example_of_the_reference_is_right(path: str, text: str) -> None:
    """Each block is read by the loader of the file it names."""
    document = read(text, path)
    parse(document, model_of(path))


@pytest.mark.parametrize("name", sorted({model.__name__ for model in MODELS.values()}))
def test_every_kind_of_file_has_an_example(name: str) -> None:
    """The reference shows each file once."""
    assert name in {model_of(path).__name__ for path, _ in examples(FORMAT)}


def wrong_and_right() -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The staff guide's mistakes (path, text, messages), and its other examples (path, text)."""
    work, mistakes = STAFF.read_text("utf-8").split("## よくある五つの間違い")
    pairs = re.findall(r"```yaml\n(.*?)```\s+```text\n(.*?)```", mistakes, re.DOTALL)
    wrong = [(text.split("\n", 1)[0].removeprefix("# "), text, messages.strip()) for text, messages in pairs]
    right = [each for each in examples(STAFF) if each[1] in work]
    return wrong, right


def faults_of(path: str, text: str, city: Content, folder: Path) -> list[str]:
    """What the check says of this file in the demo city."""
    checks: Mapping[str, Callable[[], object]] = {
        "hours.yaml": lambda: load_hours(read(text, path), city.city.profile.zone),
        "departments.yaml": lambda: load_departments(read(text, path), None),
    }
    try:
        if path in checks:
            checks[path]()
        else:
            copy = folder / "city"
            for file in (ROOT / "dialogs" / "minato").rglob("*.yaml"):
                target = copy / file.relative_to(ROOT / "dialogs" / "minato")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
            (copy / path).write_text(text, "utf-8")
            contents.load(copy, ROOT / "grammars", reading)
    except ContentError as error:
        return [str(fault) for fault in error.faults if fault.path == path]
    return []


@pytest.mark.parametrize(("path", "text", "messages"), wrong_and_right()[0])
def test_the_staff_guide_shows_the_checks_own_words(
    path: str, text: str, messages: str, minato: Content, tmp_path: Path
) -> None:
    """Each mistake of the guide gives exactly the messages that the guide prints."""
    assert "\n".join(faults_of(path, text, minato, tmp_path)) == messages


def test_the_staff_guide_has_five_mistakes() -> None:
    """As its heading says."""
    assert len(wrong_and_right()[0]) == 5


@pytest.mark.parametrize(("path", "text"), wrong_and_right()[1])
def test_the_staff_guides_examples_are_right(path: str, text: str) -> None:
    """What staff copy from the guide is read without a fault."""
    parse(read(text, path), model_of(path))


def test_decisions_are_short_and_numbered() -> None:
    """At most thirty lines each, numbers without gaps, the number also in the title."""
    papers = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(paper.name[:4]) for paper in papers] == list(range(1, len(papers) + 1))
    for paper in papers:
        lines = paper.read_text("utf-8").splitlines()
        assert len(lines) <= 30, paper.name
        assert lines[0].startswith(f"# {int(paper.name[:4])}. "), paper.name


def test_the_compose_file_demands_the_secrets_and_listens_on_loopback_only() -> None:
    """Read as YAML: there need not be a Docker engine here."""
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]["voicebot"]
    for name in ("VOICEBOT_PUBLIC_URL", "VOICEBOT_TWILIO_AUTH_TOKEN", "VOICEBOT_CALLER_ID"):
        assert service["environment"][name].startswith(f"${{{name}:?"), name
    assert {f"VOICEBOT_{name.upper()}" for name in Settings.model_fields} >= set(service["environment"]) - {"TZ"}
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_the_image_copies_what_is_there_and_what_is_not_left_out() -> None:
    """Each source of a COPY is committed and is not excluded by `.dockerignore`."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    sources = [source for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE) for source in line.split()]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, source
    assert "USER voicebot" in dockerfile
    assert "--require-hashes" in dockerfile


def test_no_recipe_names_an_index() -> None:
    """Where packages come from is the affair of whoever installs them."""
    recipes = ("Makefile", "Dockerfile", "docker-compose.yml", "requirements.lock", "requirements-dev.lock", ".ci/run")
    address = re.compile(r"--(?:extra-)?index-url|--find-links|https?://(?!127\.0\.0\.1|voicebot\.city\.example\.jp)")
    for name in recipes:
        found = address.search((ROOT / name).read_text("utf-8").replace("--no-emit-index-url", ""))
        assert found is None, f"{name}: {found and found[0]}"


PRESSED = re.compile(r"「\**([^「」*]+)\**」(?=を開|を押|から公開|に移り|に印を付け|→)|(?<=→)「([^「」]+)」")
"""What a guide tells staff to press, open or tick: 「会話」→「FAQ」, 「いま公開する」を押します; ○ is a number."""
OF_OTHERS = {"許可", "?"}
"""A button of browsers, and a key."""


@pytest.mark.parametrize("paper", sorted((ROOT / "docs/staff").glob("*.md")), ids=lambda path: path.stem)
def test_what_a_guide_tells_staff_to_press_is_on_a_page(paper: Path) -> None:
    """A button that has another name on the page is looked for in vain."""
    text = re.sub(r"^```.*?^```$", "", paper.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    pressed = {one or other for one, other in PRESSED.findall(text)} - OF_OTHERS
    words = Words("ja")
    pages = {re.sub(r"\{\w+\}", "○", re.sub(r"[(（].*[)）]$|。$", "", words[name])) for name in names()}
    assert {part for each in pressed for part in each.removeprefix("ⓘ ").split(" / ")} <= pages
