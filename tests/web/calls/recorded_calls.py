"""Calls with sound, as the service would have stored them."""

import math
from datetime import datetime, timedelta

from house import House

from voicebot.actions import (
    AskFaq,
    DiscardCallRecording,
    Expect,
    Grammar,
    HangUp,
    Play,
    Prompt,
    RequestCallback,
    Transfer,
)
from voicebot.audio.mulaw import encode
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallEnded,
    CallStarted,
    DigitPressed,
    FaqAnswered,
    FaqHit,
    Heard,
    LegUpdated,
    PromptFinished,
    SmsUpdated,
    TransferEnded,
)
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.sound import CallSound

ENTRY = "住民票はどこで取れますか"
CALLER = "+815000001234"


def tone(seconds: float, hertz: float = 440.0) -> bytes:
    """A sound as the telephone carries it."""
    count = int(seconds * 8000)
    samples = (int(9000 * math.sin(2 * math.pi * hertz * at / 8000)) for at in range(count))
    return encode(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))


def keep_sound(house: House, call_id: str, seconds: float = 12.0) -> str:
    """A recording: the bot speaks, then the caller; its name."""
    sound = CallSound(house.service.settings.calls, call_id)
    sound.said(tone(3.0))
    sound.heard(b"\xff" * 8000 * 4)
    sound.heard(tone(2.0, 300.0))
    sound.heard(b"\xff" * int(8000 * (seconds - 6.0)))
    sound.close()
    return f"{call_id}.wav"


def place(
    house: House,
    number: int,
    heard: str = "先行の投票所はどこですか",
    *,
    caller: str | None = CALLER,
    hours_ago: float = 0.0,
    recorded: bool = True,
) -> str:
    """A call: a question that is misheard, a candidate from the FAQ, a transfer that nobody takes at first; its id."""
    service = house.service
    start: datetime = service.now() - timedelta(hours=hours_ago)
    call_id = service.store.begin_call(
        NewCall(f"CA{number:04}", caller, "+815000002000", "ja", service.content.fingerprint, "vosk", "openjtalk"),
        start,
    )
    record = service.store.transcript(call_id)
    hit = FaqHit(ENTRY, ENTRY, "市民課の窓口です。", "市民課", 0.62)
    for seconds, item in (
        (0.1, CallStarted(call_id, caller, "+815000002000", "ja", start)),
        (0.1, Play(1, (Prompt("みじか市役所です。ご用件をお話しください。"),), "受付")),
        (0.1, Expect(1, Grammar("ja", "open"))),
        (3.1, PromptFinished(1)),
        (
            7.1,
            Heard(
                1,
                (Alternative(heard, "センコーノトーヒョージョ", 0.41), Alternative("選挙の投票所", "", 0.3)),
                2.0,
                0.3,
            ),
        ),
        (7.2, AskFaq(2, "ja", (Alternative(heard, "", 0.41),))),
        (7.3, FaqAnswered(2, (hit,))),
        (7.3, Play(3, (Prompt("お名前をお話しください。"),), "折り返し/お名前")),
        (8.8, Heard(3, (Alternative("山田太郎です", "ヤマダタロウデス", 0.9),), 1.0, 0.1)),
        (8.9, Play(4, (Prompt("担当におつなぎします。"),), "案内", missed="no_match")),
        (9.0, DigitPressed("5")),
        (9.5, RequestCallback(5, "総合案内", "05000001234", "山田太郎", "住民票のこと", "明日")),
        (9.6, CallbackBooked(5, "1000")),
        (10.0, Transfer(6, "総合案内")),
        (14.0, LegUpdated("+815000002001", "no_answer", "no-answer", 6)),
        (20.0, TransferEnded(6, "no_answer", "no-answer")),
        (21.0, SmsUpdated("undelivered", "30003")),
        (22.0, HangUp("bot")),
        (22.0, CallEnded("bot")),
    ):
        record.append(seconds, item)
    name = keep_sound(house, call_id) if recorded else None
    service.store.end_call(call_id, start + timedelta(seconds=22), "bot", name)
    assert service.store.flush()
    return call_id


def refused(house: House, number: int) -> str:
    """A call whose caller did not want to be recorded; its id."""
    service = house.service
    call_id = service.store.begin_call(NewCall(f"CA{number:04}", None, "+815000002000", "ja"), service.now())
    record = service.store.transcript(call_id)
    record.append(0.1, CallStarted(call_id, None, "", "ja", service.now()))
    record.append(0.2, DiscardCallRecording())
    record.append(0.3, CallEnded("caller"))
    service.store.end_call(call_id, service.now() + timedelta(seconds=3), "caller")
    assert service.store.flush()
    return call_id
