"""Headers that every answer of the staff's pages bears, and from which networks they may be opened."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Networks = Sequence[IPv4Network | IPv6Network]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def is_staff(path: str) -> bool:
    """Whether this is an address of the staff's pages, also behind a path that a proxy keeps."""
    return "staff" in path.split("/")


class Armour:
    """Middleware for everything under `/staff`; the carrier's doors are left as they are.

    Args:
        app: What is inside.
        networks: From which the pages may be opened; empty means any.
    """

    def __init__(self, app: ASGIApp, networks: Networks) -> None:
        self._app = app
        self._networks = networks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, and put the headers on its answer."""
        if scope["type"] not in {"http", "websocket"} or not is_staff(scope["path"]):
            await self._app(scope, receive, send)
            return
        if not self._from_within(scope):
            await PlainTextResponse("Forbidden", 403)(scope, receive, send)
            return

        async def armoured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                if scope["scheme"] == "https":
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        await self._app(scope, receive, armoured)

    def _from_within(self, scope: Scope) -> bool:
        if not self._networks:
            return True
        try:
            host = ip_address((scope.get("client") or ("", 0))[0])
        except ValueError:
            return False
        return any(host in network for network in self._networks)
