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
    Kind.answer: Colour("#23713f", "#ecf7ef"),
    Kind.transfer: Colour("#a34a08", "#fdf2e7"),
    Kind.message: Colour("#6f3fa0", "#f6f0fb"),
    Kind.end: Colour("#38424d", "#e6e9ec"),
    Kind.missing: Colour("#b3261e", "#fdeceb"),
}
GROUND, INK, FAINT, EDGE = "#ffffff", "#1c2430", "#51606f", "#7d8a97"
