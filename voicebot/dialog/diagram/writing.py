"""Text in boxes: how wide it is, where it breaks, how it is shortened.

Japanese breaks anywhere, but not before 、。」 and the like, nor after an opening bracket (JIS X 4051).
"""

import unicodedata

_NOT_FIRST = "、。，．・」』）］｝〉》】〕？！ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…ヽヾ,.!?)]}:;"
_NOT_LAST = "「『（［｛〈《【〔([{"


def width(text: str) -> int:
    """Width in half-width columns: full-width, wide and ambiguous characters count two (Unicode, UAX #11)."""
    return sum(0 if unicodedata.combining(sign) else 2 if _wide(sign) else 1 for sign in text)


def shortened(text: str, columns: int) -> str:
    """The text, cut to a width with an ellipsis when it is longer."""
    if width(text) <= columns:
        return text
    kept = ""
    for sign in text:
        if width(kept + sign) > columns - 2:
            break
        kept += sign
    return kept + "…"


def wrapped(text: str, columns: int, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines of a width; the last one is cut with an ellipsis when there is more."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1 and width(rest) > columns:
        at = _break(rest, columns)
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return (*lines, shortened(rest, columns)) if rest else tuple(lines)


def _break(text: str, columns: int) -> int:
    """How many characters stand on the first line; at least one."""
    at = 1
    while at < len(text) and width(text[: at + 1]) <= columns:
        at += 1
    best = at
    # A letter of the Latin alphabet stays with its word; not for ever, so that a long address does not empty a line.
    while best > at // 2 and best > 1 and _bound(text, best):
        best -= 1
    return at if _bound(text, best) else best


def _bound(text: str, at: int) -> bool:
    """Whether the characters before and after `at` belong on one line."""
    before, after = text[at - 1], text[at] if at < len(text) else " "
    word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return word or after in _NOT_FIRST or before in _NOT_LAST


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WFA"
