"""Forms that pages send: small, URL-encoded, every field once."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from voicebot.web.staff.refusals import Refusal

LARGEST_BYTES = 65_536
MOST_FIELDS = 200


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form; read once, however often it is asked for.

    Raises:
        Refusal: it is too large, or no form.
    """
    kept: Mapping[str, str] | None = getattr(request.state, "form", None)
    if kept is None:
        kept = request.state.form = await _read(request)
    return kept


async def _read(request: Request) -> Mapping[str, str]:
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_BYTES:
                raise Refusal(413, "staff.large")
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except (ValueError, ClientDisconnect) as error:
        raise Refusal(400, "staff.form") from error
    return dict(pairs)
