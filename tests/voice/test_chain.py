"""Which voice says a prompt."""

import logging
from pathlib import Path

import pytest

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Voices
from voicebot.voice.recordings import Recordings

GREETING = Prompt("こちらは市役所です。", name="受付")
OTHER = Prompt("お待ちください。")


@pytest.fixture
def house(tmp_path: Path, stand_in):
    """Three engines and their service."""
    mei, kokoro, espeak = stand_in("mei"), stand_in("kokoro"), stand_in("espeak", ("ja", "en"))
    recordings = Recordings(tmp_path / "prompts")
    voices = Voices(recordings, [mei, kokoro, espeak], SoundCache(tmp_path / "cache"))
    return voices, mei, kokoro, espeak


def test_a_recording_comes_first(tmp_path: Path, house, record) -> None:
    """Nobody synthesises what a person has recorded."""
    voices, mei, *_ = house
    call = voices.for_call()
    assert call.render(GREETING).startswith(b"mei")
    record(tmp_path / "prompts" / "受付.wav")
    recorded = call.render(GREETING)
    assert not recorded.startswith(b"mei")
    assert call.render(GREETING) == recorded
    assert len(mei.said) == 1


def test_a_broken_recording_is_synthesised_and_reported_once(tmp_path: Path, house, caplog) -> None:
    """Not once a call, and the words are said all the same."""
    voices, *_ = house
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "受付.wav").write_bytes(b"broken")
    with caplog.at_level(logging.WARNING):
        assert [voices.for_call().render(GREETING)[:3] for _ in range(3)] == [b"mei"] * 3
    assert voices.failures() == {("recordings", "voice.broken_recording"): 1}
    assert len(caplog.records) == 1


def test_a_recording_of_old_words_is_not_even_played_from_the_cache(tmp_path: Path, house, record) -> None:
    """The text has changed since."""
    voices, *_ = house
    record(tmp_path / "prompts" / "受付.wav")
    (tmp_path / "prompts" / "受付.txt").write_text(GREETING.text, encoding="utf-8")
    call = voices.for_call()
    assert not call.render(GREETING).startswith(b"mei")
    assert call.render(Prompt("料金は300円です。", name="受付")).startswith(b"mei")


def test_after_a_failure_the_call_stays_with_the_next_voice(house) -> None:
    """Also when the first one could speak again, and for what it has already said; other calls begin anew."""
    voices, mei, _, _ = house
    call = voices.for_call()
    assert call.render(OTHER).startswith(b"mei")
    mei.broken = True
    assert call.render(GREETING).startswith(b"kokoro")
    mei.broken = False
    assert call.render(GREETING).startswith(b"kokoro")
    assert call.render(OTHER).startswith(b"kokoro")
    assert voices.for_call().render(GREETING).startswith(b"mei")


def test_prompts_rendered_at_once_agree_in_the_end(house) -> None:
    """A slow success of the first voice does not undo the fallback that another thread has met meanwhile."""
    voices, mei, *_ = house
    call = voices.for_call()
    render = mei.render

    def meanwhile_another_fails(prompt: Prompt) -> bytes:
        mei.render, mei.broken = render, True
        assert call.render(OTHER).startswith(b"kokoro")
        mei.broken = False
        return render(prompt)

    mei.render = meanwhile_another_fails
    assert call.render(GREETING).startswith(b"mei")
    assert call.render(Prompt("はい。")).startswith(b"kokoro")


def test_languages_do_not_disturb_one_another(house) -> None:
    """A failure in Japanese changes nothing in English."""
    voices, mei, kokoro, espeak = house
    call = voices.for_call()
    mei.broken = kokoro.broken = True
    assert call.render(OTHER).startswith(b"espeak")
    assert call.render(Prompt("Please hold.", language="en")).startswith(b"espeak")
    assert [prompt.language for prompt in espeak.said] == ["ja", "en"]


def test_when_all_fail_the_call_is_told_and_may_try_again(house) -> None:
    """One prompt that nobody can say does not make the call mute."""
    voices, *engines = house
    call = voices.for_call()
    for engine in engines:
        engine.broken = True
    with pytest.raises(VoiceError) as caught:
        call.render(GREETING)
    assert caught.value.code == "voice.none"
    engines[0].broken = False
    assert call.render(GREETING).startswith(b"mei")
    assert voices.failures()["mei", "voice.stand_in"] == 1


def test_a_language_without_a_voice_is_told(house) -> None:
    """The call can go to a person."""
    voices, *_ = house
    with pytest.raises(VoiceError) as caught:
        voices.for_call().render(Prompt("Ola.", language="pt"))
    assert caught.value.code == "voice.none"


def test_what_has_been_said_is_not_synthesised_again(house) -> None:
    """In any later call; slow speech, another language or other words are other sounds."""
    voices, mei, *_ = house
    for _ in range(3):
        voices.for_call().render(OTHER)
    assert len(mei.said) == 1
    for prompt in (Prompt(OTHER.text, slow=True), Prompt("はい。")):
        voices.for_call().render(prompt)
    assert len(mei.said) == 3


def test_what_is_said_in_a_call_does_not_reach_the_disk(tmp_path: Path, house) -> None:
    """It may be a caller's number, read back."""
    voices, *_ = house
    voices.for_call().render(Prompt("050-0000-1234ですね。"))
    assert not (tmp_path / "cache").exists()


def test_failures_are_logged_without_words(house, caplog) -> None:
    """Engine and code, nothing that was to be said."""
    voices, mei, *_ = house
    mei.broken = True
    with caplog.at_level(logging.DEBUG):
        voices.for_call().render(Prompt("050-0000-1234ですね。"))
    assert [record.getMessage() for record in caplog.records] == ["voice mei failed: voice.stand_in"]
