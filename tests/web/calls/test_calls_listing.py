"""The list of calls as a page."""

import re
from urllib.parse import unquote

import pytest
from house import House
from recorded_calls import place
from staff_browser import Staff


@pytest.fixture(scope="module", autouse=True)
def calls(house: House) -> list[str]:
    """Three calls, newest last."""
    said = ("粗大ごみを捨てたい", "先行の投票所はどこですか", "税金のこと")
    return [place(house, at, words, hours_ago=3 - at, recorded=False) for at, words in enumerate(said)]


def ids(text: str) -> list[str]:
    """The calls of a page, in order."""
    return re.findall(r'href="[./]*calls/(\d{8}-\d{6}-[0-9a-f]+)\?', text)


def test_calls_are_listed_newest_first_with_what_was_said(editor: Staff, calls: list[str]) -> None:
    """Number, first words, outcome, department, how sure, how often asked again."""
    page = editor.get("calls").text
    assert ids(page) == calls[::-1]
    for shown in (
        "050-0000-1234",
        "先行の投票所はどこですか",
        "折り返し",
        "総合案内",
        "自信 41％",
        "聞き返し1回",
        "まだ",
    ):
        assert shown in page


def test_who_may_not_see_it_gets_neither_numbers_nor_names(viewer: Staff, calls: list[str]) -> None:
    """In the list, by its words, or by its filters."""
    page = viewer.get("calls").text
    assert ids(page) == calls[::-1]
    assert "0000-1234" not in page
    assert "[電話番号]" in page
    assert "個人情報は隠れています" in page
    assert 'name="number"' not in page
    assert ids(viewer.get("calls?q=山田太郎").text) == []
    assert ids(viewer.get("calls?number=9999").text) == calls[::-1], "a filter that is not theirs is none"
    assert ids(viewer.get("calls?q=投票所").text) == [calls[1]]


def test_words_are_marked_where_they_were_found(editor: Staff, calls: list[str]) -> None:
    """And the link leads to that turn."""
    page = editor.get("calls?q=投票所").text
    assert ids(page) == [calls[1]]
    assert "先行の<mark>投票所</mark>はどこですか" in page
    assert "#turn-1" in page
    assert ids(editor.get("calls?q=山田太郎").text) == calls[::-1]


def test_a_single_letter_is_told_to_be_too_short(editor: Staff, calls: list[str]) -> None:
    """And is no filter."""
    page = editor.get("calls?q=税").text
    assert "1文字の言葉はさがせません" in page
    assert ids(page) == calls[::-1]


def test_filters_stand_in_the_address_and_in_the_form(editor: Staff, calls: list[str]) -> None:
    """A view can be kept and passed on; what the form has no field for is a chip."""
    page = editor.get("calls?q=ごみ&outcome=callback&node=受付&department=総合案内").text
    assert ids(page) == [calls[0]]
    assert '<option value="callback" selected>' in page
    assert '<input type="hidden" name="node" value="受付">' in page
    assert "この条件を外す" in page


@pytest.mark.parametrize(
    ("query", "told"), [("q=どこにもない言葉", "この条件に合う通話はありません"), ("end=1", "おつかれさまでした")]
)
def test_an_empty_list_says_what_to_do(editor: Staff, query: str, told: str) -> None:
    """No page is just empty."""
    assert told in editor.get(f"calls?{query}").text


def test_the_next_unreviewed_call_is_one_address_away(editor: Staff, calls: list[str]) -> None:
    """With the filters; at the end back to the list."""
    assert editor.get("calls/next").headers["location"].startswith(calls[2])
    onward = editor.get(f"calls/next?q=ごみ&after={calls[1]}").headers["location"]
    assert onward.startswith(f"{calls[0]}?q=")
    assert editor.get(f"calls/next?q=ごみ&after={calls[0]}").headers["location"].endswith("&end=1")
    assert editor.client.get("calls/next", follow_redirects=True).status_code == 200


def test_the_way_to_the_next_call_ends_in_the_list_when_the_words_are_too_common(
    editor: Staff, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list goes on from there, and says how far it comes."""
    monkeypatch.setattr("voicebot.transcripts.call_list.MOST_HITS", 0)
    monkeypatch.setattr("voicebot.transcripts.call_list.MOST_LOOKED_AT", 1)
    monkeypatch.setattr("voicebot.transcripts.call_list._CHUNK", 1)
    location = editor.get("calls/next?q=粗大ごみ").headers["location"]
    assert location.startswith("../calls?q=")
    assert f"~{calls[2]}" in unquote(location)
    assert editor.client.get("calls/next?q=粗大ごみ", follow_redirects=True).status_code == 200


def test_pages_go_on_behind_a_call(editor: Staff, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as there are more."""
    monkeypatch.setattr("voicebot.web.staff.calls.listing.ROWS", 2)
    first = editor.get("calls?q=用件").text
    assert ids(first) == [calls[2], calls[1]]
    older = re.search(r'rel="next" href="[./]*([^"]+)"', first)
    assert older
    second = editor.get(older[1].replace("&amp;", "&")).text
    assert ids(second) == [calls[0]]
    assert "いちばん新しい通話へ" in second
    assert 'rel="next"' not in second
