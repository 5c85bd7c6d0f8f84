"""Words that a model can never hear."""

from pathlib import Path

from small_city import DAY, findings

from voicebot.checking.survey import House
from voicebot.checking.words import Ear


def unknown(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """A model that does not know what 分け方 and もう一度 are."""
    return tuple(dict.fromkeys(word for word in ("分け方", "もう一度") if any(word in each for each in phrases)))


def test_words_outside_the_models_list_are_told_where_they_stand(tmp_path: Path) -> None:
    """In choices and in what can be said everywhere."""
    found = findings(tmp_path, {}, DAY, House({"ja": Ear("vosk-model-x", unknown)}))
    assert [(each.rule, each.path) for each in found] == [
        ("unknown-word", "grammars/ja/commands.yaml"),
        ("unknown-word", "trees/総合案内.yaml"),
    ]
    assert found[1].line == 7
    assert "「分け方」は、日本語(ja)を聞き取るモデル(vosk-model-x)が知らない言葉です" in found[1].message
