"""Recordings that the carrier makes: kept in memory, described to the service, and announced when the file is ready."""

from voicebot.simulator.hearing import BYTES_PER_SECOND
from voicebot.simulator.live_call import LiveCall
from voicebot.simulator.sids import new_sid
from voicebot.simulator.twiml_document import Document, Verb


def keep_recording(call: LiveCall, sound: bytes, verb: Verb, document: Document, source: str) -> dict[str, str]:
    """Keep a recording, promise its callback, and give the fields that describe it to an `action`.

    Args:
        call: The call it belongs to.
        sound: mu-law.
        verb: `<Record>` or `<Dial>`, with `recordingStatusCallback` if it wants one.
        document: Where the verb stands.
        source: Twilio's word for the kind of recording.
    """
    sid = new_sid("RE")
    call.recordings[sid] = sound
    account = f"https://api.twilio.com/2010-04-01/Accounts/{call.parties.account_sid}"
    fields = {
        "RecordingSid": sid,
        "RecordingUrl": f"{account}/Recordings/{sid}",
        "RecordingDuration": str(round(len(sound) / BYTES_PER_SECOND)),
    }
    call.timeline.note("recording", f"recorded {fields['RecordingDuration']} s", {"sid": sid})
    if url := verb.attributes.get("recordingStatusCallback"):
        ids = {"AccountSid": call.parties.account_sid, "CallSid": call.parties.call_sid}
        status = {"RecordingStatus": "completed", "RecordingChannels": "1", "RecordingSource": source}
        method = verb.attributes.get("recordingStatusCallbackMethod", "POST")
        delay = call.limits.recording_delay_seconds
        call.callbacks.send(call.resolve(url, document), {**ids, **fields, **status}, method, delay)
    return fields
