"""The picture for a page."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import HOSTILE, SMALL, dialog_of, nodes

from voicebot.content import Content
from voicebot.dialog.diagram.outline import Box, Outline, outline
from voicebot.dialog.diagram.walkable import Marks, walkable
from voicebot.dialog.tree import Node

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "流れ", "apart": "離れたもの", "visits": "{count}回", "hot": "多い", "fault": "直す"}


def drawn(found: Outline, marks: Marks | None = None) -> ElementTree.Element:
    """The picture, parsed."""
    return ElementTree.fromstring(walkable(found, marks or Marks(lambda name: f"?node={name}")))  # noqa: S314  our own text


def goals_of(box: Box) -> list[str]:
    """Where its ways out lead."""
    return [way.target for way in box.exits]


@pytest.fixture(name="small")
def made() -> Outline:
    """Every kind of node, a circle, nodes apart."""
    return outline(dialog_of(SMALL, "案内"))


def test_every_box_and_every_way_can_be_chosen(minato: Content) -> None:
    """And brings no style of its own, which the page's policy would refuse."""
    found = outline(minato.dialog)
    root = drawn(found)
    boxes = {group.get("data-node"): group for group in root.iter(f"{SVG}g") if group.get("data-node")}
    assert set(boxes) == set(minato.dialog.nodes)
    for box in found.boxes:
        group = boxes[box.name]
        (face,) = [link for link in group.iter(f"{SVG}a") if link.get("class") == "open"]
        assert face.get("href") == f"?node={box.name}"
        assert box.name in (face.get("aria-label") or "")
        goals = [link.get("href") for link in group.iter(f"{SVG}a") if link.get("class") == "way"]
        shown = [f"?node={way.target}" for way in box.exits if way.target]
        assert goals in (shown, [])
        assert (group.get("data-goes") or "").split("\t") == (list(dict.fromkeys(filter(None, goals_of(box)))) or [""])
    assert not re.search(r"<style|style=|<script", walkable(found, Marks(lambda name: name)))


def test_traffic_is_written_where_it_leaves_and_makes_arrows_thick(small: Outline) -> None:
    """The busiest is the thickest; where nobody went is the thinnest."""
    first, second = small.boxes[0], small.boxes[1]
    ways = {("", first.name): 400, (first.name, second.name): 1600, (second.name, "ない"): 3}
    root = drawn(small, Marks(str, ways, {first.name: 1600}, frozenset({first.name}), {second.name: "fault"}, WORDS))
    assert [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "count"] == ["400", "1,600"]
    levels = [path.get("class") for path in root.iter(f"{SVG}path") if (path.get("class") or "").startswith("edge")]
    assert {"edge w5", "edge w3", "edge w0"} == set(levels)
    boxes = {group.get("data-node"): group for group in root.iter(f"{SVG}g") if group.get("data-node")}
    assert "hot" in (boxes[first.name].get("class") or "").split()
    assert "fault" in (boxes[second.name].get("class") or "").split()
    words = "".join(boxes[first.name].itertext())
    assert "多い" in words
    assert "1,600回" in words


def test_boxes_say_where_they_stand_and_what_lies_apart_is_below(small: Outline) -> None:
    """So that a script can go there."""
    root = drawn(small, Marks(str, words=WORDS))
    boxes = [group for group in root.iter(f"{SVG}g") if group.get("data-node")]
    places = {each.get("data-node"): (float(each.get("data-x") or 0), float(each.get("data-y") or 0)) for each in boxes}
    lowest = max(places[box.name][1] for box in small.boxes)
    assert all(places[box.name][1] > lowest for box in small.apart)
    across, down = float(root.get("width") or 0), float(root.get("height") or 0)
    assert all(0 <= x < across and 0 <= y < down for x, y in places.values())
    assert [text.text for text in root.iter(f"{SVG}text") if text.get("id") == "apart"] == ["離れたもの"]


@given(found=nodes(), name=st.sampled_from(HOSTILE))
@settings(deadline=None, max_examples=40)
def test_whatever_is_written_the_picture_is_well_formed(found: dict[str, Node], name: str) -> None:
    """Names and words are never markup."""
    picture = outline(dialog_of(found, next(iter(found))))
    counts = {(box.name, way.target): 2 for box in picture.boxes for way in box.exits}
    drawn(picture, Marks(lambda node: f"?{node}{name}", counts, words=WORDS | {"title": name}))


def test_a_dialog_without_any_node_is_an_empty_picture() -> None:
    """While somebody begins."""
    assert list(drawn(Outline("", (), ())).iter(f"{SVG}a")) == []
