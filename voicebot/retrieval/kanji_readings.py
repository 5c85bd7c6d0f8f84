"""The readings of each kanji, alone and within words: the table that `deriving_readings` has made."""

from collections.abc import Mapping
from functools import cache
from pkgutil import get_data


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """The readings of the kanji of JIS X 0208's first level, in katakana."""
    lines = (get_data(__package__, "kanji_readings.txt") or b"").decode().splitlines()
    return {kanji: tuple(rest.split()) for kanji, _, rest in (line.partition(" ") for line in lines)}
