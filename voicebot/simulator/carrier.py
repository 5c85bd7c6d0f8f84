"""The fake carrier: places a resident's call at the service and carries out what the service says, as Twilio does."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

import httpx

from voicebot.simulator.call_report import CallReport, report_of
from voicebot.simulator.callbacks import Callbacks
from voicebot.simulator.callee import Callee
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.connect_verb import Connecting
from voicebot.simulator.dial_verb import DialScript, dial
from voicebot.simulator.execution import WHISPER_VERBS, Doing, carry_out
from voicebot.simulator.fetching import Fetcher, Limits, Service
from voicebot.simulator.leg import EndedBy, Finished, HungUp, Jumped
from voicebot.simulator.live_call import Desk, LiveCall, Parties
from voicebot.simulator.record_verb import record
from voicebot.simulator.resident import Performance, Resident
from voicebot.simulator.sids import new_sid
from voicebot.simulator.signing import SharedKey, Signer
from voicebot.simulator.texts import Texts
from voicebot.simulator.timeline import Entry, Timeline
from voicebot.simulator.twiml_document import Document, Verb, parse
from voicebot.simulator.websocket import OpenSocket, open_websocket

NO_CHAOS = Chaos()
USUAL_LIMITS = Limits()


class Carrier:
    """A carrier with one account. Calls may be placed at the same time; all of them live on one event loop.

    Args:
        base_url: Where the service listens, `http://127.0.0.1:8080`.
        auth_token: The account's token, which the service knows too.
        public_url: The service's address in the world; signatures are made over it.
        shared_key: Sign with this webhook key instead of the token.
        voice_path: The number's voice URL below `public_url`.
        fallback_path: Its fallback URL; "" for none.
        status_path: Its status callback; "" for none.
        limits: How patient the carrier is.
        voice: The carrier's own voice for `<Say>`: words to mu-law, called in a thread. None hums for as long.
        transport: How HTTP travels; the network by default.
        open_socket: How media sockets are opened; the network by default.
    """

    def __init__(
        self,
        base_url: str,
        auth_token: str,
        public_url: str,
        shared_key: SharedKey | None = None,
        *,
        voice_path: str = "/twilio/voice",
        fallback_path: str = "/twilio/fallback",
        status_path: str = "/twilio/status",
        limits: Limits = USUAL_LIMITS,
        voice: Callable[[str], bytes] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        open_socket: OpenSocket = open_websocket,
    ) -> None:
        self.account_sid = new_sid("AC")
        self.auth_token = auth_token
        self.texts = Texts(self.account_sid)
        """The account's text messages; for the REST door."""
        self.live: dict[str, LiveCall] = {}
        """Calls that have not ended, by their name; for the REST door."""
        self._service = Service(base_url.rstrip("/"), public_url.rstrip("/"))
        self._signer = Signer(auth_token, shared_key)
        self._paths = (voice_path, fallback_path, status_path)
        self._limits = limits
        self._voice = voice
        self._transport = transport
        self._connecting = Connecting(self._signer, open_socket, allow_ws=public_url.startswith("http://"))

    def fetcher(self, timeline: Timeline, *, tampered: bool = False) -> Fetcher:
        """What asks the service over HTTP."""
        return Fetcher(self._service, self._signer, self._limits, timeline, self._transport, tampered=tampered)

    async def call(
        self,
        resident: Resident,
        caller: str = "+815000000001",
        called: str = "+815000000000",
        *,
        dial_script: Sequence[Callee] = (),
        chaos: Chaos = NO_CHAOS,
        on_entry: Callable[[Entry], None] | None = None,
    ) -> CallReport:
        """Place a call and see it through to its end and the last callback.

        Args:
            resident: Who calls, with words that have been `rehearsed`.
            caller: Their number.
            called: The city's number.
            dial_script: Who is reached when the service dials.
            chaos: What goes wrong.
            on_entry: Told of everything as it happens.
        """
        timeline = Timeline(asyncio.get_running_loop().time, on_entry)
        fetcher = self.fetcher(timeline, tampered=chaos.tampered_webhooks)
        callbacks = Callbacks(fetcher, timeline, chaos)
        fallback = self._url(self._paths[1])
        desk = Desk(self._service, fetcher, callbacks, timeline, self._limits, chaos, fallback, self._voice)
        parties = Parties(self.account_sid, new_sid("CA"), caller, called)
        live = LiveCall(parties, desk, Performance(resident))
        self.live[parties.call_sid] = live
        try:
            ended_by = await self._see_through(live, DialScript(dial_script))
            seconds = self._end(live, ended_by)
            await callbacks.settle()
        finally:
            del self.live[parties.call_sid]
            await fetcher.aclose()
        return report_of(live, ended_by, seconds)

    async def _see_through(self, live: LiveCall, script: DialScript) -> EndedBy:
        """Carry out documents until the call is over; gives who ended it."""
        verbs: dict[str, Doing[LiveCall]] = {
            **WHISPER_VERBS,
            "Connect": self._connecting.connect,
            "Dial": partial(dial, script=script),
            "Record": record,
            "Reject": reject,
        }
        jump: Jumped | None = None
        while True:
            try:
                document = await (self._jump(live, jump) if jump else self._first(live))
                await carry_out(live, document, verbs)
                return "bot"
            except Jumped as order:
                live.timeline.note("note", "the service gives other instructions over REST")
                jump = order
            except HungUp as farewell:
                live.timeline.note("hangup", "the resident hangs up", {"how": farewell.how})
                return "resident"
            except Finished as finished:
                live.status = finished.status
                return finished.by

    async def _first(self, live: LiveCall) -> Document:
        voice_url = self._url(self._paths[0]) or self._service.public_url
        if live.chaos.duplicate_webhook:
            await live.document(voice_url, "POST", {})
        return await live.document(voice_url, "POST", {})

    async def _jump(self, live: LiveCall, jump: Jumped) -> Document:
        if jump.url:
            return await live.document(jump.url, jump.method, {})
        return parse(jump.twiml or "", self._service.public_url)

    def _end(self, live: LiveCall, ended_by: EndedBy) -> float:
        """Note the end and tell the number's status callback; gives the length of the call."""
        if live.status in {"ringing", "in-progress"}:
            live.status = "completed" if live.telephone.picked_up else "no-answer"
        live.telephone.finish()
        seconds = round(live.timeline.seconds, 4)
        if ended_by != "resident":
            live.timeline.note("hangup", f"the call is ended by the {ended_by}")
        talked = seconds - live.answered_seconds if live.answered_seconds is not None else 0
        if url := self._url(self._paths[2]):
            live.callbacks.send(url, live.params({"CallDuration": str(round(talked))}))
        return seconds

    def _url(self, path: str) -> str | None:
        return f"{self._service.public_url}{path}" if path else None


async def reject(call: LiveCall, verb: Verb, document: Document) -> Document | None:
    """`<Reject>`: decline without picking up."""
    reason = verb.attributes.get("reason", "rejected")
    call.note_verb("<Reject>", {"reason": reason})
    raise Finished("bot", "busy" if reason == "busy" else "no-answer")
