"""Outlines of the boxes: every kind of node can be told by its shape alone, also in a black-and-white print."""

from typing import assert_never

from voicebot.dialog.diagram.outline import Kind

CUT = 12.0
"""How much of a corner is taken away."""
TAIL = 6.0
"""Height of a balloon's tail."""


def outline_of(kind: Kind, width: float, height: float) -> str:
    """The path (SVG `d`) of a box whose upper left corner is at 0, 0."""
    match kind:
        case Kind.say:
            return _rounded(width, height, min(height / 4, CUT))
        case Kind.ask | Kind.missing:
            return _rounded(width, height, 2)
        case Kind.form:
            # A form with margins.
            return f"M0 0H{width:g}V{height:g}H0ZM6 0V{height:g}M{width - 6:g} 0V{height:g}"
        case Kind.branch:
            # Only the upper corners are cut: the ways out stand below.
            return f"M{CUT:g} 0H{width - CUT:g}L{width:g} {CUT:g}V{height:g}H0V{CUT:g}Z"
        case Kind.lookup:
            # A drum, as data is drawn.
            half = width / 2
            return f"M0 5Q{half:g} -5 {width:g} 5V{height - 5:g}Q{half:g} {height + 5:g} 0 {height - 5:g}Z"
        case Kind.answer:
            # A sheet of paper with its corner folded.
            fold = width - CUT - 2
            return f"M0 0H{fold:g}L{width:g} {CUT + 2:g}V{height:g}H0ZM{fold:g} 0V{CUT + 2:g}H{width:g}"
        case Kind.transfer:
            # Pointed like a signpost: it leads to a person.
            half = height / 2
            return f"M0 0H{width - CUT:g}L{width:g} {half:g}L{width - CUT:g} {height:g}H0L{CUT / 2:g} {half:g}Z"
        case Kind.message:
            return (
                f"M{CUT:g} 0H{width - CUT:g}L{width:g} {CUT:g}V{height - CUT:g}L{width - CUT:g} {height:g}"
                f"H{CUT:g}L0 {height - CUT:g}V{CUT:g}Z"
            )
        case Kind.callback:
            # Round on one side: it comes later, as the sign for a delay.
            return _round_at_the_right(width, height, min(height, 44.0) / 2)
        case Kind.sms:
            # A balloon of speech.
            low = height - TAIL
            return f"M0 0H{width:g}V{low:g}H{CUT + 2 * TAIL:g}L{CUT:g} {height:g}V{low:g}H0Z"
        case Kind.end:
            return _rounded(width, height, min(height, 44.0) / 2)
        case Kind.broken:
            # Torn off at the right.
            step = height / 6
            teeth = "".join(f"L{width - (CUT if tooth % 2 else 0) / 2:g} {tooth * step:g}" for tooth in range(1, 7))
            return f"M0 0H{width:g}{teeth}H0Z"
        case _:
            assert_never(kind)


def _round_at_the_right(width: float, height: float, radius: float) -> str:
    corner, down = f"a{radius:g} {radius:g} 0 0 1", height - 2 * radius
    return f"M0 0H{width - radius:g}{corner} {radius:g} {radius:g}v{down:g}{corner} -{radius:g} {radius:g}H0Z"


def _rounded(width: float, height: float, radius: float) -> str:
    across, down = width - 2 * radius, height - 2 * radius
    corner = f"a{radius:g} {radius:g} 0 0 1"
    return (
        f"M{radius:g} 0h{across:g}{corner} {radius:g} {radius:g}v{down:g}{corner} -{radius:g} {radius:g}"
        f"h-{across:g}{corner} -{radius:g} -{radius:g}v-{down:g}{corner} {radius:g} -{radius:g}Z"
    )


def curve(x: float, y: float, end_x: float, end_y: float) -> str:
    """A smooth line from left to right."""
    middle = (x + end_x) / 2
    return f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {end_y:.1f} {end_x:.1f} {end_y:.1f}"
