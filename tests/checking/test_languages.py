"""Missing translations, only where a caller of the language can come."""

from pathlib import Path

from small_city import ROOT, told

from voicebot.checking.languages import heard_in, name_of
from voicebot.content import Content

PROFILE = (ROOT / "tests" / "cities" / "mijika" / "profile.yaml").read_text("utf-8")
KOREAN = {"profile.yaml": PROFILE.replace("languages: [ja]", "languages: [ja, ko]")}
TREE = """section: 総合案内
nodes:
  案内:
    prompt: ご用件は。
    choices:
      - {say: [ごみ], key: 1, goto: 甲}
  甲: {answer: はい。, department: 環境課}
  韓国:
    when:
      - {language: ja, goto: 案内}
      - {language: ko, goto: 韓国の案内}
    otherwise: 案内
  韓国の案内:
    prompt: {ja: ご用件は。, ko: 용건은?}
    reword: どうぞ。
    choices:
      - {say: {ja: [水道], ko: [수도]}, key: 1, goto: 韓国の答え}
  韓国の答え: {answer: {ja: はい。, ko: 네.}, department: 環境課}
"""


def test_what_callers_of_a_language_would_hear_in_japanese(tmp_path: Path) -> None:
    """Each text of each node they can come to; the Japanese branch is not one of them."""
    line = "start: 案内\nstarts: {ko: 韓国}\n"
    found = told(tmp_path, {**KOREAN, "line.yaml": line, "trees/総合案内.yaml": TREE})
    assert {rule for rule, _, _ in found} == {"translation-missing"}
    assert [each[2] for each in found if each[1] == "trees/総合案内.yaml"] == [15]
    assert len([each for each in found if each[1] == "phrases.yaml"]) > 50
    assert [each for each in found if each[1] == "departments.yaml"]


def test_a_language_that_the_city_does_not_speak_needs_nothing(tmp_path: Path) -> None:
    """No warning without `languages`."""
    assert (
        told(tmp_path, {"line.yaml": "start: 韓国\n", "trees/総合案内.yaml": TREE.replace("ko: 용건은?", "ko: 예")})
        == []
    )


def test_the_shipped_english_and_korean_lines_stay_among_themselves(minato: Content) -> None:
    """No way leads from them to a node without their language."""
    for language, start in minato.dialog.starts.items():
        heard = heard_in(minato.dialog, language)
        assert start in heard
        assert all(language in (getattr(minato.dialog.nodes[name], "text", None) or {language}) for name in heard)


def test_languages_have_names() -> None:
    """Others go by their code."""
    assert (name_of("ko"), name_of("xx")) == ("韓国語(ko)", "xx")
