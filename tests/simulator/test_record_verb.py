"""`<Record>`, as a resident leaves a message."""

import pytest
from small_bot import PUBLIC, SmallBot, carrier_to
from virtual_time import run

from voicebot.simulator.call_report import CallReport
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import HangUp, Press, Resident, Say, Silence, Step

MESSAGE = Say("伝言です", tone(300, 3.0, 0.3))
RECORD = f"""<Response><Record action="/recorded" timeout="2" maxLength="10" playBeep="false"
 recordingStatusCallback="{PUBLIC}/ready"/><Say>x</Say></Response>"""


def leave(*steps: Step, twiml: str = RECORD) -> tuple[SmallBot, CallReport]:
    """Place a call that leaves a message."""
    bot = SmallBot({"/twilio/voice": twiml, "/recorded": "<Response><Hangup/></Response>"})
    return bot, run(carrier_to(bot).call(Resident(steps)))


def test_silence_ends_the_message() -> None:
    """The action is told at once, the status callback when the file is ready."""
    bot, report = leave(Silence(0.5), MESSAGE, Silence(20))
    (form,) = bot.forms("/recorded")
    assert form["Digits"] == ""
    assert form["RecordingDuration"] == "6"
    ((sid, sound),) = report.recordings
    assert form["RecordingSid"] == sid
    assert form["RecordingUrl"].endswith(sid)
    assert MESSAGE.sound in sound
    (ready,) = bot.forms("/ready")
    assert ready["RecordingStatus"] == "completed"
    assert ready["RecordingSid"] == sid
    at = {asked.path: asked.at for asked in bot.asked}
    assert at["/ready"] - at["/recorded"] == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize(
    ("steps", "digits", "duration"), [((Press("#"), Silence(9)), "#", "3"), ((HangUp(),), "hangup", "3")]
)
def test_a_key_or_hanging_up_ends_it_too(steps: tuple[Step, ...], digits: str, duration: str) -> None:
    """And the action hears how."""
    bot, _ = leave(MESSAGE, *steps)
    (form,) = bot.forms("/recorded")
    assert (form["Digits"], form["RecordingDuration"]) == (digits, duration)


def test_the_longest_length_ends_it() -> None:
    """Ten seconds of somebody who does not stop."""
    bot, _ = leave(Say("長い話", tone(300, 15.0, 0.3)), Silence(9))
    assert [form["RecordingDuration"] for form in bot.forms("/recorded")] == ["10"]


def test_an_empty_recording_leads_to_the_next_verb() -> None:
    """Nobody is told of it."""
    bot, report = leave(Silence(30))
    assert bot.forms("/recorded") == []
    assert report.recordings == ()
    assert [entry.text for entry in report.entries if entry.kind == "verb"][-1] == "<Say> x"


def test_a_beep_is_heard_first() -> None:
    """Unless it is not wanted."""
    _, report = leave(Silence(30), twiml="<Response><Record/></Response>")
    (beep,) = [entry for entry in report.entries if entry.kind == "carrier"]
    assert beep.until is not None
    assert beep.until - beep.seconds == pytest.approx(0.4, abs=0.03)
