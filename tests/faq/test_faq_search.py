"""Questions find their answers by sound, with a confidence that means something."""

from collections.abc import Sequence
from math import log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from voicebot.content import Content
from voicebot.events import Alternative, FaqHit
from voicebot.faq.load import Entry
from voicebot.faq.search import HITS, FaqSearch
from voicebot.language.kana import katakana, matching_form
from voicebot.voice.reading import reading

ENTRIES = (
    Entry("住民票の写しはどこで取れますか", ("住民票がほしい", "住民票の取り方"), "市民課です。", "市民課"),
    Entry("印鑑登録をするには何が必要ですか", ("印鑑登録をしたい", "実印の登録"), "印鑑です。", "市民課"),
    Entry("粗大ごみの出し方", ("粗大ごみを捨てたい",), "予約です。", "環境課"),
    Entry("燃えるごみの収集日", ("燃えるごみは何曜日ですか",), "月曜日です。", "環境課"),
    Entry("固定資産税の納期はいつですか", (), "4月です。", "税務課"),
    Entry("犬の登録の手続き", ("犬を飼い始めました",), "3000円です。", "環境課"),
    Entry("図書館の開いている時間", (), "9時半からです。", "市民課"),
)


def plain(text: str, language: str) -> str:
    """A reader for kana."""
    return katakana(text)


@pytest.fixture(scope="module")
def search() -> FaqSearch:
    """A small FAQ with real readings."""
    return FaqSearch(ENTRIES, reading)


def guesses(*texts: str) -> tuple[Alternative, ...]:
    """The recogniser's guesses, best first."""
    return tuple(Alternative(text, reading(text), 0.9) for text in texts)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("住民票がほしい", 0),
        ("えーと、住民票がほしいんですけど", 0),
        ("すみません、印鑑登録をしたいのですが教えてください", 1),
        ("粗大ごみを捨てたいんだけど", 2),
        ("燃えるゴミは何曜日", 3),
        ("固定資産税っていつ払うんですか", 4),
        ("犬を飼い始めたので登録したい", 5),
    ],
)
def test_a_question_in_other_words_finds_its_entry_first(search: FaqSearch, asked: str, entry: int) -> None:
    """Fillers, politeness and other spellings do not matter."""
    hits = search.search(guesses(asked), "ja")
    assert hits[0].question == ENTRIES[entry].question
    assert hits[0].confidence > 0.45


def test_a_hit_brings_all_that_the_dialog_needs(search: FaqSearch) -> None:
    """The same words are certain."""
    hit = search.search(guesses("住民票がほしい"), "ja")[0]
    assert hit == FaqHit(
        "住民票の写しはどこで取れますか",
        "住民票の写しはどこで取れますか",
        "市民課です。",
        "市民課",
        1.0,
        matching_form(reading("住民票の写しはどこで取れますか")),
    )


def test_wrong_kanji_with_the_right_sound_are_right(search: FaqSearch) -> None:
    """Recognisers write homophones."""
    heard = (Alternative("銃眠評が星い", "ジューミンヒョーガホシイ", 0.9),)
    assert search.search(heard, "ja")[0].confidence == 1.0


def test_a_later_guess_counts_a_little_less(search: FaqSearch) -> None:
    """But it counts."""
    later = search.search(guesses("むにゃむにゃ", "住民票がほしい"), "ja")[0]
    assert later.question == ENTRIES[0].question
    assert 0.9 < later.confidence < 1.0


@pytest.mark.parametrize("asked", ["むにゃむにゃ", "あいうえお", "きょうはいい天気ですね", "ん"])
def test_what_the_faq_does_not_know_is_not_likely(search: FaqSearch, asked: str) -> None:
    """Below the confidence at which anything is offered."""
    assert all(hit.confidence < 0.45 for hit in search.search(guesses(asked), "ja"))


def test_rare_words_decide_over_common_ones(search: FaqSearch) -> None:
    """ごみ is in two entries, 粗大 in one; どこで取れますか is no subject."""
    assert search.search(guesses("粗大のほうのごみ"), "ja")[0].question == "粗大ごみの出し方"


def test_nothing_said_and_nothing_known_find_nothing(search: FaqSearch) -> None:
    """No guess, an empty guess, an empty FAQ."""
    assert search.search((), "ja") == ()
    assert search.search((Alternative("", "", 0.0),), "ja") == ()
    assert FaqSearch((), reading).search(guesses("住民票"), "ja") == ()


def test_an_entry_is_named_once_and_there_are_at_most_five(search: FaqSearch) -> None:
    """However many ways of asking fit."""
    hits = search.search(guesses("登録の手続きはいつですか、住民票のごみの納期"), "ja")
    assert len(hits) == HITS
    assert len({hit.entry for hit in hits}) == HITS
    assert [hit.confidence for hit in hits] == sorted((hit.confidence for hit in hits), reverse=True)


def test_every_question_of_the_shipped_faq_finds_its_own_entry(minato: Content, shipped: FaqSearch) -> None:
    """Each way of asking that staff wrote leads to its answer, surely."""
    lost = [
        (entry.question, way)
        for entry in minato.entries
        for way in (entry.question, *entry.also)
        if not _found(shipped.search(guesses(way), "ja"), entry)
    ]
    assert lost == []


@pytest.fixture(scope="module")
def shipped(minato: Content) -> FaqSearch:
    """みなと市's FAQ."""
    return FaqSearch(minato.entries, reading)


def _found(hits: Sequence[FaqHit], entry: Entry) -> bool:
    """First, or as sure as the first (two entries may be asked for in words that sound the same)."""
    mine = next((hit.confidence for hit in hits if hit.entry == entry.question), 0.0)
    return bool(hits) and mine >= 0.8 and mine >= hits[0].confidence


words = st.text("アカサタナハマヤラワンジミヒ", min_size=1, max_size=12)


@given(
    st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=6, unique_by=lambda ways: ways[0]),
    st.lists(words, min_size=1, max_size=3),
)
@settings(derandomize=True, max_examples=200)
def test_any_faq_answers_any_question_within_bounds(faq: list[list[str]], asked: list[str]) -> None:
    """Confidences between 0 and 1, best first; a question as written is certain."""
    search = FaqSearch([Entry(ways[0], tuple(ways[1:]), "答え", "市民課") for ways in faq], plain)
    hits = search.search([Alternative(text, text, 1.0) for text in asked], "ja")
    assert all(0 < hit.confidence <= 1 for hit in hits)
    assert list(hits) == sorted(hits, key=lambda hit: -hit.confidence)
    for ways in faq:
        if asked[0] in ways:
            best = next(hit for hit in hits if hit.entry == ways[0]) if len(faq) <= HITS else hits[0]
            assert best.confidence == 1.0


@given(st.lists(words, min_size=1, max_size=4, unique=True), words)
@settings(derandomize=True, max_examples=200)
def test_the_fused_similarity_is_the_one_that_is_described(questions: list[str], asked: str) -> None:
    """Two fifths edit similarity, three fifths cosine of weighted bigrams; nothing where the cosine is near zero."""
    search = FaqSearch([Entry(question, (), "答え", "市民課") for question in questions], plain)
    found = {hit.entry: hit.confidence for hit in search.search((Alternative(asked, asked, 1.0),), "ja")}
    for question in questions:
        alone = _fused(questions, asked, question)
        assert found.get(question, 0.0) == pytest.approx(alone, abs=0.001)


def _fused(questions: list[str], asked: str, question: str) -> float:
    """The same, computed the slow way from its description."""
    forms = [matching_form(each) for each in questions]
    rarity = {
        gram: log(1 + len(forms) / sum(gram in _grams(form) for form in forms))
        for form in forms
        for gram in _grams(form)
    }

    def vector(form: str) -> dict[str, float]:
        weights = {
            gram: _grams(form).count(gram) * rarity.get(gram, log(1 + len(forms)))
            for gram in dict.fromkeys(_grams(form))
        }
        length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    left, right = vector(matching_form(asked)), vector(matching_form(question))
    cosine = sum(weight * right.get(gram, 0.0) for gram, weight in left.items())
    shape = fuzz.ratio(matching_form(asked), matching_form(question)) / 100
    return 0.0 if cosine < 0.1 else 0.4 * shape + 0.6 * cosine


def _grams(form: str) -> list[str]:
    return [form[at : at + 2] for at in range(len(form) - 1)] or [form]
