"""A large file over HTTP: streamed, resumed where it was cut, limited in size.

Resuming follows RFC 9110, sections 13.1.5 (If-Range) and 14 (range requests): a part is continued only when the server
confirms, by a strong validator, that the file is still the same. This module must not know what is inside the file.
"""

import json
from collections.abc import Callable
from pathlib import Path

import httpx

from voicebot.errors import RecogniserError

Progress = Callable[[str, int, int], None]
"""`progress(what, done, total)`, in bytes; `total` is 0 while it is unknown."""

ATTEMPTS = 8
"""Attempts in all; each that brings nothing new is the last."""


def download(url: str, target: Path, limit_bytes: int, progress: Progress, client: httpx.Client) -> None:
    """Fetch `url` into `target`; a `.part` file beside it keeps what has come so far.

    Raises:
        RecogniserError: the server refuses, the file is too large, the disk is full, or the connection keeps breaking.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(target, url)
    for _ in range(ATTEMPTS):
        before = part.size
        try:
            _attempt(part, limit_bytes, progress, client)
        except httpx.RequestError as error:
            if part.size <= before:
                raise _broken() from error
        except OSError as error:
            raise RecogniserError(
                "recogniser.disk", "The model could not be written; free disk space or mend the folder's permissions."
            ) from error
        else:
            part.finish()
            return
    raise _broken()


class _Part:
    """The unfinished file, and a note of which version of which address it is a part of."""

    def __init__(self, target: Path, url: str) -> None:
        self.path = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")
        self._target = target
        self.url = url

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def validator(self) -> str:
        """The validator of the version that the part belongs to; "" when it can't be continued."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return str(note["validator"]) if note["url"] == self.url and self.size else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def restart(self, validator: str) -> None:
        self.path.write_bytes(b"")
        self._note.write_text(json.dumps({"url": self.url, "validator": validator}), encoding="utf-8")

    def finish(self) -> None:
        self.path.replace(self._target)
        self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


def _attempt(part: _Part, limit_bytes: int, progress: Progress, client: httpx.Client) -> None:
    headers = {"Accept-Encoding": "identity"}  # the size on the wire is the size on disk
    if part.validator:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": part.validator}
    with client.stream("GET", part.url, headers=headers, follow_redirects=True) as response:
        if response.status_code == 416:
            part.discard()
            raise httpx.ReadError("the part does not fit the file", request=response.request)
        if response.status_code == 206 and _first_byte(response) == part.size:
            pass
        elif response.status_code == 200:
            part.restart(_validator(response))
        else:
            raise _refused(response.status_code)
        _receive(response, part, limit_bytes, progress)


def _receive(response: httpx.Response, part: _Part, limit_bytes: int, progress: Progress) -> None:
    done = part.size
    total = done + int(response.headers.get("Content-Length", -done))
    with part.path.open("ab") as file:
        for chunk in response.iter_raw():
            done += len(chunk)
            if max(done, total) > limit_bytes:
                file.close()
                part.discard()
                raise RecogniserError(
                    "recogniser.too_large",
                    f"The server sends more than the {limit_bytes // 1_000_000} MB that this model can have; "
                    "download it by hand and install it from the file.",
                )
            file.write(chunk)
            progress("download", done, total)


def _validator(response: httpx.Response) -> str:
    tag = str(response.headers.get("ETag", ""))
    return tag if tag and not tag.startswith("W/") else str(response.headers.get("Last-Modified", ""))


def _first_byte(response: httpx.Response) -> int:
    first = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(first) if first.isdigit() else -1


def _refused(status: int) -> RecogniserError:
    if status in {404, 410}:
        return RecogniserError(
            "recogniser.model_unknown", "The server has no model of this name; see `voicebot models list`."
        )
    return RecogniserError(
        "recogniser.download", f"The server answered with status {status}; try again later, or install from a file."
    )


def _broken() -> RecogniserError:
    return RecogniserError(
        "recogniser.download",
        "The download broke off; check the network and run the same command again, it goes on where it stopped. "
        "Without a network: download the zip elsewhere and give its path instead of the name.",
    )
