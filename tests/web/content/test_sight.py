"""The draft as the pages see it, and what is wrong with a node of it."""

from pathlib import Path

import pytest
from house import ROOT

from voicebot.checking.findings import Finding
from voicebot.content import read_folder
from voicebot.releases.texts import Files
from voicebot.voice.reading import reading
from voicebot.web.staff.content.node_trial import Told, fields_by_line, found_at, tried, worst_by_node
from voicebot.web.staff.content.sight import Sight, Sights

CITY = ROOT / "tests" / "cities" / "mijika"
TREE = "trees/総合案内.yaml"


@pytest.fixture(scope="module", name="files")
def read() -> Files:
    """みじか市's files."""
    return read_folder(Path(CITY), ROOT / "grammars")


@pytest.fixture(scope="module", name="sight")
def seen(files: Files) -> Sight:
    """みじか市."""
    return Sights().of(files)


def test_what_is_seen_is_seen_once(files: Files) -> None:
    """Until something of it changes."""
    sights = Sights()
    assert sights.of(files) is sights.of({**files, "talks/x.yaml": "x"})
    other = sights.of({**files, "line.yaml": "start: 受付\nrecorded: [受付]"})
    assert (other.outline.start, other.recorded) == ("受付", {"受付"})


def test_a_file_that_cannot_be_read_is_seen_as_far_as_it_can(files: Files) -> None:
    """And why it cannot."""
    sight = Sights().of({**files, TREE: files[TREE].replace("prompt: 録音します。", 'prompt: "録音します。')})
    assert sight.scenes["受付"].data
    assert sight.boxes["案内"].kind.name == "broken"
    assert [fault.path for fault in sight.broken] == [TREE]
    assert not Sights().of({**files, "line.yaml": "start: ["}).outline.entries


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("受付:\n  prompt: はい。\n  end: ture", "end", "ture"),
        ("受付:\n  prompt: はい。\n  goto: 番号案", "goto", "もしかして: 「番号案内」"),
        ("受付:\n  answer: '{facts.ない}円です。'", "answer", "facts.yaml にありません"),
        ("受付:\n  transfer: 水道", "transfer", "水道課"),
        ("受付:\n  prompt: x\n  choices:\n    - {say: [ごみ, a(, b], key: 1, goto: ごみ}", "choices.0.say", "閉じて"),
        ("受付:\n  prompt: x\n  choices:\n    - say: [ごみ]\n      key: 99\n      goto: ごみ", "choices.0.key", "99"),
        ("受付:\n  prompt: x", "", "このあと何をするか"),
        ("受付:\n  prompt: 'x\n  end: true", "", "引用符"),
        ("受付:\n  end: true\nもう一つ:\n  end: true", "", "一つの場面だけ"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(sight: Sight, text: str, field: str, words: str) -> None:
    """In the words of the check, while it is being written."""
    told = tried(text, sight, reading, TREE)
    assert [each.field for each in told] == [field]
    assert words in told[0].message
    assert 1 <= told[0].line <= len(text.splitlines())


def test_every_node_of_the_city_is_in_order(sight: Sight) -> None:
    """So nothing is told of what is right."""
    for scene in sight.scenes.values():
        assert tried(scene.text, sight, reading, scene.path) == ()


def test_findings_of_the_whole_check_belong_to_a_field_of_a_node(sight: Sight) -> None:
    """By the line of the file."""
    scene = sight.scenes["受付"]
    line = scene.line + 1
    findings = [
        Finding("warning", "too-long", TREE, line, "長いです。"),
        Finding("fault", "content", TREE, sight.scenes["ごみ"].line, "だめです。"),
        Finding("note", "ear", TREE, sight.scenes["伝言"].line, "参考です。"),
        Finding("fault", "content", "line.yaml", 1, "別のことです。"),
    ]
    assert found_at(scene, findings) == (Told("prompt", 2, "長いです。", "warning"),)
    exact = Told("prompt.ja", 2, "長いです。")
    assert found_at(scene, findings, [exact]) == (Told("prompt.ja", 2, "長いです。", "warning"),)
    assert worst_by_node(sight, findings) == {"受付": "warning", "ごみ": "fault"}


def test_a_line_with_several_values_belongs_to_what_holds_them_all() -> None:
    """A choice in braces is one line."""
    text = "x:\n  prompt: あ\n  choices:\n    - {say: [a], key: 1}\n    - say: [b]\n      key: 2"
    assert fields_by_line(text) == {2: "prompt", 3: "choices", 4: "choices.0", 5: "choices.1", 6: "choices.1.key"}
    assert fields_by_line("x: [") == {}
