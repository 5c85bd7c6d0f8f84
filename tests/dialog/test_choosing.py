"""What a look-up offers to choose from, and what it leaves for a text message."""

from voicebot.dialog.errands import choices, remembered
from voicebot.dialog.phrases import LOOKED_UP
from voicebot.dialog.slots import Value
from voicebot.dialog.state import State


def test_candidates_are_choices_with_their_sounds() -> None:
    """Without readings the names themselves are compared."""
    found = choices({"candidates": "乾電池、充電池", "readings": "カンデンチ、ジュウデンチ"})
    assert [(each.text, each.reading) for each in found] == [("乾電池", "カンデンチ"), ("充電池", "ジューデンチ")]
    assert [each.text for each in choices({"candidates": "たわし", "readings": ""})] == ["たわし"]
    assert choices({}) == ()


def test_what_was_found_is_kept_for_a_text_message_until_the_next_look_up() -> None:
    """Nothing of an older one remains."""
    state = State(values={"町名": Value("本町", "本町")})
    first = remembered(state, {"sms": "図書館 050-0000-1170"})
    assert first.values[LOOKED_UP].value == "図書館 050-0000-1170"
    assert remembered(first, {}).values == state.values
