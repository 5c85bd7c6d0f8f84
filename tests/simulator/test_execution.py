"""Carrying out documents verb by verb."""

import asyncio

from small_bot import SmallBot, carrier_to
from virtual_time import run

from voicebot.simulator.execution import carry_out
from voicebot.simulator.resident import Resident, Silence
from voicebot.simulator.twiml_document import Document, Verb


class _Notes:
    """A leg that only takes notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note_verb(self, text: str, detail: object) -> None:
        self.notes.append(text)


def test_verbs_come_in_order_until_one_leads_away() -> None:
    """What stands behind it is never reached; unknown verbs are noted."""
    leg = _Notes()
    second = Document("/2", (Verb("Stay", {}, "c"),))

    async def stay(leg: _Notes, verb: Verb, document: Document) -> None:
        leg.notes.append(f"{document.url} {verb.text}")

    async def leave(leg: _Notes, verb: Verb, document: Document) -> Document:
        leg.notes.append(f"{document.url} {verb.text}")
        return second

    first = Document(
        "/1", (Verb("Stay", {}, "a"), Verb("Dance", {}, ""), Verb("Leave", {}, "b"), Verb("Stay", {}, "x"))
    )
    asyncio.run(carry_out(leg, first, {"Stay": stay, "Leave": leave}))  # type: ignore[type-var]
    assert leg.notes == ["/1 a", "<Dance> unsupported verb", "/1 b", "/2 c"]


def test_a_whisper_may_not_dial() -> None:
    """Only speaking, listening and hanging up; the rest is noted and passed over."""
    twiml = '<Response><Dial><Number url="/whisper">+815000000002</Number></Dial></Response>'
    bot = SmallBot({"/twilio/voice": twiml, "/whisper": "<Response><Dial>+815000000003</Dial></Response>"})
    report = run(carrier_to(bot).call(Resident((Silence(60),))))
    assert "whisper: <Dial> unsupported verb" in [entry.text for entry in report.entries if entry.kind == "verb"]
