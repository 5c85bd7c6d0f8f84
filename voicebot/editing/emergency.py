"""The disaster switch as changes to the city's files: until when, what is ordered, which places are open; and its end.

Only lines that must change do (`edits`). What was written before the switch is put back at its end, as far as nobody
has changed it meanwhile for another reason.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voicebot.documents import read
from voicebot.editing.edits import add_key, delete, set_value
from voicebot.editing.values import Value

Files = Mapping[str, str]
Changes = dict[str, str]
PACK, FACTS, SHELTERS = "disaster.yaml", "facts.yaml", "shelters.yaml"
KINDS = ("shelters", "water")
"""Kinds of places, as `shelters.yaml` calls them."""
_FILLED = re.compile(r"\{\s*facts\s*[.．]\s*([^{}]*?)\s*\}")


@dataclass(frozen=True, slots=True)
class Order:
    """A value of `facts.yaml` that the disaster pack speaks of."""

    name: str
    value: str
    choices: tuple[str, ...] = ()
    """Values that the pack tells apart, with the present one; empty where it says any value."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be open."""

    kind: str
    name: str
    open: bool
    note: str


@dataclass(frozen=True, slots=True)
class Switch:
    """What the files say about the disaster."""

    until: datetime | None
    """Local time of the city; None while it is off."""
    orders: tuple[Order, ...]
    spots: tuple[Spot, ...]
    declared: bool = False

    def lasts(self, now: datetime) -> bool:
        """Whether callers hear the pack at this local moment."""
        return self.until is not None and now.replace(tzinfo=None) < self.until

    @property
    def traces(self) -> bool:
        """Whether anything of it stands in the files, in force or not."""
        return self.until is not None or self.declared or any(spot.open for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What staff have chosen."""

    until: datetime
    orders: Mapping[str, str]
    open: Mapping[tuple[str, str], str]
    """The note of each place that is open, by kind and name."""


def switch_of(files: Files) -> Switch | None:
    """What the files say; None for a city without a disaster pack.

    Raises:
        ContentError: a file cannot be read.
    """
    if PACK not in files:
        return None
    pack = _data(files, PACK)
    until = pack.get("until")
    moment = datetime.fromisoformat(str(until)) if until else None
    shelters = _data(files, SHELTERS)
    spots = tuple(
        Spot(kind, name, str(row.get("open", "false")) == "true", str(row.get("note") or ""))
        for kind in KINDS
        for name, row in (shelters.get(kind) or {}).items()
    )
    declared = str(shelters.get("disaster", "false")) == "true"
    return Switch(
        moment and moment.replace(tzinfo=None), tuple(_orders(files, str(pack.get("start")))), spots, declared
    )


def begun(files: Files, wanted: Wanted) -> Changes:
    """The files that change when the disaster is switched on, or is told otherwise.

    Raises:
        ContentError: a file is written in a way that cannot be edited safely.
    """
    changed = _Changed(files)
    changed.put(PACK, ("until",), f"{wanted.until:%Y-%m-%dT%H:%M}")
    for name, value in wanted.orders.items():
        _order(changed, name, value)
    changed.put(SHELTERS, ("disaster",), value=True)
    for spot in _spots(files):
        place = (spot.kind, spot.name)
        _spot(changed, spot, is_open=place in wanted.open, note=wanted.open.get(place, ""))
    return changed.texts


def ended(files: Files, before: Files) -> Changes:
    """The files that change when it is switched off: what it has changed is as in `before` again.

    Args:
        files: What is in force.
        before: What was in force before it was switched on; the files themselves where nobody knows.

    Raises:
        ContentError: a file is written in a way that cannot be edited safely.
    """
    changed = _Changed(files)
    if _data(files, PACK).get("until") is not None:
        changed.texts[PACK] = delete(files[PACK], ("until",), PACK)
    was = switch_of(before)
    earlier = {(spot.kind, spot.name): spot for spot in was.spots} if was and not was.traces else {}
    values = {order.name: order.value for order in was.orders} if was and not was.traces else {}
    switch = switch_of(files)
    for order in switch.orders if switch else ():
        _order(changed, order.name, values.get(order.name, order.value))
    if _data(files, SHELTERS).get("disaster") is not None:
        changed.put(SHELTERS, ("disaster",), value=False)
    for spot in _spots(files):
        old = earlier.get((spot.kind, spot.name))
        _spot(changed, spot, is_open=False, note=old.note if old else "")
    return changed.texts


class _Changed:
    """Texts that become others, edit by edit."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.texts: Changes = {}

    def put(self, path: str, where: tuple[str, ...], value: Value) -> None:
        """Set what is there, add what is not, leave what is so already."""
        if path not in self._files:
            return
        text = self.texts.get(path, self._files[path])
        above: Any = read(text, path).data
        for part in where[:-1]:
            above = above[part]
        plain = ("true" if value else "false") if isinstance(value, bool) else value
        if where[-1] not in above:
            self.texts[path] = add_key(text, where, value, path)
        elif above[where[-1]] != plain:
            self.texts[path] = set_value(text, where, value, path)


def _order(changed: _Changed, name: str, value: str) -> None:
    fact = _data(changed._files, FACTS).get("facts", {}).get(name)
    if fact is not None and value:
        changed.put(FACTS, ("facts", name, "value") if isinstance(fact, dict) else ("facts", name), value)


def _spot(changed: _Changed, spot: Spot, *, is_open: bool, note: str) -> None:
    if spot.open != is_open:
        changed.put(SHELTERS, (spot.kind, spot.name, "open"), is_open)
    if spot.note != note:
        changed.put(SHELTERS, (spot.kind, spot.name, "note"), note)


def _spots(files: Files) -> tuple[Spot, ...]:
    switch = switch_of(files)
    return switch.spots if switch else ()


def _orders(files: Files, start: str) -> Iterator[Order]:
    """Values that the tree with the pack's first node branches by or says."""
    facts = _data(files, FACTS).get("facts", {})
    for path, text in files.items():
        nodes = _data(files, path).get("nodes", {}) if path.startswith("trees/") and start in text else {}
        if start not in nodes:
            continue
        branched: dict[str, list[str]] = {}
        for node in nodes.values():
            for case in node.get("when") or () if isinstance(node, dict) else ():
                if case.get("fact"):
                    branched.setdefault(str(case["fact"]), []).extend(_several(case.get("value")))
        for name in dict.fromkeys((*branched, *_FILLED.findall(text))):
            fact = facts.get(name)
            if fact is not None:
                value = str(fact.get("value", "") if isinstance(fact, dict) else fact)
                choices = tuple(dict.fromkeys((*branched[name], value))) if name in branched else ()
                yield Order(name, value, choices)


def _several(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _data(files: Files, path: str) -> dict[str, Any]:
    data = read(files[path], path).data if path in files else {}
    return data if isinstance(data, dict) else {}
