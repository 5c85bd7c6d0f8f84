"""The real service in a process of its own, so that what it costs can be told from what its callers cost.

`python -m bench.service FOLDER` serves on a free port of the loopback, as in office hours, keeps its records in
FOLDER, and prints `listening PORT` when everything that is known beforehand has been prepared.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from voicebot import bootstrap
from voicebot.cli.serve import server, warm
from voicebot.content import essential_prompts, further_prompts
from voicebot.settings import Settings

ROOT = Path(__file__).parent.parent
TOKEN = "a token for measurements"
PUBLIC = "https://voicebot.example.jp"
OFFICE_HOURS = datetime(2026, 11, 24, 10, 0)
LINKED = ("models", "voice-cache", "faq-vectors")
"""What does not have to be made anew each time."""
STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Running:
    """A service under way, seen from outside."""

    base_url: str
    process: int

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        lines = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    @property
    def cpu_seconds(self) -> float:
        """Of all its threads, since it began."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running() -> Iterator[Running]:
    """Start the service and wait until it is ready; end it afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in LINKED:
            (ROOT / "var" / each).mkdir(parents=True, exist_ok=True)
            (folder / each).symlink_to(ROOT / "var" / each)
        command = [sys.executable, "-m", "bench.service", name]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield Running(f"http://127.0.0.1:{_port(process)}", process.pid)
            finally:
                process.terminate()
                process.wait(STOP_SECONDS)


def _port(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    for line in process.stdout:
        word, _, port = line.partition(" ")
        if word == "listening":
            return int(port)
    raise SystemExit("The service has not begun; its own words stand above.")


def main() -> None:
    """Serve until stopped."""
    folder = Path(sys.argv[1])
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data=folder,
        recordings=folder / "recordings",
        public_url=PUBLIC,
        twilio_auth_token=TOKEN,
        max_calls=64,
    )
    service = bootstrap.service(settings)
    moment = OFFICE_HOURS.replace(tzinfo=service.content.city.profile.zone)
    service = replace(service, office_time=lambda: moment)
    warm(service, lambda text: None, [*essential_prompts(service.content), *further_prompts(service.content)])
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"listening {listener.getsockname()[1]}", flush=True)
    server(service).run([listener])


if __name__ == "__main__":
    main()
