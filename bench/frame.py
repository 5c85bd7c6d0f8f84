"""What one 20 ms frame of sound costs outside recognition: `python -m bench.frame`.

CPU time of one thread in microseconds, the median of several runs. The goal is 150 us a frame for the whole receiving
path and the encoding of what is sent; a core can then carry more than a hundred such paths.
"""

import base64
import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from voicebot.audio.activity import SileroActivity
from voicebot.audio.mulaw import decode, encode
from voicebot.audio.resample import Upsampler
from voicebot.telephony import twilio

GOAL_MICROSECONDS = 150.0
FRAME_SECONDS = 0.02
_RATE = 8000
_SAMPLES = round(_RATE * FRAME_SECONDS)
_RUNS, _CALLS = 7, 1000


def run() -> list[tuple[str, float]]:
    """Each step and the sum, as (name, microseconds of CPU a frame)."""
    # Sound of changing loudness, so that no step is lucky; the same at each run.
    envelope = np.abs(np.sin(np.arange(_SAMPLES) / 25))
    pcm = (np.random.default_rng(1).normal(0, 4000, _SAMPLES) * envelope).astype("<i2").tobytes()
    mulaw = encode(pcm)
    message = _message(mulaw)
    activity, upsampler = SileroActivity(), Upsampler()
    window = (pcm * 2)[: 2 * activity.window]
    steps: list[tuple[str, float]] = [
        ("receive: JSON and base64", _cpu(lambda: twilio.parse(message))),
        ("receive: mu-law to 16 bits", _cpu(lambda: decode(mulaw))),
        # A question takes 32 ms of sound; a frame bears its share.
        ("receive: voice activity", _cpu(lambda: activity.probability(window)) * _SAMPLES / activity.window),
        ("receive: 8 to 16 kHz", _cpu(lambda: upsampler.push(pcm))),
        ("send: 16 bits to mu-law", _cpu(lambda: encode(pcm))),
        ("send: base64 and JSON", _cpu(lambda: twilio.media("MZ" + 32 * "0", mulaw))),
    ]
    return [*steps, ("all of a frame", sum(cost for _, cost in steps))]


def _message(mulaw: bytes) -> str:
    payload = base64.b64encode(mulaw).decode("ascii")
    return json.dumps(
        {
            "event": "media",
            "sequenceNumber": "926",
            "media": {"track": "inbound", "chunk": "925", "timestamp": "18553", "payload": payload},
            "streamSid": "MZ" + 32 * "0",
        }
    )


def _cpu(step: Callable[[], object]) -> float:
    """Microseconds of this thread's CPU for one call of `step`."""
    costs = []
    for _ in range(_RUNS):
        begun = time.thread_time_ns()
        for _ in range(_CALLS):
            step()
        costs.append((time.thread_time_ns() - begun) / _CALLS / 1000)
    return statistics.median(costs)


def main() -> None:
    """Print the table."""
    results = run()
    for name, microseconds in results:
        print(f"{name:28} {microseconds:8.1f} us")
    total = results[-1][1]
    share = total / (FRAME_SECONDS * 1e6)
    verdict = "within" if total <= GOAL_MICROSECONDS else "OVER"
    print(f"{verdict} the goal of {GOAL_MICROSECONDS:.0f} us; {share:.2%} of a core for one call")


if __name__ == "__main__":
    main()
