"""The outline of a dialog as it is written."""

from pathlib import Path

from voicebot.content import Content
from voicebot.dialog.diagram.outline import Exit, Kind, outline
from voicebot.dialog.diagram.sketch import Beginnings, box_as_written, boxes_of, onward, part, sketched
from voicebot.documents import read

TREES = Path(__file__).parents[2] / "dialogs" / "minato" / "trees"
NODES = {
    "案内": {"prompt": "はい。", "goto": "受付"},
    "受付": {
        "prompt": "どうぞ。",
        "choices": [{"say": "ごみ", "key": "1", "goto": "ごみ"}, {"say": "夜", "goto": "夜"}],
    },
    "ごみ": {"answer": "月曜です。"},
    "離れ": {"answer": "誰も来ません。"},
}


def test_the_shipped_city_looks_as_it_does_when_it_is_loaded(minato: Content) -> None:
    """Without its readings, and so at once."""
    written = {}
    for path in sorted(TREES.glob("*.yaml")):
        written |= read(path.read_text("utf-8"), path.name).data["nodes"]  # type: ignore[index]
    dialog = minato.dialog
    disaster = dialog.disaster.start if dialog.disaster else ""
    found = sketched(boxes_of(written, minato.city.values), Beginnings(dialog.start, dialog.starts, disaster))
    loaded = outline(dialog)
    assert found.entries == loaded.entries
    assert [(box.name, box.kind, box.exits) for box in found.boxes] == [
        (box.name, box.kind, box.exits) for box in loaded.boxes
    ]
    assert found.apart == ()


def test_a_node_that_is_not_right_is_shown_with_what_can_be_told_of_it() -> None:
    """So that what follows does not look lost."""
    data = {"prompt": {"ja": "どうぞ。"}, "choices": [{"goto": "ごみ"}, "x"], "otherwise": "夜"}
    box = box_as_written("受付", data, {})
    assert (box.kind, box.text, box.exits) == (Kind.broken, "どうぞ。", (Exit("ごみ"), Exit("夜")))
    assert box_as_written("受付", None, {}).kind is Kind.broken


def test_what_is_led_to_and_not_written_yet_has_a_box() -> None:
    """And what nothing leads to lies apart."""
    found = sketched(boxes_of(NODES, {}), Beginnings("案内"))
    assert [(box.name, box.kind) for box in found.boxes][-1] == ("夜", Kind.missing)
    assert [box.name for box in found.apart] == ["離れ"]
    assert len(sketched(boxes_of(NODES, {}), Beginnings("ない")).apart) == 4


def test_only_what_follows_and_only_a_part() -> None:
    """Ways out of a part are named, not drawn."""
    boxes = boxes_of(NODES, {})
    assert [box.name for box in onward(boxes, "受付").boxes] == ["受付", "ごみ", "夜"]
    found = part(boxes, {"受付": None, "離れ": None}, Beginnings("案内"))
    assert [(entry.name, entry.word) for entry in found.entries] == [("受付", "ほかから")]
    assert [box.name for box in found.boxes] == ["受付", "夜"]
    assert [box.name for box in found.apart] == ["離れ"]
