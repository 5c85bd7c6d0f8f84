"""The files of the demo city and the grammars, as texts."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATHS = tuple(sorted([*ROOT.glob("dialogs/**/*.yaml"), *ROOT.glob("grammars/**/*.yaml")]))
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PATHS}
