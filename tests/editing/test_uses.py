"""Where a node is used."""

import pytest

from voicebot.documents import read
from voicebot.editing.uses import led_elsewhere, uses
from voicebot.errors import ContentError

FILES = {
    "line.yaml": "start: 案内\nstarts:\n  en: 受付\nrecorded: [案内, 受付, goodbye]\n",
    "facts.yaml": "facts: {受付: 受付}\n",
    "trees/総合.yaml": """\
section: 総合
nodes:
  案内:
    prompt: こちらは市役所です。
    goto: 分かれ道
  分かれ道:
    when:
      - {open: 総合, goto: 受付}   # 昼
      - {open: 環境課, goto: 夜}
    otherwise: 夜
  受付:
    prompt: ご用件は。受付です。
    open: true
    choices:
      - {say: [夜], key: 1, goto: 夜}
      - {say: [受付], key: 2, goto: 案内}
""",
    "trees/夜.yaml": """\
section: 総合
nodes:
  夜:
    prompt: 夜です。
    choices:
      - {say: [昼], key: 1, goto: 受付}   # もう一度
      - {say: [終わり], key: 2, goto: 終わり}
  終わり:
    prompt: さようなら。
    end: true
""",
}


def places(name: str) -> list[tuple[str, str]]:
    """Node and last keys of each use."""
    return [(use.node or use.path, ".".join(map(str, use.where[-3:]))) for use in uses(FILES, name)]


def test_every_place_that_leads_to_a_node_is_found() -> None:
    """Not the words that only look like its name."""
    assert places("受付") == [
        ("line.yaml", "starts.en"),
        ("line.yaml", "recorded.1"),
        ("分かれ道", "when.0.goto"),
        ("夜", "choices.0.goto"),
    ]
    assert places("終わり") == [("夜", "choices.1.goto")]
    assert places("ない") == []


def test_a_file_that_is_being_written_hides_no_use_in_its_other_nodes() -> None:
    """Only the node that cannot be read is passed over."""
    files = {**FILES, "trees/夜.yaml": FILES["trees/夜.yaml"].replace("prompt: さようなら。", 'prompt: "さようなら。')}
    assert [use.node for use in uses(files, "受付")][-1] == "夜"


def test_places_lead_elsewhere_and_comments_stay() -> None:
    """One that is recorded needs no recording any more."""
    changed = led_elsewhere(FILES, "受付", "夜")
    assert changed["trees/総合.yaml"] == FILES["trees/総合.yaml"].replace("goto: 受付}   # 昼", "goto: 夜}   # 昼")
    assert "goto: 夜}   # もう一度" in changed["trees/夜.yaml"]
    line = read(changed["line.yaml"], "").data
    assert line == {"start": "案内", "starts": {"en": "夜"}, "recorded": ["案内", "goodbye"]}


def test_choices_can_go_with_the_node() -> None:
    """Without another place to lead to."""
    changed = led_elsewhere(FILES, "終わり")
    assert "終わり}" not in changed["trees/夜.yaml"]
    assert "もう一度" in changed["trees/夜.yaml"]


def test_a_place_that_must_lead_somewhere_is_named() -> None:
    """Where the calls of a language begin, what is said before, and what else a branch does."""
    with pytest.raises(ContentError, match=r"line.yaml:3: 「受付」へ進みます"):
        led_elsewhere(FILES, "受付")
    with pytest.raises(ContentError, match=r"trees/総合.yaml:\d+: 「夜」へ進みます"):
        led_elsewhere(FILES, "夜")
