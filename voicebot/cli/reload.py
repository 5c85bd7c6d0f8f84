"""Giving a running service the content that has been edited."""

import asyncio
from typing import Any

import typer

from voicebot.checking.findings import Finding, summary
from voicebot.cli.serve import settings_of
from voicebot.errors import VoicebotError
from voicebot.web.reloading import order


def reload() -> None:
    """Let the running service check the content again and use it from the next call on.

    Exit code 1 when the content was refused; calls then go on with what was running.
    """
    settings = settings_of()
    try:
        answer: dict[str, Any] = asyncio.run(order(settings.data))
    except (OSError, ValueError) as error:
        raise VoicebotError(
            "reload.no_service",
            f"動いているサービスが見つかりません({settings.data})。"
            "サービスと同じ VOICEBOT_DATA で、同じ利用者として実行してください。",
        ) from error
    findings = [Finding(**each) for each in answer["findings"]]
    for each in findings:
        if each.level != "note":
            typer.echo(str(each), err=True)
    counts = summary(findings)
    match answer["verdict"]:
        case "changed":
            typer.echo(f"新しい内容に切り替えました。次の電話から使われます。{counts}")
        case "unchanged":
            typer.echo(f"内容は、いま使われているものと同じです。{counts}")
        case _:
            told = "切り替えませんでした。電話は、これまでの内容のまま続いています。"
            typer.echo(f"{counts or '内容を調べられません。サービスの記録を見てください。'}{told}", err=True)
            raise typer.Exit(1)
