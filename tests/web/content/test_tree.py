"""The picture of the conversation, as a page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House
from scenes_city import TREE, scene, small_city
from staff_browser import Staff, browser

from voicebot.web.staff.content.node_company import fingerprint


@pytest.fixture(scope="module", name="house")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """みじか市."""
    with small_city(Path(tmp_path_factory.mktemp("tree"))) as house:
        yield house


def test_the_picture_holds_every_scene_and_every_way(staff: Staff) -> None:
    """As links, so that it can be walked without a script."""
    assert staff.get("content").headers["location"] == "content/tree"
    page = staff.get("content/tree").text
    assert len(re.findall(r'<g class="box ', page)) == 9
    assert 'href="tree?node=%E7%95%AA%E5%8F%B7%E6%A1%88%E5%86%85&amp;days=1"' in page
    assert "場面 9" in page
    assert "style=" not in page


def test_a_scene_is_shown_beside_the_picture_and_alone(staff: Staff) -> None:
    """With where callers come from."""
    page = staff.get("content/tree?node=番号案内").text
    assert "<g class=" in page
    assert 'data-name="番号案内"' in page
    alone = staff.get("content/tree-node?node=番号案内").text
    assert alone.lstrip().startswith("<article")
    assert re.search(r'data-node="受付">受付</a></li>', alone)
    assert staff.get("content/tree-node?node=ない").status_code == 404
    assert "下書きにありません" in staff.get("content/tree?node=ない").text


def test_only_a_part_or_what_follows_is_shown(staff: Staff) -> None:
    """In the address, so that it can be sent to a colleague."""
    onward = staff.get("content/tree-picture?from=番号案内").text
    assert re.findall(r'data-node="([^"]+)"', onward) == ["番号案内", "ごみ", "水道課へ"]
    part = staff.get(f"content/tree-picture?part={TREE}").text
    assert len(re.findall(r"data-node=", part)) == 9


def test_the_list_says_the_same_in_words_and_can_be_searched(staff: Staff) -> None:
    """By name, by what is said, by choice."""
    page = staff.get("content/tree?view=list").text
    assert len(re.findall(r'<li id="n-', page)) == 9
    assert "水道 → 水道課へ" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    for find, names in (("燃えるごみ", ["長い話"]), ("守衛", ["受付", "守衛へ"]), ("どこにもない", [])):
        found = staff.get(f"content/tree?view=list&find={find}").text
        assert re.findall(r'<li id="n-.*?<b>(.*?)</b>', found, re.DOTALL) == names
    assert "見つかりません" in found


def test_others_at_the_same_scene_and_what_they_changed_are_told(house: House, staff: Staff) -> None:
    """Within a quarter of a minute."""
    began = fingerprint(scene(house, "受付").text)
    where = f"content/tree-now?node=受付&began={began}"
    assert staff.get(where).json() == {"others": [], "changed": False, "by": "command line"}
    with browser(house) as other:
        other.sign_in("taro")
        assert other.get(where).json()["others"] == ["hanakoさん"]
    assert staff.get(where).json()["others"] == ["taroさん"]
    assert staff.get("content/tree-now?node=受付&began=x").json()["changed"]
    assert staff.get("content/tree-now?node=ない&began=x").json()["changed"]


def test_the_check_is_shown_at_the_scenes(staff: Staff) -> None:
    """The same findings as `voicebot check` has."""
    found = staff.made("content/tree-findings?node=受付").json()
    assert found["nodes"]["受付"] == "warning"
    assert {each["field"] for each in found["here"]} == {"choices.4"}
    assert found["faults"] == 0


def test_the_address_and_other_languages_do_not_break_the_page(staff: Staff) -> None:
    """What is not known counts as not said."""
    assert staff.get("content/tree?days=x&until=y&part=z&from=w&view=v&told=u&edit=t").status_code == 200
    staff.client.cookies.set("voicebot-language", "en")
    page = staff.get("content/tree?node=受付&days=30").text
    assert "What it says" in page
    assert "Ask, and let the caller choose" in page
