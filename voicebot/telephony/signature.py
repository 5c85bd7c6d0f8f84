"""Who signed a request: the only proof that it comes from the carrier and not from anybody on the internet.

Source: Twilio's pages "Secure webhooks" and "Sign webhooks with shared keys"; the computation is that of Twilio's own
`RequestValidator`. A signature covers the address that Twilio called, so it is checked against the configured public
address and never against a `Host` header, which a proxy may change and a stranger may choose.
This module must not know web frameworks or settings: it is given header pairs and a request target.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from voicebot.errors import CarrierSignatureError, SettingsError

Pairs = Sequence[tuple[str, str]]
"""Parameters or headers as they were received: in order, repeated ones repeated, empty ones kept."""
Headers = Mapping[str, str] | Pairs


class Signatures:
    """Checks that requests were signed with our account's token, or with one of our shared keys.

    Args:
        auth_token: The account's auth token (HMAC-SHA1).
        shared_keys: Secrets of Twilio's webhook shared keys by key id (HMAC-SHA256).
        public_url: The base address under which the carrier reaches us, as in the TwiML and Twilio's console.

    Raises:
        SettingsError: a secret is empty, which would let everybody sign; or the address is none.
    """

    def __init__(self, auth_token: str, shared_keys: Mapping[str, str], public_url: str) -> None:
        if not auth_token or not all(shared_keys.values()):
            raise SettingsError(
                "settings.twilio_auth_token",
                "VOICEBOT_TWILIO_AUTH_TOKEN and the secrets in VOICEBOT_TWILIO_SHARED_KEYS must not be empty.",
            )
        if not public_url.startswith(("http://", "https://")):
            raise SettingsError(
                "settings.public_url", "VOICEBOT_PUBLIC_URL must look like https://voicebot.city.example.jp"
            )
        self._token = RequestValidator(auth_token)
        self._keys = {name: RequestValidator(secret) for name, secret in shared_keys.items()}
        self._base = public_url.rstrip("/")
        self._prefix = urlsplit(self._base).path

    def check_webhook(self, target: str, params: Pairs | str, headers: Headers) -> None:
        """Check a webhook.

        Args:
            target: Path and query exactly as received, still percent-encoded.
            params: All form parameters, unknown and empty ones too (none for GET); or the raw body as text when it
                was not a form.
            headers: All headers; names in any case.

        Raises:
            CarrierSignatureError: not signed, or not by Twilio for this address and these parameters.
        """
        urls = self._urls(target)
        if isinstance(params, str) and not parse_qs(urlsplit(urls[0]).query).get("bodySHA256"):
            raise _refused("carrier.body_not_signed", "its body is not a form, and no bodySHA256 is in its address")
        self._check(urls, params if isinstance(params, str) else _Form(params), headers)

    def check_socket(self, target: str, headers: Headers) -> None:
        """Check the opening request of a media socket before it is accepted; arguments and errors as above.

        Twilio signs it over the `wss://` address without parameters, at times with a slash added at its end.
        """
        # http -> ws, https -> wss
        sockets = [f"ws{url.removeprefix('http')}" for url in self._urls(target)]
        slashed = [url.removesuffix("/") if url.endswith("/") else f"{url}/" for url in sockets]
        self._check([*sockets, *slashed], _Form(()), headers)

    def _urls(self, target: str) -> list[str]:
        """The addresses that Twilio may have called when this target arrived: a proxy may keep or cut the prefix."""
        if not target.startswith("/") or not target.isascii() or not target.isprintable() or set(target) & _NOT_IN_URLS:
            raise _refused("carrier.bad_target", "its target is not a path and query as sent on the wire")
        urls = [self._base + target]
        if self._prefix and target.startswith(f"{self._prefix}/"):
            urls.append(self._base.removesuffix(self._prefix) + target)
        return urls

    def _check(self, urls: Sequence[str], params: "_Form | str", headers: Headers) -> None:
        signature = _header(headers, SIGNATURE_HEADER)
        settings = _header(headers, SIGNATURE_SETTINGS_HEADER)
        if not signature:
            raise _refused("carrier.signature_missing", "it bears no X-Twilio-Signature")
        validator = self._validator(settings)
        algorithm = get_signature_algorithm(settings).upper()
        if algorithm not in {HMAC_SHA1, HMAC_SHA256}:
            raise _refused("carrier.signature_algorithm", "its algorithm is not known here; update the twilio package")
        if not any(_fits(validator, url, params, signature, algorithm) for url in urls):
            raise _refused("carrier.signature_wrong", "its signature does not fit")

    def _validator(self, settings: str) -> RequestValidator:
        """The secret that the request names; without a name the account's token."""
        parts = (part.partition("=") for part in settings.split(","))
        key = next((value.strip() for name, _, value in parts if name.strip() == "key"), "")
        if not key:
            return self._token
        if key not in self._keys:
            raise _refused("carrier.signature_key", "its key id is not in VOICEBOT_TWILIO_SHARED_KEYS")
        return self._keys[key]


class _Form:
    """Form parameters in the one shape in which `RequestValidator` sees every value of a repeated name."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def getall(self, name: str) -> list[str]:
        """Every value of this name; the method's name is RequestValidator's."""
        return [value for key, value in self._pairs if key == name]


_NOT_IN_URLS = frozenset(" #")


def _fits(validator: RequestValidator, url: str, params: _Form | str, signature: str, algorithm: str) -> bool:
    try:
        return bool(validator.validate(url, params, signature, algorithm=algorithm))
    except ValueError:  # parameters that cannot be written as UTF-8: nobody can have signed them
        return False


def _header(headers: Headers, name: str) -> str:
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return next((value for key, value in pairs if key.lower() == name.lower()), "")


def _refused(code: str, reason: str) -> CarrierSignatureError:
    return CarrierSignatureError(
        code,
        f"The request was refused: {reason}. If it was Twilio, compare VOICEBOT_PUBLIC_URL with the address in "
        "Twilio's console and VOICEBOT_TWILIO_AUTH_TOKEN with the account's primary token.",
    )
