"""Golden talks: conversations as they must go, in YAML that city staff read and write.

    talks:
      - name: 住民票の取り方に答える
        at: 2026-11-25 10:00
        lines:
          - 市民: 住民票がほしいんだけど
          - 応答: 手数料は
          - 無言:
          - 終了:

A line is either what the caller does (市民, キー, 無言, 雑音, 伝言) or what the bot must have done in reply to the last
thing that the caller did (応答, 言わない, 転送, 伝言受付, 録音停止, 終了). Pure: text in, faults out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from voicebot.dialog.tree import Dialog
from voicebot.documents import Document, Strict, parse, read, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.events import Outcome
from voicebot.ports import Answers, CityDesk, Reader
from voicebot.tuning.talk import Reply, Talk

A_WEEKDAY = datetime(2026, 11, 25, 10, 0)
"""When a talk without `at` takes place: an ordinary Wednesday morning."""
OUTCOMES: Mapping[str, Outcome] = {
    "つながる": "connected",
    "話し中": "busy",
    "応答なし": "no_answer",
    "拒否": "declined",
    "失敗": "failed",
    "取り消し": "cancelled",
}
"""Japanese names for how a transfer ends; the English ones may be written too."""
Act = Literal["市民", "キー", "無言", "雑音", "伝言"]


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _in_english(value: Any) -> Any:
    return OUTCOMES.get(value, value) if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1)]


class TalkLineFile(Strict):
    """One line: exactly one of these."""

    says: Annotated[list[Words], BeforeValidator(_one_or_many), Field(alias="市民", min_length=1)] = []
    presses: Annotated[str, Field(alias="キー", pattern="^[0-9*#]+$")] = ""
    silent: Annotated[None, Field(alias="無言")] = None
    noise: Annotated[None, Field(alias="雑音")] = None
    message: Annotated[None, Field(alias="伝言")] = None
    answer: Annotated[Words, Field(alias="応答")] = ""
    unsaid: Annotated[Words, Field(alias="言わない")] = ""
    transfer: Annotated[Words, Field(alias="転送")] = ""
    invited: Annotated[None, Field(alias="伝言受付")] = None
    unrecorded: Annotated[None, Field(alias="録音停止")] = None
    ended: Annotated[None, Field(alias="終了")] = None

    @model_validator(mode="after")
    def _one(self) -> "TalkLineFile":
        if len(self.model_fields_set) != 1:
            raise ValueError("一行に一つだけ書いてください(例: 「- 市民: 住民票がほしい」)。")
        return self


class TalkFile(Strict):
    """One conversation."""

    name: Words
    at: datetime | None = None
    language: str = "ja"
    transfers: list[Annotated[Outcome, BeforeValidator(_in_english)]] = []
    disaster: bool = False
    facts: dict[str, Words] = {}
    lines: Annotated[list[TalkLineFile], Field(min_length=1)]


class TalksFile(Strict):
    """One file of `talks/`."""

    talks: list[TalkFile]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a talk."""

    what: str
    """The word before the colon: one of `Act`, or what is expected."""
    words: tuple[str, ...]
    """What stands behind it."""
    number: int
    """The line in the file, from 1."""


@dataclass(frozen=True, slots=True)
class GoldenTalk:
    """One conversation as it must go."""

    path: str
    name: str
    at: datetime | None
    """Without a time zone: the city's local time."""
    language: str
    transfers: tuple[Outcome, ...]
    """How transfers end, in order; after the last one they all succeed."""
    lines: tuple[Line, ...]
    disaster: bool = False
    """Whether the pack for disasters is in force."""
    facts: tuple[tuple[str, str], ...] = ()
    """Values of `facts.yaml` that are pretended, by name."""


def load(files: tuple[tuple[str, str], ...], departments: tuple[str, ...] | None) -> tuple[GoldenTalk, ...]:
    """Every talk of every file (path, text); departments are None when they are not known and cannot be checked.

    Raises:
        ContentError: with every fault of every file.
    """
    talks: list[GoldenTalk] = []
    faults: list[Fault] = []
    for path, text in files:
        try:
            document = read(text, path)
            file = parse(document, TalksFile)
        except ContentError as error:
            faults += error.faults
            continue
        for at, written in enumerate(file.talks):
            talk = _talk(document, at, written)
            talks.append(talk)
            faults += _unknown_departments(talk, departments) if departments is not None else []
    if faults:
        raise ContentError(tuple(faults))
    return tuple(talks)


def run(
    golden: GoldenTalk, dialog: Dialog, answers: Answers, desk: CityDesk, reader: Reader, zone: tzinfo
) -> Fault | None:
    """Hold the conversation; the first line that does not come true, None when all do.

    Values that the talk pretends must be in the dialog already; a disaster is pretended here.
    """
    now = (golden.at or A_WEEKDAY).replace(tzinfo=zone)
    if golden.disaster:
        if dialog.disaster is None:
            message = "disaster.yaml がないので、災害のときの会話を確かめられません。"
            return Fault(golden.path, golden.lines[0].number, f"会話の見本「{golden.name}」: {message}")
        dialog = in_disaster(dialog, now)
    talk = Talk(dialog, answers, desk, reader, now, golden.transfers)
    reply = talk.begin(golden.language)
    for line in golden.lines:
        if line.what in _ACTS:
            wrong = out_of_place(line, talk)
            reply = reply if wrong else act(line, talk)
        else:
            wrong = _disappointment(line, reply)
        if wrong:
            return Fault(golden.path, line.number, f"会話の見本「{golden.name}」と違います。{wrong}")
    return None


def in_disaster(dialog: Dialog, now: datetime) -> Dialog:
    """The dialog with its pack for disasters in force at this moment, if it has one."""
    return replace(dialog, disaster=dialog.disaster and replace(dialog.disaster, until=now + timedelta(days=1)))


_ACTS: tuple[Act, ...] = ("市民", "キー", "無言", "雑音", "伝言")


def act(line: Line, talk: Talk) -> Reply:
    """Do what the caller does in this line."""
    match line.what:
        case "市民":
            return talk.say(*line.words)
        case "キー":
            return talk.press(line.words[0])
        case "雑音":
            return talk.noise()
        case "伝言":
            return talk.leave_message()
    return talk.silence()


def out_of_place(line: Line, talk: Talk) -> str:
    """Why the caller cannot do this now; "" when it can be done."""
    phase = talk.state.phase
    if phase == "ended":
        return "通話はもう終わっています。"
    if line.what == "伝言" and phase != "recording":
        return "いまは伝言を受け付けていません。"
    if line.what in {"市民", "雑音"} and phase == "recording":
        return "いまは伝言の録音中です。「伝言:」か「無言:」を書いてください。"
    return ""


def _disappointment(line: Line, reply: Reply) -> str:
    """How the reply differs from what the line expects; "" when it does not."""
    word = "".join(line.words)
    said = f"自動音声の言葉: 「{reply.text}」"
    match line.what:
        case "応答" if _packed(word) not in _packed(reply.text):
            return f"「{word}」と言うはずです。{said}"
        case "言わない" if _packed(word) in _packed(reply.text):
            return f"「{word}」とは言わないはずです。{said}"
        case "転送" if word not in reply.dialled:
            instead = f"「{reply.transfer}」につなぎました。" if reply.transfer else "どこにもつなぎませんでした。"
            return f"「{word}」につなぐはずが、{instead}{said}"
        case "伝言受付" if not reply.message:
            return f"伝言を受け付けるはずです。{said}"
        case "録音停止" if not reply.refused_recording:
            return f"録音をやめて消すはずです。{said}"
        case "終了" if not reply.ended:
            return f"通話を終えるはずです。{said}"
    return ""


def _packed(text: str) -> str:
    return "".join(text.split())


def _talk(document: Document, at: int, written: TalkFile) -> GoldenTalk:
    lines = tuple(_line(document, ("talks", at, "lines", place), line) for place, line in enumerate(written.lines))
    return GoldenTalk(
        document.path,
        written.name,
        written.at,
        written.language,
        tuple(written.transfers),
        lines,
        written.disaster,
        tuple(sorted(written.facts.items())),
    )


def _line(document: Document, where: tuple[str | int, ...], written: TalkLineFile) -> Line:
    (field,) = written.model_fields_set
    value = getattr(written, field)
    words = tuple(value) if isinstance(value, list) else (value,) if value else ()
    return Line(str(TalkLineFile.model_fields[field].alias), words, document.line(where))


def _unknown_departments(talk: GoldenTalk, departments: tuple[str, ...]) -> list[Fault]:
    return [
        Fault(
            talk.path, line.number, f"「{line.words[0]}」という課はありません。{suggestion(line.words[0], departments)}"
        )
        for line in talk.lines
        if line.what == "転送" and line.words[0] not in departments
    ]
