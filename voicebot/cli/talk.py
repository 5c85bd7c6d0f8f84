"""A conversation in the terminal: typed words for speech; what was tried can be kept as a golden talk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, cast

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.desk import Desk
from voicebot.cli.serve import settings_of
from voicebot.content import Content
from voicebot.editing.talk_files import with_talk
from voicebot.editing.values import Value
from voicebot.errors import VoicebotError
from voicebot.events import Outcome
from voicebot.ports import Answers, Reader
from voicebot.tuning.golden import OUTCOMES, Act, in_disaster
from voicebot.tuning.session import Session
from voicebot.tuning.talk import Reply, Talk

HELP = """話す言葉を、そのまま打ってください。
  (空の行)      何も言わない        /1 /0 /*      ボタンを押す
  /伝言         伝言を残す          /雑音         言葉にならない音
  /なぜ         ノード、一致、確信度を出す(もう一度で、出さない)
  /保存 ファイル [名前]   ここまでを、会話の見本(talks/)にする
  /最初から     かけ直す            /終わり       やめる"""
ALSO = {"/message": "/伝言", "/noise": "/雑音", "/why": "/なぜ", "/save": "/保存", "/quit": "/終わり",
        "/restart": "/最初から", "/help": "/助け"}  # fmt: skip
KEYS = frozenset("0123456789*#")


@dataclass(slots=True)
class Terminal:
    """One conversation after the other, and what the person at the keyboard wants to see.

    Args:
        content: The city.
        answers: The search of its FAQ.
        read: Gives readings.
        folder: The city's folder, for talks that are kept.
        session: How the first conversation begins.
        why: Whether nodes, matches and confidences are shown.
    """

    content: Content
    answers: Answers
    read: Reader
    folder: Path
    session: Session
    why: bool = False
    _talk: Talk | None = None

    def begin(self) -> None:
        """The telephone is answered."""
        given = self.session
        self.session = Session(given.at, given.language, given.transfers, given.disaster)
        dialog = in_disaster(self.content.dialog, given.at) if given.disaster else self.content.dialog
        desk = Desk(self.content.city)
        self._talk = Talk(dialog, self.answers, desk, self.read, given.at, given.transfers)
        reply = self._talk.begin(given.language)
        self.session.began(self.content.dialog, reply)
        self._show(reply)

    def typed(self, text: str) -> bool:
        """Do what was typed; whether to go on."""
        word, _, rest = text.partition(" ")
        match ALSO.get(word, word):
            case "/終わり":
                return False
            case "/助け":
                typer.echo(HELP)
            case "/なぜ":
                self.why = not self.why
                typer.echo("  (理由を出します)" if self.why else "  (理由を出しません)")
            case "/最初から":
                self.begin()
            case "/保存":
                self.save(*rest.split(maxsplit=1))
            case _:
                self._act(text)
        return True

    def save(self, file: str = "", name: str = "") -> None:
        """Keep the conversation in a file of talks: of the city when only a name is given, at its end if it exists."""
        if not file:
            typer.echo("  ファイルの名前も書いてください。例: /保存 ごみ 粗大ごみの料金を尋ねる")
            return
        path = Path(file) if "/" in file else self.folder / "talks" / file
        path = path if path.suffix == ".yaml" else path.with_name(f"{path.name}.yaml")
        title = name or f"{datetime.now():%Y-%m-%d %H:%M}に試した会話"
        try:
            keep(path, cast(Mapping[str, Value], self.session.talk(title)))
        except (OSError, VoicebotError) as error:
            typer.echo(f"  保存できません。{getattr(error, 'message', '場所と権限を確かめてください。')}")
            return
        typer.echo(f"  {path} に「{title}」を保存しました。voicebot check で確かめられます。")

    def _act(self, text: str) -> None:
        talk = self._talk
        if talk is None or talk.state.phase == "ended":
            typer.echo("  (通話は終わっています。/最初から でかけ直し、/保存 で保存、/終わり でやめます)")
            return
        done = _done(talk, text)
        if done is None:
            message = ALSO.get(text, text) == "/伝言"
            typer.echo(
                "  (いまは、伝言を受けていません)" if message else "  (その操作はありません。/助け で一覧が出ます)"
            )
            return
        act, words, reply = done
        self.session.did(act, words, self.content.dialog, reply)
        self._show(reply)

    def _show(self, reply: Reply) -> None:
        for text in reply.said:
            typer.echo(f"  {text}")
        for department in reply.dialled:
            typer.echo(f"  [{department}につなぐ]")
        if reply.message:
            typer.echo("  [ピー。/伝言 で伝言を残す]")
        if reply.callback:
            typer.echo(f"  [{reply.callback}からの折り返しを約束]")
        if reply.sms:
            typer.echo(f"  [ショートメッセージ: {reply.sms}]")
        if self.why:
            self._explain(reply)
        if reply.ended:
            typer.echo("  [通話の終わり]")

    def _explain(self, reply: Reply) -> None:
        if self._talk is None:
            return
        state = self._talk.state
        question = state.question.name if state.question else "-"
        typer.echo(f"  (状態 {state.phase}、ノード {state.node or '-'}、質問 {question}、はしご {state.rung}段目)")
        for match in reply.matches:
            typer.echo(f"  (一致 {match.confidence:.2f} 「{match.name}」→ {match.leads_to})")
        for hit in reply.hits:
            typer.echo(f"  (FAQ {hit.confidence:.2f} 「{hit.question}」{hit.department})")


def talk(
    at: Annotated[str | None, typer.Option(help="Pretend that it is this moment: 2027-01-02T09:00.")] = None,
    why: Annotated[bool, typer.Option(help="Show node, matches and confidences.")] = False,
    save: Annotated[Path | None, typer.Option(help="Keep the conversation in this file of talks at the end.")] = None,
    name: Annotated[str, typer.Option(help="What the kept talk is called.")] = "",
    city: Annotated[Path | None, typer.Option(help="Folder of the city's content.")] = None,
    language: Annotated[str, typer.Option(help="Language of the call: ja, en or ko.")] = "",
    disaster: Annotated[bool, typer.Option(help="Pretend that the pack for disasters is in force.")] = False,
    transfer: Annotated[
        list[str] | None, typer.Option(help="How transfers end, in order: 話し中, 応答なし, 拒否, 失敗, つながる.")
    ] = None,
) -> None:
    """Talk with the city's line in the terminal, without a telephone; /保存 keeps the conversation as a talk."""
    settings = settings_of(city=city)
    read = bootstrap.reader()
    content = contents.load(settings.city, settings.grammars, read)
    session = Session(
        _moment(at, content),
        language or content.city.profile.languages[0],
        tuple(_outcome(word) for word in transfer or ()),
        disaster,
    )
    answers = bootstrap.searching(settings, partial(typer.echo, err=True), wait=True)(content, read)
    terminal = Terminal(content, answers, read, settings.city, session, why)
    typer.echo(HELP)
    terminal.begin()
    while True:
        try:
            typed = input("> ").strip()
        except EOFError:
            break
        if not terminal.typed(typed):
            break
    if save is not None:
        terminal.save(str(save.absolute()), name)


def keep(path: Path, written: Mapping[str, Value]) -> None:
    """Write a talk into a new file, or behind the others of a file; comments and order stay.

    Raises:
        OSError: the file cannot be read or written.
        ContentError: the file that is there cannot be edited.
    """
    before = path.read_text(encoding="utf-8-sig") if path.exists() else None
    after = with_talk(before, written, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(after, encoding="utf-8")


def _done(talk: Talk, text: str) -> tuple[Act, Sequence[str], Reply] | None:
    """Carry out what was typed; None when it cannot be done."""
    if not text:
        return "無言", (), talk.silence()
    if ALSO.get(text, text) == "/伝言":
        return ("伝言", (), talk.leave_message()) if talk.state.phase == "recording" else None
    if ALSO.get(text, text) == "/雑音":
        return "雑音", (), talk.noise()
    if text.startswith("/"):
        keys = text[1:]
        return ("キー", (keys,), talk.press(keys)) if keys and KEYS.issuperset(keys) else None
    return "市民", (text,), talk.say(text)


def _moment(at: str | None, content: Content) -> datetime:
    zone = content.city.profile.zone
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=zone) if at else datetime.now(zone)
    except ValueError as error:
        raise typer.BadParameter("Write the moment as 2027-01-02T09:00.", param_hint="--at") from error
    return moment.replace(second=0, microsecond=0)  # as exact as a talk's `at`


def _outcome(word: str) -> Outcome:
    outcome = OUTCOMES.get(word, word)
    if outcome not in OUTCOMES.values():
        raise typer.BadParameter(f"--transfer takes one of: {', '.join(OUTCOMES)}")
    return cast(Outcome, outcome)
