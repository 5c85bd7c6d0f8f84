"""The state of a call as webhooks tell it."""

from fastapi.responses import Response
from small_bot import SmallBot, carrier_to
from virtual_time import run

from voicebot.audio import mulaw, wav
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import HangUp, Resident, Silence


def test_the_status_goes_with_the_call() -> None:
    """Ringing until something is heard, in progress, completed."""
    answers = {
        "/twilio/voice": "<Response><Redirect>/still</Redirect></Response>",
        "/still": "<Response><Say>x</Say><Redirect>/answered</Redirect></Response>",
        "/answered": '<Response><Pause length="60"/></Response>',
    }
    bot = SmallBot(answers)
    run(carrier_to(bot).call(Resident((Silence(3), HangUp()))))
    assert [(asked.path, asked.form["CallStatus"]) for asked in bot.asked] == [
        ("/twilio/voice", "ringing"),
        ("/still", "ringing"),
        ("/answered", "in-progress"),
        ("/twilio/status", "completed"),
    ]


def test_without_a_fallback_the_apology_comes_at_once() -> None:
    """The number may have none."""
    bot = SmallBot({"/twilio/voice": "nonsense"})
    report = run(carrier_to(bot, fallback_path="").call(Resident((Silence(60),))))
    assert [path for path, _ in report.requests] == ["/twilio/voice", "/twilio/status"]
    assert any(entry.kind == "carrier" for entry in report.entries)


def test_the_right_media_type_and_a_sound_is_played() -> None:
    """An answer of type audio is fetched as a sound, and the call is over after it."""
    sound = wav.write(wav.Sound(mulaw.decode(tone(500, 1.0)), 8000))
    bot = SmallBot({"/twilio/voice": Response(sound, media_type="audio/wav")})
    report = run(carrier_to(bot).call(Resident((Silence(60),))))
    assert [entry.text for entry in report.entries if entry.kind == "verb"][-1] == "<Hangup>"
    assert tone(500, 1.0) in report.right
