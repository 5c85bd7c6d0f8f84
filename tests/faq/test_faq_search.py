"""Questions find their answers by sound, with a confidence that means something."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot import bootstrap
from voicebot.content import Content
from voicebot.events import Alternative, FaqHit
from voicebot.faq.load import Entry
from voicebot.faq.search import HITS, FaqSearch
from voicebot.faq.weights import ANSWER
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


DUTIES = {"市民課": ("戸籍",), "環境課": ("ごみ", "野良犬"), "税務課": ("税金",), "消防本部": ("救急車の適正な利用",)}


@pytest.mark.parametrize(
    ("asked", "department"),
    [("粗大ごみを捨てたい", "環境課"), ("税金のことで相談したい", "税務課"), ("救急車の適正な利用", "消防本部")],
)
def test_a_question_finds_its_department_by_entries_and_duties(asked: str, department: str) -> None:
    """The last one owns no entry at all."""
    routed = FaqSearch(ENTRIES, reading, bootstrap.words(), None, DUTIES).route(guesses(asked), "ja")
    assert routed[0].department == department
    assert routed[0].confidence >= 0.45
    assert [hit.confidence for hit in routed] == sorted((hit.confidence for hit in routed), reverse=True)


def test_duties_are_never_read_out_as_answers() -> None:
    """They are no entries of the FAQ."""
    search = FaqSearch(ENTRIES, reading, bootstrap.words(), None, DUTIES)
    found = search.find(guesses("救急車の適正な利用について"), 50)
    assert {hit.entry for hit in found} <= {entry.question for entry in ENTRIES}
    assert search.entries == ENTRIES
    assert len(search.texts) == len(ENTRIES) + len(DUTIES)


def test_nothing_said_goes_to_no_department(search: FaqSearch) -> None:
    """No guess, an empty guess, an empty FAQ."""
    assert search.route((), "ja") == ()
    assert search.route((Alternative("", "", 0.0),), "ja") == ()
    assert FaqSearch((), reading).route(guesses("住民票"), "ja") == ()


def test_a_ranking_tells_probabilities_as_well(search: FaqSearch) -> None:
    """For those who measure."""
    first, second, *_ = search.rank("住民票の取り方", reading("住民票の取り方"))
    assert first.entry == ENTRIES[0]
    assert first.chance == first.confidence == 1.0
    assert 0 <= second.chance <= 1


PARAPHRASES = Path(__file__).with_name("paraphrases.yaml")


def test_paraphrases_that_the_faq_does_not_hold_find_their_entries_and_departments(minato: Content) -> None:
    """Without meaning: three of four at once, nine of ten among three; departments better still."""
    search = FaqSearch(minato.entries, reading, bootstrap.words(), None, minato.duties)
    owners = {entry.question: entry.department for entry in minato.entries}
    places, departments = [], []
    for row in yaml.safe_load(PARAPHRASES.read_text(encoding="utf-8")):
        if "expect" in row:
            names = [hit.entry for hit in search.find(guesses(row["ask"]), 10)]
            places.append(names.index(row["expect"]) if row["expect"] in names else 99)
        department = row.get("department") or owners[row["expect"]]
        departments.append(
            [hit.department for hit in search.route(guesses(row["ask"]), "ja")].index(department)
            if department in [hit.department for hit in search.route(guesses(row["ask"]), "ja")]
            else 99
        )
    assert sum(place == 0 for place in places) / len(places) >= 0.74
    assert sum(place < 3 for place in places) / len(places) >= 0.90
    assert sum(place == 0 for place in departments) / len(departments) >= 0.85
    assert sum(place < 3 for place in departments) / len(departments) >= 0.95


def test_questions_that_nobody_answers_are_seldom_answered_at_once(minato: Content) -> None:
    """85 of them, near the FAQ and far from it."""
    search = FaqSearch(minato.entries, reading, bootstrap.words(), None, minato.duties)
    lists = yaml.safe_load(PARAPHRASES.with_name("outside.yaml").read_text(encoding="utf-8"))
    surest = [search.search(guesses(text), "ja")[:1] for texts in lists.values() for text in texts]
    wrong = sum(bool(hits) and hits[0].confidence >= ANSWER for hits in surest)
    assert wrong / len(surest) <= 0.12
