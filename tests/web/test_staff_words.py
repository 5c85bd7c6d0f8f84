"""What the pages say."""

import re
from pathlib import Path

import pytest

import voicebot.web
from voicebot.web.staff import words_of_operators
from voicebot.web.staff.words import Words, names

WEB = Path(voicebot.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


def test_every_word_is_there_in_both_languages() -> None:
    """Japanese has Japanese letters, English has none (but for examples)."""
    japanese, english = Words("ja"), Words("en")
    for name in names():
        assert japanese[name].strip(), name
        assert english[name].strip(), name
        if name not in {"other_language", "departments_hint", "phone_hint"}:
            assert not re.search("[ぁ-ん一-龠]", english[name]), name


def test_places_for_values_are_the_same_in_both_languages() -> None:
    """Else a value would be lost in one of them."""
    for name in names():
        assert len({frozenset(re.findall(r"\{\w+\}", Words(code)[name])) for code in ("ja", "en")}) == 1, name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_words_that_exist_and_no_script_or_style_of_its_own(template: Path) -> None:
    """The policy of the pages would refuse them."""
    text = template.read_text("utf-8")
    used = set(re.findall(r"words\.([a-z_]+)(?!\()\b", text)) | set(re.findall(r'words\["([a-z_.]+)"\]', text))
    assert used - {"language", "told", "deed"} <= set(names())
    assert not re.search(r"\son[a-z]+=|style=|<style|javascript:", text)
    assert not re.search(r"https?://", text), "nothing comes from elsewhere"
    assert not re.search(r">[^<{]*[ぁ-ん一-龠][^<{]*<", text), "words belong into the words"


def test_scripts_and_styles_fetch_nothing_from_elsewhere() -> None:
    """The pages run on a closed network."""
    for path in (WEB / "static").iterdir():
        if path.suffix in {".js", ".css"}:
            assert not re.search(r"https?://|@import|url\(", path.read_text("utf-8")), path.name


def test_an_unknown_word_is_a_fault_and_an_unknown_error_is_told_in_general_words() -> None:
    """A page with a hole would be found by its test."""
    words = Words("xx")
    assert words.language == "ja"
    with pytest.raises(AttributeError):
        words.nothing_of_the_kind  # noqa: B018
    assert words.told("transcript.locked") == words["staff.trouble"]
    assert words.told("account.refused") == words["account.refused"]
    assert words.deed("user.add") == "利用者を加えた"
    assert words.deed("something.else") == "something.else"


def test_no_word_of_the_operators_page_is_another_rooms_too() -> None:
    """The last one would win, and the page would say something else."""
    assert {name: words_of_operators.WORDS[name] for name in words_of_operators.WORDS} == {
        name: (Words("ja")[name], Words("en")[name]) for name in words_of_operators.WORDS
    }


def test_languages_are_named_and_deeds_are_found_by_their_words() -> None:
    """A language without a word is shown as it is written."""
    assert [Words(code).language_name("ko") for code in ("ja", "en")] == ["韓国語", "Korean"]
    assert Words("ja").language_name("xx") == "xx"
    assert {"content.publish", "content.schedule"} <= set(Words("ja").deeds("公開"))
    assert Words("en").deeds("signed in") == ("session.begin",)
    assert Words("en").engine("openjtalk/mei_normal/0.4/1") == ("Open JTalk", "mei_normal/0.4/1")
    assert Words("ja").engine("other/1") == ("other/1", "")
