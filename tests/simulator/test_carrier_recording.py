"""How a recording is described, and when it is announced."""

import re

from small_bot import PUBLIC, SmallBot, carrier_to
from virtual_time import run

from voicebot.simulator.fetching import Limits
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import Press, Resident, Say, Silence


def test_the_announcement_comes_when_the_file_is_ready_and_bears_twilios_fields() -> None:
    """By GET if that is wanted; nothing is announced without an address."""
    record = f'recordingStatusCallback="{PUBLIC}/ready" recordingStatusCallbackMethod="GET" action="/next"'
    twiml = f"<Response><Record {record}/></Response>"
    bot = SmallBot(
        {"/twilio/voice": twiml, "/next": '<Response><Record action="/end"/></Response>', "/end": "<Response/>"}
    )
    message = Say("伝言", tone(300, 2.0, 0.3))
    resident = Resident((Silence(0.5), message, Press("#"), Silence(1), message, Press("#"), Silence(99)))
    report = run(carrier_to(bot, limits=Limits(recording_delay_seconds=7)).call(resident))
    (first, second) = report.recordings
    (told,) = [asked for asked in bot.asked if asked.path == "/ready"]
    assert told.method == "GET"
    assert told.valid
    at = next(asked.at for asked in bot.asked if asked.path == "/next")
    assert round(told.at - at) == 7
    assert re.fullmatch("RE[0-9a-f]{32}", first[0])
    assert message.sound in first[1]
    assert message.sound in second[1]
