"""The carrier's signature on what it sends, made with Twilio's own `RequestValidator`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A webhook signing key that is not the account's auth token (Twilio's webhook SharedKeys)."""

    key_id: str
    secret: str = field(repr=False)


class Signer:
    """Signs webhooks and websocket handshakes.

    Args:
        auth_token: The account's token; signs with HMAC-SHA1 unless there is a shared key.
        shared_key: Signs with HMAC-SHA256 instead, and is named in a header of its own.
    """

    def __init__(self, auth_token: str, shared_key: SharedKey | None = None) -> None:
        self._validator = RequestValidator(shared_key.secret if shared_key else auth_token)
        self._key_id = shared_key.key_id if shared_key else None

    def headers(self, url: str, params: Mapping[str, str], *, tampered: bool = False) -> dict[str, str]:
        """The headers that sign a request to the public `url` with these form fields (none for GET and websockets).

        Header names are lower-case, as on Twilio's websocket handshake; HTTP does not mind.
        """
        algorithm = HMAC_SHA256 if self._key_id else HMAC_SHA1
        signature = self._validator.compute_signature(url, dict(params), algorithm)
        if tampered:
            signature = ("B" if signature[0] == "A" else "A") + signature[1:]
        headers = {"x-twilio-signature": signature}
        if self._key_id:
            headers["x-twilio-webhooks-signature-settings"] = f"key={self._key_id},algorithm={algorithm}"
        return headers
