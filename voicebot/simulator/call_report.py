"""What a simulated call leaves behind: both directions of sound, the time line, delays, and what was wrong."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voicebot.audio import mulaw, wav
from voicebot.simulator.hearing import BYTES_PER_SECOND
from voicebot.simulator.leg import EndedBy
from voicebot.simulator.live_call import LiveCall, Parties, Violation
from voicebot.simulator.timeline import Entry


@dataclass(frozen=True, slots=True)
class CallReport:
    """One call, from the first webhook to the last callback."""

    call_sid: str
    caller: str
    called: str
    status: str
    """The final `CallStatus`: `completed`, `busy`, `no-answer`."""
    ended_by: EndedBy
    """`resident` hung up, `bot` by its TwiML, `rest` by its REST request, `carrier` when nothing else was left."""
    seconds: float
    """From the first webhook to the end."""
    answered_seconds: float | None
    """When the call was picked up, from the first webhook."""
    stream_seconds: float | None
    """When the first media stream began."""
    entries: tuple[Entry, ...]
    violations: tuple[Violation, ...]
    left: bytes
    """The caller, mu-law from the first webhook on."""
    right: bytes
    """What the caller heard."""
    late_seconds: float = 0.0
    """How far the carrier itself fell behind its 20 ms at worst; delays are no more certain than this."""
    recordings: tuple[tuple[str, bytes], ...] = ()
    """What `<Record>` and `<Dial record>` kept: name and mu-law."""

    @property
    def first_sound_seconds(self) -> float | None:
        """From the beginning of the media stream to the first sound of the service; None if it never spoke."""
        starts = [entry.seconds for entry in self.entries if entry.kind == "bot"]
        return starts[0] - self.stream_seconds if starts and self.stream_seconds is not None else None

    @property
    def reply_seconds(self) -> tuple[float, ...]:
        """For each time the resident spoke and was answered by speech before speaking again: how long it took.

        From the end of the last loud 20 ms of the resident to the first loud 20 ms of the service that begins after it.
        """
        delays = []
        spoken = [entry for entry in self.entries if entry.kind in {"resident", "bot"}]
        for said, answer in pairwise(spoken):
            if said.kind == "resident" and answer.kind == "bot" and said.until and answer.seconds >= said.until:
                delays.append(round(answer.seconds - said.until, 4))
        return tuple(delays)

    @property
    def requests(self) -> tuple[tuple[str, int], ...]:
        """Path and HTTP status of every request to the service, callbacks included, in order."""
        asked = [entry.detail for entry in self.entries if entry.kind in {"webhook", "callback"}]
        return tuple((str(detail["path"]), int(str(detail["status"]))) for detail in asked)

    @property
    def errors(self) -> tuple[str, ...]:
        """What Twilio's debugger would show."""
        return tuple(entry.text for entry in self.entries if entry.kind == "error")

    def wav(self) -> bytes:
        """A stereo WAV file at 8 kHz: the caller on the left, what they heard on the right."""
        left = np.frombuffer(mulaw.decode(self.left), dtype="<i2")
        right = np.frombuffer(mulaw.decode(self.right), dtype="<i2")
        return wav.write(wav.Sound(np.stack([left, right], axis=1).tobytes(), BYTES_PER_SECOND, 2))


def report_of(call: LiveCall, ended_by: EndedBy, seconds: float) -> CallReport:
    """The report of a call that has ended and settled."""
    parties: Parties = call.parties
    return CallReport(
        call_sid=parties.call_sid,
        caller=parties.caller,
        called=parties.called,
        status=call.status,
        ended_by=ended_by,
        seconds=seconds,
        answered_seconds=call.answered_seconds,
        stream_seconds=call.stream_seconds,
        entries=call.timeline.entries,
        violations=tuple(call.violations.values()),
        left=bytes(call.telephone.left),
        right=bytes(call.telephone.right),
        late_seconds=round(call.telephone.late_seconds, 4),
        recordings=tuple(call.recordings.items()),
    )
