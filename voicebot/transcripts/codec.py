"""Events and actions as JSON and back, without loss: `{"type": "Heard", "turn": 3, ...}`.

Strict both ways: what is not a known type, lacks a field, has a field of the wrong type or one that is not known here
is refused. Fields that were added later and have a default may be missing, so that old calls stay readable.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from voicebot.actions import Action
from voicebot.errors import TranscriptError
from voicebot.events import Event

Item = Event | Action
"""One line of a call's record."""
Kind = Literal["event", "action"]

_ACTIONS = frozenset(get_args(Action))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a call's record, where it stands and when it was."""

    seq: int
    """From 1, without gaps, in the order in which things happened."""
    seconds: float
    """Since the start of the call."""
    item: Item


class Tagged:
    """JSON objects for a closed set of dataclasses, told apart by their `type`."""

    def __init__(self, classes: tuple[type[Any], ...]) -> None:
        self._adapters: dict[str, TypeAdapter[Any]] = {each.__name__: TypeAdapter(each) for each in classes}

    def encode(self, value: object) -> str:
        """The value as one line of JSON.

        Raises:
            TranscriptError: the value is of another class, or a field holds what its type does not allow.
        """
        name = type(value).__name__
        adapter = self._adapters.get(name)
        if adapter is None:
            raise _damaged(f"{name} is not a kind that is stored", "store only events and actions.")
        _check_zones(value, name)
        try:
            # Not dump_json: it turns a confidence that is not a number into null, which could not be read back.
            plain = adapter.dump_python(value, mode="json", warnings="error")
            text = json.dumps({"type": name, **plain}, ensure_ascii=False, separators=(",", ":"))
            # Serialisation lets a wrong literal pass; one such entry would make its whole call unreadable.
            adapter.validate_json(text, strict=True)
        except (PydanticSerializationError, ValidationError, UnicodeEncodeError) as error:
            raise _damaged(f"A field of {name} has the wrong type", "mend the part that made it.") from error
        return text

    def decode(self, text: str) -> Any:
        """The value that `encode` was given.

        Raises:
            TranscriptError: the text is not JSON, names no known type, or does not fit the type.
        """
        try:
            plain = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _damaged("A stored record is not JSON", "restore the database from a backup.") from error
        name = str(plain.pop("type", "")) if isinstance(plain, dict) else ""
        adapter = self._adapters.get(name)
        if adapter is None:
            raise _damaged("A stored record is of no known type", "read it with the version that wrote it.")
        try:
            value = adapter.validate_json(text, strict=True)
        except ValidationError as error:
            raise _damaged(f"A stored {name} is damaged", "restore the database from a backup.") from error
        if any(_unknown(plain, adapter.dump_python(value, mode="json"))):
            raise _damaged(f"A stored {name} has fields unknown here", "read it with the version that wrote it.")
        _check_zones(value, name)
        return value


_ITEMS = Tagged((*get_args(Event), *get_args(Action)))


def encode(item: Item) -> str:
    """An event or action as one line of JSON.

    Raises:
        TranscriptError: the item is of no known class, or a field holds what its type does not allow.
    """
    return _ITEMS.encode(item)


def decode(text: str) -> Item:
    """The event or action that `encode` was given.

    Raises:
        TranscriptError: the text is damaged, or of a type or with a field that this version does not know.
    """
    item: Item = _ITEMS.decode(text)
    return item


def kind_of(item: Item) -> Kind:
    """Whether it happened or was ordered."""
    return "action" if type(item) in _ACTIONS else "event"


def _check_zones(value: Any, name: str) -> None:
    for each in fields(value):
        moment = getattr(value, each.name)
        if isinstance(moment, datetime) and moment.utcoffset() is None:
            raise _damaged(f"The time in {name} has no time zone", "give it the zone of the city.")


def _unknown(given: object, kept: object) -> Iterator[str]:
    """Names of fields that validation has passed over, at any depth."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key, value in given.items():
            if key not in kept:
                yield key
            else:
                yield from _unknown(value, kept[key])
    elif isinstance(given, list) and isinstance(kept, list):
        for one, other in zip(given, kept, strict=False):
            yield from _unknown(one, other)


def _damaged(what: str, cure: str) -> TranscriptError:
    return TranscriptError("transcript.damaged", f"{what}; {cure}")
