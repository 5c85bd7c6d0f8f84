"""Templates stand for phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.dialog.templates import LIMIT, expand
from voicebot.errors import VoicebotError


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("ごみ", ("ごみ",)),
        ("(ごみ|ゴミ)の日", ("ごみの日", "ゴミの日")),
        ("ごみ[の]日", ("ごみ日", "ごみの日")),
        ("(a|b)[c|d]", ("a", "ac", "ad", "b", "bc", "bd")),
        ("(a(b|c)|d)", ("ab", "ac", "d")),
        ("a|b", ("a", "b")),
        ("(a|a)", ("a",)),
        ("（ごみ｜ゴミ）［の］日", ("ごみ日", "ごみの日", "ゴミ日", "ゴミの日")),
        (" ごみ ", ("ごみ",)),
    ],
)
def test_a_template_gives_its_phrases_in_order_and_once(template: str, phrases: tuple[str, ...]) -> None:
    """Alternatives, options, full-width signs and spaces at the ends."""
    assert expand(template) == phrases


def test_rules_are_templates_by_name_and_may_use_others() -> None:
    """A rule can be used in a rule."""
    rules = {"人": ["職員[さん]", "<係>の人"], "係": ["係", "担当"]}
    assert expand("<人>に", rules) == ("職員に", "職員さんに", "係の人に", "担当の人に")


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ("(a|b", "template.signs", "閉じていません"),
        ("[a", "template.signs", "閉じていません"),
        ("(a]", "template.signs", "閉じていません"),
        ("a)", "template.signs", "かっこの組"),
        ("<人", "template.signs", "「<」が閉じていません"),
        ("<誰>", "template.rule", "<誰>"),
        ("<輪>", "template.circle", "自分自身"),
        ("[a]", "template.empty", "何も言わない"),
        ("", "template.empty", "何も言わない"),
        ("(a|)", "template.empty", "何も言わない"),
        ("(a|b|c|d|e)" * 4, "template.size", "行を分けて"),
    ],
)
def test_a_mistake_is_named_in_japanese(template: str, code: str, words: str) -> None:
    """Each kind of mistake has its code and says what to do."""
    with pytest.raises(VoicebotError) as caught:
        expand(template, {"輪": ["<輪>"], "人": ["人"], "": ["x"]})
    assert caught.value.code == code
    assert words in caught.value.message


@given(st.text("ab()[]|<>人、 ", max_size=14))
def test_any_text_gives_phrases_or_a_mistake(template: str) -> None:
    """Nothing that staff type brings another error, an empty phrase, or too many phrases."""
    try:
        phrases = expand(template, {"人": ["人", "係"]})
    except VoicebotError as error:
        phrases = (error.code,)
    assert phrases
    assert all(phrases)
    assert len(set(phrases)) == len(phrases) <= LIMIT * len(template) + 1


@given(st.lists(st.text("あいう", min_size=1, max_size=3), min_size=1, max_size=5, unique=True))
def test_alternatives_give_themselves(words: list[str]) -> None:
    """`(a|b|c)` gives a, b and c."""
    assert expand(f"({'|'.join(words)})") == tuple(words)
