"""What became of text messages."""

from datetime import datetime, timedelta

import pytest

from voicebot.transcripts.store import Store
from voicebot.transcripts.text_log import SENDING

PHONE, TEXT = "09000000001", "みなと市役所の地図です。"


def test_the_same_words_to_the_same_number_are_one_message(store: Store, call_id: str, now: datetime) -> None:
    """However often they are ordered in a call."""
    first = store.text_log.enter(call_id, PHONE, TEXT, now)
    assert (first.status, first.sid) == (SENDING, "")
    assert store.text_log.enter(call_id, PHONE, TEXT, now) == first
    assert store.text_log.enter(call_id, PHONE, "ほかの文", now).id != first.id
    assert [message.text for message in store.text_log.of_call(call_id)] == [TEXT, "ほかの文"]


def test_reports_that_come_late_or_twice_change_nothing(store: Store, call_id: str, now: datetime) -> None:
    """The last word stands, in whatever order it is told."""
    log = store.text_log
    message = log.enter(call_id, PHONE, TEXT, now).id
    assert log.update(message, "sent", now, sid="SM1") is not None
    assert log.update(message, "queued", now, sid="SM1") is None
    assert log.update(message, "undelivered", now, sid="SM1", error="30005") is not None
    assert log.update(message, "undelivered", now, sid="SM1", error="30005") is None
    assert log.update(message, "delivered", now, sid="SM1") is None
    assert log.update(message, "sent", now, sid="SM1") is None
    (stored,) = log.of_call(call_id)
    assert (stored.status, stored.error, stored.sid) == ("undelivered", "30005", "SM1")


@pytest.mark.parametrize("sid", ["SM2"])
def test_a_report_about_another_message_is_not_taken(store: Store, call_id: str, now: datetime, sid: str) -> None:
    """The carrier's id must fit; an unknown message is nobody's."""
    log = store.text_log
    message = log.enter(call_id, PHONE, TEXT, now).id
    log.update(message, "queued", now, sid="SM1")
    assert log.update(message, "delivered", now, sid=sid) is None
    assert log.update(message + 1, "delivered", now, sid="SM1") is None


def test_what_the_carrier_refused_may_be_tried_again(store: Store, call_id: str, now: datetime) -> None:
    """It never had an id."""
    log = store.text_log
    message = log.enter(call_id, PHONE, TEXT, now)
    assert log.update(message.id, "failed", now, error="sms.unreachable") is not None
    assert log.enter(call_id, PHONE, TEXT, now).sid == ""
    log.update(message.id, "queued", now, sid="SM1")
    assert log.of_call(call_id)[0].sid == "SM1"


def test_what_did_not_arrive_is_told_newest_first(store: Store, call_id: str, now: datetime) -> None:
    """Of what has become known since a moment; what arrived or is on its way is none of it."""
    log = store.text_log
    ids = [log.enter(call_id, PHONE, f"{TEXT}{number}", now).id for number in range(4)]
    for message, status in zip(ids, ("undelivered", "delivered", "sent", "failed"), strict=True):
        log.update(message, status, now, sid=f"SM{message}", error="30005" if status == "undelivered" else "")
    assert [(each.id, each.status) for each in log.failures(now)] == [(ids[3], "failed"), (ids[0], "undelivered")]
    assert len(log.failures(now, limit=1)) == 1
    assert log.failures(now + timedelta(seconds=1)) == ()
