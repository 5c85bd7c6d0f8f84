"""`<Dial>`: outcomes, simultaneous and sequential ringing, whispers, callbacks."""

import pytest
from small_bot import PUBLIC, SmallBot, carrier_to
from twilio.twiml.voice_response import Dial, VoiceResponse
from virtual_time import run

from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Callee
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.dial_verb import DialScript
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import HangUp, Press, Resident, Say, Silence, Step, WaitForPrompt

WAITING = (Silence(100),)
ANSWERS = {"/after-dial": "<Response><Hangup/></Response>"}


def dial(*numbers: str, url: str | None = None, **attributes: object) -> VoiceResponse:
    """TwiML that calls these numbers."""
    response = VoiceResponse()
    dialling = Dial(action="/after-dial", **attributes)
    for number in numbers:
        dialling.number(
            number,
            url=url,
            status_callback=f"{PUBLIC}/child",
            status_callback_event="initiated ringing answered completed",
        )
    response.append(dialling)
    return response


def place(
    twiml: VoiceResponse,
    *script: Callee,
    steps: tuple[Step, ...] = WAITING,
    answers: dict | None = None,
    chaos: Chaos | None = None,
) -> tuple[SmallBot, CallReport]:
    """Place a call that is transferred to the people of the script."""
    bot = SmallBot({"/twilio/voice": twiml, **ANSWERS, **(answers or {})})
    return bot, run(carrier_to(bot).call(Resident(steps), dial_script=script, chaos=chaos or Chaos()))


@pytest.mark.parametrize(
    ("callee", "status", "bridged", "seconds"),
    [
        (Callee(talk_seconds=4), "completed", "true", 2 + 4),
        (Callee("busy", ring_seconds=1), "busy", "false", 1),
        (Callee("no-answer"), "no-answer", "false", 20 + 5),
        (Callee("no-answer", ring_seconds=3), "no-answer", "false", 3),
        (Callee("failed", ring_seconds=0), "failed", "false", 0),
        (Callee("canceled"), "canceled", "false", 2),
        (Callee("completed", ring_seconds=100), "no-answer", "false", 20 + 5),
    ],
)
def test_the_action_is_told_how_it_ended(callee: Callee, status: str, bridged: str, seconds: float) -> None:
    """And when: ringing, and talking if somebody answered."""
    bot, report = place(dial("+815000000002", timeout=20), callee)
    (form,) = bot.forms("/after-dial")
    assert (form["DialCallStatus"], form["DialBridged"]) == (status, bridged)
    assert form.get("DialCallDuration") == ("4" if bridged == "true" else None)
    assert report.seconds == pytest.approx(seconds, abs=0.1)
    assert form["CallStatus"] == "in-progress"


def test_without_an_action_the_next_verb_comes() -> None:
    """Plain text in the verb is a number."""
    response = VoiceResponse()
    response.dial("+815000000002")
    response.say("x")
    _, report = place(response, Callee("busy"))
    assert [entry.text for entry in report.entries if entry.kind == "verb"] == ["<Dial>", "<Say> x"]


def test_the_caller_and_the_person_hear_each_other() -> None:
    """The person's words are on the caller's right ear."""
    hello = tone(600, 1.0, 0.3)
    _, report = place(dial("+815000000002"), Callee(steps=(Say("市民課です", hello),), talk_seconds=4))
    (spoken,) = [entry for entry in report.entries if entry.kind == "person"]
    assert spoken.until is not None
    assert spoken.until - spoken.seconds == pytest.approx(1.0, abs=0.03)
    assert hello in report.right


def test_all_ring_at_once_and_the_first_to_answer_wins() -> None:
    """The others are cancelled."""
    twiml = dial("+815000000002", "+815000000003", "+815000000004")
    script = (Callee("busy", ring_seconds=1), Callee(ring_seconds=6), Callee(ring_seconds=4, talk_seconds=1))
    bot, report = place(twiml, *script)
    (form,) = bot.forms("/after-dial")
    assert form["DialCallStatus"] == "completed"
    assert report.seconds == pytest.approx(4 + 1, abs=0.1)
    last = {form["To"]: form["CallStatus"] for form in bot.forms("/child")}
    assert last == {"+815000000002": "busy", "+815000000003": "canceled", "+815000000004": "completed"}


def test_one_after_the_other_until_somebody_answers() -> None:
    """The third is never called."""
    twiml = dial("+815000000002", "+815000000003", "+815000000004", sequential=True, timeout=10)
    bot, report = place(twiml, Callee("no-answer"), Callee(ring_seconds=1, talk_seconds=2))
    assert {form["To"] for form in bot.forms("/child")} == {"+815000000002", "+815000000003"}
    assert report.seconds == pytest.approx(15 + 1 + 2, abs=0.1)
    (form,) = bot.forms("/after-dial")
    assert form["DialCallStatus"] == "completed"


def test_the_service_is_told_of_every_step_of_the_other_leg() -> None:
    """Numbered from 0, with the parent's name and the SIP code at the end."""
    bot, report = place(dial("+815000000002"), Callee(ring_seconds=1, talk_seconds=2))
    forms = bot.forms("/child")
    assert [form["CallStatus"] for form in forms] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in forms] == ["0", "1", "2", "3"]
    assert {form["ParentCallSid"] for form in forms} == {report.call_sid}
    assert {form["Direction"] for form in forms} == {"outbound-dial"}
    assert forms[-1]["CallDuration"] == "2"
    assert forms[-1]["SipResponseCode"] == "200"
    assert forms[0]["CallSid"] == bot.forms("/after-dial")[0]["DialCallSid"] != report.call_sid


def test_callbacks_may_overtake_one_another_and_come_twice() -> None:
    """All of them arrive."""
    chaos = Chaos(reordered_callbacks=True, duplicate_callbacks=True, seed=1)
    bot, _ = place(dial("+815000000002"), Callee(ring_seconds=0.1, talk_seconds=0.1), chaos=chaos)
    numbers = [form["SequenceNumber"] for form in bot.forms("/child")]
    assert sorted(numbers) == ["0", "0", "1", "1", "2", "2", "3", "3"]
    assert numbers != sorted(numbers)


def test_sip_addresses_are_called_and_their_code_is_told() -> None:
    """As Twilio's page on `<Sip>` says."""
    response = VoiceResponse()
    dialling = Dial(action="/after-dial")
    dialling.sip("sip:desk@pbx.example.jp")
    response.append(dialling)
    bot, _ = place(response, Callee("busy"))
    (form,) = bot.forms("/after-dial")
    assert (form["DialCallStatus"], form["DialSipResponseCode"]) == ("busy", "486")


def test_a_number_that_is_not_international_fails() -> None:
    """13224, and nobody is called."""
    bot, report = place(dial("0500000002"))
    (form,) = bot.forms("/after-dial")
    assert form["DialCallStatus"] == "failed"
    assert any(entry.detail.get("error") == 13224 for entry in report.entries)


WHISPER = """<Response><Gather action="/accept" numDigits="1" timeout="3"><Say>1を押してください。</Say></Gather>
<Hangup/></Response>"""
WHISPERING = {"/whisper": WHISPER, "/accept": "<Response/>"}


def test_a_whisper_that_is_accepted_connects() -> None:
    """The caller does not hear the whisper."""
    taker = Callee(steps=(WaitForPrompt(silence_seconds=0.5), Press("1")), talk_seconds=2)
    bot, report = place(dial("+815000000002", url="/whisper"), taker, answers=WHISPERING)
    (form,) = bot.forms("/after-dial")
    assert (form["DialCallStatus"], form["DialBridged"], form["DialCallDuration"]) == ("completed", "true", "2")
    (asked,) = bot.forms("/whisper")
    assert asked["ParentCallSid"] == report.call_sid
    assert asked["CallSid"] == form["DialCallSid"]
    assert asked["To"] == "+815000000002"
    assert [form["Digits"] for form in bot.forms("/accept")] == ["1"]
    assert not any(entry.kind == "carrier" for entry in report.entries)


@pytest.mark.parametrize("steps", [(), (Silence(1), HangUp())])
def test_a_whisper_that_is_declined_does_not_connect(steps: tuple[Step, ...]) -> None:
    """By saying nothing, or by hanging up; the status looks completed all the same."""
    bot, report = place(dial("+815000000002", url="/whisper"), Callee(steps=steps), answers=WHISPERING)
    (form,) = bot.forms("/after-dial")
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "false")
    assert report.ended_by == "bot"


def test_a_caller_who_hangs_up_while_it_rings_cancels() -> None:
    """The action is still told."""
    bot, report = place(dial("+815000000002"), Callee(ring_seconds=10), steps=(Silence(3), HangUp()))
    assert report.ended_by == "resident"
    assert [form["CallStatus"] for form in bot.forms("/child")][-1] == "canceled"
    (form,) = bot.forms("/after-dial")
    assert (form["DialCallStatus"], form["CallStatus"]) == ("canceled", "completed")


def test_a_caller_who_hangs_up_while_talking_completes() -> None:
    """With the length of the talk, and the recording if one was wanted."""
    twiml = dial("+815000000002", record="record-from-answer", recording_status_callback=f"{PUBLIC}/ready")
    bot, report = place(twiml, Callee(ring_seconds=1, talk_seconds=60), steps=(Silence(4), HangUp()))
    (form,) = bot.forms("/after-dial")
    assert (form["DialCallStatus"], form["DialBridged"], form["DialCallDuration"]) == ("completed", "true", "3")
    ((sid, _),) = report.recordings
    assert form["RecordingUrl"].endswith(sid)
    assert [ready["RecordingSource"] for ready in bot.forms("/ready")] == ["DialVerb"]


def test_star_ends_the_talk_where_that_is_wanted() -> None:
    """The caller comes back to the service."""
    bot, report = place(
        dial("+815000000002", hangup_on_star=True), Callee(talk_seconds=60), steps=(Silence(5), Press("*"), Silence(99))
    )
    assert report.seconds == pytest.approx(5, abs=0.1)
    assert len(bot.forms("/after-dial")) == 1


def test_answer_on_bridge_keeps_the_call_ringing() -> None:
    """Until somebody answers."""
    _, report = place(dial("+815000000002", answer_on_bridge=True), Callee(ring_seconds=3))
    assert report.answered_seconds == pytest.approx(3, abs=0.05)
    _, report = place(
        dial("+815000000002", answer_on_bridge=True), Callee("busy"), answers={"/after-dial": "<Response/>"}
    )
    assert report.status == "no-answer"


def test_a_script_goes_by_target_first() -> None:
    """And the last one answers again when nobody is left."""
    script = DialScript((Callee("busy", target="b"), Callee("failed"), Callee("no-answer")))
    assert [script.next_for(target).outcome for target in "abca"] == ["failed", "busy", "no-answer", "no-answer"]
    assert DialScript(()).next_for("x").outcome == "completed"
