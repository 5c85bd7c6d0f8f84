"""`voicebot faq import` and `faq export`, as staff use them, on a small city."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from voicebot.cli import app
from voicebot.errors import TableError, VoicebotError

ROOT = Path(__file__).parents[2]
TABLE = """\
みぢか市 よくある質問,,,,
No.,担当課名,質問内容,回答,備考
1,環境課,"Q1.ごみの日はいつですか
Q2.ごみは何曜日ですか",A.月曜日です。,
2,総合案内,犬の登録,市役所です。,
"""


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the small city."""
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", folder)
    return folder


def run(*arguments: str | Path) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(app, ["faq", *map(str, arguments)])


def table(folder: Path, text: str = TABLE) -> Path:
    """A file as Excel in Japan saves it."""
    path = folder / "質問.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode("cp932"))
    return path


def texts(city: Path) -> dict[str, str]:
    """The FAQ's files."""
    return {path.name: path.read_text("utf-8") for path in (city / "faq").iterdir()}


def test_an_import_is_shown_before_it_is_written(city: Path, tmp_path: Path) -> None:
    """New, changed with the words, missing; nothing is written without --apply."""
    before = texts(city)
    result = run("import", table(tmp_path), "--city", city)
    assert result.exit_code == 0, result.output
    for words in (
        "2件のうち、新しいもの 1件、変わるもの 1件、同じもの 0件、使えない行 0件",
        "使わなかった列があります:「備考」",
        "+ ごみの日はいつですか (環境課、3行目)",
        "別の聞き方: ごみは何曜日ですか",
        "回答: [-保健所-][+市役所+]です。",
        "- 住民票の写しの取り方 (faq/総合案内.yaml)",
        "--apply",
    ):
        assert words in result.output, words
    assert texts(city) == before


def test_an_applied_import_changes_its_lines_and_is_then_no_change(city: Path, tmp_path: Path) -> None:
    """A department without a file gets one."""
    path = table(tmp_path)
    assert run("import", path, "--city", city, "--apply").exit_code == 0
    after = texts(city)
    assert "answer: 市役所です。" in after["総合案内.yaml"]
    assert "also: [犬を飼い始めました, 犬の登録はどこですか]" in after["総合案内.yaml"]
    assert "question: ごみの日はいつですか" in after["環境課.yaml"]
    result = run("import", path, "--city", city, "--apply")
    assert "同じもの 2件" in result.output
    assert texts(city) == after


def test_bad_rows_stop_everything_unless_they_may_be_left_out(city: Path, tmp_path: Path) -> None:
    """Each is named with its cell; exit code 1."""
    before = texts(city)
    path = table(tmp_path, TABLE.replace(",環境課,", ",環境化,"))
    result = run("import", path, "--city", city, "--apply")
    assert result.exit_code == 1
    assert "3行目 B列(担当課名): 「環境化」という課はありません。(もしかして: 「環境課」)" in result.output
    assert "--leave-out-bad-rows" in result.output
    assert texts(city) == before
    assert run("import", path, "--city", city, "--apply", "--leave-out-bad-rows").exit_code == 0
    assert set(texts(city)) == set(before)
    assert "市役所です" in texts(city)["総合案内.yaml"]


def test_what_the_city_could_not_be_loaded_with_is_not_written(city: Path, tmp_path: Path) -> None:
    """The check's own words are shown."""
    before = texts(city)
    path = table(tmp_path, TABLE.replace("月曜日です", "{facts.ごみの日}です"))
    result = run("import", path, "--city", city, "--apply")
    assert isinstance(result.exception, VoicebotError)
    assert "ごみの日" in result.exception.message
    assert "faq/環境課.yaml" in result.exception.message
    assert texts(city) == before


@pytest.mark.parametrize("name", ["faq.xlsx", "faq.csv"])
def test_an_export_comes_back_as_no_change(city: Path, tmp_path: Path, name: str) -> None:
    """For Excel and as CSV."""
    path = tmp_path / name
    assert "2件を書き出しました" in run("export", path, "--city", city).output
    result = run("import", path, "--city", city)
    assert "新しいもの 0件、変わるもの 0件、同じもの 2件、使えない行 0件" in result.output
    if name.endswith("xlsx"):
        assert load_workbook(path).active["A1"].value == "質問"  # type: ignore[index,union-attr]
    else:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_departments_and_sheets_can_be_chosen(city: Path, tmp_path: Path) -> None:
    """A department for rows that name none, and only one department's entries out."""
    path = table(tmp_path, "質問,回答\nごみの日はいつですか,月曜日です。\n")
    assert "担当課が空です" in run("import", path, "--city", city).output
    assert "(環境課、2行目)" in run("import", path, "--city", city, "--department", "環境課").output
    wrong = run("import", path, "--city", city, "--department", "環境化")
    assert "環境化" in str(wrong.exception)
    nothing = run("export", tmp_path / "x.csv", "--city", city, "--department", "水道課")
    assert "総合案内" in str(nothing.exception)
    sheet = run("export", tmp_path / "faq.xlsx", "--city", city)
    assert sheet.exit_code == 0
    assert "同じもの 2件" in run("import", tmp_path / "faq.xlsx", "--city", city, "--sheet", "FAQ").output


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"%PDF-1.7", "PDF"), ("名称,住所\n市役所,1-1\n".encode(), "見出し"), (None, "開けません")],
)
def test_a_wrong_file_is_refused_with_what_to_do(city: Path, tmp_path: Path, data: bytes | None, words: str) -> None:
    """Not with a stack of errors."""
    path = tmp_path / "表.csv"
    if data is not None:
        path.write_bytes(data)
    result = run("import", path, "--city", city)
    assert isinstance(result.exception, TableError)
    assert words in result.exception.message


def test_an_export_needs_a_name_that_says_the_form(city: Path, tmp_path: Path) -> None:
    """Excel or CSV."""
    assert "xlsx" in str(run("export", tmp_path / "faq.txt", "--city", city).exception)
