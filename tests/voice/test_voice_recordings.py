"""Prompts recorded by people."""

import unicodedata
from pathlib import Path

import pytest

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.voice.recordings import Recordings

TEXT = "こちらは市役所です。"


def code(recordings: Recordings, prompt: Prompt) -> str:
    """Why the prompt cannot be played."""
    with pytest.raises(VoiceError) as caught:
        recordings.render(prompt)
    return caught.value.code


@pytest.mark.parametrize(
    ("file", "prompt"),
    [
        ("受付.wav", Prompt(TEXT, name="受付")),
        ("受付.ja.wav", Prompt(TEXT, name="受付")),
        ("受付.slow.wav", Prompt(TEXT, name="受付", slow=True)),
        ("受付.ja.slow.wav", Prompt(TEXT, name="受付", slow=True)),
        ("受付.ko.wav", Prompt("안녕하세요.", name="受付", language="ko")),
        ("受付.ko.slow.wav", Prompt("안녕하세요.", name="受付", language="ko", slow=True)),
        (unicodedata.normalize("NFD", "ごみ.wav"), Prompt(TEXT, name="ごみ")),
    ],
)
@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (44_100, 2), (48_000, 1)])
def test_the_file_with_the_prompts_name_is_played(tmp_path, record, file, prompt, rate, channels) -> None:
    """At any rate, mono or stereo, without the silence around it."""
    record(tmp_path / file, rate=rate, channels=channels)
    recordings = Recordings(tmp_path)
    assert recordings.has(prompt)
    assert 0.6 < len(recordings.render(prompt)) / 8000 < 0.75


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt(TEXT, name="受付", slow=True),
        Prompt("안녕하세요.", name="受付", language="ko"),
        Prompt(TEXT, name="別"),
        Prompt(TEXT),
    ],
)
def test_another_language_speed_or_name_is_not_played(tmp_path, record, prompt) -> None:
    """A Japanese recording is not for a Korean caller, nor a fast one for somebody who asked for slow speech."""
    record(tmp_path / "受付.wav")
    recordings = Recordings(tmp_path)
    assert not recordings.has(prompt)
    assert code(recordings, prompt) == "voice.no_recording"


@pytest.mark.parametrize("name", ["../secret", "/etc/secret", "a/../../secret", "..", ".", "\0", "..\\secret"])
def test_no_name_leads_out_of_the_folder(tmp_path, record, name: str) -> None:
    """A prompt's name is a file's name and nothing else."""
    record(tmp_path / "secret.wav")
    (tmp_path / "prompts").mkdir()
    assert not Recordings(tmp_path / "prompts").has(Prompt(TEXT, name=name))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a recording at all", b"RIFF\0\0\0\0WAVE"])
def test_a_broken_file_is_an_error(tmp_path, content: bytes) -> None:
    """So that the prompt is synthesised instead."""
    (tmp_path / "受付.wav").write_bytes(content)
    assert code(Recordings(tmp_path), Prompt(TEXT, name="受付")) == "voice.broken_recording"


def test_a_silent_file_is_an_error(tmp_path, record) -> None:
    """A microphone that was off must not silence the line."""
    record(tmp_path / "受付.wav", loudness=0)
    assert code(Recordings(tmp_path), Prompt(TEXT, name="受付")) == "voice.no_sound"


def test_a_recording_of_other_words_is_not_played(tmp_path, record) -> None:
    """After the text has changed, the old recording would say the old thing."""
    record(tmp_path / "受付.wav")
    (tmp_path / "受付.txt").write_text("こちらは 市役所です。\n", encoding="utf-8")
    recordings = Recordings(tmp_path)
    assert recordings.render(Prompt(TEXT, name="受付"))
    assert code(recordings, Prompt("こちらは町役場です。", name="受付")) == "voice.old_recording"
    (tmp_path / "受付.txt").write_bytes(b"\xff\xfe\xff")
    assert code(recordings, Prompt(TEXT, name="受付")) == "voice.old_recording"


def test_a_new_recording_has_another_wording(tmp_path, record) -> None:
    """So the cache does not play the old one."""
    recordings = Recordings(tmp_path)
    record(tmp_path / "受付.wav", rate=8000)
    before = recordings.wording(Prompt(TEXT, name="受付"))
    record(tmp_path / "受付.wav", rate=16_000)
    assert recordings.wording(Prompt(TEXT, name="受付")) != before


def test_a_missing_folder_is_no_error(tmp_path) -> None:
    """A city without recordings is spoken for by synthesis."""
    assert not Recordings(tmp_path / "none").has(Prompt(TEXT, name="受付"))


def test_a_recording_is_kept_with_its_words_and_taken_away(tmp_path: Path, record) -> None:
    """Under the name that the next call looks for; of another language or pace beside it."""
    sound = record(tmp_path / "elsewhere" / "a.wav").read_bytes()
    recordings = Recordings(tmp_path / "prompts")
    for prompt, name in (
        (Prompt("こちらは市役所です。", name="受付"), "受付"),
        (Prompt("This is City Hall.", "en", name="受付"), "受付.en"),
        (Prompt("こちらは市役所です。", slow=True, name="受付"), "受付.slow"),
    ):
        recordings.keep(prompt, sound)
        assert recordings.words()[name] == prompt.text
        assert recordings.render(prompt)
    changed = Prompt("こちらは新しい市役所です。", name="受付")
    with pytest.raises(VoiceError, match="changed"):
        recordings.render(changed)
    recordings.keep(changed, sound)
    assert recordings.render(changed)
    recordings.drop(changed)
    assert sorted(recordings.words()) == ["受付.en", "受付.slow"]
    assert not (tmp_path / "prompts" / "受付.txt").exists()
    recordings.drop(changed)


def test_what_is_no_recording_is_not_kept(tmp_path: Path, record) -> None:
    """Nor under a name that leads out of the folder."""
    recordings = Recordings(tmp_path / "prompts")
    with pytest.raises(VoiceError, match="WAV"):
        recordings.keep(Prompt("はい。", name="受付"), b"no sound")
    with pytest.raises(VoiceError, match="name"):
        recordings.keep(Prompt("はい。", name="../受付"), record(tmp_path / "a.wav").read_bytes())
    assert recordings.words() == {}
