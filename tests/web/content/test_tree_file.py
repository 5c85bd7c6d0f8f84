"""A file of the tree as a whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House
from scenes_city import TREE, inputs, small_city
from staff_browser import Staff, browser


@pytest.fixture(name="house")
def opened(tmp_path: Path) -> Iterator[House]:
    """みじか市."""
    with small_city(tmp_path) as house:
        yield house


@pytest.fixture
def staff(house: House) -> Iterator[Staff]:
    """An editor's browser."""
    with browser(house) as staff:
        staff.sign_in("hanako")
        yield staff


def test_a_file_that_cannot_be_read_is_named_and_mended_as_a_whole(house: House, staff: Staff) -> None:
    """The picture shows what can be read of it."""
    library = house.service.library
    broken = library.draft().files[TREE].replace("section: 総合案内", "section: [総合案内")
    library.edit({TREE: broken}, {}, "taro", house.service.now(), "x")
    page = staff.get("content/tree").text
    assert "YAMLとして読めません" in page
    assert "tree-file?path=" in page
    form = inputs(staff.get(f"content/tree-file?path={TREE}").text)
    answer = staff.client.post("content/tree-file", data=form)
    assert "told=saved_faulty" in answer.headers["location"]
    form["yaml"] = form["yaml"].replace("section: [総合案内", "section: 総合案内")
    answer = staff.client.post("content/tree-file", data=form)
    assert "told=saved&" in answer.headers["location"]
    assert "YAMLとして読めません" not in staff.get("content/tree").text


def test_two_editors_of_a_file_are_not_overwritten(house: House, staff: Staff) -> None:
    """Other lines are joined, the same ones shown."""
    form = inputs(staff.get("content/tree-file?path=line.yaml").text)
    library = house.service.library
    library.edit({"line.yaml": "start: 受付\n"}, {}, "taro", house.service.now(), "x")
    answer = staff.client.post("content/tree-file", data=form | {"yaml": "start: 番号案内\n"})
    assert answer.status_code == 409
    assert "start: 受付" in answer.text
    assert library.draft().files["line.yaml"] == "start: 受付\n"
    again = inputs(answer.text)
    assert again["yaml"] == "start: 番号案内\n"
    assert staff.client.post("content/tree-file", data=again).status_code == 303
    assert library.draft().files["line.yaml"] == "start: 番号案内\n"


def test_only_files_of_the_tree_can_be_opened(staff: Staff) -> None:
    """Others have pages of their own."""
    for path in ("facts.yaml", "trees/../facts.yaml.txt", ""):
        assert staff.get(f"content/tree-file?path={path}").status_code == 404
