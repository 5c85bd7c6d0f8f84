"""The carrier's REST door, as far as a service needs it: to change or end a live call, and to send text messages.

`POST /2010-04-01/Accounts/{AC}/Calls/{CA}.json` with `Twiml`, `Url` or `Status`, and `.../Messages.json`, under Basic
authentication. Twilio's
own client library can be pointed at it with a custom HTTP client.
"""

import asyncio
import base64
import binascii
import hmac
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from voicebot.audio import mulaw, wav
from voicebot.simulator.carrier import Carrier
from voicebot.simulator.fetching import Fetcher
from voicebot.simulator.leg import Finished, Jumped
from voicebot.simulator.live_call import LiveCall
from voicebot.simulator.texts import Refusal
from voicebot.simulator.timeline import Timeline
from voicebot.simulator.twiml_document import TwimlError, parse

MAX_TWIML_LENGTH = 4000


def rest_door(carrier: Carrier) -> Starlette:
    """The door as a web application. It must run on the event loop of the calls."""

    def reports() -> Fetcher:
        return carrier.fetcher(Timeline(asyncio.get_running_loop().time))

    async def update_call(request: Request) -> Response:
        if not _authorised(request, carrier):
            return _refusal(401, 20003, "Authenticate")
        call = carrier.live.get(request.path_params["call_sid"])
        if request.path_params["account_sid"] != carrier.account_sid or call is None:
            return _refusal(404, 20404, f"The requested resource {request.url.path} was not found")
        form = _form(await request.body())
        return _order(call, form) or JSONResponse(_resource(call))

    async def fetch_recording(request: Request) -> Response:
        if not _authorised(request, carrier):
            return _refusal(401, 20003, "Authenticate")
        sid = request.path_params["recording_sid"]
        for call in carrier.live.values():
            if sid in call.recordings:
                sound = wav.Sound(mulaw.decode(call.recordings[sid]), mulaw.BYTES_PER_SECOND)
                return Response(wav.write(sound), media_type="audio/x-wav")
        return _refusal(404, 20404, f"The requested resource {request.url.path} was not found")

    async def create_message(request: Request) -> Response:
        if not _authorised(request, carrier):
            return _refusal(401, 20003, "Authenticate")
        if request.path_params["account_sid"] != carrier.account_sid:
            return _refusal(404, 20404, f"The requested resource {request.url.path} was not found")
        taken = carrier.texts.take(_form(await request.body()), reports)
        if isinstance(taken, Refusal):
            return _refusal(taken.http, taken.error, taken.message)
        return JSONResponse(carrier.texts.resource(taken), 201)

    account = "/2010-04-01/Accounts/{account_sid}"
    return Starlette(
        routes=[
            Route(f"{account}/Calls/{{call_sid}}.json", update_call, methods=["POST"]),
            Route(f"{account}/Messages.json", create_message, methods=["POST"]),
            Route(f"{account}/Recordings/{{recording_sid}}.wav", fetch_recording, methods=["GET"]),
        ]
    )


def _form(body: bytes) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(body.decode("utf-8"), keep_blank_values=True).items()}


def _order(call: LiveCall, form: dict[str, str]) -> Response | None:
    """Give the order to the call; a refusal if it cannot be given."""
    twiml, url, status = form.get("Twiml"), form.get("Url"), form.get("Status")
    if twiml is not None and len(twiml) > MAX_TWIML_LENGTH:
        return _refusal(400, 20001, f"Twiml must not be longer than {MAX_TWIML_LENGTH} characters")
    if status in {"completed", "canceled"}:
        call.orders.append(Finished("rest"))
    elif url is not None:
        # Twilio ignores Twiml when there is a Url as well.
        call.orders.append(Jumped(url=url, method=form.get("Method", "POST")))
    elif twiml is not None:
        try:
            parse(twiml, "")
        except TwimlError as error:
            return _refusal(400, error.error, str(error))
        call.orders.append(Jumped(twiml=twiml))
    else:
        return _refusal(400, 20001, "Give Twiml, Url or Status")
    return None


def _authorised(request: Request, carrier: Carrier) -> bool:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    try:
        given = base64.b64decode(credentials, validate=True)
    except (binascii.Error, ValueError):
        return False
    wanted = f"{carrier.account_sid}:{carrier.auth_token}".encode()
    return scheme.lower() == "basic" and hmac.compare_digest(given, wanted)


def _resource(call: LiveCall) -> dict[str, str]:
    return {
        "sid": call.parties.call_sid,
        "account_sid": call.parties.account_sid,
        "from": call.parties.caller,
        "to": call.parties.called,
        "status": call.status,
        "direction": "inbound",
        "api_version": "2010-04-01",
    }


def _refusal(status: int, code: int, message: str) -> Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return JSONResponse({"code": code, "message": message, "more_info": more, "status": status}, status_code=status)
