

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
