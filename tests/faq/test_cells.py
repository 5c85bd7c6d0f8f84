"""Cells as offices fill them become questions, answers, words and days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.faq import cells


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Q1.住民票の写しはどこで取れますか", ("住民票の写しはどこで取れますか",)),
        ("Ｑ：住民票がほしい\nＱ２．手数料はいくらですか", ("住民票がほしい", "手数料はいくらですか")),
        ("問1 住民票がほしい\n問２　手数料は", ("住民票がほしい", "手数料は")),
        ("質問：住民票がほしい", ("住民票がほしい",)),
        ("①住民票がほしい\n② 住民票を取りたい", ("住民票がほしい", "住民票を取りたい")),
        ("・住民票がほしい\n\n・住民票を取りたい\n・住民票がほしい", ("住民票がほしい", "住民票を取りたい")),
        ("1. 住民票がほしい\n2) 住民票を取りたい", ("住民票がほしい", "住民票を取りたい")),
        ("住民票がほしい<br>住民票を取りたい", ("住民票がほしい", "住民票を取りたい")),
        ("75歳からの医療保険", ("75歳からの医療保険",)),
        ("119番に電話したい", ("119番に電話したい",)),
        ("2.5トンの車", ("2.5トンの車",)),
        ("質問したいことがあります", ("質問したいことがあります",)),
        ("QRコードは使えますか", ("QRコードは使えますか",)),
        ("", ()),
    ],
)
def test_several_questions_stand_on_their_lines_without_numbers(cell: str, found: tuple[str, ...]) -> None:
    """Numbers that are part of the question stay."""
    assert cells.questions(cell) == (found, False)


def test_a_line_that_ends_in_the_middle_of_a_sentence_goes_on() -> None:
    """People break lines to make a cell look good."""
    assert cells.questions("住民票の写しを、\n代わりの人が\n取れますか\n委任状は要りますか") == (
        ("住民票の写しを、代わりの人が取れますか", "委任状は要りますか"),
        True,
    )
    assert cells.questions("1.住民票は\n2.印鑑証明は") == (("住民票は", "印鑑証明は"), False)


@pytest.mark.parametrize(
    ("cell", "spoken"),
    [
        ("A. 市民課へお越しください。", "市民課へお越しください。"),
        ("回答：市民課へ\nお越しください。", "市民課へお越しください。"),
        ("次のものをお持ちください。\n・本人確認書類\n・手数料", "次のものをお持ちください。本人確認書類、手数料"),
        ("<p>市民課です。</p><p>電話は<a href='x'>こちら</a></p>", "市民課です。電話はこちら"),
        ("ABCセンターです。", "ABCセンターです。"),
        ("1. 申請書\n2. 写真\nをお持ちください。", "申請書、写真をお持ちください。"),
        ("300円です。", "300円です。"),
    ],
)
def test_an_answer_is_what_can_be_said(cell: str, spoken: str) -> None:
    """Marks before it, tags and the signs of lists are gone; a list has pauses."""
    assert cells.answer(cell) == spoken


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("住民票、写し", ("住民票", "写し")),
        ("住民票,写し；戸籍\n謄本", ("住民票", "写し", "戸籍", "謄本")),
        (' "くらし、手続き" 、 住民票、住民票', ("くらし、手続き", "住民票")),
        ("", ()),
    ],
)
def test_words_stand_between_commas_or_on_lines(cell: str, found: tuple[str, ...]) -> None:
    """Each once."""
    assert cells.words(cell) == found


@given(st.lists(st.text('住民、"票,\n;<b>', min_size=1, max_size=6).map(str.strip).filter(bool), unique=True))
def test_joined_words_are_read_again(words: list[str]) -> None:
    """Whatever signs they hold."""
    assert cells.words(cells.joined(tuple(words))) == tuple(words)


@pytest.mark.parametrize(
    "cell",
    ["2027-03-31", "2027/3/31", "2027年3月31日", "２０２７．３．３１", "令和9年3月31日", "R9.3.31", "2027-03-31 00:00"],
)
def test_days_are_read_as_offices_write_them(cell: str) -> None:
    """Western years and eras."""
    assert cells.day(cell) == date(2027, 3, 31)


@pytest.mark.parametrize("cell", ["", "来年", "2027-02-30", "3月31日", "令和元年"])
def test_what_is_no_day_is_none(cell: str) -> None:
    """Also one that does not exist."""
    assert cells.day(cell) is None


def test_the_first_year_of_an_era_has_a_name() -> None:
    """元年."""
    assert cells.day("令和元年5月1日") == date(2019, 5, 1)
