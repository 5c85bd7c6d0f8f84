"""Placing calls with the simulator: one of your own, or the demonstration."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, get_args

import typer

from voicebot import bootstrap
from voicebot.actions import Action, Play, Transfer
from voicebot.audio import wav as waves
from voicebot.cli.serve import server, settings_of, warm
from voicebot.content import first_prompts
from voicebot.errors import VoicebotError
from voicebot.events import Event, FaqAnswered, Heard
from voicebot.logs import configure
from voicebot.settings import Settings
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Answer, Callee, Outcome
from voicebot.simulator.carrier import Carrier
from voicebot.simulator.narrate import Narrator, summary
from voicebot.simulator.resident import Resident, Say, Step, WaitForPrompt, rehearsed, turn
from voicebot.transcripts.read import Reader

OFFICE_HOURS = datetime(2026, 11, 24, 10, 0)
DEMO_DEPARTMENT = "市民課"
DEMO_CALLER = "+815000000001"


def call(
    say: Annotated[
        list[str] | None,
        typer.Option(
            help="What the resident says after the prompt; again for the next turn. Also key:12 (keys), silence:3, "
            "interrupt:2:WORDS (after two seconds of the prompt), noise:0.01, hangup."
        ),
    ] = None,
    wav: Annotated[Path | None, typer.Option(help="Speech from a file instead, any WAV.")] = None,
    keys: Annotated[str | None, typer.Option(help="Keys to press, one prompt each: 1,0")] = None,
    url: Annotated[str | None, typer.Option(help="A running service; without it one is started for this call.")] = None,
    language: Annotated[str, typer.Option(help="Language of the resident's voice.")] = "ja",
    dial: Annotated[
        list[str] | None,
        typer.Option(
            help="How transfers end, in order: completed, busy, no-answer, failed; or what who picks up does: decline, "
            "silent, hang-up, machine."
        ),
    ] = None,
    caller: Annotated[str, typer.Option(help="The resident's number; `anonymous` withholds it.")] = DEMO_CALLER,
    save: Annotated[Path | None, typer.Option(help="Where to write the call's sound, both sides.")] = None,
    at: Annotated[str | None, typer.Option(help="Pretend that it is this moment: 2027-01-02T09:00.")] = None,
    everything: Annotated[bool, typer.Option(help="Show webhooks, marks and the like as well.")] = False,
) -> None:
    """Call the line as a resident would, with real sound, and print the conversation with its timings."""
    settings = settings_of()
    configure("WARNING" if settings.log_level == "INFO" else settings.log_level)
    steps: list[Step] = [step for text in say or () for step in turn(text)]
    if wav is not None:
        steps += [WaitForPrompt(), Say(wav.name, _telephone(wav))]
    steps += [step for each in (keys or "").split(",") if each for step in turn(f"key:{each}")]
    if not steps:
        raise typer.BadParameter("Say something: --say 住民票はどこで取れますか, or --wav FILE, or --keys 1,0")
    resident = Resident(rehearsed(steps, bootstrap.resident_voice(settings.models, language)))
    outcomes = tuple(_callee(word) for word in dial or ())
    narrator = Narrator(typer.echo, with_machinery=everything)
    with _service(settings, url, typer.echo, _moment(at) if at else None) as base_url:
        report = _place(settings, base_url, resident, caller, outcomes, narrator)
    typer.echo(summary(report))
    path = save or settings.data / "simulated" / f"{datetime.now():%Y%m%d-%H%M%S}.wav"
    _keep(report, path)
    if report.violations:
        raise typer.Exit(1)


def demo() -> None:
    """Two calls from end to end with real speech: a question that is answered, and one that is transferred."""
    settings = settings_of()
    configure("WARNING")
    typer.echo(
        "voicebot: two residents call みなと市. Everything runs on this machine; nothing is faked but the people."
    )
    speak = bootstrap.resident_voice(settings.models)
    talks: tuple[tuple[str, Sequence[str]], ...] = (
        ("A spoken question that is answered", ("住民票の写しは、どこで取れますか。", "いいえ、ありません。")),
        ("A caller who wants a person", (f"{DEMO_DEPARTMENT}の人と、話がしたいです。つないでください。",)),
    )
    residents = [Resident(rehearsed([s for line in lines for s in turn(line)], speak)) for _, lines in talks]
    typer.echo(f"It is pretended to be {OFFICE_HOURS:%A, %d %B %Y, %H:%M}, so that the offices are open.")
    with _service(settings, None, typer.echo, OFFICE_HOURS) as base_url:
        for (title, _), resident in zip(talks, residents, strict=True):
            typer.echo(f"\n=== {title}")
            report = _place(settings, base_url, resident, DEMO_CALLER, (), Narrator(typer.echo))
            typer.echo(summary(report))
            if report.violations or report.status != "completed":
                raise VoicebotError("demo.failed", "The call did not go as it should; see the lines above.")
    newest = Reader(settings.database).transfers(limit=1)
    if not newest or newest[0].department != DEMO_DEPARTMENT or newest[0].outcome != "connected":
        raise VoicebotError(
            "demo.failed", f"The second caller should have reached {DEMO_DEPARTMENT}; see the lines above."
        )
    typer.echo(
        f"\nThe transcripts are in {settings.database}, the sound in {settings.calls}.\n"
        "How to go on:\n"
        "  .venv/bin/voicebot calls            the calls so far\n"
        "  .venv/bin/voicebot show last        what was said and heard, with timings\n"
        "  .venv/bin/voicebot replay last      step the call through the machine again\n"
        "  .venv/bin/voicebot talk             talk with the line by typing\n"
        "  .venv/bin/voicebot call --say 粗大ごみを出したい\n"
        "  make serve                          answer real calls; docs/carrier-setup.md says how to connect a number"
    )


@contextmanager
def _service(settings: Settings, url: str | None, say: bootstrap.Say, at: datetime | None) -> Iterator[str]:
    """The address of a running service; one of our own when none is given, whose conversations are shown."""
    if url is not None:
        yield url
        return
    service = replace(bootstrap.service(settings, say), watcher=lambda call_id, seconds, item: _tell(say, item))
    if at is not None:
        moment = at.replace(tzinfo=service.content.city.profile.zone)
        service = replace(service, office_time=lambda: moment)
    # One call does not need the whole city prepared: what else it says is rendered on the way.
    warm(service, say, first_prompts(service.content))
    listener = socket.create_server(("127.0.0.1", 0))
    own = server(service)
    thread = threading.Thread(target=own.run, args=([listener],), name="server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        own.should_exit = True
        thread.join()
        listener.close()


def _tell(say: bootstrap.Say, item: Event | Action) -> None:
    """What the line on the wire cannot show: the words behind the sound."""
    match item:
        case Play():
            say(f"         voicebot says: {''.join(prompt.text for prompt in item.prompts)}")
        case Heard(alternatives=(best, *_)):
            say(f"         voicebot heard: {best.text} ({best.confidence:.2f}, decoded in {item.decode_seconds:.2f} s)")
        case Heard():
            say("         voicebot heard: no words")
        case FaqAnswered(hits=(hit, *_)):
            say(f"         voicebot found: {hit.question} ({hit.confidence:.2f}, {hit.department})")
        case Transfer():
            say(f"         voicebot connects with: {item.department}")


def _place(
    settings: Settings,
    base_url: str,
    resident: Resident,
    caller: str,
    outcomes: Sequence[Callee],
    narrator: Narrator,
) -> CallReport:
    token = settings.twilio_auth_token.get_secret_value()
    carrier = Carrier(base_url, token, settings.public_url)
    return asyncio.run(carrier.call(resident, caller, dial_script=outcomes, on_entry=narrator))


def _callee(word: str) -> Callee:
    """Who is reached, by how it ends or by what they do."""
    outcomes: dict[str, Outcome] = {each: each for each in get_args(Outcome)}
    answers: dict[str, Answer] = {each: each for each in get_args(Answer)}
    if word in outcomes:
        return Callee(outcome=outcomes[word])
    if word in answers:
        return Callee(answer=answers[word])
    raise typer.BadParameter(f"--dial takes one of: {', '.join((*outcomes, *answers))}")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("--at takes a moment such as 2027-01-02T09:00") from error


def _telephone(path: Path) -> bytes:
    try:
        return waves.telephone(waves.read(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise VoicebotError("simulator.wav", f"The file cannot be used: {error}") from error


def _keep(report: CallReport, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report.wav())
    typer.echo(f"The sound, resident left and voicebot right: {path}")
