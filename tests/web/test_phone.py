"""The carrier's doors over HTTP: who may knock, what is answered, and that every answer leads somewhere."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from house import CALLER, PUBLIC, TOKEN, House, SharedKey, numbers_of, open_house, service, together, token_of, until

from voicebot.city.desk import Desk, Destination
from voicebot.events import CallEnded, CallStarted, TransferEnded
from voicebot.simulator.signing import Signer
from voicebot.simulator.twiml_document import Document
from voicebot.web.instructions import APOLOGY, BUSY, KEPT, NOBODY

DOORS = ("voice", "after-stream", "after-dial", "after-message", "status", "stream-status", "fallback")
DUTY = "+815000002900"


def fields_of(door: str) -> dict[str, str]:
    """What such a request always bears."""
    return {"DialCallStatus": "busy"} if door == "after-dial" else {}


def said(document: Document) -> str:
    """What the carrier says in a document."""
    return "".join(verb.text for verb in document.verbs if verb.name == "Say")


def names(document: Document) -> list[str]:
    """The verbs of a document."""
    return [verb.name for verb in document.verbs]


def break_store(house: House) -> None:
    """Neither to be written nor to be read."""
    house.service.store.close()
    house.service.store.path.rename(house.service.store.path.with_suffix(".gone"))


# --- who may knock ----------------------------------------------------------------------------------------------------


def test_signed_requests_are_answered_at_every_door(house: House) -> None:
    """HMAC-SHA1 with the account's token, by Twilio's own library."""
    assert {door: house.post(door, **fields_of(door)).status_code for door in DOORS} == {
        door: 204 if "status" in door else 200 for door in DOORS
    }


def test_a_shared_key_signs_as_well_as_the_token(tmp_path: Path) -> None:
    """HMAC-SHA256 under a key id that the settings name; an unknown id or a wrong secret is refused."""
    with open_house(service(tmp_path, twilio_shared_keys={"SK1": "shared secret"})) as house:
        good = Signer(TOKEN, SharedKey("SK1", "shared secret"))
        assert {house.post(door, signer=good, **fields_of(door)).status_code for door in DOORS} <= {200, 204}
        for bad in (SharedKey("SK1", "another secret"), SharedKey("SK2", "shared secret")):
            signer = Signer(TOKEN, bad)
            assert {house.post(door, signer=signer, **fields_of(door)).status_code for door in DOORS} == {403}


def test_unsigned_forged_and_tampered_requests_are_refused_at_every_door(house: House) -> None:
    """403 and not a word more; nothing of them is entered."""
    other = Signer("another token")
    for door in DOORS:
        fields = fields_of(door)
        answers = [
            house.post(door, headers={}, **fields),
            house.post(door, tampered=True, **fields),
            house.post(door, signer=other, **fields),
            house.send(
                f"/twilio/{door}", data={"CallSid": "CA1"}, headers={"x-twilio-signature": "ü".encode("latin-1")}
            ),
        ]
        assert [(answer.status_code, answer.text) for answer in answers] == [(403, "Forbidden")] * 4, door
    assert house.service.store.calls() == ()


def test_a_parameter_that_was_changed_on_the_way_is_noticed(house: House) -> None:
    """Added, removed, altered, doubled: the signature covers every one."""
    form = {"CallSid": "CA1", "CallStatus": "ringing", "From": CALLER, "To": "+815000002000", "Empty": ""}
    headers = house.signer.headers(f"{PUBLIC}/twilio/voice", form)
    changed: list[Any] = [
        form | {"From": "+815000000002"}, form | {"Extra": "1"}, {k: v for k, v in form.items() if k != "To"},
        form | {"CallSid": "CA2"}, form | {"Empty": " "},
    ]  # fmt: skip
    assert {house.send("/twilio/voice", data=data, headers=headers).status_code for data in changed} == {403}
    twice = urlencode([*form.items(), ("From", "+815000000002")])
    as_form = {"content-type": "application/x-www-form-urlencoded"}
    assert house.send("/twilio/voice", content=twice, headers=headers | as_form).status_code == 403
    assert house.send("/twilio/voice", data=form, headers=headers).status_code == 200


def test_the_signature_covers_the_address(house: House) -> None:
    """Another door, another prefix, another host, a query that was added: refused."""
    form = {"CallSid": "CA1", "CallStatus": "ringing"}
    for signed in (
        f"{PUBLIC}/twilio/status", f"{PUBLIC}/bot/twilio/voice", f"{PUBLIC}/twilio/voice/",
        f"{PUBLIC}/twilio/voice?a=1", "https://evil.example.jp/twilio/voice", "http://voicebot.example.jp:8080/twilio/voice",
    ):  # fmt: skip
        headers = house.signer.headers(signed, form)
        assert house.send("/twilio/voice", data=form, headers=headers).status_code == 403, signed
    with_query = house.signer.headers(f"{PUBLIC}/twilio/voice?a=%2F&b=", form)
    assert house.send("/twilio/voice?a=%2F&b=", data=form, headers=with_query).status_code == 200
    assert house.send("/twilio/voice?a=/&b=", data=form, headers=with_query).status_code == 403


def test_a_path_in_the_public_address_may_be_cut_off_by_the_proxy_or_kept(tmp_path: Path) -> None:
    """Both arrive; the addresses in the TwiML bear it."""
    with open_house(service(tmp_path, public_url=f"{PUBLIC}/bot")) as house:
        form = {"CallSid": "CA1", "CallStatus": "ringing", "From": CALLER, "To": "+815000002000"}
        headers = house.signer.headers(f"{PUBLIC}/bot/twilio/voice", form)
        for path in ("/twilio/voice", "/bot/twilio/voice"):
            answer = house.send(path, data=form, headers=headers)
            assert answer.status_code == 200, path
            assert 'url="wss://voicebot.example.jp/bot/twilio/media"' in answer.text
            assert 'action="https://voicebot.example.jp/bot/twilio/after-stream"' in answer.text
        wrong = house.signer.headers(f"{PUBLIC}/twilio/voice", form)
        assert house.send("/twilio/voice", data=form, headers=wrong).status_code == 403


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"x" * 70_000, "application/x-www-form-urlencoded"),
        (b"CallSid=" + b"A" * 70_000, "application/x-www-form-urlencoded"),
        (json.dumps({"CallSid": "CA1"}).encode(), "application/json"),
        (b"\xff\xfe\x00", "application/octet-stream"),
        (b"CallSid=%FF%FE", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(1000)), "application/x-www-form-urlencoded"),
        (b"no form at all", "text/plain"),
    ],
)
def test_what_is_no_form_is_refused_without_looking_further(house: House, content: bytes, kind: str) -> None:
    """Too large, not a form, not text, too many fields."""
    headers = {"content-type": kind, "x-twilio-signature": "x"}
    for door in DOORS:
        assert house.send(f"/twilio/{door}", content=content, headers=headers).status_code == 400


def test_a_signed_request_that_names_no_call_is_refused(house: House) -> None:
    """The id becomes part of file names, so only ids come in."""
    for sid in ("", "../../etc/passwd", "CA 1", "あ"):
        for door in DOORS:
            assert house.post(door, sid, **fields_of(door)).status_code == 400, (door, sid)
    assert house.post("after-dial").status_code == 400  # not about a dial


def test_only_post_is_answered(house: House) -> None:
    """Browsers and search engines find nothing."""
    assert {house.get(f"/twilio/{door}").status_code for door in DOORS} == {405}


# --- a call rings -----------------------------------------------------------------------------------------------------


def test_a_call_is_given_to_the_media_socket_with_a_way_out_behind_it(house: House) -> None:
    """Stream, then an apology and the duty desk, then the end: no document lets a caller hang."""
    document = house.twiml("voice", CallStatus="ringing")
    assert names(document) == ["Connect", "Say", "Dial", "Hangup"]
    (stream,) = document.verbs[0].children
    assert stream.attributes["url"] == "wss://voicebot.example.jp/twilio/media"
    assert numbers_of(document) == [DUTY]
    assert said(document) == APOLOGY


def test_unknown_parameters_and_a_withheld_number_are_taken(house: House) -> None:
    """The set of fields grows; who withholds the number has none."""
    house.twiml("voice", "CA1", From="anonymous", NewField="値 & more", EmptyField="")
    house.twiml("voice", "CA2", From="+266696687")
    house.twiml("voice", "CA3")
    callers = {call.carrier_sid: call.caller for call in house.service.store.calls()}
    assert callers == {"CA1": None, "CA2": None, "CA3": CALLER}


def test_a_repeated_webhook_is_the_same_call_with_a_fresh_token(house: House) -> None:
    """Either token opens the one stream; the other one then opens no second one."""
    first, second = house.token(), house.token()
    assert first != second
    assert len(house.service.store.calls()) == 1
    media = house.media("CA1", second)
    until(lambda: media.events("media"))
    late = house.media("CA1", first)
    assert late.wait_closed() == 1008
    media.stop()
    until(lambda: house.of("CA1", CallEnded))
    assert len(house.of("CA1", CallStarted)) == 1


def test_when_all_lines_are_busy_a_person_is_dialled(tmp_path: Path) -> None:
    """With words for it; the place is free again when a call is over."""
    with open_house(service(tmp_path, max_calls=1)) as house:
        media = house.media("CA1", house.token("CA1"))
        until(lambda: media.events("media"))
        busy = house.twiml("voice", "CA2", CallStatus="ringing")
        assert (names(busy), said(busy), numbers_of(busy)) == (["Say", "Dial"], BUSY, [DUTY])
        assert (
            house.twiml("after-dial", "CA2", DialCallStatus="completed", DialBridged="true").verbs[0].name == "Hangup"
        )
        media.stop()
        until(lambda: house.health().json()["calls"] == 0)
        assert names(house.twiml("voice", "CA3"))[0] == "Connect"
        assert house.of("CA2", CallEnded) == [CallEnded("transferred")]


def test_a_caller_whom_nobody_could_take_while_it_was_busy_reaches_the_bot(tmp_path: Path) -> None:
    """The desk did not answer either: the caller has waited, so the bot listens, beginning with the greeting."""
    with open_house(service(tmp_path, max_calls=1)) as house:
        house.token("CA1")
        house.twiml("voice", "CA2", CallStatus="ringing")
        back = house.twiml("after-dial", "CA2", DialCallStatus="no-answer")
        media = house.media("CA2", token_of(back))
        until(lambda: house.texts("CA2"))
        assert house.texts("CA2")[0] == "録音します。"
        media.stop()


def test_a_call_that_is_waiting_for_its_stream_frees_its_place_when_it_ends(tmp_path: Path) -> None:
    """The caller hung up before the sound came."""
    with open_house(service(tmp_path, max_calls=1)) as house:
        house.token("CA1")
        assert house.health().json()["calls"] == 1
        house.post("status", "CA1", CallStatus="completed")
        assert house.health().json()["calls"] == 0


# --- after the stream -------------------------------------------------------------------------------------------------


def dialled(house: House, call_sid: str = "CA1", keys: str = "2") -> Document:
    """A call in which keys were pressed; what the carrier is told when the bot has closed the stream."""
    media = house.media(call_sid, house.token(call_sid))
    until(lambda: media.events("media"))
    for key in keys:
        media.key(key)
    assert media.wait_closed(20) == 1000
    return house.twiml("after-stream", call_sid)


def test_a_transfer_dials_the_department(house: House) -> None:
    """All its numbers, and nothing is said twice."""
    document = dialled(house)
    assert names(document) == ["Dial"]
    assert numbers_of(document) == ["+815000002100", "+815000002101"]
    assert house.health().json()["calls"] == 0


def test_a_goodbye_hangs_up(house: House) -> None:
    """And the call is over in the record."""
    assert names(dialled(house, keys="6")) == ["Hangup"]
    assert house.of("CA1", CallEnded) == [CallEnded("bot")]


def test_a_department_that_cannot_be_dialled_brings_the_caller_back(tmp_path: Path) -> None:
    """A number that the carrier would refuse is found out before it dials; the caller hears that it failed."""
    made = service(tmp_path)

    class Misprinted(Desk):
        def destination(self, department: str) -> Destination:
            found = super().destination(department)
            return replace(found, numbers=("0312345678",)) if department == "水道課" else found

    with open_house(replace(made, desk=Misprinted(made.content.city))) as house:
        again = dialled(house)
        media = house.media("CA1", token_of(again))
        until(lambda: any("つながりません。" in text for text in house.texts("CA1")))
        media.stop()


def test_a_call_that_nobody_knows_is_given_to_a_person(house: House) -> None:
    """The record was lost, the caller is not."""
    document = house.twiml("after-stream", "CA99")
    assert (names(document), numbers_of(document)) == (["Say", "Dial"], [DUTY])


def test_a_caller_who_hung_up_is_entered_once(house: House) -> None:
    """The action and two status callbacks tell the same, in any order."""
    media = house.media("CA1", house.token())
    until(lambda: house.texts("CA1"))
    media.stop()
    for _ in range(2):
        assert names(house.twiml("after-stream", CallStatus="completed")) == []
        assert house.post("status", CallStatus="completed", CallDuration="3").status_code == 204
    assert house.of("CA1", CallEnded) == [CallEnded("caller")]
    (call,) = house.service.store.calls()
    assert (call.end_reason, call.outcome) == ("caller", "abandoned")


def test_status_callbacks_that_come_early_or_out_of_order_do_no_harm(house: House) -> None:
    """`ringing` after `completed`, of a call that was never heard of, or of one that is talking."""
    assert house.post("status", "CA99", CallStatus="completed").status_code == 204
    token = house.token()
    media = house.media("CA1", token)
    until(lambda: house.texts("CA1"))
    for status in ("ringing", "in-progress", "queued", "something-new", ""):
        assert house.post("status", CallStatus=status).status_code == 204
    assert house.of("CA1", CallEnded) == []
    media.stop()
    until(lambda: house.of("CA1", CallEnded))
    house.post("status", CallStatus="completed")
    house.post("status", CallStatus="in-progress")
    assert house.of("CA1", CallEnded) == [CallEnded("caller")]


def test_a_status_callback_ends_a_conversation_that_has_not_noticed(house: House) -> None:
    """The carrier says that the call is over while its socket still stands: the place is freed at once."""
    media = house.media("CA1", house.token())
    until(lambda: house.texts("CA1"))
    house.post("status", CallStatus="completed")
    media.wait_closed()
    until(lambda: house.of("CA1", CallEnded))
    assert house.of("CA1", CallEnded) == [CallEnded("caller")]
    until(lambda: house.health().json()["calls"] == 0)


# --- after a transfer -------------------------------------------------------------------------------------------------


def test_a_transfer_that_failed_comes_back_and_says_why(house: House) -> None:
    """And takes the next rung: the department's stand-in. Six callers at once."""
    reasons = {
        "busy": "話し中です。", "no-answer": "出ません。", "failed": "つながりません。", "canceled": "やめました。",
        "completed": "出られません。", "something-new": "つながりません。",
    }  # fmt: skip

    def call(status: str) -> tuple[str, list[str], str]:
        sid = f"CA{status}"
        dialled(house, sid)
        back = house.twiml("after-dial", sid, DialCallStatus=status, DialBridged="false")
        media = house.media(sid, token_of(back))
        assert media.wait_closed(20) == 1000
        (ended,) = house.of(sid, TransferEnded)
        return house.texts(sid)[-1], numbers_of(house.twiml("after-stream", sid)), ended.detail

    for status, (text, numbers, detail) in zip(reasons, together(call, list(reasons)), strict=True):
        assert text.startswith(reasons[status]), status
        assert (numbers, detail) == ([DUTY], status)


def test_a_transfer_that_succeeded_ends_the_call(house: House) -> None:
    """The two have talked; who is still on the line is not sent round again."""
    dialled(house)
    document = house.twiml("after-dial", DialCallStatus="completed", DialBridged="true", DialCallDuration="63")
    assert names(document) == ["Hangup"]
    assert house.service.store.flush()
    (call,) = house.service.store.calls()
    assert (call.end_reason, call.outcome) == ("transferred", "transferred")


def test_a_caller_who_hangs_up_while_it_rings_is_gone(house: House) -> None:
    """Nothing is answered that would be carried out; told twice it is entered once."""

    def call(status: str) -> None:
        sid = f"CA{status}"
        dialled(house, sid)
        for _ in range(2):
            ended = house.twiml("after-dial", sid, CallStatus="completed", DialCallStatus=status, DialBridged="false")
            assert names(ended) == []
            house.post("status", sid, CallStatus="completed")
        assert house.of(sid, CallEnded) == [CallEnded("caller")]
        assert len(house.of(sid, TransferEnded)) == 1

    together(call, ["canceled", "no-answer", "completed"])


# --- when something is broken -----------------------------------------------------------------------------------------


def test_a_broken_store_at_the_first_webhook_still_leads_to_a_person(house: House) -> None:
    """The caller hears an apology and is connected; the place is free."""
    break_store(house)
    document = house.twiml("voice", CallStatus="ringing")
    assert (names(document), said(document), numbers_of(document)) == (["Say", "Dial"], APOLOGY, [DUTY])
    assert house.health().json()["calls"] == 0


def test_a_broken_store_after_the_stream_still_leads_to_a_person(house: House) -> None:
    """What was decided cannot be read."""
    house.token()
    break_store(house)
    assert numbers_of(house.twiml("after-stream")) == [DUTY]
    assert names(house.twiml("after-stream", CallStatus="completed")) == []


def test_with_a_broken_store_who_has_talked_with_a_person_is_not_sent_there_again(house: House) -> None:
    """The end of the transfer cannot be entered, but it is the end."""
    break_store(house)
    document = house.twiml("after-dial?dials=1", DialCallStatus="completed", DialBridged="true")
    assert names(document) == ["Hangup"]


def test_with_a_broken_store_and_nobody_at_the_desk_the_carrier_takes_a_message(house: House) -> None:
    """No circles: dialled twice, then a message at the carrier, then the end."""
    break_store(house)
    document = house.twiml("voice", CallStatus="ringing")
    dials = 0
    while "Dial" in names(document):
        dials += 1
        assert dials < 5, "the caller goes in circles"
        action = document.verbs[-1].attributes["action"].removeprefix(f"{PUBLIC}/twilio/")
        document = house.twiml(action, DialCallStatus="no-answer")
    assert dials == 2
    assert (names(document), said(document)) == (["Say", "Record", "Hangup"], NOBODY)
    action = document.verbs[1].attributes["action"].removeprefix(f"{PUBLIC}/twilio/")
    end = house.twiml(action, RecordingSid="RE1", RecordingUrl="https://api.example.jp/RE1", RecordingDuration="5")
    assert (names(end), said(end)) == (["Say", "Hangup"], KEPT)


def test_status_callbacks_do_not_fail_with_the_store(house: House) -> None:
    """The carrier has no use for our troubles."""
    house.token()
    break_store(house)
    assert house.post("status", CallStatus="completed").status_code == 204
    assert house.health().json()["calls"] == 0


def test_the_fallback_needs_nothing_but_the_city(house: House) -> None:
    """Whatever failed: the duty desk is dialled."""
    break_store(house)
    document = house.twiml("fallback", ErrorCode="11200", ErrorUrl=f"{PUBLIC}/twilio/voice")
    assert (said(document), numbers_of(document)) == (APOLOGY, [DUTY])


def test_the_fallback_after_a_dial_does_not_go_in_circles(house: House) -> None:
    """Who has talked is let go; who has been dialled for twice leaves a message at the carrier."""
    url = f"{PUBLIC}/twilio/after-dial"
    talked = house.twiml("fallback", ErrorCode="11200", ErrorUrl=url, DialCallStatus="completed", DialBridged="true")
    assert names(talked) == ["Hangup"]
    again = house.twiml("fallback", ErrorCode="11200", ErrorUrl=f"{url}?dials=2", DialCallStatus="busy")
    assert names(again) == ["Say", "Record", "Hangup"]


def test_a_stream_error_is_only_noted(house: House) -> None:
    """204, as the carrier expects."""
    for event in ("stream-started", "stream-stopped", "stream-error", ""):
        assert house.post("stream-status", StreamSid="MZ1", StreamEvent=event, StreamError="31921").status_code == 204
