"""The library of the city's content: releases, what is in force, and the draft."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicebot.errors import ConflictError, LibraryError
from voicebot.releases.library import Library
from voicebot.releases.shelf import NewRelease
from voicebot.releases.texts import Files, digest_of

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FILES = {"facts.yaml": "one: 1\n\ntwo: 2\n\nthree: 3\n", "faq/a.yaml": "entries: []\n"}


def new(files: Files = FILES, source: str = "draft", title: str = "題") -> NewRelease:
    """What is to be kept."""
    return NewRelease(files, f"content-{len(str(files))}", title, "hanako", source)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with a first release in force."""
    made = Library(tmp_path / "data" / "content.db")
    made.publish(new(source="folder"), "first", NOW)
    return made


def edit(library: Library, path: str, text: str | None, seen: str | None = None, by: str = "hanako") -> None:
    """One edit, of what is there now unless told."""
    began = {} if seen is None else {path: digest_of(seen)}
    library.edit({path: text}, began, by, NOW + timedelta(minutes=1), "直した")


def test_the_first_release_fills_the_draft(library: Library) -> None:
    """And is in force."""
    current = library.in_force()
    assert current is not None
    assert (current.release, current.why) == (1, "first")
    assert library.draft().files == library.files(1) == FILES
    assert library.draft().digest == library.release(1).digest


def test_an_edit_is_only_in_the_draft(library: Library) -> None:
    """With who made it."""
    edit(library, "facts.yaml", "one: 5\n")
    draft = library.draft()
    assert draft.files["facts.yaml"] == "one: 5\n"
    assert draft.touched["facts.yaml"].by == "hanako"
    assert library.files(1) == FILES
    assert draft.digest != library.release(1).digest
    assert library.authors() == {"hanako"}


def test_edits_of_two_people_are_joined(library: Library) -> None:
    """Both began with the same text."""
    text = FILES["facts.yaml"]
    edit(library, "facts.yaml", text.replace("1", "10"), seen=text)
    edit(library, "facts.yaml", text.replace("3", "30"), seen=text, by="taro")
    assert library.draft().files["facts.yaml"] == "one: 10\n\ntwo: 2\n\nthree: 30\n"


def test_edits_of_the_same_line_are_told_with_both_texts(library: Library) -> None:
    """Nothing is kept of the second one, and of nothing that came with it."""
    text = FILES["facts.yaml"]
    edit(library, "facts.yaml", text.replace("1", "10"), seen=text)
    with pytest.raises(ConflictError) as raised:
        library.edit(
            {"faq/b.yaml": "x: 1\n", "facts.yaml": text.replace("1", "11")},
            {"facts.yaml": digest_of(text)},
            "taro",
            NOW,
            "直した",
        )
    conflict = raised.value
    assert (conflict.path, conflict.by) == ("facts.yaml", "hanako")
    assert (conflict.mine or "", conflict.theirs or "") == (text.replace("1", "11"), text.replace("1", "10"))
    assert "faq/b.yaml" not in library.draft().files


def test_a_file_that_somebody_has_deleted_meanwhile_is_a_conflict(library: Library) -> None:
    """And the other way round."""
    edit(library, "faq/a.yaml", None)
    with pytest.raises(ConflictError):
        edit(library, "faq/a.yaml", "entries: [1]\n", seen=FILES["faq/a.yaml"])
    edit(library, "facts.yaml", "one: 7\n")
    with pytest.raises(ConflictError):
        edit(library, "facts.yaml", None, seen=FILES["facts.yaml"])


def test_an_edit_can_be_taken_back_and_later_ones_stay(library: Library) -> None:
    """An edit can be taken back and later ones stay."""
    text = FILES["facts.yaml"]
    edit(library, "facts.yaml", text.replace("1", "10"))
    edit(library, "facts.yaml", text.replace("1", "10").replace("3", "30"))
    first = library.edits()[-1]
    library.take_back(first.id, "taro", NOW, "取り消し")
    assert library.draft().files["facts.yaml"] == text.replace("3", "30")
    assert [each.what for each in library.edits(path="facts.yaml")] == ["取り消し", "直した", "直した"]
    with pytest.raises(LibraryError):
        library.take_back(999, "taro", NOW, "取り消し")


def test_the_draft_can_be_thrown_away_and_that_can_be_taken_back(library: Library) -> None:
    """Nothing is lost."""
    edit(library, "facts.yaml", "one: 5\n")
    edit(library, "faq/new.yaml", "entries: []\n")
    thrown = library.discard("hanako", NOW, "すべて戻した")
    assert library.draft().files == FILES
    assert library.discard("hanako", NOW, "すべて戻した") is None
    assert thrown is not None
    library.take_back(thrown.id, "hanako", NOW, "取り消し")
    assert library.draft().files["facts.yaml"] == "one: 5\n"


def test_what_was_put_in_force_beside_the_draft_comes_into_it(library: Library) -> None:
    """Where the draft has its own words, they stay, and that is told."""
    edit(library, "faq/a.yaml", "entries: [mine]\n")
    urgent = {"facts.yaml": "one: 9\n", "faq/a.yaml": "entries: [urgent]\n"}
    release, left = library.publish(new(urgent, "urgent"), "urgent", NOW)
    assert left == ("faq/a.yaml",)
    assert dict(library.draft().files) == {"facts.yaml": "one: 9\n", "faq/a.yaml": "entries: [mine]\n"}
    assert (release.number, release.base) == (2, 1)


def test_rolling_back_leaves_the_draft(library: Library) -> None:
    """So that the mistake can be mended there."""
    edit(library, "facts.yaml", "one: 5\n")
    library.publish(new(library.draft().files), "publish", NOW)
    library.put_in_force(1, "hanako", "roll_back", NOW)
    assert [(each.release, each.why) for each in library.publications()] == [
        (1, "roll_back"),
        (2, "publish"),
        (1, "first"),
    ]
    assert library.draft().files["facts.yaml"] == "one: 5\n"
    with pytest.raises(LibraryError, match="第7版"):
        library.put_in_force(7, "hanako", "roll_back", NOW)


def test_plans_wait_and_come_to_an_end_once(library: Library) -> None:
    """The next one first."""
    late = library.plan(1, NOW + timedelta(days=2), "hanako", NOW)
    soon = library.plan(1, NOW + timedelta(days=1), "hanako", NOW)
    assert [each.id for each in library.planned()] == [soon.id, late.id]
    assert library.settle(soon.id, "done")
    assert not library.settle(soon.id, "cancelled")
    assert [each.id for each in library.planned()] == [late.id]
    assert [each.state for each in library.plans()] == ["waiting", "done"]
    with pytest.raises(LibraryError, match="これから先"):
        library.plan(1, NOW, "hanako", NOW)


def test_approvals_hold_for_one_state_of_the_draft(library: Library) -> None:
    """An edit makes them void."""
    library.approve(library.draft().digest, "taro", NOW)
    assert library.approvals(library.draft().digest) == {"taro"}
    edit(library, "facts.yaml", "one: 5\n")
    assert library.approvals(library.draft().digest) == frozenset()


@pytest.mark.parametrize("table", ["texts", "releases", "release_files", "publications", "edits", "edit_files"])
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid"])
def test_what_was_written_stays(library: Library, tmp_path: Path, table: str, deed: str) -> None:
    """Whoever holds the file with the service's own means cannot rewrite its past."""
    edit(library, "facts.yaml", "one: 5\n")
    column = {"texts": "text", "release_files": "digest", "edit_files": "before"}.get(table, "rowid")
    statement = deed.format(table).replace("rowid", column)
    with (
        closing(sqlite3.connect(tmp_path / "data" / "content.db", isolation_level=None)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        connection.execute(statement)


def test_a_release_is_found_by_what_calls_have_recorded(library: Library) -> None:
    """The newest one with that content."""
    content = library.release(1).content
    again, _ = library.publish(new(), "publish", NOW)
    found = library.of_content(content)
    assert found is not None
    assert found.number == again.number
    assert library.of_content("nothing") is None


def test_a_file_that_is_no_database_is_told_with_its_cure(tmp_path: Path) -> None:
    """A file that is no database is told with its cure."""
    (tmp_path / "content.db").write_bytes(b"something else" * 100)
    with pytest.raises(LibraryError, match="VOICEBOT_DATA"):
        Library(tmp_path / "content.db").in_force()
