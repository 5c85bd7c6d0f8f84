"""TwiML as the carrier reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import Dial, VoiceResponse

from voicebot.simulator.twiml_document import SCHEMA_WARNING, TwimlError, parse

URL = "https://bot.example.jp/twilio/voice"


def test_what_twilios_library_writes_is_read_without_a_warning() -> None:
    """Names, attributes, text and order."""
    response = VoiceResponse()
    response.connect(action="/after").stream(url="wss://bot.example.jp/media").parameter(name="k", value="v")
    dial = Dial(timeout=20, action="/after-dial", answer_on_bridge=True, ring_tone="jp")
    dial.number("+815000000002", url="/whisper", status_callback_event="initiated answered", status_callback="/s")
    dial.sip("sip:hall@pbx.example.jp;transport=tls", username="u", password="p")
    response.append(dial)
    response.say("さようなら & また", language="ja-JP")
    document = parse(str(response), URL)
    assert document.warnings == ()
    connect, dialled, said = document.verbs
    assert connect.children[0].children[0].attributes == {"name": "k", "value": "v"}
    assert dialled.number("timeout", 30) == 20
    assert dialled.flag("answerOnBridge", default=False)
    assert [noun.text for noun in dialled.children] == ["+815000000002", "sip:hall@pbx.example.jp;transport=tls"]
    assert said.text == "さようなら & また"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "<Response>",
        "<Answer/>",
        "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]><Response><Say>&a;</Say></Response>",
        "<!DOCTYPE r SYSTEM 'file:///etc/hostname'><Response/>",
        "<Response><Say>&undefined;</Say></Response>",
        "<Response>\x00</Response>",
    ],
)
def test_what_is_no_twiml_is_refused(text: str) -> None:
    """Document types above all: they are the way to entities."""
    with pytest.raises(TwimlError):
        parse(text, URL)


@given(st.text())
def test_any_text_is_a_document_or_an_error(text: str) -> None:
    """Never another exception."""
    try:
        parse(text, URL)
    except TwimlError:
        pass


def test_unknown_verbs_and_attributes_are_warned_of() -> None:
    """As Twilio's debugger does with 12200."""
    document = parse('<Response><Say lang="ja"/><Sing/></Response>', URL)
    assert document.warnings == ("<Say> has no attribute 'lang'", "<Sing> is not known here")
    assert SCHEMA_WARNING == 12200


def test_speech_markup_in_say_is_read_as_its_words() -> None:
    """The simulator does not speak SSML."""
    document = parse("<Response><Say>お電話<break/>ありがとう<s>ございます</s></Say></Response>", URL)
    assert document.verbs[0].text == "お電話ありがとうございます"
    assert document.verbs[0].children == ()


@pytest.mark.parametrize("value", ["", "five", "-1", "1.5", "²"])
def test_a_number_that_is_none_counts_as_left_out(value: str) -> None:
    """The default is used."""
    assert parse(f'<Response><Pause length="{value}"/></Response>', URL).verbs[0].number("length", 1) == 1
