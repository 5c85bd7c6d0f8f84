"""Prompts that are too long to remember."""

from pathlib import Path

import pytest
from small_city import DAY, copied, findings, tree

LONG = "燃えるごみは、月曜日と木曜日に、プラスチックは、火曜日に、決められた場所へ出してください。" * 3
END = "終わり先: {answer: はい。, department: 環境課}"


def messages(folder: Path, changes: dict[str, str]) -> list[tuple[str, int, str]]:
    """Rule, line and message of each finding."""
    return [(each.rule, each.line, each.message) for each in findings(folder, changes)]


def test_short_prompts_are_passed_over(tmp_path: Path) -> None:
    """The small city has nothing to look at."""
    assert findings(tmp_path, {}) == []


@pytest.mark.parametrize(
    "node",
    [
        f"案内: {{prompt: {LONG}, goto: 終わり先}}",
        f"案内: {{prompt: はい。, choices: [{{say: [ごみ], key: 1, goto: 終わり先}}], reword: {LONG}}}",
        f"案内: {{ask: [{{slot: 日, kind: date, prompt: {LONG}}}], goto: 終わり先}}",
    ],
)
def test_a_prompt_that_takes_longer_than_people_can_remember(tmp_path: Path, node: str) -> None:
    """With its length, the limit and why; in every text of a node."""
    ((rule, line, message),) = messages(tmp_path, tree(node, END))
    assert (rule, line) == ("prompt-too-long", 3)
    assert message.startswith("この文は、話すと約")
    assert "耳で聞いて覚えられるのは、20秒ほどまでです" in message
    assert "(「燃えるごみは、月曜日と木…」)" in message


def test_a_sentence_that_does_not_end(tmp_path: Path) -> None:
    """In an answer of the FAQ, at its line; the limit is told."""
    answer = "お持ちいただくものは" + "本人確認書類と" * 8 + "印鑑です。"
    faq = f"department: 総合案内\nentries:\n  - question: 何を持って\n    answer: {answer}\n"
    ((rule, line, message),) = messages(tmp_path, {"faq/総合案内.yaml": faq})
    assert (rule, line) == ("prompt-too-long", 4)
    assert f"一つの文が{len(answer)}字あります" in message
    assert "60字ほどまで" in message


def test_more_choices_than_four_at_once(tmp_path: Path) -> None:
    """At the fifth; choices without a key are not read out."""
    choices = "".join(f"{{say: [{word}], key: {key}, goto: 終わり先}}, " for key, word in enumerate("いろはに", 1))
    silent = "{say: [ほへと], goto: 終わり先}"
    assert messages(tmp_path, tree(f"案内: {{prompt: はい。, choices: [{choices}{silent}]}}", END)) == []
    fifth = "{say: [ほへと], key: 5, goto: 終わり先}"
    ((rule, _, message),) = messages(tmp_path, tree(f"案内: {{prompt: はい。, choices: [{choices}{fifth}]}}", END))
    assert rule == "prompt-too-long"
    assert "番号のある選択肢が5個あります" in message


def test_the_machines_own_sentences_count_too(tmp_path: Path) -> None:
    """In phrases.yaml."""
    text = (copied(tmp_path, {}) / "phrases.yaml").read_text("utf-8")
    long = text.replace("  goodbye: ", f"  goodbye: {LONG}", 1)
    assert [(each.rule, each.path) for each in findings(tmp_path, {"phrases.yaml": long}, DAY)] == [
        ("prompt-too-long", "phrases.yaml")
    ]
