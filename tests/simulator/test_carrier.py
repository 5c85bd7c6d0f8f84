"""Whole calls, in virtual time."""

import asyncio
from pathlib import Path

import pytest
from small_bot import TOKEN, SmallBot, Talker, carrier_to, streaming
from virtual_time import run

from voicebot.simulator.chaos import Chaos
from voicebot.simulator.fetching import Limits
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import HangUp, Resident, Say, Silence, WaitForPrompt
from voicebot.simulator.signing import SharedKey
from voicebot.simulator.timeline import Entry

WORDS = tone(300, 1.0, 0.3)
HANGUP = "<Response><Hangup/></Response>"


async def answer_twice(talker: Talker) -> None:
    """Greet, answer 0.6 s after each of two sentences, say goodbye and close."""
    await talker.until("start")
    await talker.say(2.0, "greeting")
    for mark in ("first", "second"):
        await talker.until_speech_ended(30)
        await talker.say(1.0, mark)
        await talker.until("mark", mark)
    await talker.close()


TALK = Resident((WaitForPrompt(), Say("A", WORDS), WaitForPrompt(), Say("B", WORDS), Silence(60)))


def test_a_conversation_of_two_turns() -> None:
    """Who spoke when, how long replies took, and how it ended."""
    bot = SmallBot({"/twilio/voice": streaming(), "/twilio/after-stream": HANGUP}, answer_twice)
    told: list[Entry] = []
    report = run(carrier_to(bot).call(TALK, on_entry=told.append))
    kinds = [(entry.kind, entry.text) for entry in report.entries if entry.kind in {"bot", "resident"}]
    assert kinds == [("bot", ""), ("resident", "A"), ("bot", ""), ("resident", "B"), ("bot", "")]
    assert report.first_sound_seconds == pytest.approx(0, abs=0.05)
    assert report.reply_seconds == pytest.approx((0.6, 0.6), abs=0.05)
    assert (report.status, report.ended_by, report.violations, report.errors) == ("completed", "bot", (), ())
    assert sorted(told, key=lambda entry: entry.seconds) == list(report.entries)
    assert [path for path, _ in report.requests] == ["/twilio/voice", "/twilio/after-stream", "/twilio/status"]


def test_the_first_webhook_is_what_twilio_sends() -> None:
    """Signed, ringing, inbound, with the usual fields and aliases."""
    bot = SmallBot({"/twilio/voice": HANGUP})
    report = run(carrier_to(bot).call(TALK, caller="+815000000007", called="+815000000008"))
    asked = bot.asked[0]
    assert asked.valid
    assert asked.form["CallStatus"] == "ringing"
    assert asked.form["Direction"] == "inbound"
    assert asked.form["ApiVersion"] == "2010-04-01"
    assert asked.form["From"] == asked.form["Caller"] == "+815000000007"
    assert asked.form["To"] == asked.form["Called"] == "+815000000008"
    assert asked.form["CallSid"] == report.call_sid
    assert len(asked.form["AccountSid"]) == 34


def test_unknown_fields_are_signed_too() -> None:
    """One of them empty, one with signs that must be encoded."""
    bot = SmallBot({"/twilio/voice": HANGUP})
    run(carrier_to(bot).call(TALK, chaos=Chaos(unknown_parameters=True)))
    assert bot.asked[0].valid
    assert bot.asked[0].form["EmptyFieldOfNextYear"] == ""
    assert bot.asked[0].form["NewFieldOfNextYear"] == "値 & more"


def test_a_withheld_number_is_anonymous() -> None:
    """As Twilio writes it."""
    bot = SmallBot({"/twilio/voice": HANGUP})
    run(carrier_to(bot).call(TALK, chaos=Chaos(anonymous=True)))
    assert bot.asked[0].form["From"] == "anonymous"


def test_a_doubled_webhook_is_the_same_call_twice() -> None:
    """The second answer counts."""
    bot = SmallBot({"/twilio/voice": HANGUP})
    run(carrier_to(bot).call(TALK, chaos=Chaos(duplicate_webhook=True)))
    first, second = bot.forms("/twilio/voice")
    assert first == second


def test_a_wrong_signature_reaches_nobody() -> None:
    """403 from the webhook and from the fallback: the caller hears the apology."""
    bot = SmallBot({"/twilio/voice": HANGUP})
    report = run(carrier_to(bot).call(TALK, chaos=Chaos(tampered_webhooks=True)))
    assert {status for _, status in report.requests} == {403}
    assert any(entry.kind == "carrier" for entry in report.entries)


def test_a_shared_key_signs_everything() -> None:
    """The service is told which key, and by which algorithm."""
    bot = SmallBot({"/twilio/voice": HANGUP}, secret="shared secret")
    run(carrier_to(bot, shared_key=SharedKey("key1", "shared secret")).call(TALK))
    assert all(asked.valid for asked in bot.asked)


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_is_never_answered(reason: str, status: str) -> None:
    """Its status callback says so."""
    bot = SmallBot({"/twilio/voice": f'<Response><Reject reason="{reason}"/></Response>'})
    report = run(carrier_to(bot).call(TALK))
    assert (report.status, report.answered_seconds) == (status, None)
    assert [form["CallStatus"] for form in bot.forms("/twilio/status")] == [status]


def test_an_unsupported_verb_is_noted_and_passed_over() -> None:
    """The next one comes."""
    bot = SmallBot({"/twilio/voice": "<Response><Enqueue>desk</Enqueue><Say>x</Say></Response>"})
    report = run(carrier_to(bot).call(TALK))
    verbs = [entry.text for entry in report.entries if entry.kind == "verb"]
    assert verbs == ["<Enqueue> unsupported verb", "<Say> x"]


def test_a_call_without_end_is_ended_by_the_carrier() -> None:
    """At its time limit."""
    bot = SmallBot({"/twilio/voice": '<Response><Pause length="1000"/></Response>'})
    report = run(carrier_to(bot, limits=Limits(call_seconds=30)).call(TALK))
    assert report.ended_by == "carrier"
    assert report.seconds == pytest.approx(30, abs=0.1)


def test_calls_at_the_same_time_do_not_know_each_other() -> None:
    """Ten of them, each with its own name and its own ear."""
    bot = SmallBot({"/twilio/voice": streaming(), "/twilio/after-stream": HANGUP}, answer_twice)
    carrier = carrier_to(bot)

    async def all_of_them() -> list:
        return await asyncio.gather(*(carrier.call(TALK) for _ in range(10)))

    reports = run(all_of_them())
    assert len({report.call_sid for report in reports}) == 10
    assert all(report.reply_seconds == pytest.approx((0.6, 0.6), abs=0.05) for report in reports)
    assert carrier.live == {}


def test_the_same_call_twice_gives_the_same_story() -> None:
    """Nothing depends on the machine's speed."""
    stories = []
    for _ in range(2):
        bot = SmallBot({"/twilio/voice": streaming(), "/twilio/after-stream": HANGUP}, answer_twice)
        report = run(carrier_to(bot).call(TALK, chaos=Chaos(loss=0.1, jitter_seconds=0.1, seed=5)))
        stories.append([(entry.seconds, entry.kind) for entry in report.entries])
    assert stories[0] == stories[1]


def test_a_hangup_while_the_service_thinks_lets_the_request_end() -> None:
    """The answer comes too late and changes nothing."""

    async def slow(request: object) -> str:
        await asyncio.sleep(5)
        return "<Response><Say>x</Say></Response>"

    twiml = "<Response><Say>はい</Say><Redirect>/slow</Redirect></Response>"
    bot = SmallBot({"/twilio/voice": twiml, "/slow": slow})
    report = run(carrier_to(bot).call(Resident((Silence(1), HangUp()))))
    assert report.ended_by == "resident"
    assert report.seconds == pytest.approx(1, abs=0.1)
    assert ("/slow", 200) in report.requests
    assert len([entry for entry in report.entries if entry.kind == "verb"]) == 2


def test_secrets_are_not_in_the_report(tmp_path: Path) -> None:
    """It may be shown to anybody who may hear the call."""
    bot = SmallBot({"/twilio/voice": streaming(), "/twilio/after-stream": HANGUP}, answer_twice)
    report = run(carrier_to(bot).call(TALK))
    assert TOKEN not in repr(report)
    assert report.status == "completed"
