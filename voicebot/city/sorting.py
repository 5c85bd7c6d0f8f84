"""The sorting list: which item is meant by what a caller said, and how each is sorted.

Days, areas and what a caller hears are not known here.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from voicebot.city.calling import SURE, TAIL, Called, Calling

MARGIN = 0.08
"""By so much the best must be ahead of the next to need no question."""
REACH = 0.2
"""Items further than this behind the best are not offered beside it."""
MOST = 3
"""More candidates than this cannot be kept in mind on the telephone."""
_ASKING = re.compile(
    "(?:ッテ|ハ|ワ|ヲ|オ|ノ|ガ|モ|ニ)?"
    "(?:何|ナン|ナニ|ドウ|ドコ|ドノ|ドレ|イツ|捨テ|ステ|出シ|ダシ|出ス|ダス|処分|ショブン|分別|ブンベツ|分ケ|ワケ"
    "|燃エル|モエル|燃ヤ|モヤ|ゴミ|デス|ナンデス|ナノ|ダケド)"
)
_NO_ITEMS = frozenset({"ゴミ", "モノ", "物", "品物", "シナモノ", "ヤツ"})


@dataclass(frozen=True, slots=True)
class Case:
    """How an item is sorted when it is of a certain make or size."""

    when: str
    """筒形, 70cm以下; "" for whatever is not said otherwise."""
    kind: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that people throw away."""

    name: str
    kind: str
    """Name of its kind of garbage; of the first case where there are several."""
    hint: str = ""
    """How it is put out; whole sentences. "" for as the kind is."""
    spoken: str = ""
    """Its name as a prompt should hold it."""
    when: str = ""
    """What the item must be like; "" for any."""
    more: tuple[Case, ...] = ()
    """How it is sorted when it is otherwise."""

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, the first one included."""
        return (Case(self.when, self.kind, self.hint), *self.more)


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant."""

    items: tuple[Item, ...]
    """Best first; empty when nothing is near."""
    sure: bool
    """It is one item, and needs no question."""


@dataclass(frozen=True)
class SortingList:
    """All items by all their names; a name may stand for several items."""

    items: tuple[Item, ...] = ()
    names: tuple[Called, ...] = ()

    @cached_property
    def _calling(self) -> Calling:
        return Calling(self.names, _ASKING, _NO_ITEMS)

    def find(self, words: str, reading: str = "") -> Found:
        """The item that is meant, or those among which the caller must choose.

        Args:
            words: What was said, as text: the item alone or within a question.
            reading: The same in katakana, where it is known.
        """
        ranked = [(self.items[thing], score) for thing, score in self._calling.ranked(words, reading)]
        best = ranked[0][1] if ranked else 0.0
        reach = MARGIN if best >= TAIL else REACH
        near = [item for item, score in ranked if score > best - reach]
        if len(near) > MOST:
            # Of many alike the plainest ones are the likeliest to be meant.
            near = sorted(near, key=lambda item: len(item.name))
        return Found(tuple(near[:MOST]), len(near) == 1 and best >= SURE)
