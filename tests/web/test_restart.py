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
from house import PUBLIC, ROOT, TOKEN, House, Unhandled, numbers_of, service, speak, token_of, until
from transferring import ring

from voicebot.actions import Record
from voicebot.events import CallEnded, CallResumed, CallStarted, MessageRecorded, TransferEnded

COMMAND = Path(sys.executable).with_name("voicebot")
DUTY = "+815000002900"
"""Day and night: the service that is started as a command cannot pretend to be at another time."""


def _own_port() -> int:
    """A port that stays free while the service is away: no connection of another program is given one so low."""
    for port in range(15_000 + os.getpid() % 10_000, 32_000):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise AssertionError("no port is free")


class Killed:
    """`voicebot serve` in a process of its own, that can be killed and started again on the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _own_port()
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
            until(lambda: self._answers(house), 180)
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
        until(lambda: len(house.texts("CAtalking")) >= 2)
        deciding = house.media("CAdeciding", house.token("CAdeciding"))
        dialling = house.media("CAdialling", house.token("CAdialling"))
        for media in (deciding, dialling):
            until(lambda media=media: media.events("media"))
            media.key("7")
        assert [media.wait_closed() for media in (deciding, dialling)] == [1000, 1000]
        assert numbers_of(house.twiml("after-stream", "CAdialling")) == [DUTY]
    talking.wait_closed()
    with killed.serving() as house:
        assert numbers_of(house.twiml("after-stream", "CAdeciding")) == [DUTY]

        again = house.media("CAtalking", token_of(house.twiml("after-stream", "CAtalking")))
        until(lambda: any(text.startswith("お待たせいたしました。") for text in house.texts("CAtalking")))
        again.key("7")
        assert again.wait_closed() == 1000
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


@pytest.mark.slow
def test_a_service_that_is_killed_while_messages_are_left_and_telephones_ring_loses_nothing(tmp_path: Path) -> None:
    """A message that is being left, one that has just been left, a whisper that was answered, one that was not."""
    killed = Killed(tmp_path)
    speech = speak("水道の水が出ません。すぐに見に来てください。")
    with killed.serving() as house:
        dials = {}
        for sid in ("CAaccepting", "CAringing"):
            media = house.media(sid, house.token(sid))
            until(lambda media=media: media.events("media"))
            media.key("7")
            assert media.wait_closed() == 1000
            dials[sid] = ring(house, sid)
        whispered = dials["CAaccepting"].pick_up(DUTY)
        dials["CAringing"].pick_up(DUTY)

        leaving = {}
        for sid in ("CAleft", "CAleaving", "CAgone"):
            leaving[sid] = house.media(sid, house.token(sid))
            until(lambda sid=sid: leaving[sid].events("media"))
            leaving[sid].key("3")
        for sid, media in leaving.items():
            until(lambda sid=sid: house.of(sid, Record))
            media.talk(speech)
        until(lambda: all(_heard(tmp_path, house, sid) > 2.0 for sid in leaving))
        leaving["CAleft"].key("1")
        until(lambda: house.of("CAleft", MessageRecorded))
        assert dials["CAaccepting"].press(whispered, "1").verbs == ()
    for media in leaving.values():
        media.wait_closed()
    with killed.serving() as house:
        kept = {sid: house.of(sid, MessageRecorded) for sid in leaving}
        assert [len(events) for events in kept.values()] == [1, 1, 1]
        assert all(events[0].seconds > 1.0 for events in kept.values())
        tickets = house.service.store.ticket_desk.listed("open", "環境課")
        assert {ticket.recording for ticket in tickets} == {events[0].recording for events in kept.values()}

        again = house.media("CAleaving", token_of(house.twiml("after-stream", "CAleaving")))
        until(lambda: any(text.startswith("お待たせいたしました。") for text in house.texts("CAleaving")))
        assert "録り直すのは2番" in house.texts("CAleaving")[-1]
        again.key("3")
        assert again.wait_closed() == 1000
        house.post("status", "CAgone", CallStatus="completed")

        for dial in dials.values():
            dial.house = house
        dials["CAaccepting"].ends(bridged=True)
        until(lambda: house.of("CAaccepting", TransferEnded))
        assert [event.outcome for event in house.of("CAaccepting", TransferEnded)] == ["connected"]
        back = house.media("CAringing", token_of(dials["CAringing"].ends("no-answer")))
        until(lambda: house.of("CAringing", TransferEnded))
        assert [event.outcome for event in house.of("CAringing", TransferEnded)] == ["no_answer"]
        back.stop()
        until(lambda: house.of("CAgone", CallEnded))
        assert len(house.of("CAgone", MessageRecorded)) == 1
    assert "Traceback" not in (tmp_path / "log").read_text()


def _heard(folder: Path, house: House, sid: str) -> float:
    """Seconds of a call's message on the disk."""
    call_id = house.service.store.find(sid)
    return sum(path.stat().st_size for path in (folder / "recordings" / "calls").glob(f"{call_id}-message-*")) / 16000
