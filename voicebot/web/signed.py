"""Reading what the carrier sends: a form, and the proof that it comes from the carrier."""

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.requests import ClientDisconnect, HTTPConnection

from voicebot.errors import CarrierProtocolError
from voicebot.telephony.signature import Signatures

Pairs = list[tuple[str, str]]
LARGEST_FORM_BYTES = 65_536
MOST = 500
"""Fields in a form; the carrier sends a few dozen."""


async def signed_form(request: Request, signatures: Signatures) -> Pairs:
    """The form of a request that bears the carrier's signature, every field in order.

    Raises:
        CarrierSignatureError: it does not; answered with 403.
        CarrierProtocolError: it is not a form; answered with 400.
    """
    body = await _body(request)
    try:
        text = body.decode()
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=MOST)
    except ValueError as error:  # also of what cannot be decoded
        raise CarrierProtocolError("carrier.not_a_form", "Send the parameters as a URL-encoded form.") from error
    signatures.check_webhook(target(request), pairs, request.headers)
    return pairs


def target(connection: HTTPConnection) -> str:
    """Path and query exactly as received: signatures are made over the bytes."""
    path = connection.scope.get("raw_path") or connection.url.path.encode()
    query = connection.scope.get("query_string", b"")
    return str((path + b"?" + query if query else path).decode("latin-1"))


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_FORM_BYTES:
                raise CarrierProtocolError("carrier.form_too_large", "Send a form of at most 64 kB.")
    except ClientDisconnect as error:
        raise CarrierProtocolError("carrier.not_a_form", "Send the whole form.") from error
    return bytes(body)
