"""Decisions survive JSON; damage sends the caller to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.errors import TranscriptError
from voicebot.transcripts.decision import Decision, dump, restore


@given(st.from_type(Decision))
def test_a_decision_survives(decision: Decision) -> None:
    """What is restored equals what was dumped."""
    assert restore(dump(decision)) == decision


@pytest.mark.parametrize("text", ["", "{}", '{"kind":"dance"}', '{"kind":"transfer","turn":"1"}', "[]"])
def test_a_damaged_decision_names_the_way_out(text: str) -> None:
    """The carrier's door then connects a person."""
    with pytest.raises(TranscriptError, match="connect the caller with a person"):
        restore(text)
