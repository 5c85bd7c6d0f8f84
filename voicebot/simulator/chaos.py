"""What can go wrong between a resident and the service, to be switched on one by one."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Chaos:
    """Disturbances of one call; the default is a perfect line."""

    seed: int = 0
    """Loss and delays are the same for the same seed."""
    anonymous: bool = False
    """The caller withholds the number: `From` is `anonymous`."""
    unknown_parameters: bool = False
    """Webhooks carry fields that nobody has heard of, one of them empty."""
    duplicate_webhook: bool = False
    """The first webhook is sent twice; the second answer counts."""
    tampered_webhooks: bool = False
    """Every webhook bears a wrong signature."""
    tampered_stream: bool = False
    """The websocket handshake bears a wrong signature."""
    duplicate_callbacks: bool = False
    """Status callbacks are delivered twice."""
    reordered_callbacks: bool = False
    """Status callbacks are held back for up to half a second each, so that they overtake one another."""
    late_callbacks_seconds: float = 0.0
    """Status callbacks come so much later."""
    duplicate_actions: bool = False
    """The `action` of a verb is requested twice; the second answer counts."""
    missing_start: bool = False
    """The stream never says who it is: no `start` message."""
    loss: float = 0.0
    """Part (0 to 1) of the caller's frames lost before the carrier; shows as jumps of `timestamp`."""
    jitter_seconds: float = 0.0
    """Frames to the service are held back for up to this long, and then come in a burst; order is kept (TCP)."""
    key_delay_seconds: float = 0.0
    """A pressed key is reported this much later."""
    reset_after_speech_seconds: float | None = None
    """The media socket breaks (TCP reset) when the caller has spoken for this long: in the middle of a word."""
    no_action_after_hangup: bool = False
    """When the caller has hung up, the `action` of the verb under way is not requested any more.

    Twilio's pages leave open for which verbs it is; a service must live with both.
    """


class Network:
    """Decides frame by frame what is lost and what is late."""

    def __init__(self, chaos: Chaos) -> None:
        self._loss = chaos.loss
        self._jitter_seconds = chaos.jitter_seconds
        self._random = Random(chaos.seed)  # noqa: S311  a disturbance that can be repeated, not a secret
        self._last_release = 0.0

    def loses(self) -> bool:
        """Whether the next frame is lost."""
        return self._random.random() < self._loss

    def release(self, now: float) -> float:
        """When what is sent `now` arrives; never before what was sent earlier."""
        self._last_release = max(self._last_release, now + self._random.random() * self._jitter_seconds)
        return self._last_release
