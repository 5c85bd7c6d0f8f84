"""A running service is given other content: a real server, a real socket file, a real call under way."""

import asyncio
import json
import shutil
import stat
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from house import ROOT, House, open_house, service, until
from typer.testing import CliRunner

from voicebot.cli import app
from voicebot.web.app import application
from voicebot.web.reloading import SOCKET, Reloading, order

GREETING = "trees/総合案内.yaml"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of みじか市 to be changed."""
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", folder)
    return folder


def change(city: Path, name: str, old: str, new: str) -> None:
    """Other words in a file; the old ones must be there."""
    text = (city / name).read_text("utf-8")
    assert old in text
    (city / name).write_text(text.replace(old, new), "utf-8")


def told(house: House) -> dict[str, object]:
    """What the service answers to an order."""
    return asyncio.run(order(house.service.settings.data))


def running(tmp_path: Path, city: Path) -> AbstractContextManager[House]:
    """A service that takes orders."""
    made = service(tmp_path, city=city)
    return open_house(made, orders=made.settings.data)


def test_new_content_is_used_from_the_next_call_on(tmp_path: Path, city: Path) -> None:
    """A call under way keeps what it began with, also when its stream is opened anew; the next one hears the new."""
    with running(tmp_path, city) as house:
        before = house.service.content
        first = house.media("CA1", house.token("CA1"))
        until(lambda: bool(house.texts("CA1")))
        change(city, GREETING, "録音します。", "新しく録音します。")
        answer = told(house)
        assert (answer["verdict"], answer["content"]) == ("changed", house.service.content.fingerprint)
        assert house.health().json()["content"] == answer["content"] != before.fingerprint
        house.media("CA2", house.token("CA2"))
        until(lambda: bool(house.texts("CA2")))
        assert "新しく" in house.texts("CA2")[0]
        first.key("*")
        until(lambda: len(house.texts("CA1")) > 1)
        assert all("新しく" not in text for text in house.texts("CA1"))
        assert house.service.edition(before.fingerprint).content is before
        assert told(house)["verdict"] == "unchanged"


def test_content_with_a_fault_is_refused_whole(tmp_path: Path, city: Path) -> None:
    """The answer names the faults, the health page says so, and calls go on; mended, it is taken."""
    with running(tmp_path, city) as house:
        before = house.service.content.fingerprint
        change(city, "phrases.yaml", "  no_input:", "  no_imput:")
        change(city, GREETING, "録音します。", "新しく録音します。")
        answer = told(house)
        assert answer["verdict"] == "refused"
        found = answer["findings"]
        assert isinstance(found, list)
        assert [(each["path"], each["level"]) for each in found] == [("phrases.yaml", "fault")] * 2
        assert "もしかして: 「no_input」" in json.dumps(found, ensure_ascii=False)
        health = house.health().json()
        assert (health["content"], health["content_refused"]) == (before, True)
        house.media("CA1", house.token("CA1"))
        until(lambda: bool(house.texts("CA1")))
        assert "新しく" not in house.texts("CA1")[0]
        change(city, "phrases.yaml", "  no_imput:", "  no_input:")
        assert told(house)["verdict"] == "changed"
        assert house.health().json()["content_refused"] is False


def test_a_golden_talk_that_does_not_come_true_keeps_new_content_out(tmp_path: Path, city: Path) -> None:
    """The whole check guards a load."""
    (city / "talks" / "見本.yaml").write_text("talks: [{name: 名乗り, lines: [応答: もしもし]}]", "utf-8")
    with running(tmp_path, city) as house:
        change(city, GREETING, "録音します。", "新しく録音します。")
        answer = told(house)
        assert answer["verdict"] == "refused"
        assert "もしもし" in json.dumps(answer["findings"], ensure_ascii=False)


def test_the_socket_is_ours_alone_and_goes_with_the_service(tmp_path: Path, city: Path) -> None:
    """One that a killed service left behind is replaced; what is no order is not answered."""

    async def nonsense() -> bytes:
        reader, writer = await asyncio.open_unix_connection(data / SOCKET)
        writer.write(b"rm -rf /\n")
        answer = await reader.read()
        writer.close()
        return answer

    data = tmp_path / "data"
    data.mkdir()
    (data / SOCKET).write_text("left behind")
    with running(tmp_path, city):
        assert stat.S_IMODE((data / SOCKET).stat().st_mode) == 0o600
        assert asyncio.run(nonsense()) == b""
    assert not (data / SOCKET).exists()


def test_the_command_tells_what_became_of_it(tmp_path: Path, city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Japanese, for staff; exit code 1 for a refusal and for a service that does not run."""
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path / "data"))
    run = CliRunner()
    nobody = run.invoke(app, ["reload"])
    assert nobody.exit_code == 1
    assert "動いているサービスが見つかりません" in str(nobody.exception)
    with running(tmp_path, city):
        assert "同じです" in run.invoke(app, ["reload"]).output
        change(city, GREETING, "録音します。", "新しく録音します。")
        accepted = run.invoke(app, ["reload"])
        assert (accepted.exit_code, "新しい内容に切り替えました" in accepted.stdout) == (0, True)
        change(city, GREETING, "goto:", "gto:")
        refused = run.invoke(app, ["reload"])
        assert refused.exit_code == 1
        assert "もしかして: 「goto」" in refused.stderr
        assert "電話は、これまでの内容のまま続いています" in refused.stderr


def test_a_folder_in_which_no_socket_can_be_made_only_costs_the_command(tmp_path: Path, city: Path) -> None:
    """A path that is too long for one."""

    async def listen() -> None:
        async with Reloading(made, lambda text, language: text).listening(tmp_path / ("x" * 120)):
            pass

    made = service(tmp_path, city=city)
    asyncio.run(listen())
    made.close()


def test_only_serve_listens(tmp_path: Path) -> None:
    """The service of a simulated call must not take the orders of the real one."""
    made = service(tmp_path)
    assert application(made).state.orders is None
    made.close()
