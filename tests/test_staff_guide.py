"""The guide for staff is followed step by step in a copy of the city, with the real commands and their real words."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot.cli import app

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "staff" / "質問を足す.md").read_text("utf-8")
STEPS, MISTAKES = GUIDE.split("## よくある五つの間違い")
NUMBER = re.compile(r":\d+:")
"""The number of a line: it changes whenever somebody edits the file above it."""
BELOW, ADDED, AT_THE_END = " のこの行の下に", " に足す", " の終わりに"


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def follow(city: Path) -> None:
    """Do what steps 1 to 3 say: put a line below another, put lines at the end of a file."""
    above = ""
    for block in blocks(STEPS, "yaml"):
        head, _, lines = block.partition("\n")
        where = head.removeprefix("# ")
        file = city / where.split(" ")[0]
        text = file.read_text("utf-8")
        if where.endswith(BELOW):
            assert text.count(lines) == 1, "the line that the guide names is in the file, once"
            above = lines
        elif where.endswith(ADDED):
            file.write_text(text.replace(above, above + lines), "utf-8")
        else:
            assert where.endswith(AT_THE_END), where
            file.write_text(text.rstrip("\n") + "\n" + lines, "utf-8")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of みなと市 in which the guide has been followed; only its own talk is held."""
    monkeypatch.chdir(ROOT)
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "dialogs" / "minato", folder)
    for talks in (folder / "talks").glob("*.yaml"):
        talks.unlink()
    (folder / "talks" / "環境課.yaml").write_text("talks:\n", "utf-8")
    follow(folder)
    return folder


def checked(city: Path) -> tuple[int, list[str], str]:
    """Exit code, the faults, and what is said when all is well."""
    result = CliRunner().invoke(app, ["check", str(city)])
    told = [line for line in result.stderr.splitlines() if ".yaml:" in line]
    faults = [line for line in told if "参考: " not in line and "注意: " not in line]
    return result.exit_code, faults, result.stdout


def test_who_follows_the_guide_is_told_that_all_is_well(city: Path) -> None:
    """In the words that the guide prints, and without any 注意 about what was added."""
    code, faults, said = checked(city)
    assert (code, faults) == (0, [])
    (printed,) = blocks(STEPS, "text")
    assert said.startswith(printed.strip().removesuffix("…"))


def test_the_conversation_that_the_guide_promises_takes_place(city: Path) -> None:
    """What is typed in step 5 gives what the guide shows at its beginning; the talk can be kept."""
    typed = "ごみ\n電池\n/1\n/保存 電池 電池の捨て方を声で選ぶ\n/終わり\n"
    said = CliRunner().invoke(app, ["talk", "--city", str(city), "--at", "2026-11-24T10:00"], input=typed).output
    promised = re.findall(r"自動音声:「(.*?)」", STEPS)
    assert len(promised) == 2
    for words in promised:
        assert words in said
    assert (city / "talks" / "電池.yaml").exists()
    assert checked(city)[0] == 0


def mistakes() -> Iterator[tuple[str, str, str]]:
    """What is right, what is wrong, and what the guide says that the check says."""
    for part in MISTAKES.split("\n### ")[1:]:
        right, wrong = (block.split("\n", 1)[1] for block in blocks(part, "yaml"))
        (messages,) = blocks(part, "text")
        yield right, wrong, messages


@pytest.mark.parametrize(("right", "wrong", "messages"), list(mistakes()), ids=["1", "2", "3", "4", "5"])
def test_a_mistake_gives_the_words_that_the_guide_prints(city: Path, right: str, wrong: str, messages: str) -> None:
    """Word for word, at the line that is wrong."""
    file = city / "trees" / "環境課.yaml"
    text = file.read_text("utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, wrong), "utf-8")
    code, faults, _ = checked(city)
    assert code == 1
    printed = messages.strip().splitlines()
    assert [NUMBER.sub("", fault) for fault in faults] == [NUMBER.sub("", line) for line in printed]
    for fault in faults:
        path, line, _ = fault.split(":", 2)
        around = (city / path).read_text("utf-8").splitlines()[int(line) - 2 : int(line)]
        assert any(said in wrong for said in around) or path.startswith("talks/"), "the number is of the wrong line"


def test_every_word_in_code_style_that_names_a_file_is_there() -> None:
    """A guide that names a file that does not exist loses its reader."""
    for name in re.findall(r"`((?:trees|talks|faq)/[^`]+\.yaml)`", GUIDE):
        assert (ROOT / "dialogs" / "minato" / name).exists(), name
