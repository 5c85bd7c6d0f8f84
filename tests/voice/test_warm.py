"""Everything that is known beforehand is said before anybody calls."""

from pathlib import Path

import pytest

from voicebot.actions import Prompt
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Voices
from voicebot.voice.recordings import Recordings
from voicebot.voice.warm import prepare

PROMPTS = [Prompt("はい。", name="返事"), Prompt("お待ちください。"), Prompt("はい。", name="返事", slow=True)]


@pytest.fixture
def restarted(tmp_path: Path):
    """Makes the service anew over the same folders."""
    return lambda *engines: Voices(Recordings(tmp_path / "prompts"), engines, SoundCache(tmp_path / "cache"))


def test_every_prompt_is_made_normally_and_slowly(stand_in, restarted) -> None:
    """Once each, and progress is told."""
    mei = stand_in("mei")
    steps: list[tuple[int, int]] = []
    assert prepare(restarted(mei), PROMPTS, lambda done, total: steps.append((done, total))) == []
    assert [(prompt.text, prompt.slow) for prompt in mei.said] == [
        ("はい。", False),
        ("はい。", True),
        ("お待ちください。", False),
        ("お待ちください。", True),
    ]
    assert steps == [(done, 4) for done in range(5)]


def test_after_a_restart_nothing_is_made_again(stand_in, restarted) -> None:
    """Not beforehand and not in a call; only what is new costs time."""
    prepare(restarted(stand_in("mei")), PROMPTS)
    mei = stand_in("mei")
    voices = restarted(mei)
    assert prepare(voices, PROMPTS) == []
    assert voices.for_call().render(PROMPTS[0]) == "mei: はい。".encode()
    assert mei.said == []
    prepare(voices, [*PROMPTS, Prompt("新しい案内です。")])
    assert [prompt.text for prompt in mei.said] == ["新しい案内です。"] * 2


def test_what_a_call_has_already_said_is_kept_too(stand_in, restarted) -> None:
    """It was in memory only; now it is known to be the city's own words."""
    mei = stand_in("mei")
    voices = restarted(mei)
    voices.for_call().render(PROMPTS[0])
    prepare(voices, PROMPTS[:1])
    assert len(mei.said) == 2
    later = stand_in("mei")
    restarted(later).for_call().render(PROMPTS[0])
    assert later.said == []


def test_what_cannot_be_said_is_listed(stand_in, restarted) -> None:
    """With the code and the cure, and the rest goes on."""
    mei = stand_in("mei")
    mei.broken = True
    korean = Prompt("네.", language="ko")
    failures = prepare(restarted(mei, stand_in("espeak", ("en",))), [PROMPTS[0], korean])
    assert [(failure.prompt.language, failure.prompt.slow, failure.code) for failure in failures] == [
        ("ja", False, "voice.stand_in"),
        ("ja", True, "voice.stand_in"),
        ("ko", False, "voice.no_language"),
        ("ko", True, "voice.no_language"),
    ]
    assert all(failure.message for failure in failures)


def test_recordings_need_no_synthesis_and_broken_ones_are_listed(tmp_path: Path, stand_in, restarted, record) -> None:
    """Then the prompt is synthesised, so that the call has something to say."""
    mei = stand_in("mei")
    record(tmp_path / "prompts" / "返事.wav")
    (tmp_path / "prompts" / "返事.slow.wav").write_bytes(b"broken")
    failures = prepare(restarted(mei), PROMPTS[:1])
    assert [(failure.prompt.slow, failure.code) for failure in failures] == [(True, "voice.broken_recording")]
    assert [prompt.slow for prompt in mei.said] == [True]


def test_it_stops_when_a_call_comes_in(stand_in, restarted) -> None:
    """The cores belong to the caller; the rest is made the next time."""
    mei = stand_in("mei")
    prepare(restarted(mei), PROMPTS, lambda done, total: done < 2)
    assert len(mei.said) == 2
