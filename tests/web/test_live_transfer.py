"""Transfers as a carrier carries them out: real sound, whispers on the called leg, late and doubled callbacks."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from house import CALLER, House, open_house, service, speak, until
from test_dialling import A, B, C, results, rung

from voicebot.city.desk import Desk
from voicebot.events import Json, LegUpdated, OperatorAnswered, PromptFinished, Rang, TakenOver, Whispered
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Callee
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.fetching import Limits
from voicebot.simulator.resident import Press, Resident, Say, Silence, WaitForPrompt

pytestmark = pytest.mark.slow
SOON = Limits(ring_extra_seconds=0.0)
WATER = (WaitForPrompt(0.3), Press("2"), Silence(90))


def placed(house: House, *callees: Callee, chaos: Chaos | None = None) -> CallReport:
    """A resident asks for 水道課 by key and waits."""
    carrier = house.carrier(limits=SOON)
    call = carrier.call(Resident(WATER), CALLER, dial_script=callees, chaos=chaos or Chaos())
    return asyncio.run(call)


def legs(house: House, report: CallReport) -> set[tuple[str, int, str]]:
    """The last word about each telephone: number, round, result; each is told once."""
    told = [(event.number, event.round, event.result) for event in house.of(report.call_sid, LegUpdated)]
    assert len(told) == len(set(told))
    return {each for each in told if each[2] != "answered"}


def test_a_machine_and_somebody_who_declines_do_not_end_the_search(house: House) -> None:
    """Three ring at once: a machine, then one who is busy with something else, then one who takes the call."""
    rung(house, A, B, C)
    report = placed(
        house,
        Callee(target=A, ring_seconds=0.2, answer="machine"),
        Callee("no-answer", target=B, ring_seconds=60.0),
        Callee("no-answer", target=C, ring_seconds=60.0),
        Callee(target=B, ring_seconds=0.2, answer="decline"),
        Callee("no-answer", target=C, ring_seconds=60.0),
        Callee(target=C, ring_seconds=0.2, answer="accept", talk_seconds=0.5),
    )
    assert (report.violations, report.errors, report.status) == ((), (), "completed")
    assert [event.answer for event in house.of(report.call_sid, OperatorAnswered)] == ["silent", "declined", "accepted"]
    assert [event.numbers for event in house.of(report.call_sid, Rang)] == [(A, B, C), (B, C)]
    assert results(house, report.call_sid) == ["connected"]
    assert len(house.of(report.call_sid, Whispered)) == 3
    assert legs(house, report) == {
        (A, 0, "no_answer"), (B, 0, "cancelled"), (C, 0, "cancelled"), (B, 1, "declined"), (C, 1, "cancelled"),
        (C, 2, "connected"),
    }  # fmt: skip


def test_each_telephone_tells_its_own_fate_however_late_and_often(house: House) -> None:
    """A number that is busy, SIP addresses that fail, refuse and do not answer: all at once, callbacks out of order."""
    broken, refusing, quiet = (f"sip:{name}@pbx.example.jp" for name in ("broken", "refusing", "quiet"))
    rung(house, A, broken, refusing, quiet, wait_seconds=1)
    report = placed(
        house,
        Callee("busy", target=A, ring_seconds=0.2),
        Callee("failed", target=broken, ring_seconds=0.1, sip_code=503),
        Callee("busy", target=refusing, ring_seconds=0.3, sip_code=603),
        Callee("no-answer", target=quiet, ring_seconds=1.0),
        Callee(ring_seconds=0.2, talk_seconds=0.3),
        chaos=Chaos(duplicate_callbacks=True, late_callbacks_seconds=0.3, reordered_callbacks=True),
    )
    assert (report.violations, report.errors) == ((), ())
    assert legs(house, report) >= {
        (A, 0, "busy"), (broken, 0, "failed"), (refusing, 0, "declined"), (quiet, 0, "no_answer")
    }  # fmt: skip
    told = {event.number: event.detail for event in house.of(report.call_sid, LegUpdated)}
    assert (told[broken], told[refusing]) == ("failed 503", "busy 603")


def test_callbacks_that_come_late_and_actions_that_come_twice_change_nothing(house: House) -> None:
    """One after the other; everything is entered once."""
    rung(house, A, B, in_order=True)
    report = placed(
        house,
        Callee(target=A, ring_seconds=0.2, answer="hang-up"),
        Callee(target=B, ring_seconds=0.2, talk_seconds=0.5),
        chaos=Chaos(
            duplicate_actions=True, duplicate_callbacks=True, late_callbacks_seconds=0.5, duplicate_webhook=True
        ),
    )
    assert (report.violations, report.errors) == ((), ())
    assert [event.outcome for event in house.of(report.call_sid, Rang)] == ["declined"]
    assert results(house, report.call_sid) == ["connected"]


def test_the_carrier_dials_as_soon_as_the_last_prompt_has_been_heard(house: House) -> None:
    """From the end of the prompt to the `<Dial>` no caller waits."""
    rung(house, A)
    report = placed(house, Callee(target=A, ring_seconds=0.2, talk_seconds=0.5))
    house.service.store.flush()
    call_id = house.service.store.find(report.call_sid) or ""
    times = [(entry.seconds, type(entry.item).__name__) for entry in house.service.store.records(call_id)]
    dialled = next(at for at, name in times if name == "Dialled")
    heard = max(at for at, name in times if name == PromptFinished.__name__ and at <= dialled)
    assert dialled - heard < 1.0  # bench/calls.py measures it on a machine that does nothing else


def test_an_operator_takes_a_call_that_the_bot_is_handling(tmp_path: Path) -> None:
    """Through the application, from the page's side."""
    with open_house(service(tmp_path)) as house:
        media = house.media("CA1", house.token("CA1"))
        until(lambda: media.events("media"))
        call_id = house.service.store.find("CA1") or ""
        assert house.take_over(call_id, A, "佐藤")
        assert not house.take_over("nobody", A, "佐藤")
        assert media.wait_closed(20) == 1000
        assert house.of("CA1", TakenOver) == [TakenOver(A, "佐藤")]
        document = house.twiml("after-stream", "CA1")
        assert [child.text for child in document.verbs[-1].children] == [A]


class Asking(Desk):
    """A desk whose 水道課 wants the caller's name first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk._city)

    def look_up(self, what: str, arguments: Mapping[str, str], now: datetime) -> Mapping[str, Json]:
        """As ever, with the question."""
        return {**super().look_up(what, arguments, now), "ask": "お名前をお願いします。"}


def test_what_the_department_asks_the_caller_first_is_told_to_who_picks_up(tmp_path: Path) -> None:
    """Asked, said by a voice, whispered, and on the card's whisper; the telephones ring after it."""
    made = service(tmp_path, ["田中です"])
    made.city_desk = made.desk = Asking(made.desk)
    with open_house(made) as house:
        rung(house, A)
        reply = Say("田中です", speak("田中です"))
        steps = (WaitForPrompt(0.3), Press("2"), WaitForPrompt(0.5), reply, Silence(90))
        call = house.carrier(limits=SOON).call(Resident(steps), CALLER, dial_script=[Callee(talk_seconds=0.3)])
        report = asyncio.run(call)
        assert (report.violations, report.errors) == ((), ())
        assert results(house, report.call_sid) == ["connected"]
        (whispered,) = house.of(report.call_sid, Whispered)
        assert "返事は田中。" in whispered.text
