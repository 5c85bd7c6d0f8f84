"""Forms that pages send: small, URL-encoded, every field once; or, with a file to it, as a multipart form."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from voicebot.web.staff.refusals import Refusal

LARGEST_BYTES = 524_288
"""A question with forty choices in three languages, as form and as YAML, twice."""
LARGEST_UPLOAD_BYTES = 8_000_000
"""Of a form with a file; a FAQ of 20,000 entries in Excel has 5 MB."""
MOST_FIELDS = 2_000
LONGEST_NUMBER = 16


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    data: bytes


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form; read once, however often it is asked for.

    Raises:
        Refusal: it is too large, or no form.
    """
    kept: Mapping[str, str] | None = getattr(request.state, "form", None)
    if kept is None:
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            kept, request.state.upload = await _with_file(request)
        else:
            kept = await _read(request)
        request.state.form = kept
    return kept


async def upload_of(request: Request) -> Upload | None:
    """The file that came with the form; None when there is none, or an empty one.

    Raises:
        Refusal: as `form_of`.
    """
    await form_of(request)
    upload: Upload | None = getattr(request.state, "upload", None)
    return upload


async def body_of(request: Request, most_bytes: int = LARGEST_UPLOAD_BYTES) -> bytes:
    """What a script of ours sends as it is.

    Raises:
        Refusal: it is too large, or was broken off.
    """
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most_bytes:
                raise Refusal(413, "staff.large")
    except ClientDisconnect as error:
        raise Refusal(400, "staff.form") from error
    return bytes(body)


def number_in(text: str) -> int | None:
    """The number in a field or an address; None for anything else, and for one that nothing can bear."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else None


async def _read(request: Request) -> Mapping[str, str]:
    try:
        body = await body_of(request, LARGEST_BYTES)
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refusal(400, "staff.form") from error
    return dict(pairs)


async def _with_file(request: Request) -> tuple[Mapping[str, str], Upload | None]:
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length[:12]) > LARGEST_UPLOAD_BYTES:
        raise Refusal(413, "staff.large")
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST_BYTES) as form:
            fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
            files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            uploads = [Upload(file.filename or "", await file.read()) for file in files]
    except (MultiPartException, HTTPException, ClientDisconnect, ValueError) as error:
        raise Refusal(400, "staff.form") from error
    return fields, next((upload for upload in uploads if upload.data), None)
