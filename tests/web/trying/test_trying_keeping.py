"""Where a trial is kept."""

import pytest

from voicebot.web.staff.trying.keeping import FILE, path_of


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("夜", "talks/夜.yaml"),
        ("夜.yaml", "talks/夜.yaml"),
        ("  ", f"talks/{FILE}.yaml"),
        ("../facts", None),
        ("a/b", None),
        ("a\\b", None),
        (".hidden", None),
        ("x" * 41, None),
    ],
)
def test_a_file_of_talks_lies_among_the_talks(file: str, path: str | None) -> None:
    """Whatever somebody calls it."""
    assert path_of(file) == path
