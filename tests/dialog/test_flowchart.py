"""The dialog as Mermaid."""

import re

from hypothesis import given, settings
from pictures import HOSTILE, SMALL, ask, dialog_of, japanese, nodes

from voicebot.content import Content
from voicebot.dialog.diagram import mermaid
from voicebot.dialog.diagram.flowchart import _SHAPES
from voicebot.dialog.diagram.outline import Kind
from voicebot.dialog.tree import EndNode, Node

LINE = re.compile(
    r'flowchart TD|  entry\(\("着信"\)\):::node-entry --> n0'
    r'|  entry\d+\(\("(?:英語|韓国語|災害)"\)\):::node-entry --> n\d+'
    r'|  (?:  )?n\d+[\[({>/\\]+"[^"`\\$;:%{}|]*(?:#\d+;\u200b?[^"`\\$;:%{}|]*)*"[\])}/\\]+:::node-[a-z]+'
    r'|  n\d+ -->(?:\|"[^"|]*"\|)? n\d+|  n\d+ -\.-> n\d+x\d+\["[^"]*"\]:::node-answer'
    r'|  subgraph apart \["どこからも行けないノード"\]|  end'
    r"|  classDef node-[a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}"
)


def test_nodes_edges_and_classes_of_the_demo_city_are_there(minato: Content) -> None:
    """Entry, shape and class by kind, key and label on the edge."""
    lines = mermaid(minato.dialog).splitlines()
    assert lines[:2] == ["flowchart TD", '  entry(("着信")):::node-entry --> n0']
    text = "\n".join(lines)
    ids = {name: re.search(rf"(n\d+).*<b>{name}</b>", text)[1] for name in minato.dialog.nodes}  # type: ignore[index]
    assert len(set(ids.values())) == len(minato.dialog.nodes)
    assert f'  {ids["番号案内"]} -->|"2番 ごみ"| {ids["ごみ"]}' in lines
    assert f"  {ids['案内']} --> {ids['時間で分ける']}" in lines
    assert f'  {ids["時間で分ける"]} -->|"税務課が受付中"| {ids["受付"]}' in lines
    assert f'  {ids["時間で分ける"]} -->|"それ以外"| {ids["夜間案内"]}' in lines
    assert f'  entry1(("英語")):::node-entry --> {ids["English"]}' in lines
    assert re.search(rf'{ids["市民課へ"]}\{{\{{"転送 .*窓口 市民課"\}}\}}:::node-transfer', text)


def test_every_kind_has_a_shape_and_a_class() -> None:
    """Shapes differ, so that a print without colours can be read."""
    assert set(_SHAPES) == set(Kind)
    shapes = [shape for kind, shape in _SHAPES.items() if kind is not Kind.missing]
    assert len(set(shapes)) == len(shapes)


def test_what_nothing_leads_to_stands_in_a_frame_of_its_own() -> None:
    """And what is led to but missing is marked."""
    text = mermaid(dialog_of(SMALL, "案内"))
    frame = text[text.index("subgraph apart") : text.index("\n  end")]
    assert "孤島の先" in frame
    assert "<b>ごみ</b>" not in frame
    assert re.search(r"<b>ない</b>.*:::node-missing", text)


def test_a_part_can_be_drawn() -> None:
    """From a node on."""
    text = mermaid(dialog_of(SMALL, "案内"), "税務課へ")
    assert text.count("<b>") == 1


def test_names_that_look_like_signs_of_mermaid_do_no_harm() -> None:
    """Mermaid 11 drew this very chart with every name as written."""
    found: dict[str, Node] = {name: EndNode(japanese(f"{name} 1. x")) for name in HOSTILE[1:]}
    found[HOSTILE[0]] = ask(*HOSTILE)
    for line in mermaid(dialog_of(found, HOSTILE[0])).splitlines():
        assert LINE.fullmatch(line), line


@given(found=nodes())
@settings(deadline=None, max_examples=50)
def test_every_line_is_one_that_mermaid_knows(found: dict[str, Node]) -> None:
    """Whatever the names and texts are."""
    for line in mermaid(dialog_of(found, next(iter(found)))).splitlines():
        assert LINE.fullmatch(line), line
