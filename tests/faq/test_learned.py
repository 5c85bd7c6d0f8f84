"""What was learned can be kept, read again, and is refused when it does not fit."""

import pytest

from voicebot.errors import ContentError
from voicebot.faq.evidence import SETS
from voicebot.faq.learned import defaults, dumps, loads


def test_what_comes_with_voicebot_serves_every_set() -> None:
    """With and without words and meaning, for worked and bare FAQs."""
    assert set(defaults()) == set(SETS)
    for name, weights in defaults().items():
        assert len(weights.fusion) == len(SETS[name])
        assert (
            0
            < weights.entry.thresholds.offer
            <= weights.entry.thresholds.confirm
            <= weights.entry.thresholds.answer
            < 1
        )


def test_what_is_written_is_read_again() -> None:
    """Digit by digit."""
    text = dumps(defaults().values())
    assert loads(text) == defaults()
    assert dumps(loads(text).values()) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  sound:", "  smell:"),
        ("      way: ", "      day: "),
        ("      answer: 0", "      answer: 2"),
        ("sets:", "set:"),
    ],
)
def test_a_file_of_another_shape_is_refused(old: str, new: str) -> None:
    """With the file's name."""
    text = dumps([defaults()["sound"]])
    with pytest.raises(ContentError) as refused:
        loads(text.replace(old, new, 1))
    assert refused.value.faults[0].path == "search.yaml"


def test_thresholds_out_of_order_are_refused() -> None:
    """Nothing may be answered before it may be confirmed."""
    text = dumps([defaults()["sound"]])
    lines = [
        line if "confirm" not in line or line.startswith("#") else "      confirm: 0.9999" for line in text.splitlines()
    ]
    with pytest.raises(ContentError):
        loads("\n".join(lines))
