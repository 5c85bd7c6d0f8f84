"""`voicebot content`: the library of releases beside the city's folder."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from voicebot.cli import app
from voicebot.releases.library import Library
from voicebot.releases.shelf import NewRelease

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of a small city."""
    return Path(shutil.copytree(ROOT / "tests" / "cities" / "mijika", tmp_path / "city"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The library of the commands under test."""
    return Library(tmp_path / "data" / "content.db")


@pytest.fixture
def run(tmp_path: Path, city: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `voicebot content …` on that city, with ways of speaking of its own."""
    grammars = shutil.copytree(ROOT / "grammars", tmp_path / "grammars")
    for name, value in (("CITY", city), ("DATA", tmp_path / "data"), ("GRAMMARS", grammars)):
        monkeypatch.setenv(f"VOICEBOT_{name}", str(value))
    return lambda *words: CliRunner().invoke(app, ["content", *words])


def by_hand(city: Path, words: str = "# by hand") -> None:
    """Somebody edits a file of the folder."""
    path = city / "line.yaml"
    path.write_text(f"{path.read_text('utf-8')}{words}\n", "utf-8")


def by_page(library: Library) -> None:
    """Somebody publishes by the pages."""
    files = {**library.draft().files}
    files["profile.yaml"] += "# by page\n"
    library.edit({"profile.yaml": files["profile.yaml"]}, {}, "hanako", library.releases(1)[0].at, "直した")
    library.publish(NewRelease(files, "ffff", "画面から", "hanako", "draft"), "publish", library.releases(1)[0].at)


def test_the_folder_is_imported_once(run: Run, library: Library, city: Path) -> None:
    """Again only when it was changed."""
    assert "まだ空です" in str(run("diff").exception)
    assert "第1版として公開しました" in run("import").stdout
    assert "同じです" in run("import").stdout
    assert run("diff").exit_code == 0
    by_hand(city)
    found = run("diff")
    assert (found.exit_code, "+# by hand" in found.stdout) == (1, True)
    assert "第2版" in run("import").stdout
    assert [each.number for each in library.releases()] == [2, 1]
    assert "● 第2版" in run("releases").stdout


def test_a_folder_with_a_fault_is_refused(run: Run, library: Library, city: Path) -> None:
    """What is in force stays."""
    run("import")
    by_hand(city, "nonsense: 1")
    found = run("import")
    assert (found.exit_code, "line.yaml" in found.stderr) == (1, True)
    assert len(library.releases()) == 1


def test_neither_side_is_overwritten_unless_that_is_said(run: Run, library: Library, city: Path) -> None:
    """Both the folder and the library have changed."""
    run("import")
    by_page(library)
    by_hand(city)
    for command in ("import", "export"):
        assert "--overwrite" in str(run(command).exception)
    assert "下書きに取り込みました" in run("import", "--draft").stdout
    draft = library.draft().files
    assert ("# by hand" in draft["line.yaml"], "# by page" in draft["profile.yaml"]) == (True, True)
    assert "第2版をフォルダーに" in run("export", "--overwrite").stdout
    assert "# by hand" not in (city / "line.yaml").read_text("utf-8")
    assert run("diff").exit_code == 0
    assert run("diff", "in-force", "draft").exit_code == 1


def test_an_earlier_release_is_put_in_force_again(run: Run, library: Library, city: Path) -> None:
    """Without a running service, from its next start on."""
    run("import")
    by_hand(city)
    run("import")
    assert "第1版に戻しました。動いているサービスはありません" in run("use", "1").stdout
    current = library.in_force()
    assert current is not None
    assert (current.release, current.why) == (1, "roll_back")
    assert "第9版はありません" in str(run("use", "9").exception)
    assert run("diff", "1", "2").exit_code == 1
    assert run("diff", "nonsense").exit_code == 2
