"""A conversation in the terminal: typed words for speech."""

from datetime import datetime
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.desk import Desk
from voicebot.cli.serve import settings_of
from voicebot.faq.search import FaqSearch
from voicebot.tuning.talk import Reply, Talk

HELP = "Type what you would say; /1 presses key 1, an empty line is silence, /message leaves a message, /quit ends."


def talk(
    at: Annotated[str | None, typer.Option(help="Pretend that it is this moment: 2027-01-02T09:00.")] = None,
    why: Annotated[bool, typer.Option(help="Show node, matches and confidences.")] = False,
) -> None:
    """Talk with the city's line in the terminal, without a telephone."""
    settings = settings_of()
    read = bootstrap.reader()
    content = contents.load(settings.city, settings.grammars, read)
    zone = content.city.profile.zone
    now = datetime.fromisoformat(at).replace(tzinfo=zone) if at else datetime.now(zone)
    conversation = Talk(content.dialog, FaqSearch(content.entries, read), Desk(content.city), read, now)
    typer.echo(HELP)
    reply = conversation.begin(content.city.profile.languages[0])
    while True:
        _show(conversation, reply, why)
        if reply.ended:
            return
        try:
            typed = input("> ").strip()
        except EOFError:
            return
        if typed == "/quit":
            return
        reply = _said(conversation, typed)


def _said(conversation: Talk, typed: str) -> Reply:
    if not typed:
        return conversation.silence()
    if typed == "/message":
        return conversation.leave_message()
    if typed.startswith("/") and all(key in "0123456789*#" for key in typed[1:]):
        return conversation.press(typed[1:])
    return conversation.say(typed)


def _show(conversation: Talk, reply: Reply, why: bool) -> None:
    for text in reply.said:
        typer.echo(f"  {text}")
    if reply.transfer:
        typer.echo(f"  [-> {reply.transfer}]")
    if reply.message:
        typer.echo("  [beep]")
    if why:
        state = conversation.state
        question = state.question.name if state.question else ""
        typer.echo(f"  ({state.phase}, node {state.node or '-'}, question {question or '-'}, rung {state.rung})")
        for hit in reply.hits:
            typer.echo(f"  ({hit.confidence:.2f} {hit.question} / {hit.department})")
