"""`voicebot evaluate`: a benchmark, a city's own questions, past calls, whole talks; in writing and spoken."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voicebot import bootstrap
from voicebot.actions import AskFaq, Grammar, Play
from voicebot.cli import app, measuring
from voicebot.dialog.phrases import CONFIRM
from voicebot.errors import VoicebotError
from voicebot.events import Alternative, CallEnded, FaqAnswered, FaqHit, Heard
from voicebot.settings import Settings
from voicebot.simulator.overhearing import Overheard
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.reviews import Judgement
from voicebot.transcripts.store import Store
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=9)))
CORPUS = {
    "0": "Question: 住民票の写しはどこで取れますか\nAnswer: 市民課の窓口です。",
    "1": "Question: 粗大ごみの出し方\nAnswer: 電話で申し込んでください。",
    "2": "Question: 固定資産税の納期\nAnswer: 四月です。",
}


def run(*arguments: str | Path) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path / "var"))
    (tmp_path / "var").mkdir()
    # As where the extra `meaning` is not installed: vectors would be made anew for each test.
    monkeypatch.setattr(bootstrap, "meaning", lambda: None)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the small city."""
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", folder)
    return folder


@pytest.fixture
def small_benchmark(tmp_path: Path) -> Path:
    """Three entries and two questions."""
    folder = tmp_path / "bench"
    folder.mkdir()
    files = {
        "corpus.json": CORPUS,
        "queries.json": {"a": "住民票の写しはどこで取れますか", "b": "固定資産税の納期"},
        "qrels.json": {"a": {"0": 2}, "b": {"2": 1}},
    }
    for name, data in files.items():
        (folder / name).write_text(json.dumps(data), "utf-8")
    (folder / "faq_department.tsv").write_text("faq_id\tdepartment\n0\t市民課\n1\t環境課\n2\t税務課\n", "utf-8")
    routing = "query_id\tquery\tdepartments_grade2\tdepartments_grade1\na\t住民票\t市民課\t\nb\t税\t税務課\t\n"
    (folder / "routing.tsv").write_text(routing, "utf-8")
    return folder


@pytest.fixture
def telephone(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Grammar]]:
    """A line on which 住民票 is not heard and all else is understood; remembers what was said on it."""
    said: list[tuple[str, Grammar]] = []

    class Line:
        def hear(self, text: str, grammar: Grammar) -> Overheard:
            said.append((text, grammar))
            return Overheard(() if "住民票" in text else (Alternative(text, reading(text), 0.8),), 2)

    @contextmanager
    def opened(settings: Settings, *, fresh: bool = False) -> Iterator[Line]:
        yield Line()

    monkeypatch.setattr(measuring, "telephone", opened)
    return said


def test_a_benchmark_is_measured(small_benchmark: Path) -> None:
    """Questions as written are found."""
    result = run("faq", small_benchmark)
    assert result.exit_code == 0, result.output
    assert "bench: FAQ 3件" in result.output
    assert "1.000" in result.output
    assert "答える割合と間違い (文字)" in result.output


def test_everything_is_given_as_json(small_benchmark: Path) -> None:
    """For machines; the bar goes to standard error."""
    data = json.loads(run("faq", small_benchmark, "--json").stdout)
    assert (data["text"]["hit@1"], data["text"]["routing@1"], data["text"]["questions"]) == (1.0, 1.0, 2)
    assert [row["place"] for row in data["rows"]["text"]] == [1, 1]


def test_spoken_questions_make_a_second_column(small_benchmark: Path, telephone: list[tuple[str, Grammar]]) -> None:
    """One of two was not heard: half of the points are lost."""
    result = run("faq", small_benchmark, "--spoken")
    assert "hit@3 で50.0ポイント" in result.output
    assert "途中で話し終わりと取られた質問: 2" in result.output
    assert [text for text, _ in telephone] == ["住民票の写しはどこで取れますか", "固定資産税の納期"]
    assert telephone[0][1] == Grammar("ja", "open", ("住民票", "粗大", "固定資産税", "納期"))
    data = json.loads(run("faq", small_benchmark, "--spoken", "--limit", "1", "--json").stdout)
    assert (data["text"]["hit@3"], data["spoken"]["hit@3"], data["cut_into_several_turns"]) == (1.0, 0.0, 1)


def test_a_citys_own_questions_are_measured(city: Path, tmp_path: Path) -> None:
    """A CSV in the office's encoding; a row that cannot be used is named."""
    path = tmp_path / "質問.csv"
    text = (
        "質問,正解,担当課\r\n住民票がほしい,住民票の写しの取り方,\r\n犬を飼い始めました,,総合案内\r\n猫,猫の登録,\r\n"
    )
    path.write_bytes(text.encode("cp932"))
    result = run("faq", path, "--city", city)
    assert result.exit_code == 0, result.output
    assert "4行目: 「猫の登録」という質問は FAQ にありません。" in result.output
    data = json.loads(run("faq", path, "--city", city, "--json").stdout)
    assert (data["text"]["questions"], data["text"]["hit@1"]) == (2, 1.0)


def test_past_calls_are_measured(city: Path, tmp_path: Path) -> None:
    """What a caller confirmed is a question with a known answer, as it was heard; what is gone from the FAQ is told."""
    with Store(tmp_path / "var" / "voicebot.db") as store:
        for number, entry in enumerate(("犬の登録", "もうない質問")):
            call = store.begin_call(NewCall(f"CA{number}", None, "+815000000000", "ja", ""), NOON)
            transcript = store.transcript(call)
            heard = (Alternative("犬を飼い始めました", reading("犬を飼い始めました"), 0.7),)
            hit = FaqHit(entry, entry, "保健所です。", "総合案内", 0.7)
            for record in (
                AskFaq(2, "ja", heard),
                FaqAnswered(2, (hit,)),
                Play(3, (), CONFIRM),
                Play(4, (), "ほかに", entry),
                CallEnded("caller"),
            ):
                transcript.append(1.0, record)
            store.end_call(call, NOON + timedelta(seconds=30), "caller")
    result = run("faq", "--from-calls", "--city", city, "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert (data["calls"]["questions"], data["calls"]["hit@1"]) == (1, 1.0)
    assert "1件" in data["problems"][0]
    assert data["rows"]["calls"][0]["heard"] == ["犬を飼い始めました"]


def test_what_staff_have_said_about_past_calls_is_measured(city: Path, tmp_path: Path) -> None:
    """Although the caller confirmed nothing."""
    with Store(tmp_path / "var" / "voicebot.db") as store:
        call = store.begin_call(NewCall("CA1", None, "+815000000000", "ja", ""), NOON)
        transcript = store.transcript(call)
        transcript.append(0.5, Play(1, (), "受付"))
        transcript.append(1.0, Heard(1, (Alternative("犬を買い始めました", reading("犬を飼い始めました"), 0.7),)))
        transcript.append(2.0, CallEnded("caller"))
        store.end_call(call, NOON + timedelta(seconds=30), "caller")
        store.flush()
        assert store.reviews.correct(call, 1, Judgement("犬を飼い始めました", entry="犬の登録"), "hanako", NOON)
    result = run("faq", "--from-calls", "--city", city, "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert (data["calls"]["questions"], data["calls"]["hit@1"]) == (1, 1.0)


def test_whole_talks_are_held(city: Path, tmp_path: Path, telephone: list[tuple[str, Grammar]]) -> None:
    """In writing both arrive; by telephone one is not heard, and its talk is shown."""
    path = tmp_path / "会話.yaml"
    path.write_text(
        "- {ask: 住民票がほしい, expect: 住民票の写しの取り方}\n- {ask: 犬の登録, expect: 犬の登録}\n", "utf-8"
    )
    data = json.loads(run("talks", path, "--city", city, "--json").stdout)
    assert (data["text"]["talks"], data["text"]["reached"]) == (2, 2)
    result = run("talks", path, "--city", city, "--spoken")
    assert "100.0%" in result.output
    assert "50.0%" in result.output
    assert "(聞こえたまま: )" in result.output
    assert telephone[0][1].kind == "open"


@pytest.mark.parametrize("arguments", [("faq",), ("faq", "ない.csv"), ("talks", "ない.yaml")])
def test_without_questions_the_command_says_what_it_wants(arguments: tuple[str, ...], city: Path) -> None:
    """With the forms that it takes."""
    result = run(*arguments, "--city", city)
    assert result.exit_code != 0
    assert result.exception is not None
    assert isinstance(result.exception, VoicebotError | SystemExit)


def test_no_calls_yet_is_said(city: Path, tmp_path: Path) -> None:
    """An empty store has no questions."""
    Store(tmp_path / "var" / "voicebot.db").close()
    result = run("faq", "--from-calls", "--city", city)
    assert isinstance(result.exception, VoicebotError)
    assert result.exception.code == "evaluation.nothing"


def test_questions_are_sampled_evenly() -> None:
    """Over the whole list, each once."""
    asked = tuple(range(10))
    assert measuring.sampled(asked, 4) == (0, 2, 5, 7)  # type: ignore[arg-type,comparison-overlap]
    assert measuring.sampled(asked, 0) == asked  # type: ignore[arg-type,comparison-overlap]
    assert measuring.sampled(asked, 99) == asked  # type: ignore[arg-type,comparison-overlap]
