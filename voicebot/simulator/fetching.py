"""How the carrier asks the service over HTTP: signed, patient to a limit, with cookies and redirects.

The service is reached at a loopback address, while addresses and signatures are those of its public name, as behind
a reverse proxy. Addresses of anybody else are refused: a simulated call never leaves the machine.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from voicebot.events import Json
from voicebot.simulator.signing import Signer
from voicebot.simulator.timeline import Timeline

RETRIEVAL_FAILURE = 11200
TIMED_OUT = 11205
TOO_MANY_REDIRECTS = 11215
BAD_CONTENT = 12300

_XML = {"text/xml", "application/xml", "text/html"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the carrier is. The defaults are Twilio's; tests and demonstrations may shorten them."""

    connect_seconds: float = 10.0
    answer_seconds: float = 15.0
    """For the whole HTTP answer, redirects included."""
    redirects: int = 10
    call_seconds: float = 1200.0
    """The carrier ends a call that lasts longer (Twilio's own limit is four hours)."""
    recording_delay_seconds: float = 2.0
    """From the end of a recording to the callback that says that the file is ready."""
    ring_extra_seconds: float = 5.0
    """Twilio rings longer than `<Dial timeout>` says."""


class FetchFailed(Exception):  # noqa: N818  an outcome of the call
    """The service gave no usable answer.

    Args:
        error: Twilio's error number.
        url: The public address that failed.
        message: What happened.
    """

    def __init__(self, error: int, url: str, message: str) -> None:
        super().__init__(message)
        self.error = error
        self.url = url


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the service."""

    url: str
    """The public address after redirects."""
    kind: str
    """Media type without parameters."""
    body: bytes

    @property
    def is_twiml(self) -> bool:
        """Whether it must be TwiML."""
        return self.kind in _XML

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service is."""

    base_url: str
    """Where it listens, `http://127.0.0.1:8080`."""
    public_url: str
    """What it is called in the world, `https://voicebot.city.example.jp`."""

    def resolve(self, url: str, document_url: str) -> str:
        """A public address out of an address in a document."""
        return urljoin(document_url, url.strip())

    def resolve_stream(self, url: str, document_url: str) -> str:
        """The same for a media socket: a relative address becomes `wss` (`ws` where the document came over http)."""
        if "://" in url:
            return url.strip()
        return "ws" + self.resolve(url, document_url).removeprefix("http")

    def local(self, url: str) -> str:
        """Where to connect for a public address of http or websocket.

        Raises:
            FetchFailed: the address belongs to somebody else.
        """
        for known in (self.public_url, self.base_url):
            for scheme in ("http", "ws"):
                prefix = (scheme + known.removeprefix("http")).rstrip("/")
                if url == prefix or url.startswith((prefix + "/", prefix + "?")):
                    return (scheme + self.base_url.removeprefix("http")).rstrip("/") + url.removeprefix(prefix)
        raise FetchFailed(RETRIEVAL_FAILURE, url, "an address outside the service; the simulator does not go there")


class Fetcher:
    """One call's HTTP client at the carrier. Cookies are kept for the call.

    Args:
        service: Where the service is.
        signer: Signs every request.
        limits: When to give up.
        timeline: Every request and its answer are noted there.
        transport: How requests travel; the network by default.
        tampered: Whether to sign wrongly.
    """

    def __init__(
        self,
        service: Service,
        signer: Signer,
        limits: Limits,
        timeline: Timeline,
        transport: httpx.AsyncBaseTransport | None,
        *,
        tampered: bool,
    ) -> None:
        self._service = service
        self._signer = signer
        self._limits = limits
        self._timeline = timeline
        self._tampered = tampered
        self._client = httpx.AsyncClient(
            transport=transport,
            headers={"user-agent": "TwilioProxy/1.1", "accept": "*/*"},
            timeout=httpx.Timeout(None, connect=limits.connect_seconds),
            trust_env=False,
        )

    async def fetch(self, url: str, params: Mapping[str, str], method: str = "POST") -> Page:
        """Ask the service at a public address.

        Raises:
            FetchFailed: no answer in time, an error status, or too many redirects.
        """
        answer_url, response = await self._ask(url, params, method, "webhook")
        if response.status_code >= 400:
            raise FetchFailed(RETRIEVAL_FAILURE, answer_url, f"answered with HTTP {response.status_code}")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Page(answer_url, kind, response.content)

    async def notify(self, url: str, params: Mapping[str, str], method: str = "POST") -> None:
        """A status callback: the answer changes nothing, but Twilio's debugger wants 204, or an empty XML document."""
        try:
            _, response = await self._ask(url, params, method, "callback")
        except FetchFailed as failure:
            detail: dict[str, Json] = {"error": failure.error, "url": urlsplit(failure.url).path}
            self._timeline.note("error", f"status callback: {failure}", detail)
            return
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.status_code != 204 and not (response.status_code == 200 and kind in _XML):
            text = f"status callback answered with HTTP {response.status_code} {kind}; Twilio wants 204 or XML"
            self._timeline.note("error", text, {"error": RETRIEVAL_FAILURE, "url": urlsplit(url).path})

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, url: str, params: Mapping[str, str], method: str, kind: str) -> tuple[str, httpx.Response]:
        try:
            async with asyncio.timeout(self._limits.answer_seconds):
                for _ in range(self._limits.redirects + 1):
                    response = await self._send(url, params, method, kind)
                    if not response.has_redirect_location:
                        return url, response
                    url = self._service.resolve(response.headers["location"], url)
                    if response.status_code not in {307, 308}:
                        method, params = "GET", {}
        except (TimeoutError, httpx.TimeoutException) as error:
            raise FetchFailed(TIMED_OUT, url, "no answer within the time limit") from error
        except httpx.HTTPError as error:
            raise FetchFailed(RETRIEVAL_FAILURE, url, f"connection failed ({type(error).__name__})") from error
        raise FetchFailed(TOO_MANY_REDIRECTS, url, f"more than {self._limits.redirects} redirects")

    async def _send(self, url: str, params: Mapping[str, str], method: str, kind: str) -> httpx.Response:
        asked_at = self._timeline.seconds
        form = dict(params)
        if method == "GET" and form:
            url, form = f"{url}{'&' if '?' in url else '?'}{urlencode(form)}", {}
        headers = self._signer.headers(url, form, tampered=self._tampered)
        local = self._service.local(url)
        response = await self._client.request(method, local, data=form or None, headers=headers)
        path = urlsplit(url).path
        detail: dict[str, Json] = {
            "method": method,
            "path": path,
            "status": response.status_code,
            "answer_seconds": round(self._timeline.seconds - asked_at, 4),
        }
        text = f"{method} {path} -> {response.status_code}"
        self._timeline.note("callback" if kind == "callback" else "webhook", text, detail)
        return response
