"""Places that people ask for by name: their telephone numbers, addresses and opening hours; and which one is meant.

How they are written in a file and what a caller hears is not known here.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from voicebot.city.calling import SURE, TAIL, Called, Calling
from voicebot.city.hours import Calendar

MOST = 3
"""More places than this cannot be kept in mind on the telephone."""
MARGIN = 0.08
REACH = 0.12
"""Places further than this behind the best are not offered beside it."""
THINGS = frozenset({"AED", "公衆トイレ", "公衆無線LAN"})
"""Kinds of things that stand within a place: whoever names the place means the place itself."""
_EARTH_METRES = 6_371_000
_ASKING = re.compile(
    "(?:ッテ|ハ|ワ|ヲ|オ|ノ|ガ|モ|ニ|ヘ|エ)?"
    "(?:電話|デンワ|番号|バンゴウ|バンゴー|住所|ジュウショ|ジューショ|場所|バショ|時間|ジカン|何時|ナンジ|何番|ナンバン|ドコ|イツ|開イ|アイ"
    "|営業|エイギョウ|休ミ|ヤスミ|診療|シンリョウ|連絡先|レンラクサキ|行キ方|イキカタ|ナンデス|デス|ヤッテ|連絡|教エ|オシエ|知リタ|シリタ)"
)
_KINDS_ALONE = frozenset({"市", "課", "室", "係", "部", "所", "場", "館", "園", "科", "局"})


@dataclass(frozen=True, slots=True)
class Facility:
    """One place."""

    name: str
    reading: str = ""
    """In katakana; "" when nobody has written it."""
    also: tuple[tuple[str, str], ...] = ()
    """Other names with their readings in katakana."""
    kind: str = ""
    """図書館, 病院, AED, ...; "" when it is not known."""
    numbers: tuple[str, ...] = ()
    """E.164, the main one first."""
    address: str = ""
    place: str = ""
    """Where in the building it is (an AED)."""
    subjects: tuple[str, ...] = ()
    """Of a clinic."""
    calendar: Calendar | None = None
    certain: bool = True
    """Whether the hours leave no exception out that somebody has written beside them."""
    on_holidays: bool = True
    """Whether the hours say what holds on national holidays."""
    note: str = ""
    """What else is written about the hours, as it is written."""
    details: str = ""
    """What else is worth a text message."""
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees (JGD2011 or WGS 84, which agree within a metre)."""
    spoken: str = ""
    """Its name as a prompt should hold it."""


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """What was meant."""

    places: tuple[Facility, ...]
    """Best first, at most three; empty when nothing is near."""
    sure: bool
    """It is one place, and needs no question."""
    further: int = 0
    """How many more there are like these."""


@dataclass(frozen=True)
class Facilities:
    """All places by all their names."""

    all: tuple[Facility, ...]
    names: tuple[Called, ...]

    def __iter__(self) -> Iterator[Facility]:
        return iter(self.all)

    @cached_property
    def _calling(self) -> Calling:
        return Calling(self.names, _ASKING, _KINDS_ALONE)

    def find(self, words: str, reading: str = "", kind: str = "") -> FoundPlaces:
        """The place that is meant, or those among which the caller must choose.

        Args:
            words: What was said, as text: the name alone or within a question.
            reading: The same in katakana, where it is known.
            kind: Only places of this kind.
        """
        found = [(self.all[at], score) for at, score in self._calling.ranked(words, reading)]
        if kind:
            return _best([(place, score) for place, score in found if place.kind == kind])
        proper = _best([(place, score) for place, score in found if place.kind not in THINGS])
        # Of a place that only stands in a list of things, where the thing is and when it can be used is not asked.
        bare = [(replace(place, place="", calendar=None), score) for place, score in found if place.kind in THINGS]
        return proper if proper.places else _best(bare)

    def near(self, position: tuple[float, float], kind: str = "") -> tuple[Facility, ...]:
        """Places of a kind, nearest first; those without a position are left out."""
        known = [
            (metres(position, place.position), at)
            for at, place in enumerate(self.all)
            if place.position and (not kind or place.kind == kind)
        ]
        return tuple(self.all[at] for _, at in sorted(known))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind there is, each once."""
        return tuple(dict.fromkeys(place.kind for place in self.all if place.kind))


def _best(ranked: list[tuple[Facility, float]]) -> FoundPlaces:
    best = ranked[0][1] if ranked else 0.0
    near = [(place, score) for place, score in ranked if score > best - (MARGIN if best >= TAIL else REACH)]
    # Of many alike the plainest ones are the likeliest to be meant.
    many = len(near) > MOST
    ordered = sorted(near, key=lambda pair: (-round(pair[1], 2), len(pair[0].name) if many else 0))
    places = tuple({(place.name, place.spoken): place for place, _ in ordered}.values())
    return FoundPlaces(places[:MOST], len(places) == 1 and best >= SURE, max(len(places) - MOST, 0))


def metres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The distance over ground, by the haversine formula; a city is small enough for a round earth."""
    (lat1, lon1), (lat2, lon2) = (tuple(math.radians(degree) for degree in point) for point in (here, there))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(half))
