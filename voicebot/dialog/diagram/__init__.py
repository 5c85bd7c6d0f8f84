"""The dialog as a picture: a Mermaid flowchart, or an SVG that needs nothing but a browser or a printer.

Pure: knows the tree, not where it comes from or where the picture goes.
"""

from voicebot.dialog.diagram.drawing import svg
from voicebot.dialog.diagram.flowchart import mermaid

__all__ = ["mermaid", "svg"]
