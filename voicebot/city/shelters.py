"""Shelters and water supply points, and which one a district goes to.

Whether one is open now is what staff have written, not a rule. How it is written and said is not known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from voicebot.language.kana import compact

Danger = Literal["洪水", "地震", "津波", "高潮", "土砂災害", "内水氾濫", "大規模な火事", "火山"]
DANGERS: tuple[Danger, ...] = get_args(Danger)
"""The dangers that shelters are designated for (災害対策基本法施行令 article 20-3)."""
ASKED: tuple[Danger, ...] = DANGERS[:5]
"""Those that are read out when a caller must choose; the others are understood too."""
_WORDS: Mapping[Danger, tuple[str, ...]] = {
    "土砂災害": ("土砂", "どしゃ", "土砂崩れ", "がけ崩れ", "崖崩れ", "山崩れ", "地滑り", "地すべり", "土石流"),
    "津波": ("つなみ", "大津波"),
    "高潮": ("たかしお", "高波"),
    "洪水": ("こうずい", "大雨", "豪雨", "水害", "浸水", "川の氾濫", "氾濫", "はんらん", "床上浸水"),
    "地震": ("じしん", "大地震", "震災"),
    "内水氾濫": ("内水", "ないすい", "下水の氾濫", "道路の冠水", "冠水"),
    "大規模な火事": ("大火事", "大火", "山火事", "延焼"),
    "火山": ("かざん", "噴火", "ふんか", "火山灰"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A shelter or a water supply point."""

    name: str
    reading: str
    """In katakana."""
    dangers: frozenset[Danger] = frozenset()
    """For which a shelter is designated; a water supply point has none."""
    open: bool = False
    """Whether it is open now."""
    note: str = ""
    """What callers must know about it now: a whole sentence."""
    spoken: str = ""
    """Its name as a prompt should hold it."""
    partly: frozenset[Danger] = frozenset()
    """For which only a part of it may be used."""
    numbers: tuple[str, ...] = ()
    """E.164."""
    address: str = ""
    capacity: int | None = None
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Where a district goes, nearest first."""

    shelters: tuple[Place, ...]
    water: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Shelters:
    """All shelters and water supply points of the city."""

    shelters: Mapping[str, Place]
    water: Mapping[str, Place]
    nearest: Mapping[str, Nearest] = field(default_factory=dict)
    """By district."""
    declared: bool = False
    """Whether staff have declared a disaster."""

    @property
    def disaster(self) -> bool:
        """Whether there is a disaster: declared, or shown by any place being open."""
        return self.declared or any(place.open for places in (self.shelters, self.water) for place in places.values())


@dataclass(frozen=True, slots=True)
class Refuge:
    """The place to name to somebody."""

    place: Place
    near: bool
    """False: none of the district's own places will do, this is another of the city."""


def shelter_for(shelters: Shelters, district: str, danger: Danger | None) -> Refuge | None:
    """The nearest shelter that is fit for the danger; in a disaster the nearest open one before any closed one.

    None when no shelter of the city is designated for the danger.
    """
    own = _own(shelters, district).shelters
    fit = [
        _refuge(place, own)
        for place in (*own, *shelters.shelters.values())
        if danger is None or danger in place.dangers
    ]
    return _first(fit, shelters.disaster)


def shelters_for(shelters: Shelters, district: str, danger: Danger | None, most: int = 3) -> tuple[Place, ...]:
    """The shelters of a district that are fit for the danger, nearest first; open ones first in a disaster."""
    fit = [place for place in _own(shelters, district).shelters if danger is None or danger in place.dangers]
    ordered = sorted(fit, key=lambda place: not place.open) if shelters.disaster else fit
    return tuple(ordered[:most])


def water_for(shelters: Shelters, district: str) -> Refuge | None:
    """The nearest water supply point, an open one before any closed one; None when the city has none."""
    own = _own(shelters, district).water
    return _first([_refuge(place, own) for place in (*own, *shelters.water.values())], prefer_open=True)


def danger_called(words: str) -> Danger | None:
    """The danger that is meant by the words, by the longest word that they hold; None when there is none."""
    plain = compact(words)
    held = [(len(word), danger) for danger in _WORDS for word in (danger, *_WORDS[danger]) if compact(word) in plain]
    return max(held, key=lambda pair: pair[0])[1] if held else None


def _own(shelters: Shelters, district: str) -> Nearest:
    return shelters.nearest.get(district, Nearest((), ()))


def _refuge(place: Place, own: tuple[Place, ...]) -> Refuge:
    return Refuge(place, place in own)


def _first(refuges: list[Refuge], prefer_open: bool) -> Refuge | None:
    open_now = [refuge for refuge in refuges if refuge.place.open] if prefer_open else []
    return next(iter([*open_now, *refuges]), None)
