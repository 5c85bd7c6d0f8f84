"""The doors beside a call: what becomes of text messages."""

from house import House
from transferring import transferring

from voicebot.events import SmsUpdated
from voicebot.transcripts.render import render_call


def texted(house: House) -> tuple[str, int]:
    """A call in which a text message was sent; its id and the message's."""
    call_id = transferring(house, "CA1", "水道課")
    log, now = house.service.store.text_log, house.service.now()
    message = log.enter(call_id, "09000000001", "地図です。", now)
    log.update(message.id, "queued", now, sid="SM1")
    return call_id, message.id


def report(house: House, message: int | str, status: str, sid: str = "SM1", **fields: str) -> int:
    """The carrier reports."""
    answer = house.post(f"sms-status?message={message}", MessageSid=sid, MessageStatus=status, **fields)
    return answer.status_code


def test_a_text_message_that_did_not_arrive_is_in_the_record_and_shown(house: House) -> None:
    """With the carrier's number, once, however often it is reported."""
    call_id, message = texted(house)
    assert [report(house, message, status) for status in ("sent", "queued", "sent")] == [204, 204, 204]
    for _ in range(2):
        assert report(house, message, "undelivered", ErrorCode="30005") == 204
    assert house.of("CA1", SmsUpdated) == [SmsUpdated("sent"), SmsUpdated("undelivered", "30005")]
    call = house.service.store.call(call_id)
    assert call is not None
    assert "届かなかった  [30005]" in render_call(call, house.service.store.records(call_id))


def test_reports_about_nothing_of_ours_are_passed_over(house: House) -> None:
    """Another message, no message, no number."""
    _, message = texted(house)
    assert report(house, message, "delivered", sid="SM2") == 204
    assert [report(house, each, "delivered") for each in (message + 1, "x", "9" * 40)] == [204] * 3
    assert house.of("CA1", SmsUpdated) == []


def test_only_the_carrier_reports(house: House) -> None:
    """And what is no report is refused."""
    _, message = texted(house)
    unsigned = house.post(f"sms-status?message={message}", headers={}, MessageSid="SM1", MessageStatus="failed")
    assert unsigned.status_code == 403
    assert report(house, message, "") == 400
    assert report(house, message, "delivered", sid="") == 400
