"""Which content a starting service uses: the library's, or the folder's."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from voicebot import content as contents
from voicebot import in_force
from voicebot.errors import ContentError
from voicebot.in_force import Opened, opened, state_of
from voicebot.releases.library import Library
from voicebot.releases.shelf import NewRelease
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A small city's folder."""
    return copytree(ROOT / "tests" / "cities" / "mijika", tmp_path / "city")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path / "content.db")


def start(library: Library, city: Path) -> Opened:
    """A service starts."""
    return opened(library, city, ROOT / "grammars", reading, NOW)


def by_hand(city: Path) -> None:
    """Somebody edits a file of the folder."""
    path = city / "line.yaml"
    path.write_text(path.read_text("utf-8") + "# by hand\n", "utf-8")


def by_page(library: Library) -> None:
    """Somebody publishes by the pages."""
    files = {**library.draft().files}
    files["line.yaml"] += "# by page\n"
    content = contents.load_files(files, reading)
    library.publish(NewRelease(files, content.fingerprint, "画面", "hanako", "draft"), "publish", NOW)


def test_the_folder_is_the_first_release(library: Library, city: Path) -> None:
    """And is not taken again while nobody changes it."""
    assert (start(library, city).state, start(library, city).state) == ("empty", "same")
    assert [each.number for each in library.releases()] == [1]


def test_a_folder_that_was_changed_by_hand_becomes_a_release(library: Library, city: Path) -> None:
    """A folder that was changed by hand becomes a release."""
    start(library, city)
    by_hand(city)
    found = start(library, city)
    assert (found.state, found.release) == ("changed", 2)
    assert found.content.fingerprint == contents.load(city, ROOT / "grammars", reading).fingerprint


def test_what_the_pages_have_published_stays_in_force(library: Library, city: Path) -> None:
    """The folder did not change."""
    start(library, city)
    by_page(library)
    found = start(library, city)
    assert (found.state, found.release) == ("same", 2)
    assert found.content.fingerprint != contents.load(city, ROOT / "grammars", reading).fingerprint


def test_when_both_were_changed_nothing_is_decided(library: Library, city: Path) -> None:
    """What is in force stays, and the folder as well."""
    start(library, city)
    by_page(library)
    by_hand(city)
    found = start(library, city)
    assert (found.state, found.release) == ("diverged", 2)


def test_a_folder_with_a_fault_does_not_keep_the_line_from_answering(library: Library, city: Path) -> None:
    """What was in force goes on; without anything in force the fault is raised."""
    (city / "facts.yaml").write_text("facts: [", "utf-8")
    with pytest.raises(ContentError):
        start(library, city)
    (city / "facts.yaml").unlink()
    copytree(ROOT / "tests" / "cities" / "mijika", city, dirs_exist_ok=True)
    start(library, city)
    (city / "facts.yaml").write_text("facts: [", "utf-8")
    found = start(library, city)
    assert found.release == 1
    assert found.refused is not None


def test_what_this_version_refuses_gives_way_to_what_was_before(library: Library, city: Path) -> None:
    """As after an update of voicebot that checks more."""
    start(library, city)
    bad = {**library.files(1), "facts.yaml": "facts: ["}
    library.publish(NewRelease(bad, "0", "壊れた", "hanako", "draft"), "publish", NOW)
    found = start(library, city)
    assert (found.release, found.refused is not None) == (1, True)


def test_a_release_is_written_into_the_folder(library: Library, city: Path, tmp_path: Path) -> None:
    """Files that it does not have are removed; then both hold the same."""
    grammars = copytree(ROOT / "grammars", tmp_path / "grammars")
    opened(library, city, grammars, reading, NOW)
    by_page(library)
    (city / "faq" / "余分.yaml").write_text("department: 市民課\nentries: []\n", "utf-8")
    changed = in_force.export(library, library.release(2), city, grammars)
    assert set(changed) == {"line.yaml", "faq/余分.yaml"}
    files = contents.read_folder(city, grammars)
    assert files == library.files(2)
    assert state_of(library, files) == "same"
    assert in_force.export(library, library.release(2), tmp_path / "empty", tmp_path / "ways")
    assert contents.read_folder(tmp_path / "empty", tmp_path / "ways") == library.files(2)
