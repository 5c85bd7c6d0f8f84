"""Which encoding a text file is written in, by its bytes alone: CP932, UTF-8 with and without BOM, and rarer ones.

Sources: the WHATWG Encoding Standard for the order of trials, JIS X 0208 for what is unlikely in each.
"""

import re
from dataclasses import dataclass

from voicebot.errors import TableError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TAIL = 3
"""So many bytes of a sign may be left when a file was cut off."""
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_RARE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text."""

    text: str
    encoding: str
    cut: bool = False
    """Whether the file ends in the middle of a sign, as after a download that broke off."""


def decode(name: str, data: bytes) -> Decoded:
    """The text of a file.

    Raises:
        TableError: no Japanese encoding fits.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _whole(data, encoding) or _cut(data, encoding) or _refused(name)
    if b"\0" in data[:1000]:
        return _utf16(data) or _refused(name)
    if b"\x1b$" in data:
        found = _whole(data, "iso2022_jp") or _whole(data, "iso2022_jp_3")
        if found:
            return Decoded(found.text, "iso2022_jp")
    found = _whole(data, "utf-8") or _cut(data, "utf-8")
    return found or _japanese(data) or _refused(name)


def _japanese(data: bytes) -> Decoded | None:
    """CP932 or EUC: what the wrong one makes of a text is full of half-width kana and private signs."""
    found = [one for one in (_whole(data, "cp932"), _whole(data, "euc_jp")) if one]
    if found:
        return min(found, key=lambda one: _strangeness(one.text))
    return _cut(data, "cp932")


def _strangeness(text: str) -> float:
    return (len(_HALF_KANA.findall(text)) + 5 * len(_RARE.findall(text))) / max(len(text), 1)


def _whole(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _cut(data: bytes, encoding: str) -> Decoded | None:
    """The text without the piece of a sign at its end."""
    for left in range(1, _TAIL + 1):
        found = _whole(data[:-left], encoding) if len(data) > left else None
        if found:
            return Decoded(found.text, encoding, cut=True)
    return None


def _utf16(data: bytes) -> Decoded | None:
    """Without BOM: the zeros of the Latin signs stand at the odd or at the even places."""
    odd, even = data[1:1000:2].count(0), data[0:1000:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    found = _whole(data, encoding)
    likely = found is not None and "\0" not in found.text and any(sign in found.text for sign in ",\t\n")
    return Decoded(found.text, "utf-16") if found and likely else None


def _refused(name: str) -> Decoded:
    raise TableError(
        "table.encoding",
        f"「{name}」の文字が読めません。CSVではないか、途中で壊れています。"
        "Excel で開き、「CSV UTF-8(コンマ区切り)」か「Excel ブック(.xlsx)」で保存し直してください。",
    )
