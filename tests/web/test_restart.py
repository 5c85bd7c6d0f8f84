"""The service is killed in the middle of calls and started again: what it knew is in the store, and nobody is lost."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from house import PUBLIC, ROOT, TOKEN, House, Unhandled, numbers_of, service, token_of, until

from voicebot.events import CallEnded, CallResumed, CallStarted, TransferEnded

COMMAND = Path(sys.executable).with_name("voicebot")
DUTY = "+815000002900"
"""Day and night: the service that is started as a command cannot pretend to be at another time."""


class Killed:
    """`voicebot serve` in a process of its own, that can be killed and started again on the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        cache = ROOT / "var" / "voice-cache"
        cache.mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir()
        # Made once and kept: git ignores the folder.
        (folder / "data" / "voice-cache").symlink_to(cache)

    @contextmanager
    def serving(self) -> Iterator[House]:
        """The service from its start until it is killed."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("VOICEBOT_")
        } | {
            "VOICEBOT_CITY": str(ROOT / "tests" / "cities" / "mijika"),
            "VOICEBOT_GRAMMARS": str(ROOT / "grammars"),
            "VOICEBOT_DATA": str(self.folder / "data"),
            "VOICEBOT_RECORDINGS": str(self.folder / "recordings"),
            "VOICEBOT_TWILIO_AUTH_TOKEN": TOKEN,
            "VOICEBOT_PUBLIC_URL": PUBLIC,
            "VOICEBOT_PORT": str(self.port),
        }  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [str(COMMAND), "serve"], env=environment, stdout=log, stderr=log, cwd=self.folder
            )
        made = service(self.folder)  # the same folder, seen from outside
        house = House(made, f"http://127.0.0.1:{self.port}", Unhandled())
        try:
            until(lambda: self._answers(house), 90)
            yield house
        finally:
            process.kill()
            process.wait()
            house.close()
            made.close()

    def _answers(self, house: House) -> bool:
        try:
            return house.health().status_code == 200
        except httpx.TransportError:
            return False


@pytest.mark.slow
def test_a_service_that_is_killed_in_the_middle_of_calls_loses_nobody(tmp_path: Path) -> None:
    """One call on its stream, one between stream and action, one while it rings at the department."""
    killed = Killed(tmp_path)
    with killed.serving() as house:
        talking = house.media("CAtalking", house.token("CAtalking"))
        until(lambda: len(house.texts("CAtalking")) == 2)
        deciding = house.media("CAdeciding", house.token("CAdeciding"))
        dialling = house.media("CAdialling", house.token("CAdialling"))
        for media in (deciding, dialling):
            until(lambda media=media: media.events("media"))
            media.key("7")
        assert [media.wait_closed(20) for media in (deciding, dialling)] == [1000, 1000]
        assert numbers_of(house.twiml("after-stream", "CAdialling")) == [DUTY]
    talking.wait_closed()
    with killed.serving() as house:
        assert numbers_of(house.twiml("after-stream", "CAdeciding")) == [DUTY]

        again = house.media("CAtalking", token_of(house.twiml("after-stream", "CAtalking")))
        until(lambda: any(text.startswith("お待たせいたしました。") for text in house.texts("CAtalking")))
        again.key("7")
        assert again.wait_closed(20) == 1000
        assert len(house.of("CAtalking", CallStarted)) == len(house.of("CAtalking", CallResumed)) == 1

        back = house.twiml("after-dial", "CAdialling", DialCallStatus="busy")
        media = house.media("CAdialling", token_of(back))
        until(lambda: house.texts("CAdialling")[-1].startswith("話し中です。"))
        assert [event.outcome for event in house.of("CAdialling", TransferEnded)] == ["busy"]
        media.stop()

        house.post("status", "CAdeciding", CallStatus="completed")
        until(lambda: house.of("CAdeciding", CallEnded))
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
