"""The dialog as an SVG."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from pictures import HOSTILE, SMALL, ask, dialog_of, japanese, nodes

from voicebot.content import Content
from voicebot.dialog.check import leads_to
from voicebot.dialog.diagram import svg
from voicebot.dialog.diagram.outline import Kind, box_of, outline
from voicebot.dialog.diagram.palette import COLOURS, EDGE, FAINT, GROUND, INK
from voicebot.dialog.diagram.placing import LANE, place
from voicebot.dialog.diagram.shapes import outline_of
from voicebot.dialog.diagram.sheets import COLUMNS, WIDTH
from voicebot.dialog.diagram.writing import width
from voicebot.dialog.tree import AskNode, Dialog, EndNode, Node

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def small() -> Dialog:
    """Every kind of node, a circle, nodes apart."""
    return dialog_of(SMALL, "案内")


def drawn(text: str) -> ElementTree.Element:
    """The picture, parsed."""
    return ElementTree.fromstring(text)  # noqa: S314  our own text


def boxes(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The groups that are nodes."""
    return [group for group in root.iter(f"{SVG}g") if (group.get("id") or "").startswith("node")]


def test_every_node_is_drawn_with_its_whole_text_in_the_tooltip(minato: Content) -> None:
    """However short what is shown."""
    titles = [group.findtext(f"{SVG}title") or "" for group in boxes(drawn(svg(minato.dialog)))]
    assert len(titles) == len(minato.dialog.nodes)
    for name, node in minato.dialog.nodes.items():
        box = box_of(name, node)
        (title,) = [title for title in titles if f"「{name}」\n" in title]
        assert box.text in title
        assert all(way.label in title and way.target in title for way in box.exits)


def test_every_way_is_an_arrow_or_names_its_target_and_links_to_it(small: Dialog) -> None:
    """The arrow at the start comes on top."""
    root = drawn(svg(small))
    arrows = [path for path in root.iter(f"{SVG}path") if path.get("class") == "edge"]
    links = list(root.iter(f"{SVG}a"))
    assert len(arrows) - 1 + len(links) == sum(len(leads_to(node)) for node in small.nodes.values())
    known = {group.get("id") for group in boxes(root)}
    assert links
    assert all((link.get("href") or "").removeprefix("#") in known for link in links)
    assert sorted("".join(link.itertext()) for link in links) == ["→ ごみ", "→ 受付", "↩ 受付", "↩ 案内"]


def test_the_picture_needs_nothing_from_elsewhere(minato: Content) -> None:
    """No script, no font, no address."""
    text = svg(minato.dialog)
    assert not re.search(r"<script|<image|<foreignObject|@import|url\((?!#)|\son\w+=", text)
    assert re.findall(r"https?://[^\s\"<]+", text) == ["http://www.w3.org/2000/svg"]
    assert re.findall(r"font-family:([^;}]+)", text) == ["sans-serif"]


def test_a_screen_reader_is_told_what_it_is(minato: Content) -> None:
    """Title, description, language, and a name for every group."""
    root = drawn(svg(minato.dialog))
    assert root.get("role") == "graphics-document document"
    assert root.get("lang") == "ja"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert [bool(named[name]) for name in (root.get("aria-labelledby") or "").split()] == [True, True]
    groups = [group for group in root.iter(f"{SVG}g") if group.get("role")]
    assert len(groups) == len(minato.dialog.nodes) + 1
    assert all(group.get("aria-label") for group in groups)


def test_nodes_apart_have_a_heading_and_a_part_has_none(small: Dialog) -> None:
    """Only the whole dialog can have nodes that nothing leads to."""
    assert "どこからも行けないノード" in svg(small)
    part = svg(small, "孤島")
    assert "どこからも行けないノード" not in part
    assert "「孤島」から" in part


def test_every_way_in_has_its_sign(minato: Content) -> None:
    """Calls begin at the start, or where a language or a disaster begins."""
    words = ["".join(text.itertext()) for text in drawn(svg(minato.dialog)).iter(f"{SVG}text")]
    assert [word for word in words if word in {"着信", "英語", "韓国語", "災害"}] == ["着信", "英語", "韓国語", "災害"]


def test_the_legend_stays_within_the_picture(small: Dialog) -> None:
    """However many kinds there are, and however small the rest."""
    root = drawn(svg(small))
    (legend,) = [group for group in root.iter(f"{SVG}g") if group.get("aria-label") == "凡例"]
    for text in legend.iter(f"{SVG}text"):
        assert float(text.get("x", "")) + 6.5 * width(text.text or "") <= float(root.get("width", ""))


def test_the_legend_has_the_kinds_that_occur(small: Dialog) -> None:
    """And no others."""
    (legend,) = [group for group in drawn(svg(small)).iter(f"{SVG}g") if group.get("aria-label") == "凡例"]
    words = [element.text for element in legend.iter(f"{SVG}text")][:-1]
    assert words == [kind.value for kind in Kind if kind is not Kind.broken], "a dialog that is loaded has no faults"
    (legend,) = [g for g in drawn(svg(small, "税務課へ")).iter(f"{SVG}g") if g.get("aria-label") == "凡例"]
    assert [element.text for element in legend.iter(f"{SVG}text")][:-1] == ["転送"]


@given(found=nodes())
@settings(deadline=None, max_examples=50)
def test_boxes_never_overlap_and_lie_within_the_picture(found: dict[str, Node]) -> None:
    """Arrows lead from one column to the next."""
    picture = outline(dialog_of(found, next(iter(found))))
    for group in (place(picture.boxes), place(picture.apart, breadth=4)):
        for one, other in itertools.combinations(group.placed, 2):
            assert one.x != other.x or one.y + one.sheet.height <= other.y or other.y + other.sheet.height <= one.y
        for one in group.placed:
            assert 0 <= one.x <= group.width - WIDTH
            assert -1e-6 <= one.y <= group.height - one.sheet.height + 1e-6
            assert all(width(line) <= COLUMNS for line in one.sheet.lines)
            for row in one.sheet.rows:
                assert width(row.label) + width(row.target) + (4 if row.way.key else 0) <= COLUMNS
                assert row.y < one.sheet.height
        for arrow in group.arrows:
            assert arrow.end_x - arrow.x == pytest.approx(LANE)


@given(found=nodes())
@settings(deadline=None, max_examples=50)
def test_any_dialog_gives_a_picture_that_can_be_parsed(found: dict[str, Node]) -> None:
    """Whatever the names and texts are; the same each time."""
    dialog = dialog_of(found, next(iter(found)))
    text = svg(dialog)
    text.encode()
    assert len(boxes(drawn(text))) == len(found)
    assert svg(dialog) == text


def test_names_that_look_like_markup_do_no_harm() -> None:
    """They are shown as written; what XML does not know is a space."""
    found: dict[str, Node] = {name: EndNode(japanese(name)) for name in HOSTILE[1:]}
    found[HOSTILE[0]] = ask(*HOSTILE)
    root = drawn(svg(dialog_of(found, HOSTILE[0])))
    names = [element.text for element in root.iter(f"{SVG}text") if element.get("class") == "name"]
    assert '"引用" & <b>太</b>' in names
    assert len(names) == len(HOSTILE)


def test_every_kind_can_be_told_by_its_shape() -> None:
    """Without colours; what is missing has dashes instead."""
    shapes = [outline_of(kind, 200, 80) for kind in Kind if kind is not Kind.missing]
    assert len(set(shapes)) == len(shapes)
    assert len({colour.line for colour in COLOURS.values()}) == len(Kind)


def test_a_node_is_not_wider_than_its_lane() -> None:
    """A question with many choices grows downwards only."""
    many = AskNode(japanese("どれですか。"), ask(*["ごみ"] * 9).choices, open=True)
    (one,) = place([box_of("多い", many)]).placed
    assert one.sheet.height > 9 * 26
    assert place([box_of("多い", many)]).width == WIDTH


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", Kind)
def test_text_and_lines_can_be_read(kind: Kind) -> None:
    """4.5 to 1 for text (1.4.3), 3 to 1 for outlines and arrows (1.4.11)."""
    colour = COLOURS[kind]
    for text, ground in (
        (colour.text, colour.fill),
        (INK, colour.fill),
        (FAINT, colour.fill),
        ("#ffffff", colour.line),
    ):
        assert contrast(text, ground) >= 4.5
    assert contrast(FAINT, GROUND) >= 4.5
    assert contrast(colour.line, GROUND) >= 3
    assert contrast(EDGE, GROUND) >= 3
