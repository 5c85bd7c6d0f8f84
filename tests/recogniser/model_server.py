"""A real HTTP server on this machine that misbehaves on request."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Site:
    """What the server serves and how."""

    files: dict[str, bytes]
    tag: str = '"one"'
    """The ETag; "" for none."""
    modified: str = ""
    """The Last-Modified date; "" for none."""
    ranges: bool = True
    """Whether parts can be had."""
    cuts: list[int] = field(default_factory=list)
    """For each of the next requests: after how many bytes the connection breaks; 0 at once, -1 never."""
    sized: bool = True
    """Whether the length is told."""
    status: int = 200
    requests: list[str] = field(default_factory=list)
    """The Range header of each request."""
    address: str = ""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve until the block is left; `site.address` then ends with a slash."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append(self.headers.get("Range", ""))
            body = site.files.get(self.path.lstrip("/"))
            status = site.status if body is not None else 404
            if body is None or status != 200:
                self._refuse(status)
            else:
                self._send(body)

        def _refuse(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _send(self, body: bytes) -> None:
            start = 0
            match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            if site.ranges and match and self.headers.get("If-Range") in {site.tag, site.modified}:
                start = int(match[1])
                if start >= len(body):
                    return self._refuse(416)
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            else:
                self.send_response(200)
            for name, value in (("ETag", site.tag), ("Last-Modified", site.modified)):
                if value:
                    self.send_header(name, value)
            if site.sized:
                self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            cut = site.cuts.pop(0) if site.cuts else -1
            self.wfile.write(body[start:] if cut < 0 else body[start : start + cut])
            return None

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the vendor's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
