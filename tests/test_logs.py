"""Logs never hold what a caller said, pressed or is called: a whole call at the lowest level, of all libraries."""

import asyncio
import io
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from house import CALLER, House, open_house, service, speak

from voicebot.events import Alternative, DigitPressed, FaqHit, Heard
from voicebot.logs import configure
from voicebot.simulator.callee import Callee
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.resident import Press, Resident, Say, Silence, WaitForPrompt, rehearsed

pytestmark = pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning")
SAID = "犬の登録はどこですか"
KEYS = "5823"


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the service would write to its log at DEBUG."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    loggers = [logging.getLogger(name) for name in (None, "voicebot", "uvicorn", "uvicorn.error")]
    before = [(logger, logger.level, logger.propagate, list(logger.handlers)) for logger in loggers]
    for logger in loggers[2:]:  # other tests' servers have handlers of their own
        logger.propagate = True
        logger.handlers.clear()
    configure("DEBUG")
    yield written
    for logger, level, propagate, handlers in before:
        logger.setLevel(level)
        logger.propagate = propagate
        logger.handlers[:] = handlers


def place(house: House, chaos: Chaos) -> None:
    """A resident speaks, presses keys and is connected."""
    steps = (
        WaitForPrompt(0.4),
        Say("犬の登録はどこですか。"),
        WaitForPrompt(0.5),
        Press(KEYS, 0.1),
        Silence(0.5),
        Press("0"),
    )
    resident = Resident(rehearsed((*steps, Silence(30)), speak))
    dial = [Callee(ring_seconds=0.1, talk_seconds=0.2)]
    asyncio.run(house.carrier().call(resident, CALLER, dial_script=dial, chaos=chaos))


def never_logged(house: House, lines: str) -> None:
    """No number, no words, no readings, no keys."""
    forbidden = {
        CALLER,
        CALLER.removeprefix("+"),
        "0000 2000",
        SAID,
        "犬の登録",
        "イヌノトーロク",
        "dtmf",
        KEYS,
        "保健所",
    }
    for call in house.service.store.calls():
        for entry in house.service.store.records(call.id):
            if isinstance(entry.item, Heard):
                forbidden |= {text for guess in entry.item.alternatives for text in (guess.text, guess.reading)}
    found = sorted(word for word in forbidden if word and word in lines)
    assert found == []
    assert not re.search(r"[぀-ヿ一-鿿]", lines), "a log line holds Japanese words"
    assert not re.search(r"\+\d{8,}", lines), "a log line holds a telephone number"


@pytest.mark.slow
def test_a_whole_call_leaves_nothing_personal_in_the_log(tmp_path: Path, output: io.StringIO) -> None:
    """At the lowest level, with a stream that breaks in between, and with every library's logger open."""
    with open_house(service(tmp_path, [SAID, SAID])) as house:
        place(house, Chaos(reset_after_speech_seconds=0.5))
        place(house, Chaos())
        items = [item for call in house.service.store.calls() for item in house.items(call.carrier_sid)]
        assert [item.digit for item in items if isinstance(item, DigitPressed)].count("5") == 2
        assert SAID in {guess.text for item in items if isinstance(item, Heard) for guess in item.alternatives}
        never_logged(house, output.getvalue())
    assert "/twilio/media" in output.getvalue()  # what the server has to say is in it


def test_an_unforeseen_error_is_logged_without_its_text(tmp_path: Path, output: io.StringIO) -> None:
    """Errors of libraries quote what they choke on; the log says where it happened and of what kind it is."""

    class Faulty:
        def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
            try:
                raise KeyError(alternatives[0].text)
            except KeyError as error:
                raise ValueError(f"cannot find {alternatives[0].text} for {CALLER}") from error

    made = replace(service(tmp_path, [SAID]), answers=Faulty())
    broke = "a conversation broke; its caller was sent to a person"
    with open_house(made, expects=[broke]) as house:
        place(house, Chaos())
        lines = output.getvalue()
        never_logged(house, lines)
    assert broke in lines
    assert "ValueError" in lines
    assert "KeyError" in lines
    assert "test_logs.py" in lines
    assert "call_id=" in lines


def test_a_line_is_one_constant_message_with_its_marks(output: io.StringIO) -> None:
    """Marks are the call, the carrier's call and the code, and nothing else is shown."""
    logging.getLogger("voicebot.test").info("something happened", extra={"call": "CA1", "code": "a.b", "secret": "x"})
    logging.getLogger("voicebot.test").debug("a detail")
    logging.getLogger("somebody.else").info("chatter")
    logging.getLogger("somebody.else").warning("a warning")
    first, second, third = output.getvalue().splitlines()
    assert first.endswith(" INFO voicebot.test something happened call=CA1 code=a.b")
    assert second.endswith("DEBUG voicebot.test a detail")
    assert third.endswith("WARNING somebody.else a warning")
