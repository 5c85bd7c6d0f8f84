"""Colours by kind of node. Text on its ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from voicebot.dialog.diagram.outline import Kind


@dataclass(frozen=True, slots=True)
class Colour:
    """Of one kind, as `#rrggbb`."""

    line: str
    """Outline, and ground of the white word for the kind."""
    fill: str
    text: str = "#1c2430"


COLOURS: Mapping[Kind, Colour] = {
    Kind.say: Colour("#51606f", "#f3f5f7"),
    Kind.ask: Colour("#1f5fa8", "#edf4fc"),
    Kind.form: Colour("#0b6870", "#e8f6f7"),
    Kind.branch: Colour("#755800", "#fbf5e0"),
    Kind.lookup: Colour("#8a2f6b", "#fbeef6"),
    Kind.answer: Colour("#23713f", "#ecf7ef"),
    Kind.transfer: Colour("#a34a08", "#fdf2e7"),
    Kind.message: Colour("#6f3fa0", "#f6f0fb"),
    Kind.callback: Colour("#4a4ab0", "#f0f0fb"),
    Kind.sms: Colour("#566610", "#f4f8e2"),
    Kind.end: Colour("#38424d", "#e6e9ec"),
    Kind.missing: Colour("#b3261e", "#fdeceb"),
    Kind.broken: Colour("#8f1f3f", "#fff6e5"),
}
GROUND, INK, FAINT, EDGE = "#ffffff", "#1c2430", "#51606f", "#7d8a97"
