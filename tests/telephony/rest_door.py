"""The carrier's REST door on this machine, and the vendor's own client that comes to it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response


class Carrier:
    """What the carrier answers, and what it was asked.

    Args:
        status: Of HTTP.
        answer: As JSON.
    """

    def __init__(self, status: int, answer: object) -> None:
        self.status = status
        self.answer = json.dumps(answer)
        self.asked: list[tuple[str, str | None, dict[str, list[str]]]] = []
        carrier = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
                carrier.asked.append((self.path, self.headers["Authorization"], parse_qs(body)))
                sound = carrier.answer.encode()
                self.send_response(carrier.status)
                self.send_header("Content-Length", str(len(sound)))
                self.end_headers()
                self.wfile.write(sound)

            do_GET = do_POST  # noqa: N815  the name is the standard library's

            def log_message(self, *args: Any) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Door)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        """Nobody answers any more."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Rerouted(TwilioHttpClient):
    """The vendor's client, whose requests come to this machine instead."""

    def __init__(self, port: int) -> None:
        super().__init__(pool_connections=False, timeout=5.0)
        self._port = port

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        there = urlsplit(url)
        assert (there.scheme, there.netloc) == ("https", "api.twilio.com")
        here = urlunsplit(("http", f"127.0.0.1:{self._port}", there.path, there.query, ""))
        return super().request(method, here, *args, **options)
