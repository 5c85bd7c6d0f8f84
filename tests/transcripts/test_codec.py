"""Events and actions survive the way into JSON and back; anything else is refused."""

import json
import math
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.actions import Action, DiscardCallRecording, Expect, Grammar, HangUp, Play, Prompt
from voicebot.errors import TranscriptError
from voicebot.events import Alternative, CallStarted, DigitPressed, Event, Heard, LookedUp
from voicebot.transcripts.codec import decode, encode, kind_of

CLASSES = [*get_args(Event), *get_args(Action)]
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), ZoneInfo("Asia/Tokyo")])
HEARD = encode(Heard(3, (Alternative("住民票", "ジュウミンヒョウ", 0.9),), 1.5, 0.2))


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation as our words use them; only times with a zone, only floats that equal themselves."""
    arguments = get_args(hint)
    if hint is datetime:
        return st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=ZONES)
    if hint is float:
        return st.floats(allow_nan=False)
    if is_dataclass(hint):
        return st.builds(hint, **{name: strategy(each) for name, each in get_type_hints(hint).items()})
    match get_origin(hint):
        case origin if origin is Literal:
            return st.sampled_from(arguments)
        case origin if origin in {Union, UnionType}:
            return st.one_of(*map(strategy, arguments))
        case origin if origin is tuple:
            return st.lists(strategy(arguments[0]), max_size=3).map(tuple)
        case origin if origin is Mapping:
            return st.dictionaries(st.text(), strategy(arguments[1]), max_size=3)
    return st.from_type(hint)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: str(kind.__name__))
@settings(max_examples=40)
@given(data=st.data())
def test_every_word_survives(kind: type[Any], data: st.DataObject) -> None:
    """What is decoded equals what was encoded, and is encoded alike again (so True has not become 1)."""
    item = data.draw(strategy(kind))
    text = encode(item)
    assert decode(text) == item
    assert encode(decode(text)) == text
    assert json.loads(text)["type"] == kind.__name__
    assert "\n" not in text


def test_events_and_actions_are_told_apart() -> None:
    """The kind follows the union."""
    assert kind_of(DigitPressed("1")) == "event"
    assert kind_of(HangUp("bot")) == "action"
    assert kind_of(DiscardCallRecording()) == "action"


def test_a_confidence_that_is_no_number_does_not_cost_the_words() -> None:
    """Not a number comes back as not a number."""
    back = decode(encode(Heard(1, (Alternative("はい", "ハイ", math.nan),))))
    assert isinstance(back, Heard)
    assert math.isnan(back.alternatives[0].confidence)
    assert back.alternatives[0].text == "はい"


def test_japanese_stays_readable() -> None:
    """Staff can read the stored text."""
    assert "住民票" in HEARD


def test_a_field_with_a_default_may_be_missing() -> None:
    """Records from before a field was added stay readable."""
    assert decode('{"type":"Play","turn":1,"prompts":[{"text":"はい"}]}') == Play(1, (Prompt("はい"),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '"Heard"',
        '{"turn":1}',
        '{"type":"Alternative","text":"a","reading":"b","confidence":1}',
        '{"type":"Shout","turn":1}',
        '{"type":3}',
        '{"type":["Heard"]}',
        '{"type":"Heard","turn":1}',
        '{"type":"Heard","turn":"1","alternatives":[]}',
        '{"type":"Heard","turn":1.5,"alternatives":[]}',
        '{"type":"Heard","turn":1,"alternatives":[],"loudness":3}',
        '{"type":"Heard","turn":1,"alternatives":[{"text":"a","reading":"b","confidence":1,"more":1}]}',
        '{"type":"TimedOut","turn":1,"clock":"noon"}',
        '{"type":"CallResumed","at":"2027-04-01T08:30:00"}',
        "[" * 100_000,
    ],
)
def test_damage_is_refused_with_a_cure(text: str) -> None:
    """Whatever is wrong, it is our error, and it says what to do."""
    with pytest.raises(TranscriptError, match=r"; (restore|read|store|give)") as caught:
        decode(text)
    assert caught.value.code == "transcript.damaged"


@given(st.integers(0, len(HEARD) - 1), st.characters(exclude_categories=["Cs"]))
def test_damaged_text_gives_a_value_or_our_error(place: int, character: str) -> None:
    """One changed character never raises anything else."""
    try:
        decode(HEARD[:place] + character + HEARD[place + 1 :])
    except TranscriptError:
        pass


@pytest.mark.parametrize(
    "item",
    [
        Alternative("a", "b", 1.0),
        "Heard",
        Heard("3", ()),  # type: ignore[arg-type]
        Heard(3, ("a",)),  # type: ignore[arg-type]
        Heard(3, (Alternative("\ud800", "", 0.5),)),
        Expect(1, Grammar("ja", 5)),  # type: ignore[arg-type]
        LookedUp(1, "hours", {"a": object()}),  # type: ignore[dict-item]
        CallStarted("c", None, "n", "ja", datetime(2027, 4, 1)),
    ],
)
def test_what_is_no_word_of_the_house_is_not_encoded(item: Any) -> None:
    """A wrong type, a time without zone, half a character: refused before it is stored."""
    with pytest.raises(TranscriptError):
        encode(item)
