"""The documents are well-formed, say what was meant, and always end with a deliberate verb."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.errors import CarrierError
from voicebot.events import Outcome
from voicebot.telephony import twiml
from voicebot.telephony.twiml import Destination

MEDIA = "wss://voicebot.example.jp/twilio/media"
ACTION = "https://voicebot.example.jp/twilio/after-stream?call=CA1&x=<1>"
NUMBER = "+815000000001"
OURS = "+815000000000"
SIP = "sip:shimin-ka@pbx.city.example.jp;transport=tls?x-call=CA1&x-lang=ja"
Read = tuple[str, dict[str, str], str, list["Read"]]


def read(document: str) -> list[Read]:
    """The verbs of a document: name, attributes, text and children."""
    root = ElementTree.fromstring(document)  # noqa: S314  our own document
    assert root.tag == "Response"
    return [_read(verb) for verb in root]


def _read(element: ElementTree.Element) -> Read:
    return element.tag, dict(element.attrib), element.text or "", [_read(child) for child in element]


def stream(fallback: str | None = NUMBER, caller_id: str | None = OURS, **changes: str) -> str:
    """A document that connects the stream."""
    given = {"media_url": MEDIA, "action_url": ACTION, "token": "once", "apology": "ただいま故障しています。"} | changes
    return twiml.connect_stream(**given, fallback_number=fallback, caller_id=caller_id)


CONNECT: Read = (
    "Connect",
    {"action": ACTION},
    "",
    [("Stream", {"url": MEDIA}, "", [("Parameter", {"name": "token", "value": "once"}, "", [])])],
)
APOLOGY: Read = ("Say", {"language": "ja-JP"}, "ただいま故障しています。", [])
HANG_UP: Read = ("Hangup", {}, "", [])


def test_the_stream_is_followed_by_an_apology_and_a_person() -> None:
    """Reached only when the bot is out of order; the dial has no action, and ends with a hang-up."""
    attributes = {"timeout": "30", "callerId": OURS, "answerOnBridge": "true", "ringTone": "jp"}
    fallback: Read = ("Dial", attributes, "", [("Number", {}, NUMBER, [])])
    assert read(stream()) == [CONNECT, APOLOGY, fallback, HANG_UP]


def test_without_a_person_the_apology_is_followed_by_a_hang_up() -> None:
    """A document that just stops leaves silence."""
    assert read(stream(fallback=None)) == [CONNECT, APOLOGY, HANG_UP]


def test_the_stream_may_report_its_state() -> None:
    """Only when an address for that is given."""
    document = stream(status_url="https://voicebot.example.jp/twilio/stream-status")
    connect = ElementTree.fromstring(document)[0]  # noqa: S314  our own document
    assert connect[0].attrib["statusCallback"] == "https://voicebot.example.jp/twilio/stream-status"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"media_url": "https://voicebot.example.jp/media"}, "wss"),
        ({"media_url": "/twilio/media"}, "absolute"),
        ({"media_url": f"{MEDIA}?token=1"}, "query"),
        ({"media_url": "wss://"}, "absolute"),
        ({"action_url": "/twilio/after-stream"}, "absolute"),
        ({"action_url": ""}, "absolute"),
        ({"action_url": "https://[::1"}, "absolute"),
        ({"action_url": "https://h/a b"}, "absolute"),
        ({"action_url": "https://h/港"}, "absolute"),
        ({"action_url": "https://h/a#b"}, "absolute"),
        ({"action_url": "javascript:alert(1)"}, "absolute"),
        ({"status_url": "/relative"}, "absolute"),
        ({"token": ""}, "token"),
        ({"token": "t" * 495}, "shorter than 495"),
        ({"token": "\x00"}, "token"),
        ({"apology": "あ" * 4001}, "shorten"),
    ],
)
def test_what_the_carrier_would_refuse_is_refused_before(changes: dict[str, str], said: str) -> None:
    """With the cure."""
    with pytest.raises(CarrierError, match=said):
        stream(**changes)


def test_the_longest_token_fits() -> None:
    """Name and value together below 500 characters."""
    assert "t" * 494 in stream(token="t" * 494)


@given(st.text(st.characters(codec=None), max_size=200), st.text(st.characters(codec=None), max_size=40))
def test_any_apology_and_any_token_make_a_well_formed_document(apology: str, token: str) -> None:
    """Values are escaped; what XML cannot hold is left out of speech and refused in tokens."""
    try:
        verbs = read(stream(apology=apology, token=token))
    except CarrierError as error:
        assert "token" in error.message or "4000" in error.message  # noqa: PT017  either outcome is right
        return
    assert [verb[0] for verb in verbs] in (
        ["Connect", "Say", "Dial", "Hangup"],
        ["Connect", "Dial", "Hangup"],
    )


def test_one_department_is_dialled() -> None:
    """The outcome goes to the action."""
    document = twiml.dial(Destination((NUMBER,), timeout_seconds=20, caller_id=OURS, extension="ww123#"), ACTION)
    attributes = {"action": ACTION, "timeout": "20", "callerId": OURS, "answerOnBridge": "true", "ringTone": "jp"}
    assert read(document) == [("Dial", attributes, "", [("Number", {"sendDigits": "ww123#"}, NUMBER, [])])]


def test_several_numbers_ring_one_after_the_other_after_a_sentence() -> None:
    """Numbers and SIP addresses may be mixed."""
    document = twiml.dial(Destination((NUMBER, SIP), sequential=True), ACTION, say="R&D <課> へ", language="en-US")
    attributes = {"action": ACTION, "timeout": "30", "answerOnBridge": "true", "ringTone": "jp", "sequential": "true"}
    assert read(document) == [
        ("Say", {"language": "en-US"}, "R&D <課> へ", []),
        ("Dial", attributes, "", [("Number", {}, NUMBER, []), ("Sip", {}, SIP, [])]),
    ]


def test_ten_numbers_ring_at_once() -> None:
    """Without `sequential`."""
    numbers = tuple(f"+81500000000{digit}" for digit in range(10))
    dial = ElementTree.fromstring(twiml.dial(Destination(numbers), ACTION))[0]  # noqa: S314  our own document
    assert [number.text for number in dial] == list(numbers)
    assert "sequential" not in dial.attrib


@pytest.mark.parametrize(
    "number",
    [
        "110", "118", "119", "１１９", "1-1-9", "+81119", "+81 110", "+81-0-119", "0119", "184119", "186110",
        "sip:119@pbx.example.jp", "sips:110@pbx.example.jp", "sip:+81118@pbx.example.jp", "sip:0119@pbx.example.jp",
        "sip:119;phone-context=+81@pbx.example.jp",
    ],
)  # fmt: skip
def test_emergency_numbers_are_never_dialled(number: str) -> None:
    """However they are written; not as a department, not as the fallback."""
    for attempt in (
        lambda: twiml.dial(Destination((NUMBER, number)), ACTION),
        lambda: stream(fallback=number),
        lambda: twiml.check_destination(Destination((number,))),
    ):
        with pytest.raises(CarrierError, match="hang up and dial") as caught:
            attempt()
        assert caught.value.code == "carrier.emergency_number"


@pytest.mark.parametrize(
    ("destination", "said"),
    [
        (Destination(()), "1 to 10"),
        (Destination((NUMBER,) * 11), "1 to 10"),
        (Destination(("05000000001",)), "country code"),
        (Destination(("+8150-0000-0001",)), "country code"),
        (Destination(("+0150000001",)), "country code"),
        (Destination(("+８１５００００００００１",)), "country code"),
        (Destination((f"{NUMBER}\n",)), "country code"),
        (Destination(("",)), "country code"),
        (Destination(("tel:+815000000001",)), "country code"),
        (Destination(("sip:pbx.example.jp",)), "sip:name@host"),
        (Destination(("sip:a b@pbx.example.jp",)), "sip:name@host"),
        (Destination((f"sip:{'a' * 250}@h.jp",)), "255"),
        (Destination(("sip:a\x00@h.jp",)), "sip:name@host"),
        (Destination((NUMBER,), timeout_seconds=4), "5 to 600"),
        (Destination((NUMBER,), timeout_seconds=601), "5 to 600"),
        (Destination((NUMBER,), caller_id=""), "of ours"),
        (Destination((NUMBER,), caller_id="my number"), "of ours"),
        (Destination((NUMBER,), extension="12-3"), "0-9"),
        (Destination((NUMBER,), extension="1" * 33), "0-9"),
        (Destination((NUMBER, SIP), extension="1"), "into the address"),
    ],
)
def test_what_cannot_be_dialled_is_refused_with_the_cure(destination: Destination, said: str) -> None:
    """And without the number, which would end up in a log."""
    with pytest.raises(CarrierError, match=said) as caught:
        twiml.check_destination(destination)
    assert "5000000" not in caught.value.message.replace("+815000000000", "")


def test_a_call_is_ended_with_or_without_a_sentence() -> None:
    """A blank sentence is none."""
    assert read(twiml.hang_up()) == [HANG_UP]
    assert read(twiml.hang_up(" \x00")) == [HANG_UP]
    assert read(twiml.hang_up("終わります")) == [("Say", {"language": "ja-JP"}, "終わります", []), HANG_UP]


def test_the_carrier_takes_a_message() -> None:
    """After a sentence and a tone; who says nothing is not left in silence."""
    document = twiml.take_message(ACTION, "どうぞ", max_seconds=60, status_url="https://h.example/recorded")
    attributes = {
        "action": ACTION,
        "maxLength": "60",
        "timeout": "5",
        "finishOnKey": "#",
        "playBeep": "true",
        "recordingStatusCallback": "https://h.example/recorded",
    }
    assert read(document) == [
        ("Say", {"language": "ja-JP"}, "どうぞ", []),
        ("Record", attributes, "", []),
        HANG_UP,
    ]
    with pytest.raises(CarrierError, match="absolute"):
        twiml.take_message("/relative", "どうぞ")


def test_nothing_is_an_empty_response() -> None:
    """What Twilio wants as an answer to a status callback."""
    assert read(twiml.nothing()) == []


@pytest.mark.parametrize(
    "make",
    [stream, twiml.nothing, lambda: twiml.hang_up("港"), lambda: twiml.take_message(ACTION, "港")],
)
def test_documents_declare_their_encoding(make: Callable[[], str]) -> None:
    """Japanese reaches the carrier as UTF-8."""
    assert make().startswith('<?xml version="1.0" encoding="UTF-8"?><Response')


@pytest.mark.parametrize(
    ("status", "bridged", "sip_code", "expected"),
    [
        ("completed", None, None, ("connected", "completed")),
        ("completed", "true", "200", ("connected", "completed 200")),
        ("completed", "false", None, ("declined", "completed")),
        ("answered", None, None, ("connected", "answered")),
        ("completed", "true", "603", ("connected", "completed 603")),
        ("busy", "false", None, ("busy", "busy")),
        ("busy", None, "486", ("busy", "busy 486")),
        ("busy", None, "603", ("declined", "busy 603")),
        ("failed", None, "607", ("declined", "failed 607")),
        ("no-answer", "false", None, ("no_answer", "no-answer")),
        ("failed", None, "503", ("failed", "failed 503")),
        ("canceled", None, "", ("cancelled", "canceled")),
        (" BUSY ", None, None, ("busy", "BUSY")),
        ("exploded", None, None, ("failed", "exploded")),
        ("", None, None, ("failed", "")),
        ("x" * 100, None, None, ("failed", "x" * 40)),
    ],
)
def test_the_outcome_of_a_dial_is_typed(
    status: str, bridged: str | None, sip_code: str | None, expected: tuple[Outcome, str]
) -> None:
    """The carrier's own word stays as the detail."""
    assert twiml.outcome(status, bridged, sip_code) == expected


SOUND = "https://voicebot.example.jp/twilio/sound/whisper/x"
WHISPER = "https://voicebot.example.jp/twilio/whisper?turn=1"


def test_who_picks_up_is_asked_before_the_two_are_connected() -> None:
    """Each telephone has its own address; SIP addresses too."""
    destination = Destination((NUMBER, SIP), whisper_urls=(f"{WHISPER}&n=0", f"{WHISPER}&n=1"), talk_seconds=900)
    ((_, attributes, _, nouns),) = read(twiml.dial(destination, ACTION))
    assert attributes["timeLimit"] == "900"
    assert [noun[1]["url"] for noun in nouns] == [f"{WHISPER}&n=0", f"{WHISPER}&n=1"]


def test_a_caller_may_hear_our_own_words_before_it_rings() -> None:
    """Played, not said by the carrier."""
    verbs = read(twiml.dial(Destination((NUMBER,)), ACTION, play_url=SOUND))
    assert [(verb[0], verb[2]) for verb in verbs] == [("Play", SOUND), ("Dial", "")]


@pytest.mark.parametrize(("sound", "say"), [(SOUND, ""), ("", "1を押してください。"), (SOUND, "1を押してください。")])
def test_a_whisper_waits_for_one_key_and_ends_the_leg_without_it(sound: str, say: str) -> None:
    """No key is told as well, so that a machine is nobody."""
    gather, hang_up = read(twiml.whisper(ACTION, sound, say, 4))
    assert gather[1] == {
        "input": "dtmf", "numDigits": "1", "timeout": "4", "finishOnKey": "", "actionOnEmptyResult": "true",
        "action": ACTION,
    }  # fmt: skip
    assert [child[0] for child in gather[3]] == [name for name, given in (("Play", sound), ("Say", say)) if given]
    assert hang_up == HANG_UP


def test_each_telephone_tells_its_own_result_where_it_is_wanted() -> None:
    """That it was picked up, and how it ended; ten of them fit into a document."""
    numbers = (*[f"+81500000{number:04d}" for number in range(9)], SIP)
    told = tuple(f"https://voicebot.city.example.jp/twilio/leg?call=x&turn=7&round=0&leg={at}" for at in range(10))
    document = twiml.dial(Destination(numbers, whisper_urls=told, status_urls=told), ACTION)
    ((_, _, _, nouns),) = read(document)
    wanted = [{"statusCallback": url, "statusCallbackEvent": "answered completed", "url": url} for url in told]
    assert [noun[1] for noun in nouns] == wanted
    with pytest.raises(CarrierError, match="absolute address"):
        twiml.dial(Destination((NUMBER,), status_urls=("ftp://x",)), ACTION)


def test_a_document_that_the_carrier_would_not_take_is_refused() -> None:
    """Longer than 64 kB."""
    url = f"https://voicebot.example.jp/{'x' * 7000}"
    with pytest.raises(CarrierError, match="64000 bytes"):
        twiml.dial(Destination((NUMBER,) * 10, whisper_urls=(url,) * 10), ACTION)
