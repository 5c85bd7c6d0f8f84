"""Parts that only pretend: what is left in a trial stays in memory, and nothing is booked."""

from datetime import datetime
from pathlib import Path

import pytest
from house import service

from voicebot.actions import Prompt, RequestCallback, SendSms
from voicebot.errors import VoiceError
from voicebot.transcripts.decision import Decision
from voicebot.web.staff.trying.pretended import TICKET, Messages, PlaysBack, Pretence


class Speaks:
    """A voice."""

    def render(self, prompt: Prompt) -> bytes:
        return prompt.text.encode()


def test_a_message_can_be_played_back_and_made_anew() -> None:
    """While the trial lasts."""
    messages = Messages()
    recorder = messages.recorder()
    recorder.write(b"ab")
    recorder.write(b"c")
    name = recorder.close()
    voice = PlaysBack(Speaks(), messages)
    assert voice.render(Prompt("", message=name)) == b"abc"
    assert voice.render(Prompt("ok")) == b"ok"
    messages.drop(name)
    with pytest.raises(VoiceError):
        voice.render(Prompt("", message=name))


def test_a_message_without_words_is_nothing() -> None:
    """It has no name."""
    messages = Messages()
    recorder = messages.recorder()
    recorder.write(b"ab")
    recorder.discard()
    assert messages.sounds == {}


def test_nothing_reaches_the_store_or_the_carrier(tmp_path: Path) -> None:
    """A call back is given a number, a text message counts as sent; what is decided is told to the trial alone."""
    house = service(tmp_path)
    told: list[object] = []
    now = datetime(2027, 1, 2, 21)
    pretence = Pretence(
        house, house.edition(), house.pools, lambda: now, lambda seconds, record: told.append(record), told.append
    )
    decided: list[Decision] = []
    parts = pretence.parts(None, decided.append)  # type: ignore[arg-type]
    assert parts.book(RequestCallback(1, "環境課", "", "", "", "")) == TICKET
    parts.send_sms(SendSms(1, "09000000000", "x"))
    parts.decide(Decision("hang_up"))
    parts.transcript.append(0.0, SendSms(1, "", ""))
    parts.transcript.keep_state("{}")
    assert (parts.recorder, parts.now()) == (None, now)
    assert (decided, told) == ([Decision("hang_up")], [SendSms(1, "", "")])
    house.store.flush()
    assert house.store.tickets() == ()
    house.take_back(parts)
    house.close()
