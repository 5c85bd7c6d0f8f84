"""Telephone numbers, postal codes, streets, rooms and the web, as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.written_places import places


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("TEL:050-0000-1234", "電話、ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン"),
        ("FAX050-0000-1234", "FAXゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン"),
        ("03-0000-6246～6248", "ゼロサン、ゼロゼロゼロゼロ、ロクニーヨンロクからロクニーヨンハチ"),
        ("電話番号は52-0000です", "電話番号は、ゴーニー、ゼロゼロゼロゼロです"),
        ("内線1234", "内線、イチニーサンヨン"),
        ("118番", "ヒャクジュウハチバン"),
        ("消費者ホットライン188", "消費者ホットラインイチハチハチ"),
        ("〒926-8611 七尾市", "郵便番号、キューニーロク、ハチロクイチイチ、七尾市"),
        ("緑町1丁目3番1-502号", "緑町1丁目3番1のゴーマルニー号"),
        ("47-2番", "47の2番"),
        ("2-3歳", "2-3歳"),
        ("2-3-1", "2-3-1"),
        ("詳しくはhttps://www.city.example.jp/a?b=1をご覧ください", "詳しくはホームページをご覧ください"),
        ("市のホームページ www.city.example.jp を", "市のホームページ を"),
        ("(info@city.example.jp)", "(メール)"),
        ("000-0000-0000", "000-0000-0000"),
    ],
)
def test_places_are_said(written: str, said: str) -> None:
    """And what is none of them is left."""
    assert places(written) == said


@given(st.from_regex("0500000[0-9]{4}", fullmatch=True))
def test_a_number_keeps_no_figure(number: str) -> None:
    """Written with or without hyphens it is said alike."""
    said = places(number)
    assert said == places(f"{number[:3]}-{number[3:7]}-{number[7:]}")
    assert not any(sign.isdigit() for sign in said)
