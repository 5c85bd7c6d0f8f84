"""The carrier's names."""

import re

from voicebot.simulator.sids import new_sid


def test_names_have_twilios_shape_and_are_never_the_same() -> None:
    """Two letters and 32 hexadecimal digits."""
    names = {new_sid("CA") for _ in range(100)}
    assert len(names) == 100
    assert all(re.fullmatch("CA[0-9a-f]{32}", name) for name in names)
