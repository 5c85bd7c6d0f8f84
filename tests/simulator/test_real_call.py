"""One call in real time: a real web server, a real websocket, a real clock."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from small_bot import PUBLIC, TOKEN, SmallBot, Talker, streaming

from voicebot.simulator.carrier import Carrier
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import Press, Resident, Say, Silence, WaitForPrompt


@contextmanager
def listening(bot: SmallBot) -> Iterator[str]:
    """The bot behind uvicorn in a thread of its own."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        config = uvicorn.Config(bot.app, log_level="error", ws="websockets-sansio", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [reserved]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{reserved.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


async def converse(talker: Talker) -> None:
    """Greet, reply to words, say goodbye after a key."""
    await talker.until("start")
    await talker.say(0.5, "greeting")
    await talker.until_speech_ended(10)
    await talker.say(0.5, "reply")
    await talker.until("mark", "reply")
    await talker.until("dtmf")
    await talker.say(0.2, "bye")
    await talker.until("mark", "bye")
    await talker.close()


@pytest.mark.slow
def test_a_real_call_over_loopback() -> None:
    """Greeting, an answer, a reply, a key, a goodbye and a hang-up, in real time."""
    bot = SmallBot({"/twilio/voice": streaming(), "/twilio/after-stream": "<Response><Hangup/></Response>"}, converse)
    resident = Resident(
        (
            WaitForPrompt(silence_seconds=0.3),
            Say("はい", tone(300, 0.5, 0.3)),
            WaitForPrompt(silence_seconds=0.6),
            Press("1"),
            Silence(10),
        )
    )
    with listening(bot) as base_url:
        report = asyncio.run(Carrier(base_url, TOKEN, PUBLIC).call(resident))
    assert (report.status, report.ended_by, report.violations, report.errors) == ("completed", "bot", (), ())
    assert all(asked.valid for asked in bot.asked)
    assert bot.socket_valid == [True]
    kinds = [entry.kind for entry in report.entries if entry.kind in {"bot", "resident", "key"}]
    assert kinds == ["bot", "resident", "bot", "key", "bot"]
    assert report.reply_seconds[0] == pytest.approx(0.2, abs=0.15)
    talker = bot.talkers[0]
    times = [at for at, message in zip(talker.arrivals, talker.received, strict=True) if message["event"] == "media"]
    gaps = sorted(later - earlier for earlier, later in itertools.pairwise(times))
    assert gaps[len(gaps) // 2] == pytest.approx(0.02, abs=0.005)
    assert times[-1] - times[0] == pytest.approx(0.02 * (len(times) - 1), abs=0.1)
    assert talker.disconnect_code in {None, 1000}
