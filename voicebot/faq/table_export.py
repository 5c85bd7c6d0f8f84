"""The city's FAQ as a table that Excel shows well and the import reads again without loss."""

from collections.abc import Sequence

from voicebot.faq.cells import joined
from voicebot.faq.rows import LABELS, Written

HEADER = tuple(LABELS.values())
"""The columns of an exported table."""


def rows(written: Sequence[Written]) -> list[tuple[str, ...]]:
    """One row an entry, in the order of the files; answers as written, with `{facts.…}` in them."""
    return [
        (
            " ".join(one.entry.question.split()),
            "\n".join(" ".join(way.split()) for way in one.entry.also),
            one.entry.answer.strip(),
            one.department,
            joined(tuple(one.entry.keywords)),
            one.entry.source,
            one.owner,
            one.entry.valid_until.isoformat() if one.entry.valid_until else "",
        )
        for one in written
    ]
