"""The sound of calls on a real disk: laid out as it was heard, playable after a crash, gone when refused."""

import errno
import os
import resource
import signal
import stat
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio.mulaw import SILENCE, decode
from voicebot.audio.wav import HEADER_BYTES, Sound, read
from voicebot.errors import TranscriptError, VoicebotError
from voicebot.transcripts.sound import CallSound, MessageSound

CALL = "CA0123456789abcdef0123456789abcdef"
QUIET = bytes([SILENCE])
CALLER, BOT, OTHER = b"\x10", b"\x20", b"\x30"


def channels(path: Path) -> tuple[bytes, bytes]:
    """Left and right of a stereo file, as 16-bit sound."""
    sound = read(path.read_bytes())
    assert (sound.rate, sound.channels) == (8000, 2)
    both = np.frombuffer(sound.pcm, dtype="<i2").reshape(-1, 2)
    return both[:, 0].tobytes(), both[:, 1].tobytes()


@contextmanager
def small_disk() -> Iterator[int]:
    """A limit on the size of files, at which the operating system refuses to write like on a full disk.

    Not a fixture: the limit holds for the whole process, and pytest's own report may go to a file that is longer.
    """
    limit = 40_000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield limit
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_the_caller_is_on_the_left_and_the_bot_on_the_right_where_it_was_played(tmp_path: Path) -> None:
    """The bot's sound begins when it was queued and is followed by silence."""
    recorder = CallSound(tmp_path, CALL)
    recorder.heard(CALLER * 160)
    recorder.said(BOT * 200)
    recorder.heard(CALLER * 160)
    recorder.heard(CALLER * 160)
    recorder.close()
    left, right = channels(tmp_path / f"{CALL}.wav")
    assert left == decode(CALLER * 480)
    assert right == decode(QUIET * 160 + BOT * 200 + QUIET * 120)
    assert recorder.failure is None


def test_what_was_cleared_is_not_on_the_recording(tmp_path: Path) -> None:
    """A barge-in: the queued rest was never heard, the next prompt follows at once."""
    recorder = CallSound(tmp_path, CALL)
    recorder.said(BOT * 8000)
    recorder.heard(CALLER * 160)
    recorder.cleared()
    recorder.heard(CALLER * 160)
    recorder.said(OTHER * 160)
    recorder.heard(CALLER * 160)
    recorder.close()
    assert channels(tmp_path / f"{CALL}.wav")[1] == decode(BOT * 160 + QUIET * 160 + OTHER * 160)


@given(
    st.lists(
        st.tuples(st.sampled_from(["heard", "said", "cleared"]), st.binary(max_size=200), st.integers(1, 60)),
        max_size=30,
    )
)
def test_any_call_is_laid_out_byte_by_byte_as_the_carrier_played_it(
    tmp_path_factory: pytest.TempPathFactory, story: list[tuple[str, bytes, int]]
) -> None:
    """Against the plainest model of a play buffer; the second number repeats the sound, so that the disk is reached."""
    folder = tmp_path_factory.mktemp("calls")
    recorder = CallSound(folder, CALL)
    caller, bot, queued = bytearray(), bytearray(), bytearray()
    for step, piece, times in story:
        mulaw = piece * times
        match step:
            case "heard":
                recorder.heard(mulaw)
                caller += mulaw
                bot += (bytes(queued[: len(mulaw)])).ljust(len(mulaw), QUIET)
                del queued[: len(mulaw)]
            case "said":
                recorder.said(mulaw)
                queued += mulaw
            case "cleared":
                recorder.cleared()
                queued.clear()
    recorder.close()
    assert channels(folder / f"{CALL}.wav") == (decode(bytes(caller)), decode(bytes(bot)))


def test_a_crash_leaves_a_playable_file_at_any_moment(tmp_path: Path) -> None:
    """Looking at the file while it grows: at most the last second is missing from the disk, and six from the header."""
    path = tmp_path / f"{CALL}.wav"
    recorder = CallSound(tmp_path, CALL)
    assert read(path.read_bytes()).seconds == 0
    for frames in range(1, 1001):
        recorder.heard(CALLER * 160)
        on_disk = (path.stat().st_size - HEADER_BYTES) / 32_000
        assert frames * 0.02 - 1 < on_disk <= frames * 0.02
        assert frames * 0.02 - 7 < read(path.read_bytes()).seconds <= frames * 0.02
        if frames == 500:
            # Some players want a length in the header; after the first seconds there is one.
            with wave.open(str(path)) as other:
                assert 3 < other.getnframes() / 8000 <= 10
    recorder.close()


def test_the_disk_is_touched_once_a_second(tmp_path: Path) -> None:
    """Less than a second of sound waits in memory."""
    recorder = CallSound(tmp_path, CALL)
    sizes = []
    for _ in range(100):
        recorder.heard(CALLER * 160)
        sizes.append((tmp_path / f"{CALL}.wav").stat().st_size)
    recorder.close()
    assert len(set(sizes)) == 3


def test_a_call_that_comes_back_goes_on_in_the_same_file(tmp_path: Path) -> None:
    """After a failed transfer; what the first part left in the carrier's queue is not played in the second."""
    for part in (CALLER, OTHER):
        recorder = CallSound(tmp_path, CALL)
        recorder.heard(part * 160)
        recorder.said(BOT * 500)
        recorder.close()
    left, right = channels(tmp_path / f"{CALL}.wav")
    assert left == decode(CALLER * 160 + OTHER * 160)
    assert right == decode(QUIET * 320)


def test_after_a_crash_the_call_goes_on_behind_everything_that_reached_the_disk(tmp_path: Path) -> None:
    """The header is older than the sound, and the last frame was cut."""
    path = tmp_path / f"{CALL}.wav"
    recorder = CallSound(tmp_path, CALL)
    recorder.heard(CALLER * 24_000)
    recorder.heard(CALLER * 8000)
    crashed = path.read_bytes()[:-3]
    recorder.close()
    path.write_bytes(crashed)
    recorder = CallSound(tmp_path, CALL)
    recorder.heard(OTHER * 160)
    recorder.close()
    assert channels(path)[0] == decode(CALLER * 31_999 + OTHER * 160)


@pytest.mark.parametrize("stump", [b"", b"RIFF", bytes(43)])
def test_a_file_that_never_got_its_header_is_begun_again(tmp_path: Path, stump: bytes) -> None:
    """A crash at the very first moment."""
    (tmp_path / f"{CALL}.wav").write_bytes(stump)
    recorder = CallSound(tmp_path, CALL)
    recorder.heard(CALLER * 160)
    recorder.close()
    assert channels(tmp_path / f"{CALL}.wav")[0] == decode(CALLER * 160)


def test_a_file_that_is_not_ours_is_not_touched(tmp_path: Path) -> None:
    """Recording stops, the caller of the recorder is told once, and the file stays as it was."""
    path = tmp_path / f"{CALL}.wav"
    path.write_bytes(b"something else, longer than any header of a WAV file is")
    failures: list[VoicebotError] = []
    recorder = CallSound(tmp_path, CALL, failures.append)
    recorder.heard(CALLER * 16_000)
    recorder.close()
    assert [failure.code for failure in failures] == ["recorder.damaged"]
    assert path.read_bytes().startswith(b"something else")


def test_a_full_disk_stops_the_recording_and_not_the_call(tmp_path: Path) -> None:
    """Told once, remembered, and what was kept until then can be played."""
    failures: list[VoicebotError] = []
    with small_disk():
        recorder = CallSound(tmp_path, CALL, failures.append)
        for _ in range(300):
            recorder.said(BOT * 160)
            recorder.heard(CALLER * 160)
            recorder.cleared()
        recorder.close()
    assert [type(failure) for failure in failures] == [TranscriptError]
    assert recorder.failure is failures[0]
    assert isinstance(failures[0].__cause__, OSError)
    assert channels(tmp_path / f"{CALL}.wav")[0] == decode(CALLER * 8000)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full to play the full disk")
def test_a_full_disk_is_called_a_full_disk(tmp_path: Path) -> None:
    """The device that is always full: the error's code and cure are those of a full disk."""
    (tmp_path / f"{CALL}.wav").symlink_to("/dev/full")
    recorder = CallSound(tmp_path, CALL)
    assert recorder.failure is not None
    assert recorder.failure.code == "recorder.disk_full"
    assert "free space" in str(recorder.failure)
    assert isinstance(recorder.failure.__cause__, OSError)
    assert recorder.failure.__cause__.errno == errno.ENOSPC


def test_a_folder_that_cannot_be_made_is_told_with_the_cure(tmp_path: Path) -> None:
    """Somebody put a file where the folder belongs."""
    (tmp_path / "calls").write_text("")
    failures: list[VoicebotError] = []
    recorder = CallSound(tmp_path / "calls", CALL, failures.append)
    recorder.heard(CALLER)
    recorder.discard()
    assert failures[0].code == "recorder.unwritable"
    with pytest.raises(TranscriptError, match="check that it exists"):
        MessageSound(tmp_path / "calls", CALL).close()


def test_a_refused_recording_is_deleted_and_stays_deleted(tmp_path: Path) -> None:
    """After the refusal nothing is written any more."""
    recorder = CallSound(tmp_path, CALL)
    recorder.heard(CALLER * 9000)
    recorder.discard()
    recorder.heard(CALLER * 9000)
    recorder.said(BOT * 9000)
    recorder.close()
    assert list(tmp_path.iterdir()) == []
    assert recorder.failure is None


def test_a_refusal_after_the_end_still_deletes(tmp_path: Path) -> None:
    """The order of the two does not matter."""
    recorder = CallSound(tmp_path, CALL)
    recorder.heard(CALLER * 160)
    recorder.close()
    recorder.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_refused_recording_that_cannot_be_deleted_is_told(tmp_path: Path) -> None:
    """This failure is never swallowed, for the caller was promised."""
    failures: list[VoicebotError] = []
    recorder = CallSound(tmp_path, CALL, failures.append)
    recorder.close()
    (tmp_path / f"{CALL}.wav").unlink()
    (tmp_path / f"{CALL}.wav").mkdir()
    recorder.discard()
    assert [failure.code for failure in failures] == ["recorder.undeleted"]


@pytest.mark.parametrize("call_id", ["", "../CA1", "a/b", "a\\b", ".", "CA1.wav", "CA1\n", "\0", "あ", "C" * 65])
def test_an_id_that_plays_tricks_with_paths_is_refused(tmp_path: Path, call_id: str) -> None:
    """Nothing is written anywhere; the recorder of calls does not raise even then."""
    recorder = CallSound(tmp_path / "calls", call_id)
    recorder.heard(CALLER * 9000)
    recorder.discard()
    recorder.close()
    assert recorder.failure is not None
    assert recorder.failure.code == "recorder.call_id"
    with pytest.raises(TranscriptError) as caught:
        MessageSound(tmp_path / "calls", call_id).close()
    assert caught.value.code == "recorder.call_id"
    assert list(tmp_path.iterdir()) == []


def test_only_the_service_may_read_the_files(tmp_path: Path) -> None:
    """Callers' voices are personal."""
    CallSound(tmp_path, CALL).close()
    message = MessageSound(tmp_path, CALL)
    message.write(CALLER)
    message.close()
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_message_is_kept_under_the_name_it_gives(tmp_path: Path) -> None:
    """Mono, whole, in a folder that is made for it; closing again gives the same name."""
    message = MessageSound(tmp_path / "calls", CALL)
    for _ in range(70):
        message.write(CALLER * 160)
    name = message.close()
    assert name == f"{CALL}-message-1.wav"
    assert read((tmp_path / "calls" / name).read_bytes()) == Sound(decode(CALLER * 11_200), 8000, 1)
    assert message.close() == name


def test_a_message_of_silence_leaves_no_file(tmp_path: Path) -> None:
    """However long nobody spoke; and a disk that could have kept nothing is told all the same."""
    message = MessageSound(tmp_path / "calls", CALL)
    for _ in range(70):
        message.write(CALLER * 160)
    message.discard()
    assert list((tmp_path / "calls").iterdir()) == []
    (tmp_path / "file").write_text("no folder")
    broken = MessageSound(tmp_path / "file", CALL)
    broken.write(CALLER)
    with pytest.raises(TranscriptError):
        broken.discard()


def test_messages_of_one_call_are_numbered(tmp_path: Path) -> None:
    """Two at once do not share a file either."""
    first, second = MessageSound(tmp_path, CALL), MessageSound(tmp_path, CALL)
    first.write(CALLER)
    second.write(OTHER)
    assert [second.close(), first.close()] == [f"{CALL}-message-2.wav", f"{CALL}-message-1.wav"]


def test_a_message_without_any_sound_has_no_name_and_leaves_no_file(tmp_path: Path) -> None:
    """The caller hung up at the tone."""
    message = MessageSound(tmp_path, CALL)
    message.write(b"")
    assert message.close() == ""
    assert message.close() == ""
    assert list(tmp_path.iterdir()) == []


def test_a_message_that_was_not_kept_whole_raises_and_leaves_what_there_is(tmp_path: Path) -> None:
    """Every further `close` says so too."""
    with small_disk():
        message = MessageSound(tmp_path, CALL)
        for _ in range(300):
            message.write(CALLER * 160)
        for _ in range(2):
            with pytest.raises(TranscriptError):
                message.close()
    assert read((tmp_path / f"{CALL}-message-1.wav").read_bytes()).pcm == decode(CALLER * 16_000)
