"""A file's encoding is known by its bytes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.errors import TableError
from voicebot.sheets.encodings import decode

TEXT = "質問,回答\r\n住民票の写しはどこで取れますか,①市民課へお越しください。㈱〜ｱ\r\n" * 3
PLAIN = TEXT.replace("①", "").replace("㈱", "").replace("〜", "").replace("ｱ", "")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
        ("iso2022_jp", "iso2022_jp"),
    ],
)
def test_what_offices_write_is_read(encoding: str, named: str) -> None:
    """Each encoding gives the same text."""
    decoded = decode("表.csv", PLAIN.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.cut) == (PLAIN, named, False)


def test_the_signs_of_windows_are_read() -> None:
    """Circled numbers and company signs are in CP932 only."""
    text = TEXT.replace("〜", "～")
    assert decode("表.csv", text.encode("cp932")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_cut_in_the_middle_of_a_sign_says_so(encoding: str) -> None:
    """What is there is still read."""
    whole = ("住民票" * 50).encode(encoding)
    decoded = decode("表.csv", whole[:-1])
    assert decoded.cut
    assert decoded.text == "住民票" * 49 + "住民"


def test_bytes_of_no_encoding_are_refused_with_the_cure() -> None:
    """The message says how to save the file."""
    with pytest.raises(TableError, match="保存し直してください") as caught:
        decode("表.csv", bytes([0x81, 0xFF, 0xFE, 0xA0, 0x80, 0xFF]) * 20)
    assert caught.value.code == "table.encoding"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_our_error(data: bytes) -> None:
    """Never another error."""
    with suppress(TableError):
        assert isinstance(decode("x", data).text, str)


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30F6), min_size=8, max_size=60))
def test_kana_come_back_from_every_encoding(text: str) -> None:
    """However short the file."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode("x", text.encode(encoding)).text == text
