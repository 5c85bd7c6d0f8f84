"""A file of the tree as a whole."""

from house import House
from scenes_city import TREE, inputs
from staff_browser import Staff


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


def test_only_files_of_the_draft_can_be_opened(staff: Staff) -> None:
    """Or such as may be in the tree."""
    for path in ("no-facts.yaml", "trees/../facts.yaml.txt", "../../etc/passwd", ""):
        assert staff.get(f"content/tree-file?path={path}").status_code == 404


def test_what_the_check_finds_in_a_sample_conversation_is_mended_where_its_line_leads(
    house: House, staff: Staff
) -> None:
    """No form has it; what is wrong with its shape is told beside it."""
    library, path = house.service.library, "talks/見本.yaml"
    library.edit({path: "talks: [{name: 甲, linse: []}]\n"}, {}, "taro", house.service.now(), "x")
    found = staff.made("content/draft/check").text
    assert "content/tree-file?path=talks/%E8%A6%8B%E6%9C%AC.yaml&amp;line=1" in found
    page = staff.get(f"content/tree-file?path={path}").text
    assert "linse" in page.split("<form")[0] + page.split("told-list")[1].split("</ul>")[0]
    mended = inputs(page) | {"yaml": "talks: []\n"}
    answer = staff.client.post("content/tree-file", data=mended)
    assert (answer.status_code, answer.headers["location"]) == (303, "draft?done=edited")
    assert library.draft().files[path] == "talks: []\n"
