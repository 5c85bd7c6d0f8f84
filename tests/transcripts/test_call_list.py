"""The list of calls: filters, words, pages, and what is hidden from whom."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import HangUp, Play, Prompt, Transfer
from voicebot.events import Alternative, FaqAnswered, FaqHit, Heard, TransferEnded
from voicebot.transcripts import call_list
from voicebot.transcripts.call_choice import Choice
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.connection import reading
from voicebot.transcripts.outcome import CALL_OUTCOMES
from voicebot.transcripts.reviews import Judgement, Review
from voicebot.transcripts.store import Store
from voicebot.transcripts.veil import Veil

OPEN, HIDDEN = Veil(lifted=True), Veil(lifted=False)
Place = Callable[..., str]


@pytest.fixture
def place(store: Store, now: datetime) -> Place:
    """Places calls, each an hour after the one before: what the caller says, turn by turn."""
    count = 0

    def placed(
        *said: str,
        asked: str = "ご用件をどうぞ。",
        confidence: float = 0.9,
        transfer: str = "",
        missed: bool = False,
        caller: str | None = "+815000001234",
        language: str = "ja",
        ended: bool = True,
    ) -> str:
        nonlocal count
        count += 1
        start = now + timedelta(hours=count)
        call_id = store.begin_call(NewCall(f"CA{count}", caller, "+815000002000", language, release=count), start)
        record = store.transcript(call_id)
        for turn, words in enumerate(said, 1):
            record.append(turn * 5.0, Play(turn, (Prompt(asked),), "受付"))
            record.append(turn * 5.0 + 2, Heard(turn, (Alternative(words, "", confidence),), 1.0, 0.1))
        last = len(said) + 1
        if missed:
            record.append(last * 5.0, Play(last, (Prompt("もう一度お願いします。"),), "受付", missed="no_match"))
        if transfer:
            record.append(last * 5.0 + 1, Transfer(last, transfer))
            record.append(last * 5.0 + 2, TransferEnded(last, "connected"))
        if ended:
            record.append(last * 5.0 + 3, HangUp("bot"))
            store.end_call(call_id, start + timedelta(minutes=1), "bot")
        assert store.flush()
        return call_id

    return placed


def listed(store: Store, choice: Choice, veil: Veil = OPEN) -> list[str]:
    """The ids of the first page."""
    return [row.call.id for row in store.listing.page(choice, veil).rows]


def test_pages_follow_one_another_without_gap_or_repetition(store: Store, place: Place) -> None:
    """Newest first, also among calls of the same second."""
    calls = [place("ごみの日") for _ in range(7)]
    seen: list[str] = []
    page = store.listing.page(Choice(), OPEN, limit=3)
    seen += [row.call.id for row in page.rows]
    while page.next is not None:
        page = store.listing.page(Choice(), OPEN, page.next, 3)
        seen += [row.call.id for row in page.rows]
    assert seen == calls[::-1]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(department="税務課"), {1}),
        (Choice(department="税務"), set()),
        (Choice(outcome="transferred"), {1, 2}),
        (Choice(outcome="open"), {5}),
        (Choice(below=0.5), {3}),
        (Choice(language="en"), {4}),
        (Choice(not_understood=True), {3}),
        (Choice(number="5678"), {2}),
        (Choice(number="+815000005678"), {2}),
        (Choice(release=3), {3}),
        (Choice(node="受付"), {1, 2, 3, 4}),
        (Choice(node="どこにもない"), set()),
        (Choice(outcome="transferred", department="市民課"), {2}),
    ],
)
def test_each_filter_lets_through_what_it_says(store: Store, place: Place, choice: Choice, expected: set[int]) -> None:
    """And several of them only what passes all."""
    calls = [
        place("税金", transfer="税務課"),
        place("住民票", transfer="市民課", caller="+815000005678"),
        place("むにゃ", confidence=0.3, missed=True),
        place("garbage", language="en"),
        place("もしもし", ended=False),
    ]
    assert {calls.index(each) + 1 for each in listed(store, choice)} == expected


def test_times_are_those_of_the_calls(store: Store, place: Place, now: datetime) -> None:
    """From the first moment on, before the last."""
    calls = [place("ごみ") for _ in range(4)]
    span = Choice(since=now + timedelta(hours=2), until=now + timedelta(hours=4))
    assert listed(store, span) == [calls[2], calls[1]]


def test_what_is_reviewed_and_how_can_be_chosen(store: Store, place: Place, now: datetime) -> None:
    """Nobody has reviewed a call that is only begun; calls that go on cannot be."""
    done, begun, none, going = place("一"), place("二"), place("三"), place("四", ended=False)
    review = Review(done, "done", "wrong", "", "", all_heard=True, reviewer="hanako", at=now)
    store.reviews.save(review)
    store.reviews.save(replace(review, call_id=begun, status="begun", outcome=""))
    store.reviews.correct(begun, 1, Judgement("二つ"), "hanako", now)
    assert listed(store, Choice(reviewed="yes")) == [done]
    assert listed(store, Choice(reviewed="begun")) == [begun]
    assert listed(store, Choice(reviewed="no")) == [none, begun]
    assert listed(store, Choice(reviewed="corrected")) == [begun]
    assert listed(store, Choice(judged="wrong")) == [done]
    row = store.listing.page(Choice(reviewed="corrected"), OPEN).rows[0]
    assert (row.opening, row.corrections) == ("二つ", 1)
    assert row.review == replace(review, call_id=begun, status="begun", outcome="")
    assert going not in listed(store, Choice(reviewed="no"))


def test_answers_can_be_chosen(store: Store, now: datetime) -> None:
    """Which calls got this entry?"""
    call_id = store.begin_call(NewCall("CA1", None, "", "ja"), now)
    record = store.transcript(call_id)
    record.append(1.0, Play(1, (Prompt("どうぞ。"),), "受付"))
    record.append(2.0, Heard(1, (Alternative("ごみ", "ゴミ", 0.9),)))
    record.append(2.1, FaqAnswered(1, (FaqHit("ごみの日", "ごみの日", "月曜です。", "環境課", 0.9),)))
    record.append(2.2, Play(2, (Prompt("月曜です。"),), "答え", answers="ごみの日"))
    store.end_call(call_id, now + timedelta(seconds=9), "caller")
    store.flush()
    assert listed(store, Choice(entry="ごみの日")) == [call_id]
    assert listed(store, Choice(entry="ほか")) == []


@pytest.mark.parametrize("common", [False, True], ids=["rare", "common"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("粗大ごみ",), {1, 2}),
        (("ごみ",), {1, 2, 4}),
        (("税金",), {2, 3}),
        (("ごみ", "税金"), {2}),
        (("用件",), {1, 2, 3, 4, 5}),
        (("存在しない",), set()),
        (("50%",), {5}),
        (("5_",), set()),
        (('"ごみ',), set()),
        (("abc",), {3}),
        (("転入",), {5}),
    ],
)
def test_words_are_found_wherever_they_stand(
    store: Store,
    place: Place,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    expected: set[int],
    common: bool,
) -> None:
    """Two letters too, at the end of an utterance, in several turns, after correction; common words as rare ones."""
    if common:
        monkeypatch.setattr(call_list, "MOST_HITS", 0)
    calls = [
        place("粗大ごみを捨てたい"),
        place("粗大ごみの日", "あと税金"),
        place("税金 ABC"),
        place("可燃ごみ"),
        place("50%引きですか"),
    ]
    store.reviews.correct(calls[4], 1, Judgement("転入の届け"), "hanako", now)
    found = store.listing.page(Choice(words=words), OPEN)
    assert {calls.index(row.call.id) + 1 for row in found.rows} == expected
    assert all(row.hit is not None for row in found.rows)


def test_a_hit_is_what_the_caller_said_rather_than_the_bot(store: Store, place: Place) -> None:
    """The bot says the same in every call."""
    place("はい", "ごみのこと", asked="ごみですか。")
    (row,) = store.listing.page(Choice(words=("ごみ",)), OPEN).rows
    assert row.hit is not None
    assert (row.hit.caller, row.hit.turn, row.hit.text) == (True, 2, "ごみのこと")


def _every_word_is_common(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a search looks at two calls only."""
    monkeypatch.setattr(call_list, "MOST_HITS", 0)
    monkeypatch.setattr(call_list, "MOST_LOOKED_AT", 2)
    monkeypatch.setattr(call_list, "_CHUNK", 2)


def test_a_search_for_common_words_says_how_far_it_came_and_goes_on(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left out when it is followed to its end."""
    _every_word_is_common(monkeypatch)
    calls = [place("ごみの日" if number in {0, 5} else "税金") for number in range(6)]
    page = store.listing.page(Choice(words=("ごみの日",)), OPEN)
    found, looked = [row.call.id for row in page.rows], page.looked_until
    assert looked is not None
    while page.next is not None:
        page = store.listing.page(Choice(words=("ごみの日",)), OPEN, page.next)
        found += [row.call.id for row in page.rows]
    assert found == [calls[5], calls[0]]


def test_a_page_of_hits_that_is_full_goes_on_behind_its_last_call(store: Store, place: Place) -> None:
    """No call is passed over between two pages."""
    calls = [place("粗大ごみ") for _ in range(5)]
    first = store.listing.page(Choice(words=("粗大ごみ",)), OPEN, limit=2)
    second = store.listing.page(Choice(words=("粗大ごみ",)), OPEN, first.next, 9)
    assert [row.call.id for row in (*first.rows, *second.rows)] == calls[::-1]


def test_what_is_hidden_is_not_found_and_not_shown(store: Store, place: Place) -> None:
    """Else the search would tell who called."""
    call_id = place("山田太郎です", asked="お名前をお話しください。", caller="+815000009999")
    plain = place("港町の山田と申します。ごみの件で")
    assert set(listed(store, Choice(words=("山田",)))) == {call_id, plain}
    assert listed(store, Choice(words=("山田",)), HIDDEN) == []
    assert listed(store, Choice(words=("ごみ",)), HIDDEN) == [plain]
    rows = store.listing.page(Choice(), HIDDEN).rows
    assert [row.opening for row in rows] == ["[氏名]と申します。ごみの件で", "[個人情報]"]
    assert {row.number for row in rows} == {"[電話番号]"}
    assert {(row.call.caller, row.call.recording) for row in rows} == {(None, None)}


def test_the_next_unreviewed_call_keeps_to_the_filters(store: Store, place: Place, now: datetime) -> None:
    """Also behind a call that has been forgotten meanwhile."""
    calls = [place("ごみの日"), place("税金"), place("ごみの日"), place("ごみの日")]
    waste = Choice(words=("ごみの日",))
    store.reviews.save(Review(calls[2], "done", "", "", "", all_heard=False, reviewer="x", at=now))
    assert store.listing.next_unreviewed(waste, OPEN) == calls[3]
    assert store.listing.next_unreviewed(waste, OPEN, calls[3]) == calls[0]
    assert store.listing.next_unreviewed(waste, OPEN, calls[0]) is None
    assert store.listing.next_unreviewed(Choice(), OPEN, calls[3]) == calls[1]
    assert store.listing.next_unreviewed(replace(waste, reviewed="yes"), OPEN) == calls[3]
    assert store.listing.next_unreviewed(Choice(), OPEN, "gone") == calls[3]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that the list asks the database, with its values."""
    statements: list[str] = []

    @contextmanager
    def traced(path: Path) -> Iterator[sqlite3.Connection]:
        with reading(path) as connection:
            connection.set_trace_callback(statements.append)
            yield connection

    monkeypatch.setattr(call_list, "reading", traced)
    return statements


EVERY_FILTER = Choice(
    since=datetime(2027, 1, 1, tzinfo=UTC), until=datetime(2028, 1, 1, tzinfo=UTC), department="税務課", language="ja",
    outcome="transferred", below=0.5, not_understood=True, number="5678", release=3,
)  # fmt: skip


@pytest.mark.parametrize("after", [None, call_list.Place(1806547200, "x")])
@pytest.mark.parametrize("choice", [Choice(), EVERY_FILTER, replace(EVERY_FILTER, words=("ごみ", "税金"))])
def test_pages_are_chosen_along_one_index_that_has_all_they_ask_for(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch, asked: list[str], choice: Choice,
    after: call_list.Place | None,
) -> None:  # fmt: skip
    """A page in the middle of years of calls is as quick as the first: nothing is sorted, no other call is read."""
    monkeypatch.setattr(call_list, "MOST_SORTED", -1)
    place("ごみ", "税金")
    store.listing.page(choice, OPEN, after)
    (choosing,) = [each for each in asked if "INDEXED BY" in each]
    plan = [row["detail"] for row in store._rows(f"EXPLAIN QUERY PLAN {choosing}", ())]
    assert "calls USING COVERING INDEX calls_chosen" in plan[0]
    assert not [each for each in plan if "TEMP B-TREE" in each]


def test_a_search_asks_the_index_of_words_once_however_many_calls_it_goes_through(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch, asked: list[str], now: datetime
) -> None:
    """Pages, files, and the way to the next call that nobody has listened to."""
    monkeypatch.setattr(call_list, "_CHUNK", 2)
    calls = [place("粗大ごみ") for _ in range(9)]
    for call_id in calls[1:]:
        store.reviews.save(Review(call_id, "done", "", "", "", all_heard=False, reviewer="x", at=now))
    waste = Choice(words=("粗大ごみ",))

    def times(look: Callable[[], object]) -> int:
        asked.clear()
        look()
        return sum("MATCH" in each for each in asked)

    assert times(lambda: store.listing.page(waste, OPEN, limit=7)) == 1
    assert times(lambda: list(store.listing.pages(waste, OPEN, 2, 8))) == 1
    assert times(lambda: store.listing.next_unreviewed(waste, OPEN)) == 1
    assert store.listing.next_unreviewed(waste, OPEN) == calls[0]


@pytest.mark.parametrize("sorted_first", [True, False], ids=["few", "many"])
def test_few_calls_that_the_index_knows_are_found_as_many_are(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch, sorted_first: bool
) -> None:
    """Newest first, behind a place, through the other filters."""
    monkeypatch.setattr(call_list, "MOST_SORTED", 500 if sorted_first else -1)
    calls = [place("粗大ごみ", language="en" if number == 2 else "ja") for number in range(6)]
    waste = Choice(words=("粗大ごみ",), language="ja")
    first = store.listing.page(waste, OPEN, limit=2)
    assert [row.call.id for row in first.rows] == [calls[5], calls[4]]
    second = store.listing.page(waste, OPEN, first.next, 9)
    assert [row.call.id for row in second.rows] == [calls[3], calls[1], calls[0]]


@pytest.mark.parametrize("words", [(), ("粗大ごみ",)], ids=["all", "words"])
@pytest.mark.parametrize("most", [0, 1, 3, 4, 7, 99])
def test_many_pages_at_once_are_the_list_up_to_its_limit(
    store: Store, place: Place, words: tuple[str, ...], most: int
) -> None:
    """For a file."""
    calls = [place("粗大ごみ") for _ in range(7)]
    pages = list(store.listing.pages(Choice(words=words), OPEN, 3, most))
    assert [row.call.id for page in pages for row in page] == calls[::-1][:most]
    assert all(0 < len(page) <= 3 for page in pages)


def test_the_way_to_the_next_call_says_how_far_a_search_for_common_words_came(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would go through years of calls when nothing may be seen of the words."""
    _every_word_is_common(monkeypatch)
    calls = [place("ごみの日" if number == 0 else "税金") for number in range(6)]
    waste = Choice(words=("ごみの日",))
    so_far = store.listing.next_unreviewed(waste, OPEN)
    assert isinstance(so_far, call_list.Place)
    assert so_far.call_id == calls[4]
    assert store.listing.next_unreviewed(waste, OPEN, calls[2]) == calls[0]


def test_every_outcome_can_be_chosen(store: Store, place: Place) -> None:
    """No outcome is unknown to the list."""
    place("ごみ", transfer="環境課")
    assert [bool(listed(store, Choice(outcome=each))) for each in CALL_OUTCOMES].count(True) == 1
