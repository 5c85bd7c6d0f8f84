"""A talk that was tried, written into a file of talks as people write it. Pure: text in, text out."""

from collections.abc import Mapping
from typing import cast

from voicebot.documents import read
from voicebot.editing.edits import add_item
from voicebot.editing.values import Value, as_read, flow, scalar
from voicebot.errors import ContentError


def with_talk(before: str | None, written: Mapping[str, Value], path: str) -> str:
    """The file with one more talk at its end; comments and order stay.

    Args:
        before: The file's text; None where there is none yet.
        written: The talk in the shape of the file (`tuning.session.Session.talk`).
        path: For messages about the file.

    Raises:
        ContentError: the file that is there cannot be edited.
    """
    text = "talks:\n" if before is None else before
    after = "\n".join((text.rstrip("\n"), *([""] if before is not None else []), *_lines(written))) + "\n"
    talks = cast(dict[str, list[object]], read(text, path).data).get("talks") or []
    if _data(after) != {"talks": [*talks, as_read(written)]}:
        return add_item(text, ("talks",), written, path)  # the file is written in another way than ours
    return after


def _data(text: str) -> object:
    try:
        return read(text, "").data
    except ContentError:
        return None


def _lines(written: Mapping[str, Value]) -> list[str]:
    """A talk as people write it: one line of it a line, without braces."""
    head = [f"{key}: {flow(value)}" for key, value in written.items() if key != "lines"]
    lines = [f"      - {_line(line)}" for line in cast(list[Mapping[str, Value]], written["lines"])]
    return ["  - " + "\n    ".join(head), "    lines:", *lines]


def _line(line: Mapping[str, Value]) -> str:
    ((word, said),) = line.items()
    if said is None:
        return f"{word}:"
    return f"{word}: {flow(said) if isinstance(said, list) else scalar(cast(str, said), in_flow=False)}"
