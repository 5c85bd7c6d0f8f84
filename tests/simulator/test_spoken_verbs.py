"""Say, Play, Pause, Gather, Redirect and Hangup, as the caller meets them."""

import asyncio

import pytest
from fastapi.responses import Response
from small_bot import SmallBot, carrier_to
from twilio.twiml.voice_response import Gather, VoiceResponse
from virtual_time import run

from voicebot.audio import mulaw, wav
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import Press, Resident, Silence, Step, WaitForPrompt


def document(text: str) -> str:
    """TwiML around verbs."""
    return f"<Response>{text}</Response>"


def call(answers: dict, *steps: Step, **options: object) -> tuple[SmallBot, CallReport]:
    """Place a call at a bot with these answers."""
    bot = SmallBot(answers)
    return bot, run(carrier_to(bot, **options).call(Resident(steps or (Silence(60),))))


def verbs(report: CallReport) -> list[str]:
    """What was carried out."""
    return [entry.text for entry in report.entries if entry.kind == "verb"]


def spans(report: CallReport, kind: str) -> list[tuple[float, float]]:
    """When somebody spoke."""
    return [(entry.seconds, round(entry.until or 0, 2)) for entry in report.entries if entry.kind == kind]


def test_say_lasts_as_long_as_its_text() -> None:
    """Eight Japanese signs a second, and again for each loop."""
    _, report = call({"/twilio/voice": document('<Say language="ja-JP" loop="2">おはようございます。</Say>')})
    assert report.seconds == pytest.approx(2 * 10 * 0.125, abs=0.03)
    assert report.status == "completed"
    assert report.ended_by == "bot"


def test_the_carriers_own_voice_may_be_given() -> None:
    """It is heard by the caller."""
    spoken = tone(500, 0.5)
    bot = SmallBot({"/twilio/voice": document("<Say>はい</Say>")})
    carrier = carrier_to(bot, voice=lambda words: spoken)
    # The voice works in a thread, which virtual time would overtake.
    report = asyncio.run(carrier.call(Resident((Silence(9),))))
    assert spoken in report.right


def test_play_fetches_a_wav_file_and_plays_it() -> None:
    """Signed as every request, by GET."""
    sound = wav.write(wav.Sound(mulaw.decode(tone(500, 1.0)), 8000))
    answers = {
        "/twilio/voice": document("<Play>/beep.wav</Play>"),
        "/beep.wav": Response(sound, media_type="audio/wav"),
    }
    bot, report = call(answers)
    assert [(asked.method, asked.path, asked.valid) for asked in bot.asked[:2]] == [
        ("POST", "/twilio/voice", True),
        ("GET", "/beep.wav", True),
    ]
    ((start, end),) = spans(report, "carrier")
    assert end - start == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("answer", [Response(status_code=404), Response(b"no sound", media_type="audio/wav")])
def test_a_file_that_cannot_be_played_is_noted_and_passed_over(answer: Response) -> None:
    """The next verb comes."""
    _, report = call({"/twilio/voice": document("<Play>/x.wav</Play><Hangup/>"), "/x.wav": answer})
    assert verbs(report)[-1] == "<Hangup>"
    assert any("<Play>" in error for error in report.errors)


def test_a_pause_as_the_first_verb_does_not_pick_up() -> None:
    """The call is answered by what comes after it."""
    _, report = call({"/twilio/voice": document('<Pause length="3"/><Say>x</Say>')})
    assert report.answered_seconds == pytest.approx(3, abs=0.03)


def test_redirect_goes_on_with_another_document_relative_to_this_one() -> None:
    """Method and fields as usual."""
    answers = {"/twilio/voice": document('<Redirect method="GET">next?step=2</Redirect>'), "/twilio/next": document("")}
    bot, report = call(answers)
    assert [(asked.method, asked.path, asked.valid) for asked in bot.asked[:2]] == [
        ("POST", "/twilio/voice", True),
        ("GET", "/twilio/next", True),
    ]
    assert report.status == "no-answer"


def test_documents_that_lead_to_one_another_without_end_are_stopped() -> None:
    """In no time at all."""
    _, report = call({"/twilio/voice": document("<Redirect>/twilio/voice</Redirect>")})
    assert report.ended_by == "carrier"
    assert any("without end" in error for error in report.errors)


GATHER = Gather(action="/keys", num_digits=2, timeout=4)
GATHER.say("番号を押してください。")
MENU = VoiceResponse()
MENU.append(GATHER)
MENU.say("x")


@pytest.mark.parametrize(
    ("steps", "digits"),
    [
        ((WaitForPrompt(silence_seconds=0.5), Press("12"), Silence(9)), "12"),
        ((Silence(0.2), Press("12"), Silence(9)), "12"),
        ((Silence(0.2), Press("1#"), Silence(9)), "1"),
        ((Silence(0.2), Press("1"), Silence(9)), "1"),
    ],
)
def test_gathered_keys_go_to_the_action(steps: tuple[Step, ...], digits: str) -> None:
    """By number, by the finishing key, or by silence after the last key."""
    bot, _ = call({"/twilio/voice": MENU, "/keys": document("<Hangup/>")}, *steps)
    assert [form["Digits"] for form in bot.forms("/keys")] == [digits]


def test_a_key_cuts_the_prompt_short() -> None:
    """What is left of it is not heard."""
    _, report = call({"/twilio/voice": MENU, "/keys": document("")}, Silence(0.3), Press("12"), Silence(9))
    ((start, end),) = spans(report, "carrier")
    assert end - start == pytest.approx(0.32, abs=0.03)


def test_without_keys_the_next_verb_comes_after_the_time_limit() -> None:
    """Prompt, four seconds, the next verb."""
    bot, report = call({"/twilio/voice": MENU})
    assert bot.forms("/keys") == []
    (_, (start, _)) = spans(report, "carrier")
    assert start == pytest.approx(11 * 0.125 + 4, abs=0.06)


def test_an_empty_result_may_be_wanted() -> None:
    """`actionOnEmptyResult`."""
    twiml = document('<Gather action="/keys" timeout="1" actionOnEmptyResult="true"/>')
    bot, _ = call({"/twilio/voice": twiml, "/keys": document("")})
    assert [form["Digits"] for form in bot.forms("/keys")] == [""]
