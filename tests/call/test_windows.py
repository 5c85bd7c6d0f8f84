"""Cutting the line's sound into windows."""

from hypothesis import given
from hypothesis import strategies as st
from stage import FakeActivity

from voicebot.audio.mulaw import decode
from voicebot.call.windows import Windows


@given(st.lists(st.binary(max_size=700), max_size=12))
def test_windows_are_the_same_however_the_sound_is_cut(pieces: list[bytes]) -> None:
    """Nothing is lost, nothing comes twice, and no window is short."""
    windows = Windows(FakeActivity())
    found = [window for piece in pieces for window in windows.push(piece)]
    pcm = decode(b"".join(pieces))
    assert b"".join(window.pcm for window in found) == pcm[: len(pcm) // 512 * 512]
    assert all(window.seconds == 0.032 for window in found)
    assert all(window.probability == (1.0 if any(window.pcm) else 0.0) for window in found)
