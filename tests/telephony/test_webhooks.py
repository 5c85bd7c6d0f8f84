"""What Twilio's requests tell, read from their form parameters."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.errors import CarrierProtocolError
from voicebot.telephony import webhooks
from voicebot.telephony.webhooks import DialEnded, IncomingCall, MessageTaken, Pairs, StatusChanged, StreamStatusChanged

CALL = "CA" + "0123456789abcdefABCDEF0123456789"
RINGING = [
    ("AccountSid", "AC1"),
    ("ApiVersion", "2010-04-01"),
    ("Called", "+815000000000"),
    ("CallSid", CALL),
    ("CallStatus", "ringing"),
    ("Direction", "inbound"),
    ("From", "+815000000001"),
    ("To", "+815000000000"),
    ("SomethingNew", ""),
]


def calling(number: str) -> IncomingCall:
    """The request of a caller with this number."""
    return webhooks.incoming_call([*((name, value) for name, value in RINGING if name != "From"), ("From", number)])


def test_a_ringing_call_is_read() -> None:
    """Unknown parameters are passed over."""
    assert webhooks.incoming_call(RINGING) == IncomingCall(
        CALL, "AC1", "+815000000001", "+815000000000", "ringing", "inbound"
    )


def test_forwarding_and_the_reason_for_the_fallback_are_read() -> None:
    """Both are sent only when there is something to tell."""
    call = webhooks.incoming_call([*RINGING, ("ForwardedFrom", "+815000000009"), ("ErrorCode", "11205")])
    assert (call.forwarded_from, call.error_code) == ("+815000000009", "11205")


def test_older_names_of_the_numbers_are_read() -> None:
    """Twilio sends Caller and Called beside From and To."""
    call = webhooks.incoming_call([("CallSid", CALL), ("Caller", "+815000000001"), ("Called", "+815000000000")])
    assert (call.caller, call.called) == ("+815000000001", "+815000000000")


def test_only_the_call_s_id_is_indispensable() -> None:
    """A call with nothing else can still be answered."""
    assert webhooks.incoming_call([("CallSid", "SIM-call_1")]) == IncomingCall("SIM-call_1", "", None, "", "")


@pytest.mark.parametrize(
    "number",
    [
        "", " ", "-", "+", "anonymous", "Anonymous", "ANONYMOUS", "unknown", "Unknown caller", "restricted", "Private",
        "unavailable", "blocked", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253",
        "sip:anonymous@anonymous.invalid", "sip:x@anonymous.invalid", "sips:Unknown@pbx.example.jp", "非通知",
        "公衆電話",
    ],
)  # fmt: skip
def test_a_withheld_number_is_none(number: str) -> None:
    """In words, or spelt on the keypad by exchanges that can only send digits."""
    assert calling(number).caller is None


@pytest.mark.parametrize(
    "number",
    [
        "+815000000001", "05000000001", "0312345678", "100", " 100 ", "client:alice", "266696687",
        "sip:100@pbx.example.jp", "sip:tanaka@private.example.jp", "sip:unknownsoldier@pbx.example.jp",
    ],
)  # fmt: skip
def test_any_other_number_is_passed_on_as_it_came(number: str) -> None:
    """It need not be E.164."""
    assert calling(number).caller == number


READERS: list[Callable[[Pairs], object]] = [
    webhooks.incoming_call,
    webhooks.status_changed,
    webhooks.stream_status_changed,
    webhooks.dial_ended,
    webhooks.message_taken,
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("sid", [None, "", "CA/../x", "CA1\n", "CA 1", "C" * 65, "ＣＡ１", "\x00"])
def test_a_request_without_usable_call_id_is_refused(read: Callable[[Pairs], object], sid: str | None) -> None:
    """The id becomes part of file names."""
    given_sid = [] if sid is None else [("CallSid", sid)]
    with pytest.raises(CarrierProtocolError, match="CallSid"):
        read([*given_sid, ("DialCallStatus", "busy")])


def test_the_first_of_repeated_parameters_counts() -> None:
    """Twilio sends none twice."""
    assert webhooks.incoming_call([*RINGING, ("CallSid", "CA2")]).call_sid == CALL


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ([("CallStatus", "completed"), ("CallDuration", "61"), ("SequenceNumber", "0")], ("completed", 61, 0)),
        ([("CallStatus", "in-progress")], ("in-progress", None, None)),
        ([("CallStatus", "x"), ("CallDuration", "long"), ("SequenceNumber", "-1")], ("x", None, None)),
        ([("CallDuration", "9" * 5000), ("SequenceNumber", "１")], ("", None, None)),
    ],
)
def test_a_status_is_read(params: Pairs, expected: tuple[str, int | None, int | None]) -> None:
    """Numbers that are none are None."""
    assert webhooks.status_changed([("CallSid", CALL), *params]) == StatusChanged(CALL, *expected)


def test_a_stream_s_status_is_read() -> None:
    """Started, stopped, or what went wrong."""
    params = [("CallSid", CALL), ("StreamSid", "MZ1"), ("StreamEvent", "stream-error"), ("StreamError", "31920")]
    assert webhooks.stream_status_changed(params) == StreamStatusChanged(CALL, "MZ1", "stream-error", "31920")


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (
            [("DialCallStatus", "completed"), ("DialBridged", "true"), ("DialCallDuration", "30")],
            ("connected", "completed", 30, ""),
        ),
        ([("DialCallStatus", "completed"), ("DialBridged", "false")], ("declined", "completed", None, "")),
        (
            [("DialCallStatus", "busy"), ("DialSipResponseCode", "486"), ("CallStatus", "in-progress")],
            ("busy", "busy 486", None, "in-progress"),
        ),
        ([("DialCallStatus", "no-answer"), ("CallStatus", "completed")], ("no_answer", "no-answer", None, "completed")),
    ],
)
def test_the_end_of_a_dial_is_read(params: Pairs, expected: tuple[str, str, int | None, str]) -> None:
    """With the carrier's own words, and whether the caller is still there."""
    ended = webhooks.dial_ended([("CallSid", CALL), *params])
    assert isinstance(ended, DialEnded)
    assert (ended.outcome, ended.detail, ended.seconds, ended.status) == expected


def test_a_request_that_is_not_about_a_dial_is_refused() -> None:
    """Else a mistaken address would look like a failed transfer."""
    with pytest.raises(CarrierProtocolError, match="DialCallStatus"):
        webhooks.dial_ended(RINGING)


def test_a_recorded_message_is_read() -> None:
    """And one in which nothing was said."""
    params = [
        ("CallSid", CALL),
        ("RecordingSid", "RE1"),
        ("RecordingUrl", "https://api.example/RE1"),
        ("RecordingDuration", "12"),
    ]
    assert webhooks.message_taken(params) == MessageTaken(CALL, "RE1", "https://api.example/RE1", 12)
    assert webhooks.message_taken(params[:1]) == MessageTaken(CALL, "", "", None)


names = st.sampled_from([*(name for name, _ in RINGING), "DialCallStatus", "CallDuration", "ForwardedFrom"]) | st.text()


@given(st.sampled_from(READERS), st.lists(st.tuples(names, st.text(st.characters(codec=None)))), st.booleans())
def test_any_parameters_are_read_or_refused(read: Callable[[Pairs], object], params: Pairs, named: bool) -> None:
    """By one kind of error only."""
    try:
        assert read([("CallSid", CALL), *params] if named else params)
    except CarrierProtocolError as error:
        assert not named or "DialCallStatus" in error.message  # noqa: PT017  either outcome is right


def test_a_text_messages_report_is_read() -> None:
    """By its present and its older name; an error that is no number is none."""
    read = webhooks.text_message_changed
    assert read([("MessageSid", "SM1"), ("MessageStatus", "undelivered"), ("ErrorCode", "30005")]) == (
        webhooks.TextMessageChanged("SM1", "undelivered", "30005")
    )
    assert read([("MessageSid", "SM1"), ("SmsStatus", "sent"), ("ErrorCode", "x")]) == (
        webhooks.TextMessageChanged("SM1", "sent", "")
    )


@pytest.mark.parametrize(
    "params", [[("MessageSid", "SM1")], [("MessageStatus", "sent")], [("MessageSid", "SM1"), ("MessageStatus", "A B")]]
)
def test_what_is_no_report_is_refused(params: list[tuple[str, str]]) -> None:
    """It must name a message and a status."""
    with pytest.raises(CarrierProtocolError):
        webhooks.text_message_changed(params)


@pytest.mark.parametrize(
    ("status", "code", "result", "detail"),
    [
        ("initiated", "", None, "initiated"),
        ("ringing", "", None, "ringing"),
        ("in-progress", "", "answered", "in-progress"),
        ("completed", "200", "connected", "completed 200"),
        ("busy", "486", "busy", "busy 486"),
        ("busy", "603", "declined", "busy 603"),
        ("no-answer", "", "no_answer", "no-answer"),
        ("failed", "503", "failed", "failed 503"),
        ("canceled", "487", "cancelled", "canceled 487"),
        ("nonsense", "", None, "nonsense"),
    ],
)
def test_a_telephone_of_a_dial_tells_its_own_result(status: str, code: str, result: str | None, detail: str) -> None:
    """With the SIP code, where there is one."""
    changed = webhooks.leg_changed([("CallSid", "CAchild"), ("CallStatus", status), ("SipResponseCode", code)])
    assert (changed.leg_sid, changed.result, changed.detail) == ("CAchild", result, detail)


def test_a_report_of_no_telephone_is_refused() -> None:
    """It names no call."""
    with pytest.raises(CarrierProtocolError):
        webhooks.leg_changed([("CallStatus", "busy")])
