"""What the page is told of each event and order."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    Expect,
    Grammar,
    HangUp,
    LookUp,
    Play,
    Prompt,
    Record,
    RequestCallback,
    SendSms,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.content import Content
from voicebot.dialog.state import State
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallEnded,
    CallStarted,
    DepartmentHit,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    LookedUp,
    MessageRecorded,
    PartFailed,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.faq.reasons import Reason
from voicebot.web.staff.trying.showing import Showing

NOW = datetime(2027, 1, 2, 21)
GUESS = Alternative("ごみ", "ゴミ", 0.9)


class Page:
    """Takes items; the conversation stands where it is put."""

    def __init__(self, content: Content) -> None:
        self.items: list[Any] = []
        self.state = State()
        self.showing = Showing(content.dialog, self.items.append, lambda: self.state)

    def told(self, record: Event | Action) -> list[Any]:
        """The items that one record brings."""
        del self.items[:]
        self.showing.told(1.5, record)
        return list(self.items)


def recorded(items: list[Any]) -> Any:
    """The item that is the record itself."""
    return next(item for item in items if "record" in item)


@pytest.fixture
def page(minato: Content) -> Page:
    """みなと市's."""
    return Page(minato)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (CallStarted("x", None, "", "ja", NOW), {"what": "event"}),
        (SpeechStarted(1), {"what": "speaking"}),
        (DigitPressed("5"), {"what": "key", "digit": "5"}),
        (TimedOut(1, "no_input"), {"what": "timed", "clock": "no_input"}),
        (LookedUp(1, "hours", {"open": False}), {"what": "looked", "about": "hours", "facts": {"open": False}}),
        (TransferEnded(1, "busy"), {"what": "transferred", "outcome": "busy"}),
        (MessageRecorded(1, "trial-1", 3.0), {"what": "message", "kept": True, "seconds": 3.0}),
        (CallbackBooked(1, "1001"), {"what": "booked", "ticket": "1001"}),
        (PartFailed("voice", "voice.x"), {"what": "failed", "part": "voice", "code": "voice.x"}),
        (CallEnded("caller"), {"what": "ended", "reason": "caller"}),
        (StopPlaying(1), {"what": "stopped"}),
        (Wait(1, 7.0, "no_input"), {"what": "waiting", "seconds": 7.0, "clock": "no_input"}),
        (
            Expect(1, Grammar("ja", "open", ("ごみ",))),
            {"what": "listening", "kind": "open", "words": ["ごみ"], "bargein": True},
        ),
        (AskFaq(1, "ja", (GUESS,)), {"what": "asked"}),
        (LookUp(1, "hours", {"a": "b"}), {"what": "look", "about": "hours", "arguments": {"a": "b"}}),
        (Transfer(1, "市民課"), {"what": "transfer", "department": "市民課"}),
        (Record(1, "市民課", 1, 1), {"what": "record", "department": "市民課"}),
        (SendSms(1, "09000000000", "地図"), {"what": "sms", "phone": "09000000000", "text": "地図"}),
        (DiscardCallRecording(), {"what": "unrecorded"}),
        (HangUp("bot"), {"what": "hung_up", "reason": "bot"}),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, dict) else "",
)  # fmt: skip
def test_each_record_is_told(page: Page, record: Event | Action, expected: dict[str, Any]) -> None:
    """With its second, its name and its turn."""
    told = recorded(page.told(record))
    assert told == {"at": 1.5, "record": type(record).__name__, "turn": getattr(record, "turn", None), **expected}


def test_words_are_told_with_guesses_and_what_was_near(page: Page, minato: Content) -> None:
    """Also whether anybody listened to them."""
    page.state = State(phase="asking", turn=3)
    (heard, *_) = page.told(Heard(3, (Alternative("もう一度", "モーイチド", 0.93),), 1.2, 0.4))
    assert heard["guesses"] == [{"text": "もう一度", "reading": "モーイチド", "confidence": 0.93}]
    assert (heard["speech"], heard["decode"], heard["counts"]) == (1.2, 0.4, True)
    assert heard["near"][0]["everywhere"]
    (unheard, *_) = page.told(Heard(2, (GUESS,)))
    assert not unheard["counts"]


def test_candidates_are_told_with_the_limit_that_holds_now(page: Page) -> None:
    """Who has not been understood before is offered more."""
    found = FaqAnswered(1, (FaqHit("粗大ごみ", "粗大ごみ", "答え", "環境課", 0.7),), (DepartmentHit("環境課", 0.9),))
    (first, *_) = page.told(found)
    assert first["hits"] == [{"entry": "粗大ごみ", "department": "環境課", "confidence": 0.7}]
    assert first["departments"] == [{"name": "環境課", "confidence": 0.9}]
    page.state = State(rung=1)
    assert page.told(found)[0]["offer"] < first["offer"]


def test_prompts_are_told_as_written(page: Page) -> None:
    """Without the hints for the voice; a message that is played back is named."""
    said = recorded(page.told(Play(1, (Prompt("{緑町|ミドリマチ}です。"), Prompt("", message="trial-1")), "受付")))
    assert (said["texts"], said["node"], said["message"]) == (["緑町です。", ""], "受付", True)


def test_a_call_back_is_told_whole(page: Page) -> None:
    """What would have stood on the ticket."""
    told = recorded(page.told(RequestCallback(1, "市民課", "09000000000", "田中", "住民票", "あす")))
    assert (told["department"], told["matter"], told["when"]) == ("市民課", "住民票", "あす")


def test_the_first_order_that_means_something_is_the_decision(page: Page) -> None:
    """Once for each event."""
    page.told(DigitPressed("1"))
    assert "verdict" not in {item["what"] for item in page.told(Wait(1, 1.0, "no_input"))}
    page.state = replace(page.state, goal="市民課", phase="transferring")
    told = page.told(Transfer(1, "市民課"))
    verdict = next(item for item in told if item["what"] == "verdict")
    assert (verdict["code"], verdict["department"]) == ("transfer", "市民課")
    assert "verdict" not in {item["what"] for item in page.told(HangUp("bot"))}


def test_a_place_is_told_when_it_changes(page: Page) -> None:
    """Not with every record."""
    assert "place" in {item["what"] for item in page.told(DigitPressed("1"))}
    assert "place" not in {item["what"] for item in page.told(DigitPressed("2"))}
    page.state = State(phase="asking", node="受付")
    assert page.told(DigitPressed("3"))[-1]["node"] == "受付"


def test_what_has_no_record_is_told_too(page: Page) -> None:
    """The beginning with the limits, words so far, reasons, waiting, words that are held."""
    page.showing.began(NOW, "abc")
    page.showing.believed("じゅうみ")
    page.showing.reasons(2, (Reason("粗大ごみ", 0.9, None, 0.5),))
    page.showing.waited(0.8)
    page.showing.held()
    assert [item["what"] for item in page.items] == ["began", "believed", "reasons", "waited", "held"]
    assert page.items[0]["moment"] == "2027-01-02T21:00"
    assert page.items[2]["rows"] == [{"entry": "粗大ごみ", "sound": 0.9, "words": None, "meaning": 0.5}]
