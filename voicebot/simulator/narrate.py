"""A call told as a conversation, for the terminal: line by line while it happens, or afterwards."""

from collections.abc import Callable
from statistics import median

from voicebot.simulator.call_report import CallReport
from voicebot.simulator.timeline import Entry

_NAMES = {
    "resident": "resident",
    "bot": "voicebot",
    "carrier": "carrier ",
    "person": "operator",
}


def line_of(entry: Entry) -> str:
    """One entry as one line: when, who, what."""
    if entry.until is not None:
        words = f"「{entry.text}」" if entry.text else "～" * max(1, round(entry.until - entry.seconds))
        span = f"({entry.until - entry.seconds:.1f} s)"
        return f"{entry.seconds:7.2f}  {_NAMES.get(entry.kind, entry.kind)}  {words} {span}"
    match entry.kind:
        case "key":
            what = f"resident  [{entry.text}]"
        case "violation" | "error":
            what = f"! {entry.text}"
        case "mark":
            what = f". mark {entry.text} comes back"
        case _:
            what = f". {entry.text}"
    return f"{entry.seconds:7.2f}  {what}"


class Narrator:
    """Prints entries as they come; pass it to `Carrier.call` as `on_entry`.

    Args:
        write: Takes a line, `print` for example.
        with_machinery: Whether to show webhooks, marks and the like as well as what people hear and do.
    """

    def __init__(self, write: Callable[[str], None], *, with_machinery: bool = False) -> None:
        self._write = write
        self._with_machinery = with_machinery

    def __call__(self, entry: Entry) -> None:
        """Tell one entry."""
        if self._with_machinery or entry.kind not in {"webhook", "callback", "mark", "clear", "stream", "note"}:
            self._write(line_of(entry))


def conversation(report: CallReport) -> str:
    """The whole call with its times, and a summary below."""
    return "\n".join([*(line_of(entry) for entry in report.entries), "", summary(report)])


def summary(report: CallReport) -> str:
    """How the call ended, how quickly it was answered, and what was wrong."""
    lines = [f"ended by the {report.ended_by}, {report.status}, {report.seconds:.1f} s"]
    if report.first_sound_seconds is not None:
        lines.append(f"first sound after {report.first_sound_seconds:.2f} s")
    replies = report.reply_seconds
    if replies:
        lines.append(f"{len(replies)} replies: median {median(replies):.2f} s, slowest {max(replies):.2f} s")
    lines += [f"! {found.message} ({found.error or 'audible'}, {found.count} times)" for found in report.violations]
    return "\n".join(lines)
