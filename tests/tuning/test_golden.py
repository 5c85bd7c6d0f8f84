"""Golden talks: the shipped ones come true, and one that does not is named with its line."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from voicebot import content as contents
from voicebot import examination
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.documents import read
from voicebot.errors import ContentError, Fault
from voicebot.faq.search import FaqSearch
from voicebot.tuning.golden import A_WEEKDAY, OUTCOMES, GoldenTalk, Line, load, run
from voicebot.voice.reading import reading

FOLDER = Path(__file__).parents[2] / "dialogs" / "minato"
DEPARTMENTS = ("市民課", "総合案内", "守衛室", "税務課")
NAMES = read((FOLDER / "departments.yaml").read_text("utf-8"), "departments.yaml").data["departments"]  # type: ignore[index]
SHIPPED = load(contents.talks_of(contents.read_folder(FOLDER, FOLDER.parents[1] / "grammars")), tuple(NAMES))


def held(talk: GoldenTalk, minato: Content, answers: FaqSearch) -> Fault | None:
    """The first line of the talk that does not come true."""
    return next(examination.held((talk,), minato, answers, reading, pretending), None)


@cache
def pretending(facts: tuple[tuple[str, str], ...]) -> Content:
    """みなと市 with other values."""
    return contents.load(FOLDER, FOLDER.parents[1] / "grammars", reading, dict(facts))


@pytest.mark.parametrize("talk", SHIPPED, ids=lambda talk: talk.name)
def test_a_shipped_talk_comes_true(talk: GoldenTalk, minato: Content, answers: FaqSearch) -> None:
    """Every line of `dialogs/minato/talks`."""
    assert held(talk, minato, answers) is None


def test_shipped_talks_have_names_of_their_own_and_expect_something() -> None:
    """A talk that expects nothing cannot fail."""
    names = [talk.name for talk in SHIPPED]
    assert len(names) == len(set(names)) >= 25
    acts = {"市民", "キー", "無言", "雑音", "伝言"}
    assert all(any(line.what not in acts for line in talk.lines) for talk in SHIPPED)


def one(*lines: str, head: str = "") -> tuple[tuple[str, str], ...]:
    """A file with one talk; its lines begin at line 4, or 5 with a head."""
    rows = [
        "talks:",
        "  - name: 見本",
        *([f"    {head}"] if head else []),
        "    lines:",
        *(f"      - {line}" for line in lines),
    ]
    return (("talks/x.yaml", "\n".join(rows)),)


def test_a_talk_is_read_with_the_numbers_of_its_lines() -> None:
    """Guesses, keys, and lines without words."""
    (talk,) = load(
        one("市民: [十民票, 住民票]", 'キー: "2"', "無言:", "転送: 市民課", head="transfers: [話し中, connected]"),
        DEPARTMENTS,
    )
    assert talk == GoldenTalk(
        "talks/x.yaml",
        "見本",
        None,
        "ja",
        ("busy", "connected"),
        (
            Line("市民", ("十民票", "住民票"), 5),
            Line("キー", ("2",), 6),
            Line("無言", (), 7),
            Line("転送", ("市民課",), 8),
        ),
    )
    assert set(OUTCOMES.values()) == {"connected", "busy", "no_answer", "declined", "failed", "cancelled"}


def test_a_talk_may_say_when_it_takes_place() -> None:
    """In the city's local time; a weekday morning else."""
    (talk,) = load(one("終了:", head="at: 2027-01-01 10:00"), DEPARTMENTS)
    assert talk.at == datetime(2027, 1, 1, 10, 0)
    assert A_WEEKDAY.weekday() == 2


FAULTY = [
    (one("住民: 住民票"), 4, "「住民」という項目は使えません。(もしかして: 「市民」)"),
    (one("{市民: 住民票, キー: '1'}"), 4, "一行に一つだけ"),
    (one("市民:"), 4, "「市民」が空です"),
    (one('キー: "あ"'), 4, "「キー」の「あ」は正しくありません"),
    (one("無言: はい"), 4, "何も書かないでください"),
    (one("転送: 市民科"), 4, "「市民科」という課はありません。(もしかして: 「市民課」)"),
    (one("終了:", head="at: あした"), 3, "2027-03-31 10:00 のように"),
    (one("終了:", head="transfers: [留守]"), 3, "「留守」は使えません"),
    (one("終了:", head="time: 10:00"), 3, "「time」という項目は使えません"),
    ((("talks/x.yaml", "talks:\n  - {name: 見本, lines: []}"),), 2, "一つ以上書いてください"),
    ((("talks/x.yaml", "talks: ["),), 1, "YAMLとして読めません"),
]


@pytest.mark.parametrize(("files", "line", "words"), FAULTY, ids=[words for _, _, words in FAULTY])
def test_a_fault_of_a_file_is_named_with_its_line(files: tuple[tuple[str, str], ...], line: int, words: str) -> None:
    """In Japanese, with the cure."""
    with pytest.raises(ContentError) as caught:
        load(files, DEPARTMENTS)
    fault = caught.value.faults[0]
    assert (fault.path, fault.line) == ("talks/x.yaml", line)
    assert words in fault.message


UNTRUE = [
    (("応答: 税務署です",), 4, "「税務署です」と言うはずです。自動音声の言葉: 「みなと市役所"),
    (("言わない: 自動音声",), 4, "「自動音声」とは言わないはずです"),
    (("市民: 職員", "転送: 市民課"), 5, "「市民課」につなぐはずが、「総合案内」につなぎました"),
    (("市民: メニュー", "転送: 市民課"), 5, "どこにもつなぎませんでした"),
    (("無言:", "伝言受付:"), 5, "伝言を受け付けるはずです"),
    (("無言:", "録音停止:"), 5, "録音をやめて消すはずです"),
    (("無言:", "終了:"), 5, "通話を終えるはずです"),
    (("伝言:",), 4, "いまは伝言を受け付けていません"),
    (("市民: 職員", "市民: もしもし"), 5, "通話はもう終わっています"),
    (("市民: 番号で選ぶ", "応答: 番号でご案内します", 'キー: "9"', "応答: もしもし"), 7, "もしもし"),
]


@pytest.mark.parametrize(("lines", "number", "words"), UNTRUE, ids=[words for _, _, words in UNTRUE])
def test_a_line_that_does_not_come_true_is_named(
    minato: Content, answers: FaqSearch, lines: tuple[str, ...], number: int, words: str
) -> None:
    """With what was expected and what was said."""
    (talk,) = load(one(*lines), DEPARTMENTS)
    fault = held(talk, minato, answers)
    assert fault is not None
    assert (fault.path, fault.line) == ("talks/x.yaml", number)
    assert fault.message.startswith("会話の見本「見本」と違います。")
    assert words in fault.message


def test_words_into_the_recorder_are_out_of_place(minato: Content, answers: FaqSearch) -> None:
    """After the tone there is only a message or silence."""
    (talk,) = load(
        one("市民: 市民課", "無言:", "伝言受付:", "市民: もしもし", head="at: 2026-11-25 21:00"), DEPARTMENTS
    )
    fault = held(talk, minato, answers)
    assert fault is not None
    assert (fault.line, "いまは伝言の録音中です" in fault.message) == (8, True)


def test_spaces_and_line_ends_between_what_is_said_do_not_matter(minato: Content, answers: FaqSearch) -> None:
    """Staff may break lines where they like."""
    (talk,) = load(one("応答: ご用件を お話し ください。"), DEPARTMENTS)
    assert held(talk, minato, answers) is None


def test_a_talk_can_pretend_a_disaster_and_other_values(minato: Content, answers: FaqSearch) -> None:
    """The pack replaces the greeting, and evacuation orders are said."""
    lines = ('キー: "1"', "応答: 浜町に、避難指示が出ています")
    head = "disaster: true\n    facts: {避難情報: 避難指示, 避難情報_町: 浜町}"
    (talk,) = load(one(*lines, head=head), DEPARTMENTS)
    assert held(talk, minato, answers) is None
    assert held(replace(talk, disaster=False), minato, answers) is not None
    assert held(replace(talk, facts=()), minato, answers) is not None


def test_what_cannot_be_pretended_is_named(minato: Content, answers: FaqSearch) -> None:
    """A value that does not exist, and a disaster of a city without a pack."""
    (talk,) = load(one("終了:", head="facts: {避難情法: 避難指示}"), DEPARTMENTS)
    fault = held(talk, minato, answers)
    assert fault is not None
    assert "「避難情法」は facts.yaml にありません。(もしかして: 「避難情報」)" in fault.message
    (talk,) = load(one("終了:", head="disaster: true"), DEPARTMENTS)
    without = replace(minato.dialog, disaster=None)
    fault = run(talk, without, answers, Desk(minato.city), reading, minato.city.profile.zone)
    assert fault is not None
    assert "disaster.yaml がない" in fault.message
